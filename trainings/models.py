"""Trainings, their dated sessions, and who registered for one."""

from calendar import monthrange
from functools import cached_property
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from care import confidential
from network.history import is_in_parts
from network.models import Actor, ExpertTheme, Language, Offer, check_choices
from network.publishing import (
    CitationBase,
    ContactBase,
    Publishable,
    PublishableQuerySet,
    published_has_moment,
    validate_reduced_date,
)
from places.models import Place
from practices.models import Practice
from search import index
from search.version import Visible, VisibleQuerySet
from trainings.search import training_entry


class TrainingQuerySet(PublishableQuerySet):
    def with_card_relations(self):
        return self.select_related("offer__actor").prefetch_related("providers", "languages")

    def with_page_relations(self):
        return self.with_card_relations().prefetch_related(
            "coverage",
            "themes",
            "practices",
            "contacts__source",
            "contacts__municipality",
            "citations__source",
        )


class Training(Publishable):
    class Form(models.TextChoices):
        HALF_DAY = "half_day", _("half a day")
        FULL_DAY = "full_day", _("a day")
        LECTURE = "lecture", _("lecture of two hours")
        WEBINAR = "webinar", _("webinar")
        INTERVISION = "intervision", _("intervision")
        COACHING = "coaching", _("coaching")
        COURSE = "course", _("course of several days or modules")
        TAILORED = "tailored", _("made to measure")
        TRAIN_THE_TRAINER = "train_the_trainer", _("for those who will train others")

    class Channel(models.TextChoices):
        ON_SITE = "on_site", _("on the spot")
        ONLINE = "online", _("online")

    class Status(models.TextChoices):
        OFFERED = "offered", _("on offer")
        ENDED = "ended", pgettext_lazy("training", "past")
        UNKNOWN = "unknown", _("not known whether it is still given")

    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Stands in the address of its page. Do not change it once it is published."),
    )
    name = models.CharField(_("name"), max_length=200)
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("What you learn, and for whom it is.")
    )
    contents = models.TextField(_("contents"), blank=True)
    providers = models.ManyToManyField(
        Actor, blank=True, related_name="trainings", verbose_name=_("given by")
    )
    provider_note = models.TextField(_("about who gives it"), blank=True)
    offer = models.OneToOneField(
        Offer,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="training",
        verbose_name=_("the same as this offer of the expert pool"),
        help_text=_("The list of trainings shows it once, with a link to the offer."),
    )
    audiences = models.JSONField(_("for whom"), default=list, blank=True)
    audience_note = models.TextField(_("for whom exactly"), blank=True)
    forms = models.JSONField(_("form"), default=list, blank=True)
    channels = models.JSONField(_("on the spot or online"), default=list, blank=True)
    length = models.CharField(_("length"), max_length=150, blank=True)
    languages = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages")
    )
    cost = models.CharField(_("price"), max_length=10, choices=Offer.Cost, blank=True)
    price_note = models.CharField(_("about the price"), max_length=200, blank=True)
    coverage = models.ManyToManyField(
        Place, blank=True, related_name="+", verbose_name=_("where it is given")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.UNKNOWN, db_index=True
    )
    status_date = models.CharField(
        _("of which the source speaks"),
        max_length=10,
        blank=True,
        validators=[validate_reduced_date],
        help_text=_("As exact as known: 2016, 2016-02 or 2016-02-15."),
    )
    is_status_date_unknown = models.BooleanField(_("when is not known"), default=False)
    status_note = models.TextField(_("what is known of today"), blank=True)
    how_to_ask = models.TextField(_("how to ask for it"), blank=True)
    themes = models.ManyToManyField(
        ExpertTheme, blank=True, related_name="trainings", verbose_name=_("themes")
    )
    practices = models.ManyToManyField(
        Practice, blank=True, related_name="trainings", verbose_name=_("practices")
    )

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["code"]
        permissions = [("publish_training", "Can publish trainings")]
        constraints = [
            published_has_moment("published_training_has_moment"),
            models.CheckConstraint(
                condition=~Q(status="ended")
                | Q(status_date__gt="")
                | Q(is_status_date_unknown=True),
                name="past_training_is_dated",
                violation_error_message=_(
                    "Say since when it is past, or tick that this is not known."
                ),
            ),
        ]

    def __str__(self):
        return self.name or self.code

    def get_absolute_url(self):
        return reverse("training_detail", args=[self.code])

    @property
    def is_past(self):
        return self.status == self.Status.ENDED

    @property
    def audience_names(self):
        return [Offer.Audience(code).label for code in self.audiences]

    @property
    def form_names(self):
        return [self.Form(code).label for code in self.forms]

    @property
    def channel_names(self):
        return [self.Channel(code).label for code in self.channels]

    @property
    def public_offer(self):
        return self.offer if self.offer and self.offer.is_public else None

    def clean(self):
        super().clean()
        if not self.is_published and self.is_awaited:
            told = _("People registered for a session to come: cancel that session first.")
            raise ValidationError({"editorial_status": told})
        check_choices("audiences", self.audiences, Offer.Audience)
        check_choices("forms", self.forms, self.Form)
        check_choices("channels", self.channels, self.Channel)

    @property
    def is_awaited(self):
        ahead = self.sessions.ahead() if self.pk else Session.objects.none()
        return ahead.filter(registrations__isnull=False).exists()

    @transaction.atomic(savepoint=False)  # its place in the search shows together with it
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if not is_in_parts(self):
            self.refresh_search()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        index.remove("training", [self.code])
        return super().delete(*args, **kwargs)

    def refresh_search(self):
        index.put(training_entry(self))


class TrainingCitation(CitationBase):
    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="citations")

    class Meta(CitationBase.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["training", "field", "source"], name="training_cites_source_once_per_field"
            )
        ]


class TrainingContact(ContactBase):
    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="contacts")


# --- Sessions ----------------------------------------------------------------------------------


class SessionQuerySet(VisibleQuerySet):
    def public(self):
        """Of a published training; also the cancelled ones, which calendars must hear of."""
        return self.filter(training__in=Training.objects.published()).exclude(
            state=Session.State.DRAFT
        )

    def coming(self):
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def ahead(self):
        """What will take place, as far as anybody knows."""
        return self.filter(state=Session.State.PLANNED, starts_at__gt=timezone.now())

    def past(self):
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")

    def with_card_relations(self):
        return self.select_related("training", "place", "language")

    def with_taken(self):
        """How many seats are taken or held for somebody."""
        held = Q(registrations__state__in=Registration.TAKES_A_SEAT)
        return self.annotate(taken=Count("registrations", filter=held, distinct=True))


class Session(Visible):
    """One time a training is given."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("session", "not public yet")
        PLANNED = "planned", pgettext_lazy("session", "planned")
        CANCELLED = "cancelled", pgettext_lazy("session", "cancelled")

    MOVES = (
        *("training_id", "state", "starts_at", "ends_at", "is_online", "online_address"),
        *("place_id", "address", "is_protected"),
    )

    training = models.ForeignKey(
        Training, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("training")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, related_name="+", verbose_name=_("language")
    )
    is_online = models.BooleanField(_("online"), default=False)
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "municipality"},
        verbose_name=_("municipality"),
        help_text=_("Type a name or a postal code."),
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    is_protected = models.BooleanField(
        _("protected address"),
        default=False,
        help_text=_("Readers see the municipality; the address goes by mail to who has a seat."),
    )
    online_address = models.URLField(
        _("web address of the meeting"),
        blank=True,
        help_text=_("Never public: it goes by mail to who has a seat."),
    )
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    contact = models.EmailField(_("e-mail of the organiser"))
    months_kept = models.PositiveSmallIntegerField(
        _("months that registrations are kept"),
        default=6,
        validators=[MaxValueValidator(24)],
        help_text=_("After the session. Then everything about the participants is removed."),
    )
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("organiser"),
    )
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a training", "session")
        verbose_name_plural = pgettext_lazy("of a training", "sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_begins",
                violation_error_message=_("It ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(seats__isnull=False, seats__gt=0),
                name="open_session_has_seats",
                violation_error_message=_("Say how many seats there are, at least one."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None)
                | Q(
                    closes_at__isnull=False,
                    closes_at__gt=F("opens_at"),
                    closes_at__lte=F("starts_at"),
                ),
                name="registration_closes_before_the_session",
                violation_error_message=_(
                    "Registration closes after it opens, and not after the session begins."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_online=True) | Q(place__isnull=False),
                name="session_is_somewhere",
                violation_error_message=_("Give the municipality, or tick that it is online."),
            ),
        ]

    @transaction.atomic
    def save(self, *args, **kwargs):
        self.sequence = self.next_sequence()
        super().save(*args, **kwargs)

    def next_sequence(self):
        """Calendars believe a file that counts higher than what they hold."""
        before = Session.objects.filter(pk=self.pk).values("sequence", *self.MOVES).first()
        if before is None:
            return self.sequence
        moved = any(before[name] != getattr(self, name) for name in self.MOVES)
        return before["sequence"] + moved

    def __str__(self):
        day = timezone.localtime(self.starts_at).strftime("%Y-%m-%d %H:%M")
        return f"{self.training} {day}"

    def get_absolute_url(self):
        return reverse("session_detail", args=[self.training.code, self.pk])

    @property
    def is_public(self):
        return self.training.is_published and self.state != self.State.DRAFT

    @property
    def is_cancelled(self):
        return self.state == self.State.CANCELLED

    @property
    def is_over(self):
        return self.ends_at <= timezone.now()

    @property
    def has_begun(self):
        return self.starts_at <= timezone.now()

    @property
    def is_ahead(self):
        """Whether it will take place, as far as anybody knows."""
        return self.state == self.State.PLANNED and not self.has_begun

    @property
    def takes_registrations(self):
        """An organiser opened it, and the window is open now."""
        if self.state != self.State.PLANNED or self.opens_at is None:
            return False
        return self.opens_at <= timezone.now() < self.closes_at

    @property
    def reference(self):
        """Stands in the subject of every mail about it, so that they can be removed together."""
        return self.uid.hex[:12].upper()

    @property
    def kept_until(self):
        """When everything about the participants is removed."""
        return months_after(timezone.localtime(self.ends_at), self.months_kept)

    @property
    def shown_place(self):
        """What readers see: of a protected address the municipality only."""
        if self.place is None:
            return ""
        is_told = self.address and not self.is_protected
        return f"{self.address}, {self.place.name}" if is_told else self.place.name

    @property
    def full_place(self):
        """For who has a seat only."""
        place = self.place.name if self.place else ""
        return ", ".join(filter(None, [self.address, place, self.online_address]))


def months_after(moment, months):
    """The same day and hour so many months later; the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


# --- Registrations -----------------------------------------------------------------------------


class RegistrationQuerySet(models.QuerySet):
    def holding_seats(self):
        return self.filter(state__in=Registration.TAKES_A_SEAT)

    def waiting(self):
        return self.filter(state=Registration.State.WAITING).order_by("made_at", "pk")

    def of_link(self, token):
        return (
            self.filter(link_mark__in=confidential.marks_of(token))
            .select_related("session__training", "session__place", "session__language")
            .first()
        )


class Registration(models.Model):
    """Somebody who takes part, or would like to. What they told is encrypted."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", pgettext_lazy("registration", "has a seat")
        WAITING = "waiting", pgettext_lazy("registration", "on the waiting list")
        OFFERED = "offered", pgettext_lazy("registration", "a seat is offered")
        CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled")
        ATTENDED = "attended", pgettext_lazy("registration", "took part")

    TAKES_A_SEAT = (State.CONFIRMED, State.OFFERED, State.ATTENDED)

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="registrations")
    state = models.CharField(_("state"), max_length=10, choices=State)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    link_mark = models.CharField(max_length=64, unique=True, editable=False)
    form_mark = models.CharField(max_length=64, unique=True, editable=False)
    person_mark = models.CharField(max_length=64, editable=False)
    locked = models.TextField(editable=False)
    made_at = models.DateTimeField(_("registered at"))
    offered_until = models.DateTimeField(_("offered until"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["made_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person_mark"],
                condition=~Q(state="cancelled"),
                name="person_registers_once_for_a_session",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_until__isnull=False),
                name="offered_seat_has_a_deadline",
            ),
        ]

    def __str__(self):
        return f"{self.session} {self.get_state_display()}"

    @cached_property
    def told(self) -> dict:
        """name, organisation, function, email, needs, token. Raises LostKeyError."""
        return confidential.unlock(self.locked)

    @property
    def holds_seat(self):
        return self.state in self.TAKES_A_SEAT
