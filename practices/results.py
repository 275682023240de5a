"""The list a visitor gets: which practices, in which order, on which rung, with which counts."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.translation import get_language, get_language_info

from places import gazetteer
from practices.cards import cards
from practices.filters import Sort
from practices.ladder import Ladder
from practices.relevance import weigher
from search.danger import signals_danger
from search.query import answer


@dataclass(frozen=True)
class Group:
    """Results of one page that stand on one rung; without a place there is one group."""

    rung: str | None
    results: list

    @property
    def meant_for(self):
        """The areas that services close by are meant for."""
        return list(dict.fromkeys(result["card"].coverage for result in self.results))


class Results:
    """What follows from a valid filter set."""

    def __init__(self, filterset, version=None):
        self.filterset = filterset
        self.version = version
        self.directory = filterset.directory
        self.cleaned = filterset.form.cleaned_data
        self.sort = self.cleaned.get("sort") or Sort.BEST

    # --- What was meant ------------------------------------------------------------------------

    @cached_property
    def answer(self):
        """What the search makes of the words; None when there are none."""
        words = self.cleaned.get("q")
        if not words:
            return None
        return answer(
            "practice",
            words,
            get_language(),
            exact=bool(self.cleaned.get("exact")),
            weigh=weigher(self.directory),
            version=self.version,
        )

    @property
    def is_danger(self):
        return signals_danger(self.cleaned.get("q") or "")

    @property
    def is_place_only(self):
        """The words name a place, ask nothing else and stand in no record: "4800"."""
        if self.answer is None or self.answer.hits:
            return False
        return self.answer.question.is_place_only

    @cached_property
    def meanings(self):
        """What the place may mean: the one in the where box, or the words when they are one."""
        if self.cleaned.get("place"):
            return gazetteer.understand(self.cleaned["place"])
        return self.answer.question.places if self.is_place_only else []

    @cached_property
    def places(self):
        """Codes of the places meant: the first meaning, and its equals by postal code."""
        if not self.meanings:
            return []
        first = self.meanings[0]
        if not first.postal_code:
            return [first.spot.code]
        same = [m.spot.code for m in self.meanings if m.postal_code == first.postal_code]
        return list(dict.fromkeys(same))

    @cached_property
    def ladder(self):
        return Ladder(self.directory, self.places, self.meanings[0]) if self.places else None

    @cached_property
    def hits(self):
        """Code → hit, best first; None when no words narrow the list."""
        if self.answer is None or self.is_place_only:
            return None
        known = self.directory.snapshot.positions
        found = self.answer.hits if self.answer.fits else []
        return {hit.key: hit for hit in found if hit.key in known}

    # --- Which, and how many -------------------------------------------------------------------

    @cached_property
    def chosen(self):
        """Facet → mask of what is chosen in it, the place among them."""
        choices = self.filterset.choices
        snapshot = self.directory.snapshot
        chosen = {name: snapshot.chosen(name, values) for name, values in choices.items()}
        if self.ladder:
            chosen["place"] = self.ladder.everything
        return chosen

    @cached_property
    def within_words(self):
        snapshot = self.directory.snapshot
        return snapshot.everything if self.hits is None else snapshot.mask(self.hits)

    @cached_property
    def mask(self):
        return self.within_words & self.directory.snapshot.others(None, self.chosen)

    @property
    def counts(self):
        return self.directory.snapshot.counts(self.chosen, self.within_words)

    def total_without(self, facet):
        """How many results there were if this facet, the place or the words ("q") were left out."""
        words = self.directory.everything if facet == "q" else self.within_words
        return (words & self.directory.snapshot.others(facet, self.chosen)).bit_count()

    # --- In which order ------------------------------------------------------------------------

    @cached_property
    def codes(self):
        """Codes of all results in order, rung by rung."""
        if not self.ladder:
            return self.ordered(self.mask)
        return [code for rung in self.rungs.values() for code in rung]

    @cached_property
    def rungs(self):
        """Rung → its codes in order; empty rungs are left out."""
        masks = {rung: mask & self.mask for rung, mask in self.ladder.masks.items()}
        return {rung: self.on_rung(mask) for rung, mask in masks.items() if mask}

    def ordered(self, mask):
        if mask == self.directory.everything and self.hits is None:
            return self.order
        return self.directory.snapshot.keys_in(mask, self.order)

    @property
    def order(self):
        if self.sort == Sort.NAME:
            return self.directory.orders[f"name_{get_language()}"]
        if self.sort == Sort.VERIFIED:
            return self.directory.orders["verified"]
        return self.directory.orders["best"] if self.hits is None else self.hits

    def on_rung(self, mask):
        """One rung in order: what lies wholly inside a wide place first."""
        inside = mask & self.ladder.wholly_inside
        codes = [*self.ordered(inside), *self.ordered(mask & ~inside)]
        if self.sort == Sort.NEAREST:
            return sorted(codes, key=self.far)
        if self.sort == Sort.BEST:
            marked = set(self.directory.snapshot.keys_in(inside, codes))
            return sorted(codes, key=lambda code: (code not in marked, *self.preference(code)))
        return codes

    def preference(self, code):
        """Relevance, then distance, then verified first."""
        usefulness, verified_first = self.directory.standing[code]
        relevance = usefulness if self.hits is None else -self.hits[code].score
        return (relevance, self.far(code), verified_first)

    def far(self, code):
        distance = self.distance(code)
        return float("inf") if distance is None else distance

    def distance(self, code):
        """Kilometres from the visitor's place to the nearest seat; None when unknown."""
        origin = self.meanings[0] if self.meanings else None
        if origin is None or origin.latitude is None:
            return None
        seats = [gazetteer.get(place) for place in self.directory.seats.get(code, [])]
        known = [seat for seat in seats if seat and seat.latitude is not None]
        return min((gazetteer.distance_km(origin, seat) for seat in known), default=None)

    # --- What a page shows ---------------------------------------------------------------------

    def groups(self, codes):
        """The results of one page by rung, each with what only this question tells of it."""
        found = [self.result(card) for card in cards(self.directory, codes)]
        by_rung = groupby(found, key=lambda result: result["rung"])
        return [Group(rung, list(results)) for rung, results in by_rung]

    def result(self, card):
        code = card.practice.code
        found = self.hits[code].found if self.hits is not None else {}
        return {
            "card": card,
            "body": card.marked(found) if found else card.body,
            "distance": self.distance(code),
            "rung": self.rung_of.get(code),
            "found_in": other_languages(found),
        }

    @cached_property
    def rung_of(self):
        if not self.ladder:
            return {}
        return {code: rung for rung, codes in self.rungs.items() for code in codes}


def other_languages(found):
    """The languages of a match that the reader does not see in their own."""
    if get_language() in found:
        return []
    return [get_language_info(language)["name_translated"] for language in sorted(found)]
