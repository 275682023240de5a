"""The published directory as each worker remembers it: vocabulary, and who carries which value."""

from collections import defaultdict
from dataclasses import dataclass, field

from network.models import Language
from places import gazetteer
from practices.models import Practice, Taxonomy
from search.analysis import LANGUAGES
from search.facets import Snapshot
from search.version import Remembered

PLACE_KINDS = ("region", "community", "province")


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


@dataclass(frozen=True)
class Directory:
    keys: tuple
    taxonomies: tuple
    languages: tuple
    snapshot: Snapshot
    seats: dict
    coverage: dict
    cards: dict = field(default_factory=dict)  # language → code → card, filled as they are read


def build_directory():
    keys = tuple(Practice.objects.published().order_by("code").values_list("code", flat=True))
    snapshot = Snapshot(keys)
    taxonomies = tuple(taxonomy_facets())
    coverage = places_of("coverage")
    for facet, value, code in carried_values():
        snapshot.add(facet, value, [code])
    for place, codes in place_facet(coverage).items():
        snapshot.add("place", place, codes)
    return Directory(
        keys=keys,
        taxonomies=taxonomies,
        languages=tuple(named(language) for language in Language.objects.all()),
        snapshot=snapshot,
        seats=places_of("seats"),
        coverage=coverage,
    )


directory = Remembered(build_directory)


def taxonomy_facets():
    for taxonomy in Taxonomy.objects.prefetch_related("terms"):
        yield TaxonomyFacet(
            code=taxonomy.code,
            names=by_language(taxonomy, "name"),
            descriptions=by_language(taxonomy, "description"),
            values=tuple(named(term) for term in taxonomy.terms.all()),
        )


def named(row):
    descriptions = by_language(row, "description") if hasattr(row, "description_nl") else {}
    return Value(row.code, by_language(row, "name"), descriptions)


def by_language(row, name):
    return {language: getattr(row, f"{name}_{language}") or "" for language in LANGUAGES}


def carried_values():
    """(facet, value, practice code) for everything but places."""
    published = Practice.objects.published()
    yield from (
        (taxonomy, term, code)
        for taxonomy, term, code in published.filter(terms__isnull=False).values_list(
            "terms__taxonomy__code", "terms__code", "code"
        )
    )
    yield from (
        ("status", status, code)
        for status, code in published.values_list("operating_status", "code")
    )
    yield from (
        ("help_language", language, code)
        for language, code in published.filter(help_languages__isnull=False).values_list(
            "help_languages__code", "code"
        )
    )


def places_of(relation):
    """Practice code → codes of the places it is bound to."""
    found = defaultdict(list)
    rows = Practice.objects.published().filter(**{f"{relation}__isnull": False})
    for code, place in rows.values_list("code", f"{relation}__code").order_by("code"):
        found[code].append(place)
    return dict(found)


def place_facet(coverage):
    """Region, community or province → practices that serve it, a part of it, or all around it."""
    by_place = defaultdict(list)
    for code, covered in coverage.items():
        for place in covered:
            by_place[place].append(code)
    spots = [spot for kind in PLACE_KINDS for spot in gazetteer.of_kinds([kind])]
    return {spot.code: serving(spot.code, by_place) for spot in spots}


def serving(code, by_place):
    related = gazetteer.related(code)
    return {practice for place in related for practice in by_place.get(place, [])}
