"""The visitor's own list: ticks travel in an address that this site alone can read."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from care.sealing import unseal
from network.publishing import EditorialStatus
from practices.asking import MOST_KEPT, seal_search
from tests.databases import records_of_a_module
from tests.factories import in_all, make_actor, make_contact, make_practice, make_source, make_term
from tests.pages import address, body, codes, get, links, text, total

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _practices(django_db_setup, django_db_blocker):
    with records_of_a_module(django_db_blocker):
        for code in ("BE11", "BE12", "BE13"):
            make_practice(code, **in_all("name", f"House {code}"), coverage=["63079"])
        yield


def press(path, **pressed):
    response = Client().post(path, pressed)
    assert response.status_code == 303, response.status_code
    assert not response.cookies
    return response.headers["Location"]


def list_of(*kept, name="shortlist", language="en"):
    token = seal_search("&".join(f"keep={code}" for code in kept))
    return address(name, token, language=language)


def link_to_the_list(page):
    return next(link for link in links(page) if link.startswith("/en/shortlist/g"))


def later(monkeypatch, **passed):
    now = timezone.now() + timedelta(**passed)
    monkeypatch.setattr("practices.asking.timezone.now", lambda: now)
    monkeypatch.setattr("practices.shortlist_views.timezone.now", lambda: now)


# --- Ticks -------------------------------------------------------------------------------------


def test_tick_in_the_plain_list_keeps_the_list_and_tells_nothing():
    path = press(address("practice_list"), tick="BE12")
    page = get(path)

    assert "BE12" not in unquote(path)
    assert total(page) == 3
    assert body(page).count('name="untick"') == 1
    assert codes(get(link_to_the_list(page))) == ["BE12"]


def test_ticks_add_up_and_keep_what_was_searched():
    path = press(address("practice_list"), q="House", place="4800")
    path = press(press(path, tick="BE13"), tick="BE11")
    page = get(path)

    assert 'value="4800"' in body(page)
    assert codes(get(link_to_the_list(page))) == ["BE13", "BE11"]


def test_untick_takes_off():
    path = press(press(address("practice_list"), tick="BE11"), tick="BE12")

    assert codes(get(link_to_the_list(get(press(path, untick="BE11"))))) == ["BE12"]


def test_a_new_search_and_filters_keep_the_list():
    page = get(press(address("practice_list"), tick="BE12"))

    assert body(page).count('name="keep" value="BE12"') == 2  # of the search and of the filters
    searched = press(address("practice_list"), q="House", keep="BE12")
    assert codes(get(link_to_the_list(get(searched)))) == ["BE12"]


def test_paging_sorting_and_language_keep_the_list():
    path = press(address("practice_list"), tick="BE12")

    assert "Je lijst: 1 praktijk" in text(get(press(path, language="nl")))
    assert "Your list: 1 practice" in text(get(press(path, change="sort=name")))


def test_a_link_to_share_leaves_the_list_out():
    path = press(press(address("practice_list"), q="House"), tick="BE12")
    shared = press(path, readable="1")

    assert shared == "/en/practices/?q=House"


def test_ticks_of_the_readable_address_are_not_taken():
    page = get(address("practice_list"), {"keep": "BE12"})

    assert "Your list" not in text(page)
    assert "keep=" not in body(page)


def test_tick_in_the_answer_of_the_finder():
    answer = address("finder_answer", seal_search("situation=signs&relation=parent&place=4800"))
    page = get(press(answer, tick="BE11"))

    assert "What you can do now" in text(page)
    assert codes(get(link_to_the_list(page))) == ["BE11"]
    assert 'name="keep" value="BE11"' in body(page) or "Show all" not in text(page)


def test_tick_on_the_page_of_an_organisation_and_of_a_practice():
    actor = make_actor(code="house")
    practice = make_practice("BE21", lead_actor=actor)
    for path in (actor.get_absolute_url(), practice.get_absolute_url()):
        assert address("shortlist_start") in body(get(path))

    assert codes(get(press(address("shortlist_start"), tick="BE21"))) == ["BE21"]


def test_list_holds_no_more_than_a_sheet():
    for number in range(30, 40):
        make_practice(f"BE{number}")
    path = list_of(*(f"BE{number}" for number in range(30, 40)))
    page = get(path)

    assert total(page) == MOST_KEPT
    assert f"A list holds {MOST_KEPT} practices" in text(page)
    assert 'name="code"' not in body(page)


@pytest.mark.parametrize("code", ["'; DROP", "BE11\0", "be", "../..", "BE11 BE12", "é" * 300])
def test_what_is_no_code_is_dropped(code):
    response = Client().post(address("practice_list"), {"tick": code})

    assert response.status_code in {303, 400}
    if response.status_code == 303:
        assert response.headers["Location"] == address("practice_list")


# --- The page of the list ----------------------------------------------------------------------


def test_empty_list_says_how_to_begin():
    page = get(address("shortlist_start"))

    assert page.status_code == 200
    assert total(page) == 0
    assert "Your list is empty." in text(page)


def test_taking_the_last_one_off_leads_to_the_empty_list():
    assert press(list_of("BE11"), untick="BE11") == address("shortlist_start")


def test_code_is_taken_in_either_case():
    assert codes(get(press(list_of("BE11"), code=" be12 "))) == ["BE11", "BE12"]


@pytest.mark.parametrize("typed", ["BE99", "nonsense", "VB"])
def test_unknown_code_is_told_and_stays_in_the_box(typed):
    response = Client().post(list_of("BE11"), {"code": typed})

    assert response.status_code == 400
    assert f'value="{typed}"' in body(response)
    assert "We know no practice with the code" in text(response)
    assert codes(response) == ["BE11"]


def test_what_is_no_longer_published_leaves_the_list():
    make_practice("BE22", editorial_status=EditorialStatus.ARCHIVED)

    assert codes(get(list_of("BE22", "BE11"))) == ["BE11"]
    assert codes(get(list_of("BE22", "BE11", name="shortlist_compare"))) == ["BE11"]
    assert codes(get(list_of("BE22", "BE11", name="shortlist_handout"))) == ["BE11"]


@pytest.mark.parametrize(
    "name", ["shortlist_compare", "shortlist_handout", "shortlist_handout_pdf"]
)
def test_nothing_to_show_is_not_found(name):
    assert get(list_of("BE99", name=name)).status_code == 404


@pytest.mark.parametrize("name", ["shortlist", "shortlist_compare", "shortlist_handout"])
def test_list_is_kept_and_listed_nowhere(name):
    page = get(list_of("BE11", name=name))

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "ETag" not in page.headers
    assert not page.cookies


def test_list_has_one_address_in_each_language():
    page = get(list_of("BE11"))
    dutch = next(link for link in links(page) if link.startswith("/nl/lijst/"))

    assert "Je lijst" in text(get(dutch))
    assert codes(get(dutch)) == ["BE11"]


# --- How long ----------------------------------------------------------------------------------


def test_list_outlives_the_search(monkeypatch):
    token = seal_search("q=House&place=4800&keep=BE12")
    later(monkeypatch, minutes=31)
    expired = get(address("sealed_list", token))
    kept = get(address("shortlist", token))

    assert "This search is no longer here" in text(expired)
    assert codes(get(link_to_the_list(expired))) == ["BE12"]
    assert "4800" not in body(expired) + body(kept)
    assert "Back to your search" not in text(kept)


def test_change_of_the_list_does_not_give_the_search_new_life(monkeypatch):
    token = seal_search("q=House&place=4800&keep=BE12&keep=BE11")
    later(monkeypatch, minutes=31)
    renewed = press(address("shortlist", token), untick="BE11")

    assert unseal(renewed.rstrip("/").split("/")[-1])[0] == "keep=BE12"


def test_list_outlives_the_answers_of_the_finder(monkeypatch):
    token = seal_search("situation=signs&relation=parent&place=4800&keep=BE12")
    later(monkeypatch, minutes=31)
    expired = get(address("finder_answer", token))

    assert codes(get(link_to_the_list(expired))) == ["BE12"]
    assert "4800" not in body(expired)


@pytest.mark.parametrize(("asked", "name"), [
    ("q=House&keep=BE11", "sealed_list"),
    ("place=4800&keep=BE11", "sealed_list"),
    ("situation=signs&relation=&place=4800&keep=BE11", "finder_answer"),
])  # fmt: skip
def test_list_leads_back_to_where_its_ticks_come_from(asked, name):
    token = seal_search(asked)
    back = address(name, token)

    assert back in links(get(address("shortlist", token)))
    assert get(back).status_code == 200


def test_list_alone_has_nowhere_to_go_back_to():
    assert "Back to your search" not in text(get(list_of("BE11")))


def test_list_ends_after_twelve_hours(monkeypatch):
    token = seal_search("keep=BE12")
    later(monkeypatch, hours=11, minutes=59)
    assert codes(get(address("shortlist", token))) == ["BE12"]

    later(monkeypatch, hours=1)
    for name in ("shortlist", "shortlist_compare", "shortlist_handout", "shortlist_handout_pdf"):
        page = get(address(name, token))
        assert page.status_code == 200
        assert "This list is no longer here" in text(page)
        assert "BE12" not in body(page)


def test_expired_search_offers_no_expired_list(monkeypatch):
    token = seal_search("q=House&keep=BE12")
    later(monkeypatch, hours=12, minutes=1)

    assert "Your list" not in text(get(address("sealed_list", token)))


def test_page_says_until_when_the_address_works():
    until = timezone.localtime(timezone.now() + timedelta(hours=12))

    assert f"The address works until {until:%b}" in text(get(list_of("BE11"))).replace(".", "")


@pytest.mark.parametrize("name", ["shortlist", "shortlist_compare", "shortlist_handout"])
def test_what_nobody_sealed_is_not_found(name):
    assert get(address(name, "nobody-sealed-this")).status_code == 404


# --- Side by side ------------------------------------------------------------------------------


def test_comparison_has_a_column_for_each_and_says_what_is_not_stated():
    groups = [make_term("target_group", "parents"), make_term("target_group", "youth")]
    make_practice("BE23", cost="free", terms=groups, **in_all("activities", "Talks"))
    page = get(list_of("BE23", "BE11", name="shortlist_compare"))
    told = text(page)

    assert codes(page) == ["BE23", "BE11"]
    assert total(page) == 2
    assert "Cost free not stated in our sources" in told
    assert "Activities Talks en not stated in our sources" in told
    assert "parents en, youth en" in told


def test_comparison_shows_four_and_names_the_others():
    for number in (31, 32, 33):
        make_practice(f"BE{number}", **in_all("name", f"Home {number}"))
    page = get(list_of("BE11", "BE12", "BE13", "BE31", "BE32", name="shortlist_compare"))

    assert codes(page) == ["BE11", "BE12", "BE13", "BE31"]
    assert "Not in this table: Home 32 en" in text(page)


def test_comparison_says_how_old_a_number_and_a_status_are():
    practice = make_practice("BE24", operating_status="active", operating_status_date="2019-03")
    practice.contacts.create(kind="phone", value="02 555 66 77", year=2017, source=make_source())

    page = text(get(list_of("BE24", name="shortlist_compare")))

    assert "02 555 66 77 (source of 2017, check before use)" in page
    assert "active, March 2019" in page


def test_ended_practice_shows_no_number_beside_others():
    practice = make_practice(
        "BE24", operating_status="ended", is_operating_status_date_unknown=True
    )
    practice.contacts.create(kind="phone", value="02 555 66 77", source=make_source())
    page = text(get(list_of("BE24", name="shortlist_compare")))

    assert "02 555 66 77" not in page
    assert "This practice has ended." in page


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_three(number, django_assert_num_queries):
    path = list_of(*["BE11", "BE12", "BE13"][:number])
    get(path)
    with django_assert_num_queries(QUERIES["shortlist"]):
        get(path)


@pytest.mark.parametrize("name", ["shortlist_compare", "shortlist_handout"])
@pytest.mark.parametrize("number", [1, 3])
def test_papers_cost_the_same_for_one_and_three(name, number, django_assert_num_queries):
    for code in ("BE41", "BE42", "BE43"):
        make_contact(make_practice(code, lead_actor=make_actor()).lead_actor)
    path = list_of(*["BE41", "BE42", "BE43"][:number], name=name)
    get(path)
    with django_assert_num_queries(QUERIES[name]):
        get(path)


QUERIES = {"shortlist": 1, "shortlist_compare": 11, "shortlist_handout": 10}
