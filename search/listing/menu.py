"""Facets, chips, notes and links of a list, built from what was asked and nothing else."""

from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from places import gazetteer
from places.labels import around, meaning_label, place_label
from search.listing.asking import change_of


@dataclass(frozen=True)
class Way:
    """A way to another list: as a readable address, and as the change a button sends."""

    address: str
    change: str


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
    is_first: bool = False

    @cached_property
    def body(self):
        """The finished text, for whoever sees this facet with the same counts and choices."""
        return render_to_string("listing/_facet.html", {"facet": self})

    @property
    def is_open(self):
        return self.is_first or any(choice.is_chosen for choice in self.choices)


class Menu:
    """Facets, chips and links of a list. `asked` has every parameter but the page number."""

    def __init__(self, url_name, results, page, asked):
        self.url_name = url_name
        self.results = results
        self.directory = results.directory
        self.cleaned = results.cleaned
        self.counts = results.counts
        self.page = page
        self.asked = asked

    @cached_property
    def facets(self):
        """Those of the whole list are kept ready for the next reader of the same language."""
        if self.results.is_narrowed:
            return self.counted_facets()
        kept, language = self.directory.menus, get_language()
        if language not in kept:
            kept[language] = self.counted_facets()
        return kept[language]

    def counted_facets(self):
        """Those that offer a choice."""
        return [facet for facet in self.all_facets() if facet.choices]

    def all_facets(self):
        raise NotImplementedError

    def choices(self, facet, values):
        """Of (value, label, description), those that lead somewhere or are chosen."""
        counts, chosen = self.counts.get(facet, {}), self.results.choices[facet]
        return [
            Choice(facet, value, str(label), description, counts.get(value, 0), value in chosen)
            for value, label, description in values
            if counts.get(value) or value in chosen
        ]

    @cached_property
    def places(self):
        """Regions, communities and provinces with their counts and their links."""
        asked = self.cleaned.get("place", "")
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
    def everything(self):
        """The way to the whole list."""
        return Way(reverse(self.url_name), change_of(dict.fromkeys(self.asked)))

    @property
    def chosen(self):
        return [choice for facet in self.facets for choice in facet.choices if choice.is_chosen]

    @property
    def chips(self):
        """Everything that narrows the list, each with the link that takes it away."""
        cleaned = self.cleaned
        chips = []
        if cleaned.get("q"):
            chips.append({"label": self.words, "link": self.link(q=None, exact=None)})
        if self.results.places and cleaned.get("place"):
            chips.append({"label": self.place_name, "link": self.link(place=None)})
        return chips + [
            {"label": choice.label, "link": self.link_without(choice)} for choice in self.chosen
        ]

    @property
    def gains(self):
        """What leaving out one choice would bring, the most first."""
        cleaned = self.cleaned
        left_out = [
            (choice.facet, choice.label, self.link(**{choice.facet: None}))
            for choice in self.chosen
        ]
        if cleaned.get("place") and self.results.places:
            left_out.append(("place", self.place_name, self.link(place=None)))
        if cleaned.get("q"):
            left_out.append(("q", self.words, self.link(q=None, exact=None)))
        gains = [
            {"label": label, "link": link, "number": self.results.total_without(facet)}
            for facet, label, link in left_out
        ]
        return sorted((gain for gain in gains if gain["number"]), key=lambda gain: -gain["number"])

    @property
    def words(self):
        return _("“%(words)s”") % {"words": isolated(self.cleaned["q"])}

    @property
    def corrected(self):
        question = self.results.answer.question if self.results.answer else None
        return question.corrected_text if question and question.corrections else ""

    @property
    def exact_link(self):
        return self.link(exact="1")

    @property
    def place_offer(self):
        """A place named among the words, to be taken for the where box."""
        answer = self.results.answer
        if not answer or self.results.places or not answer.question.places:
            return None
        return self.offer_of(answer.question)

    def offer_of(self, question):
        """Words that name nothing but the place are taken for it, and looked for no more."""
        place, is_all = question.places[0], question.is_place_only
        words = {"q": None, "exact": None} if is_all else {}
        return {
            "label": meaning_label(place),
            "number": self.results.total_in(place, with_words=not is_all),
            "link": self.link(place=place.spot.code, **words),
        }

    @property
    def place_name(self):
        """What the list is for: "Laken (Brussels)", or "1040 (Etterbeek, Brussels)"."""
        meanings = self.results.meanings
        if not meanings:
            return ""
        if not meanings[0].postal_code:
            return meaning_label(meanings[0])
        names = ", ".join(meaning.spot.name for meaning in meanings)
        return f"{meanings[0].postal_code} ({names})"

    @property
    def other_meanings(self):
        """What else the place could mean, each with its link."""
        chosen = set(self.results.places)
        return [
            self.meaning(meaning)
            for meaning in self.results.meanings
            if meaning.spot.code not in chosen and meaning.spot.kind != "arrondissement"
        ]

    @property
    def similar_places(self):
        asked = self.cleaned.get("place", "")
        if not asked or self.results.meanings:
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
        """The way to this list with some parameters changed; None takes one away."""
        asked = {**self.asked, **changes}
        known = {name: value for name, value in asked.items() if value}
        return Way("?" + urlencode(known, doseq=True), change_of(changes))

    def link_without(self, choice):
        left = [value for value in self.asked[choice.facet] if value != choice.value]
        return self.link(**{choice.facet: left})


def isolated(words):
    """Arabic among Latin letters, so that neither turns the order of the other."""
    is_from_the_right = any("\u0590" <= letter <= "\u08ff" for letter in words)
    return f"\u2068{words}\u2069" if is_from_the_right else words


class ListMenu(Menu):
    def __init__(self, listing, results, page, asked):
        super().__init__(listing.url_name, results, page, asked)
        self.listing = listing

    def all_facets(self):
        for facet in self.listing.facets:
            values = self.directory.values[facet.code]
            told = [(value, label, "") for value, label in values]
            yield Facet(facet.code, str(facet.label), "", self.choices(facet.code, told))
