"""The list and the pages of organisations; with what they run, they stand above the network."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from familysupport.context import language_links
from familysupport.templatetags.reading import read_text
from network import picture, sheet
from network.models import Actor, ActorRelation, Language, NetworkRole, Sector
from network.offers import OfferCard
from network.publishing import EditorialStatus
from network.ties import Tie
from network.vcard import vcard
from places.labels import area_in_words
from practices.cards import cards
from practices.facets import directory
from practices.models import Practice
from search.caching import unchanged_is_304
from search.listing.listing import Listing, choice_facet, rows_facet


@dataclass(frozen=True)
class ActorCard:
    actor: Actor

    @property
    def code(self):
        return self.actor.code

    @property
    def coverage(self):
        return area_in_words(place.code for place in self.actor.coverage.all())


def counted(relation):
    """How many of them readers see."""
    published = Q(**{f"{relation}__editorial_status": EditorialStatus.PUBLISHED})
    return Count(relation, filter=published, distinct=True)


def actor_cards(codes):
    actors = Actor.objects.published().filter(code__in=codes).select_related("seat")
    shown = actors.prefetch_related("roles", "coverage").annotate(
        runs=counted("led_practices"),
        takes_part=counted("partner_practices"),
        gives=counted("offers"),
    )
    return [ActorCard(actor) for actor in shown]


ACTORS = Listing(
    kind="actor",
    url_name="actor_list",
    title=gettext_lazy("Organisations"),
    template="network/actor_list.html",
    facets=(
        rows_facet("role", gettext_lazy("role in the network"), NetworkRole.objects.all, "roles"),
        choice_facet("level", gettext_lazy("level"), Actor.Level),
        rows_facet("sector", gettext_lazy("field of work"), Sector.objects.all, "sectors"),
        choice_facet("legal_form", gettext_lazy("legal form"), Actor.LegalForm),
        rows_facet("work_language", gettext_lazy("languages"), Language.objects.all, "languages"),
    ),
    records=Actor.objects.published,
    cards=actor_cards,
    seats="seat",
)


class ActorSheet(sheet.Sheet):
    @property
    def description(self):
        return self.fact("description", read_text(self.record, "description"))

    @property
    def facts(self):
        actor = self.record
        sectors = ", ".join(str(sector) for sector in actor.sectors.all())
        languages = ", ".join(str(language) for language in actor.languages.all())
        return [
            self.fact("legal_form", actor.get_legal_form_display()),
            self.fact("level", actor.get_level_display()),
            self.fact("sectors", sectors, _("Field of work")),
            self.fact("languages", languages),
            self.fact("seat", actor.seat.name if actor.seat else ""),
            self.fact("coverage", ActorCard(actor).coverage),
        ]

    @property
    def roles(self):
        return self.fact("roles", list(self.record.roles.all()))

    @cached_property
    def memberships(self):
        return list(self.record.memberships.select_related("source"))

    @property
    def stays(self):
        """(membership, reference) of each time in the national network."""
        return [(one, self.numbered.reference(one.source)) for one in self.memberships]

    @cached_property
    def relations(self):
        """As sources state them, in both directions, between organisations that readers see."""
        stated = ActorRelation.objects.filter(Q(actor=self.record) | Q(other=self.record))
        shown = Actor.objects.published() | Actor.objects.filter(pk=self.record.pk)
        seen = stated.filter(actor__in=shown, other__in=shown)
        return list(seen.select_related("actor", "other", "source").order_by("kind", "pk"))

    @property
    def further_sources(self):
        return [row.source for row in [*self.memberships, *self.relations]]

    @cached_property
    def offers(self):
        """Of a draft, in its preview, those that will show with it."""
        return list(self.record.offers.published().prefetch_related("coverage"))

    @property
    def offer_cards(self):
        return [OfferCard(offer) for offer in self.offers]

    @cached_property
    def partner_in(self):
        practices = Practice.objects.published().filter(partners=self.record)
        return list(practices.select_related("lead_actor").order_by("code"))

    @cached_property
    def ties(self):
        stated = [Tie.stated(row, self.numbered) for row in self.relations]
        return [*stated, *self.partners_of_its_own(), *self.those_it_is_partner_of()]

    def partners_of_its_own(self):
        led = Practice.objects.published().filter(lead_actor=self.record).order_by("code")
        for practice in led.prefetch_related("partners"):
            for partner in practice.partners.all():
                if partner.is_published and partner != self.record:
                    yield partnership(self.record, partner, practice)

    def those_it_is_partner_of(self):
        for practice in self.partner_in:
            lead = practice.public_lead_actor
            if lead and lead != self.record:
                yield partnership(lead, self.record, practice)

    @property
    def picture(self):
        """One branch for each organisation, whatever the number of ties to it."""
        first = {}
        for tie in self.ties:
            first.setdefault(tie.beside(self.record), tie)
        branches = [(str(actor), tie.in_short, bool(tie.doubt)) for actor, tie in first.items()]
        return picture.tree(str(self.record), branches) if branches else None


def partnership(lead, partner, practice):
    return Tie(lead, _("runs, with as partner"), partner, seen_in=practice)


@unchanged_is_304
def actor_detail(request, code):
    actor = get_object_or_404(Actor.objects.published().with_page_relations(), code=code)
    return show_actor(request, actor)


def show_actor(request, actor, in_languages=None, **more):
    practices = Practice.objects.published().filter(lead_actor=actor).by_usefulness()
    codes = list(practices.values_list("code", flat=True))
    found = cards(directory(request.data_version), codes)
    context = {"actor": actor, "sheet": ActorSheet(actor), "cards": found, "total": len(codes)}
    if in_languages:
        context["language_links"] = language_links(request, in_languages)
    return render(request, "network/actor_detail.html", context | more)


@unchanged_is_304
def actor_vcard(request, code):
    """Without a contact there is nothing to keep."""
    reachable = Actor.objects.published().filter(contacts__isnull=False).distinct()
    actor = get_object_or_404(reachable.with_page_relations(), code=code)
    response = HttpResponse(vcard(actor), content_type="text/vcard; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{actor.code}.vcf"'
    return response
