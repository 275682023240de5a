from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedField(models.Model):
    """What a content file last wrote into one field, so that a curator's edit is recognised."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=80)
    field = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("loaded field")
        verbose_name_plural = _("loaded fields")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "field"], name="one_fingerprint_a_field")
        ]

    def __str__(self):
        return f"{self.kind} {self.key} {self.field}"


from curation.suggestions.models import Suggestion  # noqa: E402, F401
from curation.verification.models import CheckMail, DailyAct, UnaskedOrganisation  # noqa: E402, F401
