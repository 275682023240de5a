from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from curation.accounts.models import Invitation, Right
from curation.suggestions.models import Suggestion
from curation.verification.models import CheckMail, DailyAct, UnaskedOrganisation
from practices.models import Practice

__all__ = [
    "CheckMail",
    "DailyAct",
    "Invitation",
    "LoadedField",
    "Right",
    "SavedSelection",
    "Suggestion",
    "UnaskedOrganisation",
    "WorkingCopy",
]


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


class WorkingCopyQuerySet(models.QuerySet):
    def of_published(self):
        """A copy waits while its practice is off the site."""
        published = Practice.objects.published()
        return self.filter(practice__in=published).select_related("practice")

    def due(self, now):
        """Those whose planned moment has come."""
        return self.filter(apply_at__lte=now)


class WorkingCopy(models.Model):
    """A change to a published practice that readers do not see yet: only what differs."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")

    practice = models.OneToOneField(
        Practice, on_delete=models.CASCADE, related_name="working_copy", verbose_name=_("practice")
    )
    values = models.JSONField(_("values"), default=dict)
    base = models.JSONField(
        _("values it began from"),
        default=dict,
        help_text=_("What readers saw of these fields when the change began."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    apply_at = models.DateTimeField(_("publish by itself at"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("last changed by"),
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        ordering = ["-changed_at"]

    def __str__(self):
        return str(self.practice)


class SavedSelection(models.Model):
    """A filter of a list that a curator uses again and again, under a name of their own."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_selections",
        verbose_name=_("owner"),
    )
    list_of = models.CharField(_("list"), max_length=100)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("what is asked"), max_length=500)

    class Meta:
        verbose_name = _("saved selection")
        verbose_name_plural = _("saved selections")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list_of", "name"], name="one_selection_of_a_name"
            )
        ]

    def __str__(self):
        return self.name


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
