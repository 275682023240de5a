"""A faceted list of one kind of record, told by one declaration."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import get_language, override

from search.analysis import LANGUAGES, fold
from search.facets import Snapshot
from search.listing.directory import Directory, places_of
from search.listing.forms import ListForm
from search.listing.menu import ListMenu
from search.listing.results import Results
from search.version import Remembered


@dataclass(frozen=True)
class ListFacet:
    """`values`() gives (value, label) in order, `carried`(records) gives (value, code)."""

    code: str
    label: str
    values: Callable
    carried: Callable


def choice_facet(code, label, choices, column=None):
    """Of a column with choices."""
    column = column or code

    def carried(records):
        return records.exclude(**{column: ""}).values_list(column, "code")

    return ListFacet(code, label, lambda: choices.choices, carried)


def choices_facet(code, label, choices, column):
    """Of a column that holds several choices."""

    def carried(records):
        rows = records.values_list(column, "code")
        return [(value, key) for values, key in rows for value in values]

    return ListFacet(code, label, lambda: choices.choices, carried)


def rows_facet(code, label, rows, relation):
    """Of a relation to rows with a code; `rows`() are those that may be chosen."""

    def carried(records):
        linked = records.filter(**{f"{relation}__isnull": False})
        return linked.values_list(f"{relation}__code", "code")

    return ListFacet(code, label, lambda: [(row.code, row) for row in rows()], carried)


@dataclass(frozen=True)
class Listing:
    """`records`() are the published ones, with a `code`; `cards`(codes) gives what a page shows.

    A card has its `code`, and its `coverage` in words. `seats` names the relation to the places
    where a record is. A list that asks for more has its own `form`, `results` or `menu`, and `more`
    (of the results) for its template.
    """

    kind: str  # of the search entries
    url_name: str
    title: str
    template: str
    facets: tuple[ListFacet, ...]
    records: Callable
    cards: Callable
    seats: str = ""
    form: type = ListForm
    results: type = Results
    menu: type = ListMenu
    more: Callable = lambda results: {}

    @property
    def address(self):
        return reverse(self.url_name)

    @property
    def sealed_url_name(self):
        return f"sealed_{self.url_name}"

    @cached_property
    def directory(self):
        """Data version → what this worker remembers."""
        return Remembered(self.build)

    def build(self):
        records = self.records()
        found = ListDirectory(
            snapshot=Snapshot(records.order_by("code").values_list("code", flat=True)),
            coverage=places_of(records, "coverage"),
            seats=places_of(records, self.seats) if self.seats else {},
            values={facet.code: list(facet.values()) for facet in self.facets},
        )
        for facet in self.facets:
            found.snapshot.add_all(facet.code, facet.carried(records))
        found.add_places()
        found.orders = orders_by_name(records)
        return found

    def cards_of(self, directory, codes):
        """In the order of the codes; only those are read that nobody has asked for yet."""
        kept = directory.cards.setdefault(get_language(), {})
        missing = [code for code in codes if code not in kept]
        if missing:
            kept.update((card.code, card) for card in self.cards(missing))
        return [kept[code] for code in codes if code in kept]


@dataclass(kw_only=True)
class ListDirectory(Directory):
    values: dict  # facet → (value, label)


def orders_by_name(records):
    """Alphabetical in each language, as its readers see the names."""
    found, rows = {}, list(records)
    for language in LANGUAGES:
        with override(language):
            ordered = sorted(rows, key=lambda record: (fold(str(record)), record.code))
        found[f"name_{language}"] = tuple(record.code for record in ordered)
    return found
