from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.publishing import (
    CitationBase,
    ContactBase,
    Publishable,
    PublishableQuerySet,
    Source,
    published_has_moment,
)
from places.models import Place
from search import index
from search.analysis import LANGUAGES
from search.version import Visible

__all__ = ["Actor", "ActorCitation", "ActorContact", "Language", "Sector", "Source"]


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


class ActorQuerySet(PublishableQuerySet):
    def with_page_relations(self):
        return self.select_related("seat").prefetch_related(
            "contacts__source",
            "contacts__municipality",
            "citations__source",
            "sectors",
            "languages",
        )


class Actor(Publishable):
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

    @transaction.atomic  # the row, its place in the search and the data version show together
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.refresh_search()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        index.remove("actor", [self.code])
        return super().delete(*args, **kwargs)

    def refresh_search(self):
        index.put(self.search_entry())

    def search_entry(self):
        names = self.also_known_as.replace("\n", " ")
        return index.Entry(
            kind="actor",
            key=self.code,
            is_public=self.is_published,
            title={code: f"{getattr(self, f'name_{code}') or ''} {names}" for code in LANGUAGES},
            body={code: getattr(self, f"description_{code}") for code in LANGUAGES},
        )


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
