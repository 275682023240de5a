"""The counts by bit masks equal those of SQL, on the real content and random questions."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.facets import directory
from practices.filters import PracticeFilterSet
from practices.results import Results
from search.version import current
from tests.content import sql_reference

pytestmark = pytest.mark.django_db

FACETS = {
    "prevention_level": ["primary", "secondary", "tertiary"],
    "target_group": ["parents", "mothers", "relatives", "youth", "firstline", "schools"],
    "activity_type": ["listening", "awareness", "psychosocial", "helpline"],
    "work_form": ["individual", "group"],
    "status": ["active", "ended", "unknown"],
    "help_language": ["fr", "ar", "de"],
}
asked = st.fixed_dictionaries(
    {facet: st.lists(st.sampled_from(values), max_size=2) for facet, values in FACETS.items()}
)
places = st.sampled_from(["", "BE-WLG", "BE-VLG", "BE-BRU", "COM-DE", "COM-FR", "BE"])
words = st.sampled_from(["", "moeder", "soutien aux parents", "prison", "zzzz"])
relaxed = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def results_of(asked, place="", text=""):
    filterset = PracticeFilterSet(asked | {"place": place, "q": text}, directory(current()))
    assert filterset.form.is_valid(), filterset.form.errors
    return Results(filterset)


def without_zeros(counts):
    return {facet: {v: n for v, n in by.items() if n} for facet, by in counts.items()}


def found_by_words(results):
    """Codes that the words alone find; None without words."""
    if not results.has_words:
        return None
    return results.answer.keys if results.answer.fits else []


@relaxed
@given(asked=asked, place=places, text=words)
def test_results_and_counts_equal_those_of_sql(content, asked, place, text):
    results = results_of(asked, place, text)
    codes = found_by_words(results)

    expected = sql_reference.found(asked, place, codes).distinct()

    assert sorted(results.codes) == sorted(practice.code for practice in expected)
    counted = without_zeros(results.counts)
    reference = sql_reference.counts(asked, place, codes)
    for facet in reference:
        assert counted.get(facet, {}) == reference[facet], facet


@relaxed
@given(asked=asked, place=places, text=words, facet=st.sampled_from(sorted(FACETS)))
def test_a_filter_never_adds_results(content, asked, place, text, facet):
    narrow = results_of(asked, place, text)
    wide = results_of(asked | {facet: []}, place, text)

    assert set(narrow.codes) <= set(wide.codes)


def test_choosing_a_value_brings_the_number_beside_it(content):
    counts = results_of({}).counts
    for facet, by_value in counts.items():
        for value, number in by_value.items():
            chosen = {"place": value} if facet == "place" else {"asked": {facet: [value]}}
            results = results_of(chosen.get("asked", {}), chosen.get("place", ""))
            assert len(results.codes) == number, (facet, value)
