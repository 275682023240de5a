from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guide.call_texts import fingerprint
from guide.querysets import (
    EventQuerySet,
    GlossaryTermQuerySet,
    HelpLineQuerySet,
    PublicationQuerySet,
    RecommendationQuerySet,
)
from guide.search import glossary_entry, recommendation_entry
from network.history import is_in_parts
from network.models import Actor, ExpertTheme, Language, Offer, Source, check_choices
from network.publishing import (
    CONTACT_HELP,
    PHONE,
    Publishable,
    ends_after,
    published_has_moment,
    validate_reduced_date,
)
from places.models import Place
from practices.models import TaxonomyTerm
from search import index
from search.version import Visible
from trainings.models import Training


class Need(Visible):
    """What somebody calls for: a heading of the page of help lines."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name or self.code


class HelpLine(Publishable):
    """A number that answers: urgent numbers and listening lines."""

    class Cost(models.TextChoices):
        FREE = "free", _("free")
        PAID = "paid", _("paid")

    class Anonymity(models.TextChoices):
        ANONYMOUS = "anonymous", _("you need not give a name")
        CONFIDENTIAL = "confidential", _("confidential")

    class Audience(models.TextChoices):
        FAMILIES = "families", _("everyone")
        PROFESSIONALS = "professionals", _("professionals only")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    number = models.CharField(
        _("number"), max_length=30, help_text=_("In Belgian groups, for example 0800 111 72.")
    )
    name = models.CharField(_("name"), max_length=150)
    purpose = models.TextField(
        _("purpose"), help_text=_("One plain sentence: for whom, and when to call.")
    )
    hours = models.TextField(_("hours"), blank=True)
    languages = models.ManyToManyField(Language, blank=True, verbose_name=_("languages"))
    website = models.URLField(_("web address"), blank=True)
    cost = models.CharField(_("cost"), max_length=10, choices=Cost, blank=True)
    anonymity = models.CharField(_("anonymity"), max_length=20, choices=Anonymity, blank=True)
    audience = models.CharField(
        _("audience"),
        max_length=20,
        choices=Audience,
        default=Audience.FAMILIES,
        help_text=_("Lines for professionals never stand in the strip for families."),
    )
    needs = models.ManyToManyField(
        Need,
        blank=True,
        verbose_name=_("needs"),
        help_text=_("Tick what the sources say the line is for. It stands under each of them."),
    )
    is_urgent = models.BooleanField(
        _("emergency number"),
        default=False,
        help_text=_("Shown first, without a note on its source."),
    )
    year = models.PositiveSmallIntegerField(
        _("year of the source"),
        null=True,
        blank=True,
        help_text=_("Leave it empty when the source is undated; the page then says so."),
    )
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = HelpLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        ordering = ["order", "code"]
        permissions = [("publish_helpline", "Can publish help lines")]
        constraints = [published_has_moment("published_help_line_has_moment")]

    def __str__(self):
        return f"{self.number} {self.name or ''}".strip()

    def clean(self):
        super().clean()
        if not PHONE.fullmatch(self.number or ""):
            raise ValidationError({"number": CONTACT_HELP["phone"]})

    @property
    def is_for_professionals(self):
        return self.audience == self.Audience.PROFESSIONALS

    def speaks(self, language):
        return language in {spoken.code for spoken in self.languages.all()}

    def is_for(self, need):
        return need in {met.code for met in self.needs.all()}

    @property
    def href(self):
        return "tel:" + self.number.replace(" ", "")


class NativeReading(Visible):
    """Whether a native speaker has read the page "Whom can I call" in a further language."""

    class Language(models.TextChoices):
        GERMAN = "de", _("German")
        ARABIC = "ar", _("Arabic")

    language = models.CharField(_("language"), max_length=8, choices=Language, unique=True)
    is_read = models.BooleanField(
        _("a native speaker has read the text and finds it right"),
        default=False,
        help_text=_(
            "Until you tick this, the page says that it has not been checked. When the text "
            "changes, it says so again."
        ),
    )
    read_on = models.DateField(_("read on"), null=True, blank=True, editable=False)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("ticked by"),
    )
    text_fingerprint = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        verbose_name = _("reading by a native speaker")
        verbose_name_plural = _("readings by native speakers")
        ordering = ["language"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_read=False) | Q(read_on__isnull=False), name="reading_has_its_day"
            )
        ]

    def __str__(self):
        return self.get_language_display()

    @property
    def is_valid(self):
        """Read, and the text is still the one that was read."""
        return self.is_read and self.text_fingerprint == fingerprint(self.language)

    def tick(self, reader):
        """A native speaker finds the text of today right."""
        self.is_read, self.read_by = True, reader
        self.read_on = timezone.localdate()
        self.text_fingerprint = fingerprint(self.language)
        self.save()

    def untick(self):
        self.is_read, self.read_by, self.read_on, self.text_fingerprint = False, None, None, ""
        self.save()


class Publication(Publishable):
    """What the project, or somebody around it, published."""

    class Kind(models.TextChoices):
        MAPPING = "mapping", _("mapping")
        GUIDE = "guide", _("guide")
        REPORT = "report", _("report")
        HANDBOOK = "handbook", _("handbook")
        MANUAL = "manual", _("manual")
        DATABASE = "database", _("database")
        NOTES = "notes", _("notes")
        VIDEO = "video", _("video")
        TOOL = "tool", _("tool")
        EVALUATION = "evaluation", _("evaluation")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(
        _("title"),
        max_length=300,
        help_text=_("As printed; in a language without an edition, say plainly what it is."),
    )
    summary = models.TextField(_("what it holds"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    authors = models.CharField(
        _("authors"), max_length=300, blank=True, help_text=_("Institutions, never persons.")
    )
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    publishers = models.ManyToManyField(
        Actor,
        blank=True,
        related_name="publications",
        verbose_name=_("publishers in this directory"),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("Leave it empty when no source tells it.")
    )
    dated_on = models.CharField(
        _("date"),
        max_length=10,
        blank=True,
        validators=[validate_reduced_date],
        help_text=_("As exact as known: 2016, 2016-02 or 2016-02-15."),
    )
    legal_deposit = models.CharField(_("legal deposit"), max_length=40, blank=True)
    languages = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages")
    )
    links = models.JSONField(
        _("links"),
        default=list,
        blank=True,
        help_text=_("A list, each with url and the language of the page behind it."),
    )
    is_public = models.BooleanField(
        _("there is a public copy"),
        default=True,
        help_text=_("Without a tick the page says that no public copy was found."),
    )
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["order", "code"]
        permissions = [("publish_publication", "Can publish publications")]
        constraints = [published_has_moment("published_publication_has_moment")]

    def __str__(self):
        return self.title or self.code

    def get_absolute_url(self):
        return f"{reverse('guide')}#{self.code}"

    def clean(self):
        super().clean()
        check_links(self.links)


def check_links(links):
    """Each link is an address of the web and the language of what stands there."""
    for link in links if isinstance(links, list) else [None]:
        if not isinstance(link, dict) or set(link) != {"url", "language"}:
            raise ValidationError({"links": _("Give each link a url and a language.")})
        try:
            URLValidator(["http", "https"])(link["url"])
        except ValidationError as error:
            raise ValidationError({"links": error.messages}) from None


class Event(Publishable):
    """Something that happened in the project or around it."""

    class Kind(models.TextChoices):
        NETWORK_MEETING = "network_meeting", _("meeting of the network")
        PLATFORM = "platform", _("expert platform")
        TRAINING_ROUND = "training_round", _("trainings")
        PUBLICATION = "publication", _("publication")
        CONFERENCE = "conference", _("conference")
        CALL = "call", _("call for projects")
        SEMINAR = "seminar", _("seminar")
        OTHER = "other", _("other event")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    summary = models.TextField(_("what happened"))
    starts_on = models.CharField(
        _("starts on"),
        max_length=10,
        blank=True,
        validators=[validate_reduced_date],
        help_text=_("As exact as known: 2016, 2016-02 or 2016-02-15. Empty: not known."),
    )
    ends_on = models.CharField(
        _("ends on"), max_length=10, blank=True, validators=[validate_reduced_date]
    )
    order_on = models.CharField(
        _("stands at"),
        max_length=10,
        blank=True,
        validators=[validate_reduced_date],
        help_text=_("Where it stands among the others when the start does not tell. Never shown."),
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality"),
    )
    place_note = models.CharField(_("place in words"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["order", "code"]
        permissions = [("publish_event", "Can publish events")]
        constraints = [
            published_has_moment("published_event_has_moment"),
            models.CheckConstraint(
                condition=ends_after("ends_on", "starts_on"),
                name="event_ends_after_it_starts",
                violation_error_message=_("An event ends after it starts."),
            ),
        ]

    def __str__(self):
        return self.name or self.code

    def get_absolute_url(self):
        return f"{reverse('timeline')}#{self.code}"

    @property
    def year(self):
        """The year it stands at, as a text; empty when nothing tells it."""
        return (self.order_on or self.starts_on)[:4]


class RecommendationPart(Visible):
    """A part of the guide that recommends or asks attention for something."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=150)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("part of the recommendations")
        verbose_name_plural = _("parts of the recommendations")
        ordering = ["order", "code"]

    def __str__(self):
        return self.title or self.code

    @property
    def place_in_guide(self):
        """Where readers find it in the guide itself: "6a" is a part, "fn11" a footnote."""
        if self.code.startswith("fn"):
            return _("footnote %(number)s of the guide") % {"number": self.code.removeprefix("fn")}
        return _("part %(part)s of the guide") % {"part": self.code}


class Searched(Publishable):
    """Has an entry in the search, which `entry` makes; `search_kind` names its kind."""

    search_kind = ""

    class Meta:
        abstract = True

    @transaction.atomic(savepoint=False)  # its place in the search shows together with it
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if not is_in_parts(self):
            self.refresh_search()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        index.remove(self.search_kind, [self.code])
        return super().delete(*args, **kwargs)

    def refresh_search(self):
        index.put(self.entry())


class Recommendation(Searched):
    """What the guide recommends, or asks attention for, in our words."""

    search_kind = "recommendation"

    class Kind(models.TextChoices):
        RECOMMENDATION = "recommendation", _("recommendation")
        ATTENTION = "attention", _("point of attention")

    class Audience(models.TextChoices):
        POLICY = "policy", _("policy makers")
        ORGANISATIONS = "organisations", _("organisations")
        WORKERS = "workers", _("workers")

    code = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("The part, then a word.")
    )
    part = models.ForeignKey(
        RecommendationPart,
        on_delete=models.PROTECT,
        related_name="recommendations",
        verbose_name=_("part"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.RECOMMENDATION)
    statement = models.TextField(_("statement"), help_text=_("One or two short sentences."))
    audiences = models.JSONField(
        _("for whom"), default=list, blank=True, help_text=_("A choice of the curators.")
    )
    themes = models.ManyToManyField(
        ExpertTheme, blank=True, related_name="recommendations", verbose_name=_("themes")
    )
    terms = models.ManyToManyField(
        TaxonomyTerm,
        blank=True,
        related_name="recommendations",
        verbose_name=_("terms"),
        help_text=_(
            "Practices that carry one of the ticked terms of each taxonomy work on it. A choice "
            "of the curators, and the page says which terms."
        ),
    )
    offer_kinds = models.JSONField(
        _("kinds of offers"),
        default=list,
        blank=True,
        help_text=_("Offers for professionals of these kinds work on it."),
    )
    trainings = models.ManyToManyField(
        Training,
        blank=True,
        related_name="recommendations",
        verbose_name=_("trainings"),
        help_text=_("Only those of which a source says what is asked here."),
    )
    is_answered_by_site = models.TextField(
        _("what this site does for it"), blank=True, help_text=_("One plain sentence.")
    )
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["part__order", "order", "code"]
        permissions = [("publish_recommendation", "Can publish recommendations")]
        constraints = [published_has_moment("published_recommendation_has_moment")]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return f"{reverse('recommendations')}#{self.code}"

    def entry(self):
        return recommendation_entry(self)

    @property
    def audience_names(self):
        return [self.Audience(code).label for code in self.audiences]

    @property
    def offer_kind_names(self):
        return [Offer.Kind(code).label for code in self.offer_kinds]

    def clean(self):
        super().clean()
        check_choices("audiences", self.audiences, self.Audience)
        check_choices("offer_kinds", self.offer_kinds, Offer.Kind)


class GlossaryTerm(Searched):
    """A word of the field, explained, and marked where it stands in a text."""

    search_kind = "glossary"

    class Kind(models.TextChoices):
        ANNEX = "annex", _("in the list of the guide")
        EXTRA = "extra", _("explained in the text of the guide")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100)
    forms = models.TextField(
        _("written forms"),
        blank=True,
        help_text=_(
            "One form a line. These words are explained where they stand in a text: write only "
            "what always means this."
        ),
    )
    definition = models.TextField(
        _("what it means"), help_text=_("One to three plain sentences, for everyone.")
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("Where people do not agree, or the guide is unclear.")
    )
    related = models.ManyToManyField("self", blank=True, verbose_name=_("related words"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.EXTRA)
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of the glossary")
        verbose_name_plural = _("words of the glossary")
        ordering = ["order", "code"]
        permissions = [("publish_glossaryterm", "Can publish words of the glossary")]
        constraints = [published_has_moment("published_glossary_term_has_moment")]

    def __str__(self):
        return self.name or self.code

    def get_absolute_url(self):
        return f"{reverse('glossary')}#{self.code}"

    def entry(self):
        return glossary_entry(self)
