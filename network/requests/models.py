from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from care import mail


class NetworkRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=NetworkRequest.State.NEW)

    def forget(self):
        """Addresses that were never answered, and closed requests, after a time. How many."""
        oldest = timezone.now() - settings.SUGGESTION_ADDRESSES_KEPT
        forgotten = self.filter(made_at__lt=oldest).exclude(email="").update(email="")
        long_closed = timezone.now() - settings.SUGGESTIONS_KEPT
        removed, _ = self.filter(closed_at__lt=long_closed).delete()
        return forgotten + removed


class NetworkRequest(models.Model):
    """Somebody asks that their organisation or a practice stands in the directory."""

    class Kind(models.TextChoices):
        JOIN = "join", _("wants to join the network")
        PRACTICE = "practice", _("suggests a practice")

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("state of a request", "new")
        ACCEPTED = "accepted", pgettext_lazy("state of a request", "accepted")
        REFUSED = "refused", pgettext_lazy("state of a request", "refused")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    organisation = models.CharField(_("organisation"), max_length=200)
    website = models.URLField(_("website"), blank=True)
    municipality = models.CharField(_("municipality"), max_length=100, blank=True)
    text = models.TextField(_("what they do"))
    email = models.EmailField(_("e-mail for an answer"), blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    form_mark = models.CharField(max_length=64, unique=True, null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    made_at = models.DateTimeField(_("made at"), default=timezone.now, db_index=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )

    objects = NetworkRequestQuerySet.as_manager()

    class Meta:
        app_label = "network"
        verbose_name = _("request to the network")
        verbose_name_plural = _("requests to the network")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="new", closed_at__isnull=True)
                | (~Q(state="new") & Q(closed_at__isnull=False)),
                name="network_request_closed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="new") | Q(email=""),
                name="closed_network_request_has_no_address",
            ),
        ]

    def __str__(self):
        return self.organisation

    @property
    def is_new(self):
        return self.state == self.State.NEW

    def accept(self, by, answer=""):
        return self.close(self.State.ACCEPTED, by, answer)

    def refuse(self, by, answer=""):
        return self.close(self.State.REFUSED, by, answer)

    @transaction.atomic
    def close(self, state, by, answer=""):
        """Whether it was open: of two curators at one time, the second sends nothing."""
        closing = {"state": state, "closed_at": timezone.now(), "closed_by": by, "email": ""}
        if not NetworkRequest.objects.waiting().filter(pk=self.pk).update(**closing):
            return False
        if self.email and answer.strip():
            self.send(answer)
        self.refresh_from_db()
        return True

    def send(self, answer):
        context = {"organisation": self.organisation, "answer": answer.strip()}
        subject, template = _("Answer to your request"), "mail/network_answer.txt"
        mail.queue(self.email, subject, template, context, self.language)
