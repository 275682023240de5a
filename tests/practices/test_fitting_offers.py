"""Below a search of the directory: what there is for professionals."""

import re
from datetime import date

import pytest
from django.test import Client

from network.models import Offer
from network.publishing import EditorialStatus
from tests.databases import records_of_a_module
from tests.factories import in_all, make_actor, make_offer, make_practice, make_term
from tests.pages import address, body, codes, get, practice_list, search

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
CANARY = "zwaluwnest"


@pytest.fixture(scope="module", autouse=True)
def _records(django_db_setup, django_db_blocker):
    with records_of_a_module(django_db_blocker):
        make_practice("BE11", **in_all("name", "Lighthouse"), terms=[make_term()])
        house = make_actor(code="house")
        for number in range(4):
            make_offer(
                code=f"light-{number}", actor=house, **in_all("name", f"Lighthouse {number}")
            )
        make_offer(
            code="town", actor=house, coverage=["11002"], **in_all("name", "Lighthouse town")
        )
        make_offer(code="other", actor=house)
        yield


def section(page):
    return body(page).split('<section class="fitting-offers"')[1].split("</section>")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_shows_three_offers_after_the_results(language):
    page = search(language, q="lighthouse")

    assert codes(page) == ["BE11"]
    assert body(page).index('data-code="BE11"') < body(page).index('class="fitting-offers"')
    assert section(page).count("<li>") == 3


def test_offers_are_for_the_same_place():
    page = search(q="lighthouse", place="2000")

    assert "Lighthouse town en" in section(page).split("</li>")[0]


def test_filters_of_families_alone_bring_no_offers():
    page = practice_list(target_group="parents")

    assert codes(page) == ["BE11"]
    assert "fitting-offers" not in body(page)


@pytest.mark.parametrize(
    ("facet", "term", "offered"),
    [
        ("target_group", "firstline", {"audiences": ["first_line"]}),
        ("target_group", "local-auth", {"audiences": ["local_authorities"]}),
        ("target_group", "schools", {"audiences": ["schools"]}),
        ("activity_type", "training-pro", {"kind": "training"}),
        ("activity_type", "intervision", {"kind": "intervision"}),
        ("activity_type", "risk-assessment", {"kind": "risk_assessment"}),
        ("activity_type", "monitoring", {"kind": "monitoring"}),
        ("activity_type", "expertise", {"kind": "case_discussion"}),
    ],
)
def test_filter_of_professionals_brings_the_offers_that_fit_it(facet, term, offered):
    make_practice("BE12", terms=[make_term(facet, term)])
    make_offer(code="fits", **{"kind": "trajectory"} | offered, **in_all("name", "Fitting"))

    page = section(practice_list(**{facet: term}))

    assert re.findall(r">(\w+) en</a>", page) == ["Fitting"]


def test_way_to_all_offers_keeps_the_filter():
    make_practice("BE12", terms=[make_term("target_group", "firstline")])
    make_offer(code="fits", audiences=["first_line"])

    page = section(practice_list(target_group="firstline"))
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page))
    answer = Client().post(address("offer_list"), fields)

    assert fields == {"audience": "first_line"}
    assert codes(get(answer.headers["Location"])) == ["fits"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_offer_that_has_ended_according_to_its_source_says_so(language):
    make_offer(code="ended", available_until="2025", **in_all("name", "Windmill"))
    make_offer(code="open", available_until="2999-01", **in_all("name", "Windmill open"))

    below = section(search(language, q="windmill"))
    listed = body(get(address("offer_list", language=language)))

    for page in (below, listed):
        assert page.count('<b class="doubt">') == 1
        assert "2025" in page.split('<b class="doubt">')[1].split("</b>")[0]


@pytest.mark.parametrize(
    ("end", "has_ended"),
    [("", False), ("2026", False), ("2025", True), ("2026-06", False), ("2026-05", True)],
)
def test_an_offer_has_ended_when_the_whole_date_is_past(end, has_ended, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 6, 30))

    assert Offer(available_until=end).has_ended is has_ended


def test_whole_list_and_empty_answers_have_no_such_section():
    for page in (practice_list(), search(q="qqqqq")):
        assert "fitting-offers" not in body(page)


def test_way_to_all_offers_tells_nothing_in_an_address():
    page = search(q="lighthouse", place="2000")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', section(page)))

    answer = Client().post(address("offer_list"), fields)

    assert fields == {"q": "lighthouse", "place": "2000"}
    assert "lighthouse" not in answer.headers["Location"]
    assert codes(get(answer.headers["Location"]))[0] == "town"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_offer_does_not_show(language):
    make_offer(editorial_status=EditorialStatus.DRAFT, **in_all("name", CANARY))
    draft = make_actor(editorial_status=EditorialStatus.DRAFT, **in_all("name", CANARY))
    make_offer(actor=draft, **in_all("name", f"Lighthouse {CANARY}"))

    assert "fitting-offers" not in body(search(language, q=CANARY))
    assert CANARY not in body(search(language, q="lighthouse"))


def test_families_find_no_offers_in_the_finder():
    start = Client().post(address("finder"), {"situation": "signs"}, follow=True)
    end = Client().post(start.request["PATH_INFO"], {"change": "relation=&place="}, follow=True)

    assert "fitting-offers" not in body(start) + body(end)


@pytest.mark.parametrize("number", [1, 3])
def test_searched_list_costs_the_same_queries_however_many_offers_fit(
    number, django_assert_num_queries
):
    for count in range(number):
        make_practice(f"BE2{count}", **in_all("name", "Lighthouse"))
    practice_list(q="lighthouse")

    with django_assert_num_queries(5):
        practice_list(q="lighthouse")
