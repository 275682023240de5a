from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, override

from care import mail
from curation.facts import fact_of, label_of
from network.history import because, one_record
from network.models import Actor
from network.translations import mark
from practices.models import Practice


class SuggestionQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Suggestion.State.NEW)

    def forget(self):
        """Addresses that were never answered, and closed suggestions, after a time. How many."""
        oldest = timezone.now() - settings.SUGGESTION_ADDRESSES_KEPT
        forgotten = self.filter(made_at__lt=oldest).exclude(email="").update(email="")
        long_closed = timezone.now() - settings.SUGGESTIONS_KEPT
        removed, _ = self.filter(closed_at__lt=long_closed).delete()
        return forgotten + removed


class Suggestion(models.Model):
    """What somebody says is wrong on a page, until a curator has dealt with it."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("practice")
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("organisation")
    )
    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("what is wrong, or what it should be"))
    is_by_organisation = models.BooleanField(
        _("by the organisation itself"),
        default=False,
        help_text=_("It came by the link that we sent. What it says is the new value."),
    )
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    email = models.EmailField(_("e-mail for an answer"), blank=True)
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

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(practice__isnull=True) ^ Q(actor__isnull=True),
                name="suggestion_is_about_one_record",
            ),
            models.CheckConstraint(
                condition=Q(state="new", closed_at__isnull=True)
                | (~Q(state="new") & Q(closed_at__isnull=False)),
                name="suggestion_closed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="new") | Q(email=""), name="closed_suggestion_has_no_address"
            ),
        ]

    def __str__(self):
        return f"{self.record}: {self.label}"

    @property
    def record(self):
        return self.practice or self.actor

    @property
    def is_new(self):
        return self.state == self.State.NEW

    @property
    def fact(self):
        """What it is about, as it stands now."""
        with override(self.language):
            return fact_of(self.record, self.field)

    @property
    def label(self):
        return label_of(self.record, self.field)

    @property
    def has_value(self):
        """Accepting it writes its text into the field."""
        return self.is_by_organisation and self.is_new and self.fact.is_one_value

    @transaction.atomic
    def accept(self, by, answer=""):
        """Raises ValidationError when the value does not fit the field."""
        if self.has_value:
            self.apply()
        self.close(self.State.ACCEPTED, by, answer)

    def refuse(self, by, answer=""):
        self.close(self.State.REFUSED, by, answer)

    def apply(self):
        fact = self.fact
        with because(gettext_noop("proposed by the organisation, accepted by a curator")):
            if fact.contact:
                write(fact.contact, "value", self.text)
            else:
                with one_record(self.record):
                    mark(self.record, [self.field])
                    write(self.record, self.field, self.text)

    @transaction.atomic
    def close(self, state, by, answer=""):
        """Once: of two curators at one time, the second changes nothing and sends nothing."""
        closing = {"state": state, "closed_at": timezone.now(), "closed_by": by, "email": ""}
        if not Suggestion.objects.waiting().filter(pk=self.pk).update(**closing):
            return
        if self.email and answer.strip():
            self.send(answer)
        self.refresh_from_db()

    def send(self, answer):
        with override(self.language):
            name = self.record.name
        context = {"name": name, "answer": answer.strip()}
        mail.queue(
            self.email, _("Answer to your message"), "mail/answer.txt", context, self.language
        )


def write(row, field, value):
    setattr(row, field, value)
    row.clean_fields(exclude={one.name for one in row._meta.fields} - {field})
    if hasattr(row, "href"):
        row.clean()  # a contact: what a number, an address and a web address look like
    row.save()
