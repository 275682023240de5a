"""The published directory as each worker remembers it: vocabulary, orders, who carries what."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from network.models import Language
from places import gazetteer
from practices.models import FormerTerm, Practice, Taxonomy
from practices.querysets import TITLE_ONLY
from search.analysis import LANGUAGES
from search.facets import Snapshot
from search.listing.directory import Directory, places_of
from search.version import Remembered


@dataclass(frozen=True)
class Value:
    """One choosable value of a facet, with its name in every language."""

    code: str
    names: dict
    descriptions: dict = field(default_factory=dict)


@dataclass(frozen=True)
class TaxonomyFacet:
    code: str
    names: dict
    descriptions: dict
    values: tuple


@dataclass(kw_only=True)
class PracticeDirectory(Directory):
    taxonomies: tuple
    languages: tuple
    former: dict = field(default_factory=dict)  # taxonomy → former code → the one of today
    standing: dict = field(default_factory=dict)
    form_class: type | None = None  # of what may be asked
    ladders: dict = field(default_factory=dict)  # place → ladder, for a place named in words

    @cached_property
    def title_only(self):
        """Practices of which only the name is known."""
        return self.snapshot.mask(code for code in self.keys if self.is_title_only(code))

    def is_title_only(self, code):
        usefulness, _ = self.standing[code]
        return usefulness >= TITLE_ONLY

    def spoken(self, code):
        """Codes of the languages that a source says are spoken there."""
        bit = 1 << self.snapshot.positions[code]
        carried = self.snapshot.masks.get("help_language", {})
        return {language for language, mask in carried.items() if mask & bit}

    @cached_property
    def serves_widely(self):
        """Practices for a whole region, community or the country."""
        wide = ("region", "community", "country")
        return {
            code
            for code, places in self.coverage.items()
            if any(gazetteer.get(place).kind in wide for place in places)
        }

    @cached_property
    def listens(self):
        """Practices where someone answers the phone, a message or a visit."""
        carried = self.snapshot.masks.get("activity_type", {})
        mask = 0
        for code in self.of_today("activity_type", ("helpline", "listening")):
            mask |= carried.get(code, 0)
        return set(self.snapshot.keys_in(mask, self.keys))

    def of_today(self, taxonomy, codes):
        """These codes, and for terms that were merged the codes they have now."""
        former = self.former.get(taxonomy, {})
        return {former.get(code, code) for code in codes}


def build_directory():
    published = Practice.objects.published()
    snapshot = Snapshot(published.order_by("code").values_list("code", flat=True))
    taxonomies = tuple(taxonomy_facets())
    found = PracticeDirectory(
        snapshot=snapshot,
        taxonomies=taxonomies,
        languages=tuple(named(language) for language in Language.objects.all()),
        seats=places_of(published, "seats"),
        coverage=places_of(published, "coverage"),
        former=former_codes(taxonomies),
    )
    add_facets(found, published)
    add_orders(found, published)
    return found


directory = Remembered(build_directory)


def add_facets(found, published):
    pairs = defaultdict(list)
    terms = published.filter(terms__is_retired=False)
    for taxonomy, term, code in terms.values_list("terms__taxonomy__code", "terms__code", "code"):
        pairs[taxonomy].append((term, code))
    pairs["status"] = published.values_list("operating_status", "code")
    spoken = published.filter(help_languages__isnull=False)
    pairs["help_language"] = spoken.values_list("help_languages__code", "code")
    for facet, carried in pairs.items():
        found.snapshot.add_all(facet, carried)
    found.add_places()


def add_orders(found, published):
    """Codes in every order a list may have, and how useful a practice is by itself."""
    useful = list(published.by_usefulness().values_list("code", "usefulness", "is_verified_first"))
    found.orders["best"] = tuple(code for code, _, _ in useful)
    found.standing.update({code: (usefulness, first) for code, usefulness, first in useful})
    verified = published.by_verification().values_list("code", flat=True)
    found.orders["verified"] = tuple(verified)
    for language in LANGUAGES:
        by_title = published.by_title(language).values_list("code", flat=True)
        found.orders[f"name_{language}"] = tuple(by_title)


def taxonomy_facets():
    for taxonomy in Taxonomy.objects.prefetch_related("terms"):
        yield TaxonomyFacet(
            code=taxonomy.code,
            names=by_language(taxonomy, "name"),
            descriptions=by_language(taxonomy, "description"),
            values=tuple(named(term) for term in taxonomy.terms.all()),
        )


def former_codes(taxonomies):
    """Of terms that were merged, unless a term of today has taken the code again."""
    taken = {(taxonomy.code, value.code) for taxonomy in taxonomies for value in taxonomy.values}
    found = defaultdict(dict)
    rows = FormerTerm.objects.values_list("taxonomy__code", "code", "term__code")
    for taxonomy, former, code in rows:
        if (taxonomy, former) not in taken:
            found[taxonomy][former] = code
    return dict(found)


def named(row):
    descriptions = by_language(row, "description") if hasattr(row, "description_nl") else {}
    return Value(row.code, by_language(row, "name"), descriptions)


def by_language(row, name):
    return {language: getattr(row, f"{name}_{language}") or "" for language in LANGUAGES}
