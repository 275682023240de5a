from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.history import because, is_in_parts, one_record
from network.models import Actor, ExpertTheme, Language, Offer, Source, check_choices
from network.publishing import (
    CitationBase,
    ContactBase,
    Publishable,
    published_has_moment,
    validate_reduced_date,
)
from places.models import Place
from practices.querysets import (
    DeadEndHourQuerySet,
    DeadEndQuerySet,
    FormerAddressQuerySet,
    PracticeQuerySet,
    SituationRuleQuerySet,
    TaxonomyTermQuerySet,
    ThemeRuleQuerySet,
)
from practices.search import search_entry
from practices.verification import TOLD_AFTER, months_later
from search import index
from search.analysis import LANGUAGES, fold
from search.version import Visible

TEXT_FIELDS = (
    "summary",
    "for_whom",
    "first_contact",
    "activities",
    "method",
    "aims",
    "context",
    "period",
    "partner_note",
    "reach",
    "evaluation",
    "funding",
    "status_note",
    "waiting",
    "successor_note",
)


class Taxonomy(Visible):
    """A way of looking at practices; each one becomes a filter of the list."""

    code = models.CharField(
        _("code"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z_]*$")],
        help_text=_("Stands in addresses, for example prevention_level. Do not change it."),
    )
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("taxonomy")
        verbose_name_plural = _("taxonomies")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name or self.code


class TaxonomyTerm(Visible):
    taxonomy = models.ForeignKey(
        Taxonomy, on_delete=models.CASCADE, related_name="terms", verbose_name=_("taxonomy")
    )
    code = models.SlugField(
        _("code"), max_length=40, help_text=_("Stands in addresses. Do not change it.")
    )
    name = models.CharField(_("name"), max_length=150)
    description = models.TextField(
        _("description"), blank=True, help_text=_("One plain sentence that explains the term.")
    )
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_retired = models.BooleanField(
        _("retired"),
        default=False,
        editable=False,
        help_text=_("No longer offered; an address that asks for it finds nothing."),
    )

    objects = TaxonomyTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("taxonomy term")
        verbose_name_plural = _("taxonomy terms")
        ordering = ["taxonomy__order", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["taxonomy", "code"], name="term_code_once_per_taxonomy")
        ]

    def __str__(self):
        return self.name or self.code

    @transaction.atomic(savepoint=False)  # its place in the search shows together with it
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if kwargs.get("update_fields") != ["order"]:  # which stands in no search entry
            self.practices.all().refresh_search()


class FormerTerm(Visible):
    """A term that was merged into another: addresses with its code mean the other one."""

    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.CASCADE, related_name="former_terms")
    code = models.SlugField(_("code"), max_length=40)
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.CASCADE, related_name="former_codes")

    class Meta:
        verbose_name = _("former term")
        verbose_name_plural = _("former terms")
        ordering = ["taxonomy__order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["taxonomy", "code"], name="former_code_once_per_taxonomy"
            )
        ]

    def __str__(self):
        return self.code


class Situation(models.TextChoices):
    """What a family may say is happening; the finder has a rule for each."""

    GENERAL = "general-info", _("I have a general question")
    NEWS = "news", _("The news worries me")
    SIGNS = "signs", _("I see someone change")
    LEFT = "left", _("Someone has left")
    RETURNED = "returned", _("Someone came back")
    PRISON = "prison", _("Someone is in prison")
    DIED = "died", _("Someone died")
    CHILDREN = "children-returned", _("Children came back")
    OTHER = "other", _("Something else")


class SituationRule(models.Model):
    """What the finder looks for in one situation: curated, no fact about any practice."""

    code = models.CharField(
        _("situation"),
        max_length=30,
        unique=True,
        choices=Situation,
        help_text=_("What a family answers to the first question of the finder."),
    )
    terms = models.ManyToManyField(
        TaxonomyTerm,
        blank=True,
        related_name="rules",
        verbose_name=_("terms"),
        help_text=_(
            "Tick what helps a family in this situation. A practice must carry one of the ticked "
            "terms of each taxonomy, and comes higher the more of them it carries. When fewer than "
            "three serve the place, the finder asks for one taxonomy less."
        ),
    )

    objects = SituationRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of the finder")
        verbose_name_plural = _("rules of the finder")
        ordering = ["code"]

    def __str__(self):
        return self.get_code_display()


class ThemeRule(Visible):
    """Which practices and offers the page of a theme shows: curated, no fact about any of them."""

    theme = models.OneToOneField(
        ExpertTheme, on_delete=models.CASCADE, related_name="rule", verbose_name=_("theme")
    )
    terms = models.ManyToManyField(
        TaxonomyTerm,
        blank=True,
        related_name="theme_rules",
        verbose_name=_("terms"),
        help_text=_(
            "The page shows practices that carry one of the ticked terms of each taxonomy, and "
            "says which."
        ),
    )
    offer_kinds = models.JSONField(
        _("kinds of offers"),
        default=list,
        blank=True,
        help_text=_("The page also shows offers for professionals of these kinds."),
    )

    objects = ThemeRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of a theme")
        verbose_name_plural = _("rules of the themes")
        ordering = ["theme__order"]

    def __str__(self):
        return str(self.theme)

    def clean(self):
        super().clean()
        check_choices("offer_kinds", self.offer_kinds, Offer.Kind)

    @property
    def offer_kind_names(self):
        return [Offer.Kind(code).label for code in self.offer_kinds]


# The ten provinces, and Brussels, which lies in none.
PROVINCES = (
    *("BE-VAN", "BE-VBR", "BE-VLI", "BE-VOV", "BE-VWV"),
    *("BE-WBR", "BE-WHT", "BE-WLG", "BE-WLX", "BE-WNA"),
    "BE-BRU",
)


class DeadEnd(models.Model):
    """How often families tapped "nothing here fits": a number, nothing of who they are.

    Empty is what they did not say. Groups smaller than `LEAST_SHOWN` are for nobody to see.
    """

    LEAST_SHOWN = 5

    situation = models.CharField(_("situation"), max_length=30, blank=True, choices=Situation)
    province = models.CharField(_("province"), max_length=10, blank=True)
    month = models.DateField(_("month"), help_text=_("The first day of the month."))
    number = models.PositiveIntegerField(_("how often"), default=0)

    objects = DeadEndQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without a fit")
        verbose_name_plural = _("searches without a fit")
        ordering = ["-month", "-number", "situation", "province"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "situation", "province"], name="dead_end_counted_in_one_row"
            ),
            models.CheckConstraint(
                condition=Q(situation__in=["", *Situation.values]), name="dead_end_situation_known"
            ),
            models.CheckConstraint(
                condition=Q(province__in=["", *PROVINCES]), name="dead_end_province_known"
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"


class DeadEndHour(models.Model):
    """How many of these taps were counted in one hour, over all visitors, to stop a flood."""

    hour = models.DateTimeField(_("hour"), unique=True)
    number = models.PositiveIntegerField(_("how often"), default=0)

    objects = DeadEndHourQuerySet.as_manager()

    class Meta:
        verbose_name = _("hour of searches without a fit")
        verbose_name_plural = _("hours of searches without a fit")

    def __str__(self):
        return f"{self.hour:%Y-%m-%d %H}"


class Practice(Publishable):
    class OperatingStatus(models.TextChoices):
        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")
        RENAMED = "renamed", _("renamed")
        UNKNOWN = "unknown", _("not known")

    class Cost(models.TextChoices):
        FREE = "free", _("free")
        PARTLY = "partly", _("partly free")
        PAID = "paid", _("paid")

    class Anonymity(models.TextChoices):
        ANONYMOUS = "anonymous", _("you need not give a name")
        CONFIDENTIAL = "confidential", _("confidential")
        NAMED = "named", _("you give your name")

    class Access(models.TextChoices):
        DIRECT = "direct", _("you can contact them yourself")
        REFERRAL = "referral", _("another service refers you")
        MANDATE = "mandate", _("with a court order")
        MIXED = "mixed", _("by yourself or with a court order")

    code = models.CharField(
        _("code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2}\d{2,4}$")],
        help_text=_(
            "VB01–VB20 and WB01–WB17 are those of the mapping of 2018; later ones go on from "
            "there. A code is never used again."
        ),
    )
    is_title_only = models.BooleanField(
        _("only the name is known"),
        default=False,
        help_text=_("The page then says so and tells the reader what to do next."),
    )
    name = models.CharField(_("name"), max_length=200)
    sort_name = models.CharField(_("name for sorting"), max_length=200, editable=False, blank=True)
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        unique=True,
        help_text=_("The last part of the address of its page, in this language."),
    )
    also_known_as = models.TextField(
        _("other names"), blank=True, help_text=_("One name a line. The search finds them.")
    )
    lead_actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_practices",
        verbose_name=_("organisation"),
        help_text=_("Leave it empty when no source names it."),
    )
    partners = models.ManyToManyField(
        Actor, blank=True, related_name="partner_practices", verbose_name=_("partners")
    )
    summary = models.CharField(
        _("summary"),
        max_length=300,
        help_text=_("One or two plain sentences: for whom it is and what they do."),
    )
    for_whom = models.TextField(_("for whom"), blank=True)
    first_contact = models.TextField(
        _("what happens when you make contact"),
        blank=True,
        help_text=_("Write it for a worried parent: who answers, what is asked, what follows."),
    )
    activities = models.TextField(_("activities"), blank=True)
    method = models.TextField(_("method"), blank=True)
    aims = models.TextField(_("aims"), blank=True)
    context = models.TextField(_("context"), blank=True)
    period = models.TextField(_("period"), blank=True)
    partner_note = models.TextField(_("partners in words"), blank=True)
    reach = models.TextField(_("reach"), blank=True)
    evaluation = models.TextField(_("evaluation"), blank=True)
    funding = models.TextField(_("funding"), blank=True)
    waiting = models.TextField(_("waiting time"), blank=True)
    coverage = models.ManyToManyField(
        Place,
        blank=True,
        related_name="covering_practices",
        verbose_name=_("area served"),
        help_text=_("Where the people live who may use it. Leave it empty when no source says."),
    )
    seats = models.ManyToManyField(
        Place, blank=True, related_name="seated_practices", verbose_name=_("seat")
    )
    help_languages = models.ManyToManyField(
        Language, blank=True, related_name="practices", verbose_name=_("languages of help")
    )
    terms = models.ManyToManyField(
        TaxonomyTerm, blank=True, related_name="practices", verbose_name=_("terms")
    )
    cost = models.CharField(_("cost"), max_length=10, choices=Cost, blank=True)
    anonymity = models.CharField(_("anonymity"), max_length=20, choices=Anonymity, blank=True)
    access = models.CharField(_("access"), max_length=10, choices=Access, blank=True)
    operating_status = models.CharField(
        _("operating status"),
        max_length=10,
        choices=OperatingStatus,
        default=OperatingStatus.UNKNOWN,
        db_index=True,
    )
    operating_status_date = models.CharField(
        _("date of the operating status"),
        max_length=10,
        blank=True,
        validators=[validate_reduced_date],
        help_text=_("As exact as the source: 2016, 2016-02 or 2016-02-15."),
    )
    is_operating_status_date_unknown = models.BooleanField(
        _("date of the operating status unknown"), default=False
    )
    status_note = models.TextField(_("what is known about today"), blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("successor")
    )
    successor_note = models.TextField(_("successor in words"), blank=True)
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        help_text=_("The day a person checked the whole record. Empty means: never verified."),
    )
    contacts_verified_on = models.DateField(
        _("contacts verified on"),
        null=True,
        blank=True,
        help_text=_("The day a person checked telephone, e-mail and address. Empty: never."),
    )
    verification_months = models.PositiveSmallIntegerField(
        _("verify every … months"), default=6, validators=[MinValueValidator(1)]
    )
    contact_verification_months = models.PositiveSmallIntegerField(
        _("verify contacts every … months"), default=3, validators=[MinValueValidator(1)]
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["code"]
        permissions = [("publish_practice", "Can publish practices")]
        constraints = [
            published_has_moment("published_practice_has_moment"),
            models.CheckConstraint(
                condition=~Q(operating_status__in=["ended", "renamed"])
                | ~Q(operating_status_date="")
                | Q(is_operating_status_date_unknown=True),
                name="ended_practice_has_date",
                violation_error_message=_(
                    "Say when it ended or was renamed, or tick that the date is unknown."
                ),
            ),
            models.CheckConstraint(
                condition=Q(operating_status_date="") | Q(is_operating_status_date_unknown=False),
                name="practice_date_known_or_not",
                violation_error_message=_("The date is either given or unknown, not both."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name or ''}".strip()

    def get_absolute_url(self):
        return reverse("practice_detail", args=[self.slug])

    @property
    def is_verified(self):
        return self.verified_on is not None

    @property
    def verification_due_on(self):
        if self.verified_on:
            return months_later(self.verified_on, self.verification_months)
        return None

    @property
    def contacts_due_on(self):
        if self.contacts_verified_on:
            return months_later(self.contacts_verified_on, self.contact_verification_months)
        return None

    @property
    def is_overdue(self):
        """Due for so long that readers are told."""
        due_on = self.verification_due_on
        return bool(due_on) and due_on + TOLD_AFTER <= timezone.localdate()

    def verify(self, reason):
        """Somebody checked the whole record today, its contacts included."""
        self.verified_on = timezone.localdate()
        self.verify_contacts(reason)

    def verify_contacts(self, reason):
        """Somebody checked telephone, e-mail and address today."""
        self.contacts_verified_on = timezone.localdate()
        with because(reason), one_record(self):
            self.save()

    @property
    def has_ended(self):
        return self.operating_status == self.OperatingStatus.ENDED

    @property
    def public_lead_actor(self):
        actor = self.lead_actor
        return actor if actor and actor.is_published else None

    def clean(self):
        super().clean()
        problems = self.publishing_problems() if self.is_published else []
        if problems:
            raise ValidationError({"editorial_status": problems})

    def publishing_problems(self):
        """Why it may not be published yet, as sentences for the curator; empty when it may."""
        return [
            _("%(field)s is missing in %(language)s.")
            % {"field": self._meta.get_field(field).verbose_name, "language": language.upper()}
            for field in ("name", "slug", "summary")
            for language in LANGUAGES
            if not getattr(self, f"{field}_{language}")
        ]

    @transaction.atomic(savepoint=False)  # its place in the search shows together with it
    def save(self, *args, **kwargs):
        self.fill_sort_names()
        super().save(*args, **kwargs)
        if not is_in_parts(self):
            self.refresh_search()

    def fill_sort_names(self):
        for language in LANGUAGES:
            name = getattr(self, f"name_{language}") or self.name or ""
            setattr(self, f"sort_name_{language}", fold(name)[:200])

    @transaction.atomic
    def delete(self, *args, **kwargs):
        index.remove("practice", [self.code])
        return super().delete(*args, **kwargs)

    def refresh_search(self):
        """Renew the search entry: call it after a change to related rows; `save` does it itself."""
        index.put(search_entry(self))


class Citation(CitationBase):
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="citations")

    class Meta(CitationBase.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "field", "source"], name="practice_cites_source_once_per_field"
            )
        ]


class FormerAddress(Visible):
    """A code, or the last part of an address in one language, that now leads to another practice.

    A published practice that holds the same code or slug itself comes first.
    """

    practice = models.ForeignKey(
        Practice,
        on_delete=models.CASCADE,
        related_name="former_addresses",
        verbose_name=_("practice"),
    )
    language = models.CharField(_("language"), max_length=8, blank=True)  # empty: a code
    text = models.CharField(_("address"), max_length=100)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "text"], name="former_address_leads_to_one_practice"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["", *LANGUAGES]), name="former_address_language_known"
            ),
        ]

    def __str__(self):
        return f"{self.language} {self.text}".strip()


class PracticeContact(ContactBase):
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="contacts")


def refresh_practices_of_actor(instance, created, **kwargs):
    if not created:
        instance.led_practices.all().refresh_search()
