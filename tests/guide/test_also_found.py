"""Below a search of the directory: words of the glossary and recommendations."""

import re

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from network.publishing import EditorialStatus
from tests.databases import records_of_a_module
from tests.factories import (
    in_all,
    make_offer,
    make_practice,
    make_recommendation,
    make_term,
    make_training,
    make_word,
)
from tests.pages import address, body, codes, practice_list, search

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
CANARY = "zwaluwnest"


@pytest.fixture(scope="module", autouse=True)
def _records(django_db_setup, django_db_blocker):
    with records_of_a_module(django_db_blocker):
        make_practice("BE11", **in_all("name", "Lighthouse"), terms=[make_term()])
        make_word("lighthouse", code="light")
        for number in range(4):
            make_recommendation(
                code=f"6a-{number}", **in_all("statement", f"Build lighthouse {number}")
            )
        yield


def section(page):
    return body(page).split('<section class="also-found"')[1].split("</section>")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_practices_come_first_then_three_of_each_kind_at_most(language):
    page = search(language, q="lighthouse")

    assert codes(page) == ["BE11"]
    assert body(page).index('data-code="BE11"') < body(page).index('class="also-found"')
    assert f'href="{address("glossary", language=language)}#light"' in section(page)
    assert f"What lighthouse means {language}" in section(page)
    assert section(page).count("<li>") == 1 + 3


def test_way_to_all_tells_nothing_of_the_words_in_an_address():
    make_training(**in_all("name", "Lighthouse course"))

    page = section(search(q="lighthouse"))

    assert f'<a href="{address("glossary")}">' in page
    assert f'<a href="{address("recommendations")}">' in page
    assert "lighthouse" not in "".join(re.findall(r'(?:href|action)="[^"]+"', page)).lower()


def test_way_to_all_trainings_keeps_the_words():
    make_training(code="course", **in_all("name", "Lighthouse course"))
    make_training(code="other")

    page = section(search(q="lighthouse", exact="1"))
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page))
    answer = Client().post(address("training_list"), fields)

    assert fields == {"q": "lighthouse", "exact": "1"}
    assert f'action="{address("training_list")}"' in page
    assert codes(Client().get(answer.headers["Location"])) == ["course"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_past_training_is_marked(language):
    make_training(status="ended", status_date="2018", **in_all("name", "Lighthouse course"))
    make_training(**in_all("name", "Lighthouse day"))

    page = section(search(language, q="lighthouse"))

    with override(language):
        past = gettext("Past: it is no longer given.")
    assert page.count(f'<b class="doubt">{past}</b>') == 1


def test_without_words_there_is_no_such_section():
    for page in (practice_list(), practice_list(target_group="parents"), search(place="2000")):
        assert "also-found" not in body(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_trainings_are_found_too_and_drafts_are_not(language):
    shown = make_training(**in_all("name", "Lighthouse course"))
    hidden = make_training(
        **in_all("name", "Lighthouse draft"), editorial_status="draft", published_at=None
    )

    page = section(search(language, q="lighthouse"))

    with override(language):
        assert f'href="{shown.get_absolute_url()}"' in page
        assert hidden.get_absolute_url() not in page
    assert f'action="{address("training_list", language=language)}"' in page


def test_training_that_is_an_offer_is_shown_once_among_the_offers():
    offer = make_offer(**in_all("name", "Lighthouse lecture"))
    training = make_training(**in_all("name", "Lighthouse lecture"), offer=offer)

    page = search(q="lighthouse")

    assert offer.get_absolute_url() in body(page)
    assert training.get_absolute_url() not in body(page)


def test_training_of_an_offer_that_does_not_show_above_is_shown_itself():
    for number in range(4):
        make_offer(**in_all("name", f"Lighthouse lighthouse {number}"))
    late = make_offer(**in_all("summary", "Perhaps of the lighthouse"))
    training = make_training(**in_all("name", "Lighthouse lecture"), offer=late)

    page = search(q="lighthouse")

    assert late.get_absolute_url() not in body(page)
    assert training.get_absolute_url() in section(page)


def test_training_of_a_hidden_offer_is_shown_itself():
    offer = make_offer(editorial_status=EditorialStatus.DRAFT, published_at=None)
    training = make_training(**in_all("name", "Lighthouse lecture"), offer=offer)

    assert training.get_absolute_url() in section(search(q="lighthouse"))


def test_words_that_no_practice_holds_may_find_a_word():
    make_word("polarisation")

    page = search(q="polarisation")

    assert codes(page) == []
    assert ">polarisation</a>" in section(page)


@pytest.mark.parametrize("status", [EditorialStatus.DRAFT, EditorialStatus.ARCHIVED])
def test_hidden_records_do_not_show(status):
    make_word(CANARY, editorial_status=status)
    make_recommendation(editorial_status=status, **in_all("statement", f"Lighthouse {CANARY}"))

    assert "also-found" not in body(search(q=CANARY))
    assert CANARY not in section(search(q="lighthouse"))


def test_families_meet_none_in_the_finder():
    start = Client().post(address("finder"), {"situation": "signs"}, follow=True)
    end = Client().post(start.request["PATH_INFO"], {"change": "relation=&place="}, follow=True)

    assert "also-found" not in body(start) + body(end)


@pytest.mark.parametrize("number", [1, 3])
def test_search_costs_the_same_queries_however_much_is_found(number, django_assert_num_queries):
    for count in range(number):
        make_practice(f"BE2{count}", **in_all("name", "Lighthouse"))
        make_word(f"lighthouse {count}")
    practice_list(q="lighthouse")

    with django_assert_num_queries(6):
        practice_list(q="lighthouse")
