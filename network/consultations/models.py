"""Questions to the expert platform: who may answer them, what was told, and every step."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from care import confidential
from network.consultations.gate import experts
from network.organisations import ExpertTheme, Language
from network.publishing import Source
from places import gazetteer
from search.version import Visible, VisibleQuerySet


class ExpertQuerySet(models.QuerySet):
    def available(self):
        """Those who take questions today."""
        today = timezone.localdate()
        is_back = Q(away_until=None) | Q(away_until__lt=today)
        return self.who_may_answer().filter(is_back, is_available=True)

    def who_may_answer(self):
        """Those whose account still opens the questions that are given to them."""
        return self.filter(account__in=experts())

    def with_load(self):
        waiting = Q(consultations__state=Consultation.State.ASSIGNED)
        return self.annotate(load=Count("consultations", filter=waiting, distinct=True))


class Expert(models.Model):
    """An account that may be given questions. Coordinators know who it is; readers never do."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="expert",
        verbose_name=_("account"),
    )
    languages = models.ManyToManyField(
        Language, related_name="+", blank=True, verbose_name=_("languages")
    )
    themes = models.ManyToManyField(
        ExpertTheme, related_name="experts", blank=True, verbose_name=_("themes")
    )
    mail_language = models.CharField(
        _("language of mails"), max_length=8, choices=settings.LANGUAGES, default="nl"
    )
    is_available = models.BooleanField(_("takes questions"), default=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("capacity"), default=2, help_text=_("How many questions at one time.")
    )

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["account__username"]

    def __str__(self):
        return self.account.get_full_name() or self.account.get_username()

    @property
    def may_answer(self):
        return Expert.objects.who_may_answer().filter(pk=self.pk).exists()


class ConsultationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=Consultation.OPEN)

    def for_coordinators(self):
        """What a coordinator has to move on; also what lies with an expert who cannot open it."""
        state = Consultation.State
        is_left = Q(state=state.ASSIGNED) & ~Q(expert__in=Expert.objects.who_may_answer())
        return self.filter(Q(state__in=[state.RECEIVED, state.ACCEPTED]) | is_left)

    def oldest_first(self):
        return self.order_by("moved_at", "pk")

    def with_queue_relations(self):
        return self.select_related("expert__account").prefetch_related("themes")

    def of_link(self, token):
        """The question a link belongs to, while there is anything to show of it."""
        return self.filter(link_mark__in=confidential.marks_of(token)).first()

    def of_person(self, email):
        """Everything one address asked. It stands encrypted: each question is opened once."""
        wanted = email.strip().casefold()
        kept = self.filter(anonymised_at=None).order_by("pk")
        return [one for one in kept if one.told_or_nothing.get("email", "").casefold() == wanted]


class Consultation(models.Model):
    """One question of a professional, from its arrival to its answer."""

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("question", "received")
        ACCEPTED = "accepted", pgettext_lazy("question", "accepted")
        ASSIGNED = "assigned", pgettext_lazy("question", "with an expert")
        ANSWERED = "answered", pgettext_lazy("question", "answered")
        CLOSED = "closed", pgettext_lazy("question", "closed")
        DECLINED = "declined", pgettext_lazy("question", "not taken")
        REDIRECTED = "redirected", pgettext_lazy("question", "led to another service")
        EXPIRED = "expired", pgettext_lazy("question", "closed after a long silence")

    class Audience(models.TextChoices):
        PARENTS = "parents", _("parents")
        FAMILY = "family", _("brothers, sisters, partner or other family")
        YOUNG_PERSON = "young_person", _("a child or a young person")
        ADULT = "adult", _("an adult")
        GROUP = "group", _("a group or a neighbourhood")
        TEAM = "team", _("our own team or policy")

    class Urgency(models.TextChoices):
        CALM = "calm", _("an answer within some weeks is fine")
        SOON = "soon", _("within two weeks, please")
        PRESSING = "pressing", _("this week, please")

    OPEN = (State.RECEIVED, State.ACCEPTED, State.ASSIGNED, State.ANSWERED)

    reference = models.CharField(_("reference"), max_length=20, unique=True, null=True)
    link_mark = models.CharField(max_length=64, unique=True, null=True, editable=False)
    form_mark = models.CharField(max_length=64, unique=True, null=True, editable=False)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    themes = models.ManyToManyField(ExpertTheme, blank=True, verbose_name=_("themes"))
    audience = models.CharField(_("about whom"), max_length=20, choices=Audience)
    urgency = models.CharField(_("how soon"), max_length=10, choices=Urgency)
    region = models.CharField(_("region"), max_length=40, blank=True)
    may_publish = models.BooleanField(
        _("may become a public question without names"), default=False
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.RECEIVED)
    expert = models.ForeignKey(
        Expert,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("expert"),
    )
    made_at = models.DateTimeField(_("asked at"), default=timezone.now, db_index=True)
    moved_at = models.DateTimeField(_("last step at"), default=timezone.now, db_index=True)
    answered_at = models.DateTimeField(_("first answered at"), null=True, blank=True)
    locked = models.TextField(blank=True, editable=False)
    waited_days = models.PositiveIntegerField(null=True, editable=False)
    anonymised_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to the expert platform")
        verbose_name_plural = _("questions to the expert platform")
        ordering = ["made_at", "pk"]
        default_permissions = ()
        permissions = [
            ("coordinate_consultations", "Can coordinate questions to the expert platform"),
            ("answer_consultations", "Can answer questions that were given to them"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(anonymised_at=None)
                | Q(locked="", reference=None, link_mark=None, form_mark=None, expert=None),
                name="anonymous_question_leads_to_nobody",
            ),
        ]

    def __str__(self):
        return self.reference or str(_("anonymous question"))

    @cached_property
    def told(self) -> dict:
        """organisation, function, email, phone, question, token. Raises LostKeyError."""
        return confidential.unlock(self.locked)

    @property
    def told_or_nothing(self):
        try:
            return self.told
        except confidential.LostKeyError:
            return {}

    @property
    def days_until_answer(self):
        """None without one. Of an anonymous question no moment is left to reckon with."""
        if self.anonymised_at:
            return self.waited_days
        return (self.answered_at - self.made_at).days if self.answered_at else None

    def note_view(self, way, account=None):
        self.viewings.create(way=way, account=account, at=timezone.now())

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def region_name(self):
        place = gazetteer.get(self.region) if self.region else None
        return place.name if place else ""


class Step(models.Model):
    """What happened to a question, when and by whom; the words of it are encrypted."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("We received your question.")
        ACCEPTED = "accepted", _("A coordinator has read your question and takes it.")
        ASSIGNED = "assigned", _("An expert looks at your question.")
        ANSWERED = "answered", _("An answer")
        REPLIED = "replied", _("What you wrote to it")
        CLOSED = "closed", _("The question is closed.")
        DECLINED = "declined", _("The platform does not take this question.")
        REDIRECTED = "redirected", _("Another service can help you better.")
        EXPIRED = "expired", _("Closed, because nothing was heard for a long time.")
        REMINDED = "reminded", _("A reminder was sent.")

    class Role(models.TextChoices):
        ASKER = "asker", _("you")
        COORDINATOR = "coordinator", _("a coordinator")
        EXPERT = "expert", _("an expert")
        SITE = "site", _("this site")

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    role = models.CharField(max_length=12, choices=Role)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    locked = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step of a question")
        verbose_name_plural = _("steps of questions")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.consultation} {self.kind}"

    @property
    def text(self):
        """Raises confidential.LostKeyError."""
        return confidential.unlock(self.locked).get("text", "")


class Viewing(models.Model):
    """A question was opened: when, by which way, and by whom when that is known."""

    class Way(models.TextChoices):
        LINK = "link", _("the link was opened, by a person or by a program")
        DESK = "desk", _("the page of coordinators and experts")
        EXPORT = "export", _("a copy for the person who asked")

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="viewings"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    way = models.CharField(max_length=10, choices=Way)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("viewing of a question")
        verbose_name_plural = _("viewings of questions")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.consultation} {self.way}"


class PublicAnswerQuerySet(VisibleQuerySet):
    def published(self):
        return self.filter(agreed_at__isnull=False)

    def drafts(self):
        return self.filter(agreed_at__isnull=True)

    def of_expert(self, account):
        """What they wrote, and what came of their questions: there they are the second person."""
        return self.filter(Q(proposed_by=account) | Q(consultation__expert__account=account))


class PublicAnswer(Visible):
    """A question and its answer without anything that leads to a person, once two have agreed."""

    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"))
    themes = models.ManyToManyField(ExpertTheme, related_name="answers", verbose_name=_("themes"))
    consultation = models.ForeignKey(
        Consultation, on_delete=models.SET_NULL, null=True, blank=True, editable=False
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("agreed by"),
    )
    agreed_at = models.DateTimeField(_("agreed at"), null=True, editable=False)
    asker_agreed = models.BooleanField(default=False, editable=False)

    objects = PublicAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("public question and answer")
        verbose_name_plural = _("public questions and answers")
        ordering = ["-agreed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("proposed_by")),
                name="public_answer_is_agreed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(asker_agreed=True),
                name="public_answer_has_the_word_of_the_asker",
            ),
        ]

    def __str__(self):
        """Never its words: the log of the admin copies this and keeps it."""
        return _("Public answer %(number)s") % {"number": self.pk or "–"}

    @property
    def is_published(self):
        return self.agreed_at is not None

    @property
    def has_word_of_asker(self):
        """Kept with what is public: its question leads to nobody after a year."""
        return self.consultation.may_publish if self.consultation else self.asker_agreed


class SecrecyArticle(Visible):
    """Which article of which law is about professional secrecy today: one row, kept by curators."""

    law = models.CharField(
        _("article and law"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the page says that it is to be asked for."),
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("article on professional secrecy")
        verbose_name_plural = _("article on professional secrecy")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_article_on_secrecy")]

    def __str__(self):
        return self.law or str(self._meta.verbose_name)
