"""The score of two practices, and who is compared with whom."""

from dataclasses import replace

import pytest

from curation.duplicates import finding
from curation.duplicates.finding import likely_pairs, look_alikes, near_look_alikes
from curation.duplicates.likeness import Profile, likeness, may_be_likely, site_of
from curation.duplicates.profiles import Known, blocks_of, saved_profile
from tests.factories import make_practice

pytestmark = pytest.mark.django_db


def codes(found):
    return [practice.code for practice, _likeness in found]


def test_score_is_what_the_explanation_says():
    a = Profile(1, "A", ("Praattafel",), actor=5, places=frozenset({7}), sites=frozenset({"a.be"}))
    b = replace(a, key=2)
    common = frozenset()

    def score(**changes):
        return likeness(a, replace(b, **changes), common).score

    assert score() == 100  # 105, cut
    assert score(sites=frozenset()) == 95
    assert score(sites=frozenset(), actor=6) == 75
    assert score(sites=frozenset(), actor=None, places=frozenset()) == 80
    assert score(sites=frozenset(), actor=6, places=frozenset({8})) == 60
    assert score(names=("Zzz",)) == 25
    assert [str(reason) for reason in likeness(a, b, common).reasons] == [
        "the name", "the organisation", "the website", "the place",
    ]  # fmt: skip


def test_only_what_could_never_be_alike_is_left_uncompared():
    house = Profile(1, "A", ("Praattafel",), actor=5, places=frozenset({7}))
    elsewhere = replace(house, key=2, actor=6, places=frozenset({8}))
    near = replace(elsewhere, places=frozenset())

    assert (may_be_likely(house, elsewhere), may_be_likely(house, near)) == (False, True)
    assert not likeness(house, elsewhere, frozenset()).is_likely
    assert likeness(house, near, frozenset()).is_likely


def test_name_of_its_place_tells_nothing():
    ghent = Profile(1, "A", ("Praattafel Gent",), place_words=frozenset({"gent"}))
    other = Profile(2, "B", ("Huiskamer Gent",), place_words=frozenset({"gent"}))

    assert likeness(ghent, other, frozenset()).score < 40


def test_broken_address_is_no_website():
    assert site_of("http://[") == site_of("nothing") == ""
    assert site_of("https://www.detouter.be/hoedsaam") == "detouter.be"


def test_archived_practice_looks_like_nobody():
    make_practice("BE11", **names("Praattafel"), editorial_status="archived")

    assert look_alikes(Profile(None, "", ("Praattafel",))) == []


def test_draft_is_recognised_and_a_record_does_not_look_like_itself():
    draft = make_practice("BE11", **names("Praattafel"), editorial_status="draft")

    assert codes(look_alikes(Profile(None, "", ("Praattafel",)))) == ["BE11"]
    assert look_alikes(saved_profile(draft.pk)) == []


def test_records_near_by_are_found_by_the_start_of_a_word():
    make_practice("BE11", **names("Praattafel"))

    assert [code for code, _likeness in near_look_alikes(Profile(None, "", ("Praattafels",)))] == [
        "BE11"
    ]
    assert near_look_alikes(Profile(None, "", ("Huiskamer",))) == []


def names(name):
    return {f"name_{language}": name for language in ("nl", "fr", "en")}


def test_profiles_are_read_with_the_same_questions_for_one_and_for_many(django_assert_num_queries):
    make_practice("BE11", coverage=["44021"])
    with django_assert_num_queries(7):
        likely_pairs()
    for number in range(12, 15):
        make_practice(f"BE{number}", coverage=["44021"], seats=["11002"])
    with django_assert_num_queries(7):
        likely_pairs()
    with django_assert_num_queries(1):
        likely_pairs()


def test_five_thousand_names_are_paired_without_comparing_each_with_each():
    """The number of comparisons, not the clock: a busy machine is slow."""
    telling = {n: (f"{word(n)} {word(n * 7 + 3)} {word(n % 60)}",) for n in range(5_000)}
    found = Known({}, frozenset(), telling, blocks_of(telling))

    assert len(finding.candidates(found)) < 5_000 * 4_999 / 2 / 100


def word(number):
    """Some four thousand starts of words, as names would have."""
    letters = "bcdfghjklmnprstv"
    return "".join(letters[number // 16**place % 16] for place in range(3)) + "aal"
