"""Organisations, what they are to each other and to the network, and what they offer."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from network.history import is_in_parts
from network.publishing import (
    Certainty,
    CitationBase,
    ContactBase,
    Publishable,
    PublishableQuerySet,
    Source,
    ends_after,
    published_has_moment,
    validate_reduced_date,
)
from network.search import actor_entry, offer_entry
from places.models import Place
from search import index
from search.version import Visible


class Language(Visible):
    """A language in which help is given or an organisation works."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name or self.code


class Sector(Visible):
    """A field of work, as the guide names them."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name or self.code


class NetworkRole(Visible):
    """What an organisation is in the project and around it, as the sources name it."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("role in the network")
        verbose_name_plural = _("roles in the network")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name or self.code


class ExpertTheme(Visible):
    """One of the questions that the network put to the expert platform."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=150)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = models.TextField(_("what it says"), blank=True)
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("theme of the expert platform")
        verbose_name_plural = _("themes of the expert platform")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name or self.code

    def get_absolute_url(self):
        return reverse("expert_theme", args=[self.code])


class ActorQuerySet(PublishableQuerySet):
    def with_page_relations(self):
        return self.select_related("seat").prefetch_related(
            "contacts__source",
            "contacts__municipality",
            "citations__source",
            "sectors",
            "languages",
            "roles",
            "coverage",
        )


class Actor(Publishable):
    # Relations to records whose search entry depends on its name and status; a room above adds its.
    named_in = ["offers"]

    class LegalForm(models.TextChoices):
        NON_PROFIT = "non_profit", _("non-profit association")
        LOCAL_AUTHORITY = "local_authority", _("local authority")
        COMMUNITY_AUTHORITY = "community_authority", _("community authority")
        REGIONAL_AUTHORITY = "regional_authority", _("regional authority")
        FEDERAL_AUTHORITY = "federal_authority", _("federal authority")
        RECOGNISED_BODY = "recognised_body", _("recognised body")
        FOUNDATION = "foundation", _("foundation")
        INFORMAL_GROUP = "informal_group", _("group without legal form")
        UNIVERSITY = "university", _("university or research centre")
        COMPANY = "company", _("company")
        OTHER = "other", _("other")

    class Level(models.TextChoices):
        LOCAL = "local", _("local")
        SUPRALOCAL = "supralocal", _("supra-local")
        REGION_COMMUNITY = "region_community", _("region or community")
        NATIONAL = "national", _("national")

    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Stands in the address of its page. Do not change it once it is published."),
    )
    name = models.CharField(_("name"), max_length=200)
    also_known_as = models.TextField(
        _("other names"), blank=True, help_text=_("One name a line. The search finds them.")
    )
    description = models.TextField(_("description"), blank=True)
    legal_form = models.CharField(_("legal form"), max_length=30, choices=LegalForm, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    sectors = models.ManyToManyField(Sector, blank=True, verbose_name=_("sectors"))
    languages = models.ManyToManyField(Language, blank=True, verbose_name=_("languages"))
    seat = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("seat")
    )
    coverage = models.ManyToManyField(
        Place, blank=True, related_name="+", verbose_name=_("where it works")
    )
    roles = models.ManyToManyField(
        NetworkRole, blank=True, related_name="actors", verbose_name=_("roles in the network")
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["code"]
        permissions = [("publish_actor", "Can publish organisations")]
        constraints = [published_has_moment("published_actor_has_moment")]

    def __str__(self):
        return self.name or self.code

    def get_absolute_url(self):
        return reverse("actor_detail", args=[self.code])

    @transaction.atomic(savepoint=False)  # its place in the search shows together with it
    def save(self, *args, **kwargs):
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if not is_in_parts(self):
            self.refresh_search()
        if not is_new:
            self.refresh_search_of_others()

    def refresh_search_of_others(self):
        """Of the records that are found by its name."""
        for relation in self.named_in:
            for record in getattr(self, relation).all():
                record.refresh_search()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        index.remove("actor", [self.code])
        return super().delete(*args, **kwargs)

    def refresh_search(self):
        index.put(actor_entry(self))


class ActorCitation(CitationBase):
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="citations")

    class Meta(CitationBase.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "field", "source"], name="actor_cites_source_once_per_field"
            )
        ]


class ActorContact(ContactBase):
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="contacts")


class ActorRelation(Visible):
    """Who works with whom, as a source says it: from `actor` to `other`."""

    class Kind(models.TextChoices):
        PART_OF = "part_of", _("is part of")
        FUNDS = "funds", _("pays")
        ORGANISES = "organises", _("organises")
        WORKS_WITH = "works_with", _("works with")

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="relations", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.WORKS_WITH)
    other = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        related_name="relations_from_others",
        verbose_name=_("other organisation"),
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))
    certainty = models.CharField(
        _("certainty"), max_length=10, choices=Certainty, default=Certainty.STATED
    )
    period = models.CharField(
        _("years"),
        max_length=30,
        blank=True,
        help_text=_("As the source gives them, for example 2014–2017. Empty: not told."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["kind", "other__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "kind", "other"], name="actors_are_related_once_in_one_way"
            ),
            models.CheckConstraint(
                condition=~models.Q(actor=models.F("other")),
                name="actor_is_not_related_to_itself",
                violation_error_message=_("An organisation is not related to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.actor.code} {self.kind} {self.other.code}"


class Membership(Visible):
    """An organisation belongs to the national network for some time."""

    class Category(models.TextChoices):
        SECURITY_CHAIN = "security_chain", _("prevention and security chain")
        FAMILY_SUPPORT = "family_support", _("organisation that supports families")

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    category = models.CharField(_("category"), max_length=20, choices=Category)
    since = models.CharField(
        _("member since"),
        max_length=10,
        blank=True,
        validators=[validate_reduced_date],
        help_text=_("As exact as known: 2016, 2016-02 or 2016-02-15. Empty: not known."),
    )
    until = models.CharField(
        _("member until"), max_length=10, blank=True, validators=[validate_reduced_date]
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))

    class Meta:
        verbose_name = _("membership of the network")
        verbose_name_plural = _("memberships of the network")
        ordering = ["actor__code", "since"]
        constraints = [
            models.CheckConstraint(
                condition=ends_after("until", "since"),
                name="membership_ends_after_it_began",
                violation_error_message=_("A membership ends after it began."),
            )
        ]

    def __str__(self):
        return f"{self.actor.code}: {self.get_category_display()}"


class OfferQuerySet(PublishableQuerySet):
    def public(self):
        """What readers see: a published offer of a published organisation."""
        return self.published().filter(actor__in=Actor.objects.published())

    def with_card_relations(self):
        return self.select_related("actor").prefetch_related("coverage", "languages")

    def with_page_relations(self):
        return self.with_card_relations().prefetch_related(
            "contacts__source", "contacts__municipality", "citations__source"
        )


class Offer(Publishable):
    """What an organisation does for professionals, not for families directly."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("training")
        HELPDESK = "helpdesk", _("helpdesk")
        CASE_DISCUSSION = "case_discussion", _("case discussion")
        CONSULTATION = "consultation", pgettext_lazy("kind of offer", "consultation")
        INTERVISION = "intervision", _("intervision")
        COACHING = "coaching", _("coaching")
        TRAJECTORY = "trajectory", _("trajectory with one person")
        RISK_ASSESSMENT = "risk_assessment", _("risk assessment")
        MONITORING = "monitoring", _("monitoring of social media")
        POLICY_SUPPORT = "policy_support", _("help with policy")
        URGENT_INTERVENTION = "urgent_intervention", _("urgent intervention")

    class Audience(models.TextChoices):
        LOCAL_AUTHORITIES = "local_authorities", _("local authorities")
        FIRST_LINE = "first_line", _("first-line workers")
        COMMUNICATION_STAFF = "communication_staff", _("communication staff")
        SCHOOLS = "schools", _("schools")
        HELPERS = "helpers", _("social workers and carers")
        SECURITY_PARTNERS = "security_partners", _("police and justice")

    class Form(models.TextChoices):
        ON_SITE = "on_site", _("on the spot")
        ONLINE = "online", _("online")
        PHONE = "phone", _("by telephone")
        WRITTEN = "written", _("in writing")
        TAILORED = "tailored", _("made to measure")

    class Cost(models.TextChoices):
        FREE = "free", _("free")
        PARTLY = "partly", _("partly paid")
        PAID = "paid", _("paid")

    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Stands in the address of its page. Do not change it once it is published."),
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="offers", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=150)
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("What a professional gets.")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    audiences = models.JSONField(_("for whom"), default=list, blank=True)
    forms = models.JSONField(_("form"), default=list, blank=True)
    length = models.CharField(
        _("length"), max_length=150, blank=True, help_text=_("For example: 5 sessions.")
    )
    hours = models.CharField(_("hours"), max_length=150, blank=True)
    cost = models.CharField(_("price"), max_length=10, choices=Cost, blank=True)
    languages = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages")
    )
    coverage = models.ManyToManyField(
        Place, blank=True, related_name="+", verbose_name=_("for which area")
    )
    available_from = models.CharField(
        _("available from"), max_length=10, blank=True, validators=[validate_reduced_date]
    )
    available_until = models.CharField(
        _("available until"), max_length=10, blank=True, validators=[validate_reduced_date]
    )
    availability = models.TextField(
        _("whether it is available"),
        blank=True,
        help_text=_("What is known, with dates; also what is not known."),
    )
    how_to_ask = models.TextField(_("how to ask for it"), blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer for professionals")
        verbose_name_plural = _("offers for professionals")
        ordering = ["code"]
        permissions = [("publish_offer", "Can publish offers")]
        constraints = [published_has_moment("published_offer_has_moment")]

    def __str__(self):
        return self.name or self.code

    def get_absolute_url(self):
        return reverse("offer_detail", args=[self.code])

    @property
    def is_public(self):
        return self.is_published and self.actor.is_published

    @property
    def has_ended(self):
        """Whether the end that a source states lies wholly in the past."""
        end = self.available_until
        return bool(end) and end < timezone.localdate().isoformat()[: len(end)]

    @property
    def audience_names(self):
        return [self.Audience(code).label for code in self.audiences]

    @property
    def form_names(self):
        return [self.Form(code).label for code in self.forms]

    def clean(self):
        super().clean()
        check_choices("audiences", self.audiences, self.Audience)
        check_choices("forms", self.forms, self.Form)

    def publishing_problems(self):
        return [] if self.actor.is_published else [_("Its organisation is not published yet.")]

    @transaction.atomic(savepoint=False)  # its place in the search shows together with it
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if not is_in_parts(self):
            self.refresh_search()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        index.remove("offer", [self.code])
        return super().delete(*args, **kwargs)

    def refresh_search(self):
        index.put(offer_entry(self))


def check_choices(field, chosen, known):
    unknown = [code for code in chosen if code not in known.values]
    if unknown:
        told = {"value": unknown[0], "known": ", ".join(known.values)}
        raise ValidationError({field: _("“%(value)s” is none of: %(known)s.") % told})


class OfferCitation(CitationBase):
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="citations")

    class Meta(CitationBase.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "field", "source"], name="offer_cites_source_once_per_field"
            )
        ]


class OfferContact(ContactBase):
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="contacts")
