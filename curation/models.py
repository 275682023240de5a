from django.conf import settings
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


class ImportDraftQuerySet(models.QuerySet):
    def older_than(self, moment):
        return self.filter(created_at__lt=moment)


class ImportDraft(models.Model):
    """A table that was read and is looked at before it is written; kept for a day."""

    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("account")
    )
    file_name = models.CharField(_("file"), max_length=200)
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True, db_index=True)

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("import that waits")
        verbose_name_plural = _("imports that wait")

    def __str__(self):
        return self.file_name
