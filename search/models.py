from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.analysis import LANGUAGES
from search.version import DataVersion, Visible

__all__ = ["DataVersion", "Document", "SynonymGroup", "Word"]


class Document(models.Model):
    """The tokens of one record, per language and part, separated by spaces.

    Records of every editorial status have one; whoever searches for the public asks for
    `is_public` only.
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    is_public = models.BooleanField(default=False)
    title_nl = models.TextField(blank=True)
    label_nl = models.TextField(blank=True)
    place_nl = models.TextField(blank=True)
    body_nl = models.TextField(blank=True)
    title_fr = models.TextField(blank=True)
    label_fr = models.TextField(blank=True)
    place_fr = models.TextField(blank=True)
    body_fr = models.TextField(blank=True)
    title_en = models.TextField(blank=True)
    label_en = models.TextField(blank=True)
    place_en = models.TextField(blank=True)
    body_en = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_document_per_record")
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"


PARTS = ("title", "label", "place", "body")
COLUMNS = [f"{part}_{language}" for language in LANGUAGES for part in PARTS]


class Word(models.Model):
    """A word that public documents hold: the vocabulary for misspelled words and compounds.

    One row for each stem, with one way it is written. Names of places are not among them.
    """

    language = models.CharField(max_length=2)
    token = models.CharField(max_length=60)
    written = models.CharField(max_length=60)
    documents = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        constraints = [
            models.UniqueConstraint(fields=["language", "token"], name="one_row_a_known_word")
        ]

    def __str__(self):
        return self.written


def one_a_line(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


class SynonymGroup(Visible):
    """Words and phrases that mean the same to whoever searches."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    language = models.CharField(
        _("language of the question"),
        max_length=2,
        blank=True,
        choices=[(language, language) for language in LANGUAGES],
        help_text=_(
            "Leave it empty when the words mean the same in every language. Choose one when a word "
            "would mislead in another: “son” is a child in English and a small word in French."
        ),
    )
    words = models.TextField(
        _("words"),
        help_text=_(
            "One word or short phrase a line. Whoever types one of them also finds the others. "
            "Plurals and accents need no line of their own."
        ),
    )
    leads_to = models.TextField(
        _("leads to"),
        blank=True,
        help_text=_(
            "Words of the directory that answer, one a line. It works in this direction only: who "
            "types “daughter” finds “parents”, and not the other way round."
        ),
    )

    class Meta:
        verbose_name = _("synonym group")
        verbose_name_plural = _("synonym groups")
        ordering = ["code"]

    def __str__(self):
        return self.code

    def clean(self):
        super().clean()
        if len(one_a_line(self.words)) + len(one_a_line(self.leads_to)) < 2:
            raise ValidationError({"words": _("A group needs at least two words.")})
