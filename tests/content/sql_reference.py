"""The list and its counts in plain SQL: what the bit masks must equal."""

from places import gazetteer
from practices.models import Practice, Taxonomy
from search.listing.directory import PLACE_KINDS


def found(asked, place=None, codes=None):
    """Published practices for facet → values, a place code, and the codes the words found."""
    practices = Practice.objects.published()
    for facet, values in asked.items():
        if values:
            practices = having(practices, facet, values)
    if place:
        practices = practices.filter(pk__in=serving(place)) | practices.filter(coverage=None)
    return practices if codes is None else practices.filter(code__in=codes)


def having(practices, facet, values):
    if facet == "status":
        return practices.filter(operating_status__in=values)
    if facet == "help_language":
        return practices.filter(pk__in=with_language(values))
    return practices.filter(pk__in=with_term(facet, values))


def with_language(values):
    return Practice.objects.filter(help_languages__code__in=values).values("pk")


def with_term(taxonomy, values):
    chosen = Practice.terms.through.objects.filter(
        taxonomyterm__taxonomy__code=taxonomy, taxonomyterm__code__in=values
    )
    return chosen.values("practice_id")


def serving(place):
    shared = gazetteer.related(place)
    covered = Practice.coverage.through.objects.filter(place__code__in=shared)
    return covered.values("practice_id")


def counts(asked, place=None, codes=None):
    """Facet → value → number of results with that value alone in its facet; zeros left out."""
    counted = {}
    for facet, value in values():
        alone = asked | {facet: [value]}
        counted.setdefault(facet, {})[value] = found(alone, place, codes).distinct().count()
    counted["place"] = {
        spot.code: found(asked, spot.code, codes).distinct().count()
        for spot in gazetteer.of_kinds(PLACE_KINDS)
    }
    return {facet: {v: n for v, n in by.items() if n} for facet, by in counted.items()}


def values():
    for taxonomy in Taxonomy.objects.prefetch_related("terms"):
        yield from ((taxonomy.code, term.code) for term in taxonomy.terms.all())
    yield from (("status", value) for value in Practice.OperatingStatus.values)
    languages = Practice.objects.exclude(help_languages=None)
    spoken = languages.values_list("help_languages__code", flat=True).distinct().order_by()
    yield from (("help_language", code) for code in spoken)
