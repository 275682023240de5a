"""The list of practices a visitor gets: its order, and what only this question tells of each."""

from django.utils.translation import get_language, get_language_info

from places import gazetteer
from practices.cards import Depth, cards
from practices.filters import Sort, View
from practices.relevance import weigher
from search.listing import results


class Results(results.Results):
    """What follows from a valid filter set."""

    by_relevance = (Sort.BEST, Sort.NEAREST)

    def __init__(self, filterset, version=None):
        cleaned, choices = filterset.form.cleaned_data, filterset.choices
        super().__init__("practice", filterset.directory, cleaned, choices, version)
        self.filterset = filterset

    def weigher(self):
        return weigher(self.directory)

    @property
    def is_in_arabic(self):
        """The page in Arabic is for who writes so."""
        return any("\u0600" <= letter <= "\u06ff" for letter in self.cleaned.get("q") or "")

    # --- In which order ------------------------------------------------------------------------

    @property
    def order(self):
        names = {Sort.NAME: f"name_{get_language()}", Sort.VERIFIED: "verified"}
        return self.directory.orders[names.get(self.sort, "best")]

    def on_rung(self, mask):
        """One rung in order: what says most first, then what lies wholly inside a wide place."""
        codes = super().on_rung(mask)
        if self.sort == Sort.NEAREST:
            return sorted(codes, key=self.far)
        if self.sort == Sort.BEST:
            inside = mask & self.ladder.wholly_inside
            marked = set(self.directory.snapshot.keys_in(inside, codes))
            return sorted(
                codes,
                key=lambda code: (
                    *self.foremost(code),
                    code not in marked,
                    *self.preference(code),
                ),
            )
        return codes

    def foremost(self, code):
        """What comes before all else: without words, that more than the name is known."""
        return (not self.has_words and self.directory.is_title_only(code),)

    def preference(self, code):
        """Relevance, then distance, then verified first."""
        usefulness, verified_first = self.directory.standing[code]
        relevance = -self.hits[code].score if code in self.hits else usefulness
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
        shown = enumerate(cards(self.directory, codes), start=1)
        found = [{**self.result(card), "position": position} for position, card in shown]
        return super().groups(found)

    @property
    def depth(self):
        depths = {View.FULL: Depth.FULL, View.ROWS: Depth.ROW}
        return depths.get(self.cleaned.get("view"), Depth.SHORT)

    def result(self, card):
        code = card.practice.code
        found = self.hits[code].found if code in self.hits else {}
        return {
            "card": card,
            "body": card.marked(found, self.depth) if found else card.body(self.depth),
            "distance": self.distance(code),
            "rung": self.rung_of.get(code),
            "found_in": other_languages(found),
        }


def other_languages(found):
    """The languages of a match that the reader does not see in their own."""
    if get_language() in found:
        return []
    return [get_language_info(language)["name_translated"] for language in sorted(found)]
