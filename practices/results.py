"""The list a visitor gets: which practices, in which order, with which counts and links."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from places import gazetteer
from practices.cards import cards
from practices.filters import Sort

RUNGS = ("municipality", "arrondissement", "province", "region", "community", "country")
FIRST_FACETS = ("target_group", "activity_type", "prevention_level")


class Results:
    """What follows from a valid filter set: order, masks, counts."""

    def __init__(self, filterset):
        self.filterset = filterset
        self.directory = filterset.directory
        self.practices = filterset.qs
        self.sort = filterset.form.cleaned_data.get("sort") or Sort.BEST

    @property
    def places(self):
        return self.filterset.chosen_places

    @cached_property
    def codes(self):
        """Codes of all results in order."""
        if self.sort == Sort.NAME:
            return self.ordered(self.practices.by_title(get_language()))
        if self.sort == Sort.VERIFIED:
            return self.ordered(self.practices.by_verification())
        if self.sort == Sort.NEAREST and self.places:
            return sorted(self.best_first(), key=self.distance_key)
        return self.closest_coverage_first(self.best_first())

    def shown(self, codes):
        """Each result with what only this visitor's question tells: the distance."""
        return [
            {"card": card, "distance": self.distance(card.practice.code)}
            for card in cards(self.directory, codes)
        ]

    @staticmethod
    def ordered(practices):
        return list(practices.values_list("code", flat=True))

    def best_first(self):
        hits = self.filterset.hits
        if hits is None:
            return self.ordered(self.practices.by_usefulness())
        found = set(self.ordered(self.practices.order_by("code")))
        return [hit.key for hit in hits if hit.key in found]

    def closest_coverage_first(self, codes):
        return sorted(codes, key=self.rung) if self.places else codes

    def rung(self, code):
        """How wide the narrowest area is that serves the place; areas inside it come first."""
        around = set().union(*({place, *gazetteer.containers(place)} for place in self.places))
        serving = [place for place in self.directory.coverage.get(code, []) if place in around]
        return min((RUNGS.index(gazetteer.get(place).kind) for place in serving), default=0)

    def distance_key(self, code):
        distance = self.distance(code)
        return (distance is None, distance)

    def distance(self, code):
        """Kilometres from the visitor's place to the nearest seat; None when unknown."""
        seats = [gazetteer.get(place) for place in self.directory.seats.get(code, [])]
        origin = self.filterset.meanings[0] if self.filterset.meanings else None
        if origin is None or origin.latitude is None:
            return None
        known = [seat for seat in seats if seat and seat.latitude is not None]
        return min((gazetteer.distance_km(origin, seat) for seat in known), default=None)

    @cached_property
    def counts(self):
        snapshot = self.directory.snapshot
        choices = self.filterset.choices
        chosen = {name: snapshot.chosen(name, values) for name, values in choices.items()}
        if self.places:
            chosen["place"] = snapshot.mask(self.codes_serving())
        return snapshot.counts(chosen, self.within_words())

    def within_words(self):
        hits = self.filterset.hits
        snapshot = self.directory.snapshot
        return snapshot.everything if hits is None else snapshot.mask(hit.key for hit in hits)

    def codes_serving(self):
        serving = set().union(*map(gazetteer.related, self.places))
        return [
            code for code, places in self.directory.coverage.items() if serving.intersection(places)
        ]

    @property
    def unstated_coverage(self):
        """How many results a place leaves out because no source says where they work."""
        if not self.places:
            return 0
        snapshot = self.directory.snapshot
        return (snapshot.everything & ~snapshot.mask(self.directory.coverage)).bit_count()


@dataclass(frozen=True)
class Choice:
    """One value of a facet as the form shows it."""

    facet: str
    value: str
    label: str
    description: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    code: str
    label: str
    description: str
    choices: list

    @property
    def is_open(self):
        return self.code in FIRST_FACETS or any(choice.is_chosen for choice in self.choices)


class Menu:
    """Facets, chips and links of a list, built from what was asked and nothing else."""

    def __init__(self, filterset, counts, page):
        self.filterset = filterset
        self.directory = filterset.directory
        self.counts = counts
        self.page = page
        self.asked = asked_parameters(filterset)

    @cached_property
    def facets(self):
        language = get_language()
        facets = [
            self.facet(
                facet.code, facet.names[language], facet.values, facet.descriptions[language]
            )
            for facet in self.directory.taxonomies
        ]
        facets.append(self.facet("help_language", _("Language of help"), self.directory.languages))
        facets.append(self.status_facet())
        return [facet for facet in facets if facet.choices]

    def facet(self, code, label, values, description=""):
        language = get_language()
        chosen = self.filterset.choices.get(code, [])
        choices = [
            Choice(
                code,
                value.code,
                value.names[language],
                value.descriptions.get(language, ""),
                self.counts.get(code, {}).get(value.code, 0),
                value.code in chosen,
            )
            for value in values
        ]
        return Facet(code, label, description, [c for c in choices if c.count or c.is_chosen])

    def status_facet(self):
        counts = self.counts.get("status", {})
        chosen = self.filterset.choices["status"]
        choices = [
            Choice("status", value, label, "", counts.get(value, 0), value in chosen)
            for value, label in self.filterset.filters["status"].extra["choices"]
        ]
        return Facet(
            "status", _("Still working?"), "", [c for c in choices if c.count or c.is_chosen]
        )

    @cached_property
    def places(self):
        """Regions, communities and provinces with their counts and their links."""
        asked = self.filterset.form.cleaned_data.get("place", "")
        return [
            {
                "label": place_label(gazetteer.get(code)),
                "count": count,
                "is_chosen": code == asked,
                "link": self.link(place=None if code == asked else code),
            }
            for code, count in self.counts.get("place", {}).items()
            if count or code == asked
        ]

    @property
    def chosen(self):
        return [choice for facet in self.facets for choice in facet.choices if choice.is_chosen]

    @property
    def chips(self):
        """Everything that narrows the list, each with the link that takes it away."""
        cleaned = self.filterset.form.cleaned_data
        chips = []
        if cleaned.get("q"):
            words = _("“%(words)s”") % {"words": cleaned["q"]}
            chips.append({"label": words, "link": self.link(q=None)})
        if self.filterset.chosen_places:
            chips.append({"label": self.place_name, "link": self.link(place=None)})
        return chips + [
            {"label": choice.label, "link": self.link_without(choice)} for choice in self.chosen
        ]

    @property
    def place_name(self):
        """What the list is for: "Laken (Brussels)", or "1040 (Etterbeek, Brussels)"."""
        meanings = self.filterset.meanings
        if not meanings:
            return ""
        if not meanings[0].postal_code:
            return meaning_label(meanings[0])
        names = ", ".join(meaning.spot.name for meaning in meanings)
        return f"{meanings[0].postal_code} ({names})"

    @property
    def other_meanings(self):
        """What else the place could mean, each with its link."""
        chosen = set(self.filterset.chosen_places)
        return [
            self.meaning(meaning)
            for meaning in self.filterset.meanings
            if meaning.spot.code not in chosen and meaning.spot.kind != "arrondissement"
        ]

    @property
    def similar_places(self):
        asked = self.filterset.form.cleaned_data.get("place", "")
        if not asked or self.filterset.meanings:
            return []
        return [self.meaning(meaning) for meaning in gazetteer.similar(asked)]

    def meaning(self, meaning):
        return {
            "label": meaning_label(meaning),
            "around": around(meaning.spot),
            "link": self.link(place=meaning.spot.code),
        }

    @property
    def previous_link(self):
        return self.page.has_previous() and self.link(page=self.page.previous_page_number())

    @property
    def next_link(self):
        return self.page.has_next() and self.link(page=self.page.next_page_number())

    def link(self, **changes):
        """The address of this list with some parameters changed; None takes one away."""
        asked = {**self.asked, **changes}
        return "?" + urlencode({name: value for name, value in asked.items() if value}, doseq=True)

    def link_without(self, choice):
        left = [value for value in self.asked[choice.facet] if value != choice.value]
        return self.link(**{choice.facet: left})


def asked_parameters(filterset):
    """What was asked, known parameters only and in a fixed order; the page number is not kept."""
    cleaned = filterset.form.cleaned_data
    single = {name: cleaned.get(name) or "" for name in ("q", "place", "sort")}
    return {**single, **filterset.choices}


def meaning_label(meaning):
    return meaning.label if meaning.locality else place_label(meaning.spot)


def place_label(spot):
    """A name that cannot be taken for another place of that name."""
    if spot.kind == "province":
        return _("%(name)s (province)") % {"name": spot.name}
    if spot.kind == "arrondissement":
        return _("%(name)s (arrondissement)") % {"name": spot.name}
    return spot.name


def around(spot):
    """The province or region a municipality lies in, to tell namesakes apart."""
    if spot.kind != "municipality":
        return ""
    containers = [gazetteer.get(code) for code in gazetteer.containers(spot.code)]
    nearest = [place for place in containers if place.kind in {"province", "region"}]
    return nearest[0].name if nearest else ""
