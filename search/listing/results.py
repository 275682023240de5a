"""What follows from a valid form: which records, in which order, on which rung, how many."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.translation import get_language

from places import gazetteer
from places.ladder import Ladder
from search.danger import signals_danger
from search.query import MOST_SCORED, answer

BEST = "best"


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
    """`cleaned` is what a valid form says, `choices` has the chosen values of each facet."""

    by_relevance = (BEST,)  # the orders in which words decide

    def __init__(self, kind, directory, cleaned, choices, version=None):
        self.kind = kind
        self.directory = directory
        self.cleaned = cleaned
        self.choices = choices
        self.version = version
        self.sort = cleaned.get("sort") or BEST

    # --- What was meant ------------------------------------------------------------------------

    @cached_property
    def answer(self):
        """What the search makes of the words; None when there are none."""
        words = self.cleaned.get("q")
        if not words:
            return None
        return answer(
            self.kind,
            words,
            get_language(),
            exact=bool(self.cleaned.get("exact")),
            weigh=self.weigher(),
            version=self.version,
        )

    def weigher(self):
        return None

    @property
    def is_danger(self):
        return signals_danger(self.cleaned.get("q") or "")

    @property
    def is_place_only(self):
        """The words name a place, ask nothing else and stand in no record: "4800"."""
        if self.answer is None or self.answer.keys:
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

    @property
    def has_words(self):
        """Whether words narrow the list."""
        return self.answer is not None and not self.is_place_only

    # --- Which, and how many -------------------------------------------------------------------

    @cached_property
    def chosen(self):
        """Facet → mask of what is chosen in it, the place among them."""
        snapshot = self.directory.snapshot
        chosen = {name: snapshot.chosen(name, values) for name, values in self.choices.items()}
        if self.ladder:
            chosen["place"] = self.ladder.everything
        return chosen

    @cached_property
    def within_words(self):
        if not self.has_words:
            return self.directory.everything
        return self.directory.snapshot.mask(self.answer.keys if self.answer.fits else [])

    @property
    def is_narrowed(self):
        """Whether anything was chosen that leaves records out, or could."""
        return self.has_words or bool(self.ladder) or any(self.choices.values())

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

    def total_in(self, meaning, *, with_words):
        """How many results there were for this place, with or without the words."""
        words = self.within_words if with_words else self.directory.everything
        there = Ladder(self.directory, [meaning.spot.code], meaning).everything
        others = self.directory.snapshot.others("place", self.chosen)
        return (words & there & others).bit_count()

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
        masks = {rung: mask & self.mask for rung, mask in self.rung_masks.items()}
        return {rung: self.on_rung(mask) for rung, mask in masks.items() if mask}

    @property
    def rung_masks(self):
        return self.ladder.masks

    @cached_property
    def rung_of(self):
        if not self.ladder:
            return {}
        return {code: rung for rung, codes in self.rungs.items() for code in codes}

    def on_rung(self, mask):
        """What lies wholly inside a wide place comes first."""
        inside = mask & self.ladder.wholly_inside
        return [*self.ordered(inside), *self.ordered(mask & ~inside)]

    def ordered(self, mask):
        if mask == self.directory.everything and not self.has_words:
            return self.order
        snapshot = self.directory.snapshot
        if self.sort not in self.by_relevance:
            return snapshot.keys_in(mask, self.order)
        rest = mask & ~snapshot.mask(self.hits)
        return [*snapshot.keys_in(mask, self.hits), *snapshot.keys_in(rest, self.order)]

    @property
    def order(self):
        """The order of records by themselves, whatever the words."""
        return self.directory.orders[f"name_{get_language()}"]

    @cached_property
    def hits(self):
        """Code → hit, best first, of the results that are shown first; empty without words."""
        if not self.has_words or not self.mask:
            return {}
        scored = self.mask_to_score
        if scored == self.within_words:
            found = self.answer.hits
        else:
            found = self.answer.among(self.directory.snapshot.keys_in(scored, self.directory.keys))
        known = self.directory.snapshot.positions
        return {hit.key: hit for hit in found if hit.key in known}

    @property
    def mask_to_score(self):
        """All results, or those of the nearest rungs when there are many."""
        if not self.ladder:
            return self.mask
        near = 0
        for rung_mask in self.ladder.masks.values():
            near |= rung_mask & self.mask
            if near.bit_count() >= MOST_SCORED:
                break
        return near

    # --- What a page shows ---------------------------------------------------------------------

    def groups(self, shown):
        """The results of one page by rung; `shown` are what `result` makes of their cards."""
        by_rung = groupby(shown, key=lambda result: result["rung"])
        return [Group(rung, list(results)) for rung, results in by_rung]

    def result(self, card):
        return {"card": card, "rung": self.rung_of.get(card.code)}
