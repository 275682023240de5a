from django.db import models
from django.utils.translation import gettext_lazy as _

from search.analysis import LANGUAGES


class Document(models.Model):
    """The tokens of one record, per language and weight, separated by spaces.

    Records of every editorial status have one; whoever searches for the public asks for
    `is_public` only.
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    is_public = models.BooleanField(default=False)
    title_nl = models.TextField(blank=True)
    label_nl = models.TextField(blank=True)
    body_nl = models.TextField(blank=True)
    title_fr = models.TextField(blank=True)
    label_fr = models.TextField(blank=True)
    body_fr = models.TextField(blank=True)
    title_en = models.TextField(blank=True)
    label_en = models.TextField(blank=True)
    body_en = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_document_per_record")
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"

    def tokens(self, language):
        """Lists of tokens by weight: title, label, body."""
        return {part: getattr(self, f"{part}_{language}").split() for part in PARTS}


PARTS = ("title", "label", "body")
COLUMNS = [f"{part}_{language}" for language in LANGUAGES for part in PARTS]


class DataVersion(models.Model):
    """One row whose token changes with every change that readers can see."""

    token = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("data version")
        verbose_name_plural = _("data versions")

    def __str__(self):
        return self.token
