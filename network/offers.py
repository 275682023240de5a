"""What organisations offer to professionals: the list, one page each, and what fits a search."""

from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from familysupport.templatetags.reading import read_text
from network import sheet
from network.models import Actor, Offer
from places.labels import area_in_words
from search.caching import unchanged_is_304
from search.listing.listing import Listing, choice_facet, choices_facet, rows_facet
from search.listing.results import Results


@dataclass(frozen=True)
class OfferCard:
    offer: Offer

    @property
    def code(self):
        return self.offer.code

    @property
    def coverage(self):
        return area_in_words(place.code for place in self.offer.coverage.all())


def offering_actors():
    return Actor.objects.published().filter(offers__in=Offer.objects.public()).distinct()


def offer_cards(codes):
    offers = Offer.objects.public().with_card_relations().filter(code__in=codes)
    return [OfferCard(offer) for offer in offers]


OFFERS = Listing(
    kind="offer",
    url_name="offer_list",
    title=gettext_lazy("Offers for professionals"),
    template="network/offer_list.html",
    facets=(
        choice_facet("kind", gettext_lazy("kind of offer"), Offer.Kind),
        rows_facet("organisation", gettext_lazy("organisation"), offering_actors, "actor"),
        choices_facet("audience", gettext_lazy("for whom"), Offer.Audience, "audiences"),
        choices_facet("form", gettext_lazy("form"), Offer.Form, "forms"),
        choice_facet("cost", gettext_lazy("price"), Offer.Cost),
    ),
    records=Offer.objects.public,
    cards=offer_cards,
)


class FittingOffers:
    """The first offers for the words, the place and the facets of a search.

    They stand in the order of their list; `choices` are values of its facets.
    """

    most = 3

    def __init__(self, cleaned, version, choices):
        self.words = {name: cleaned[name] for name in ("q", "place", "exact")}
        self.choices = choices
        self.directory = OFFERS.directory(version)
        self.results = Results(OFFERS.kind, self.directory, self.words, choices, version)

    @property
    def codes(self):
        return self.results.codes if self.results.is_narrowed else []

    @cached_property
    def cards(self):
        return OFFERS.cards_of(self.directory, self.codes[: self.most])

    @property
    def shown(self):
        return {card.offer.pk for card in self.cards}

    @property
    def total(self):
        return len(self.codes)

    @property
    def asked(self):
        """(name, value) of what their list is asked."""
        lists = self.choices.items()
        chosen = [(name, value) for name, values in lists for value in values]
        return [(name, value) for name, value in self.words.items() if value] + chosen


class OfferSheet(sheet.Sheet):
    @property
    def summary(self):
        return read_text(self.record, "summary")

    @property
    def facts(self):
        """In the order of the page; without value where no source says anything."""
        offer = self.record
        languages = ", ".join(str(language) for language in offer.languages.all())
        return [
            self.fact("kind", offer.get_kind_display()),
            self.fact("audiences", ", ".join(map(str, offer.audience_names))),
            self.fact("forms", ", ".join(map(str, offer.form_names))),
            self.fact("length", read_text(offer, "length")),
            self.fact("hours", read_text(offer, "hours")),
            self.fact("cost", offer.get_cost_display()),
            self.fact("coverage", OfferCard(offer).coverage),
            self.fact("languages", languages),
        ]

    @property
    def availability(self):
        return self.fact("availability", read_text(self.record, "availability"))

    @property
    def availability_dates(self):
        names = ("available_from", "available_until")
        return [self.fact(name, getattr(self.record, name)) for name in names]

    @property
    def how_to_ask(self):
        return self.fact("how_to_ask", read_text(self.record, "how_to_ask"), _("How to ask for it"))


@unchanged_is_304
def offer_detail(request, code):
    offer = get_object_or_404(Offer.objects.public().with_page_relations(), code=code)
    context = {"offer": offer, "sheet": OfferSheet(offer)}
    return render(request, "network/offer_detail.html", context)
