"""What is typed into the forms stands in no address."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from care import sealing
from tests.databases import records_of_a_module
from tests.factories import in_all, make_practice, make_term
from tests.pages import address, body, buttons, codes, get, search, text, total

pytestmark = pytest.mark.django_db
CANARY = "zonnebloem"


@pytest.fixture(scope="module", autouse=True)
def _practices(django_db_setup, django_db_blocker):
    with records_of_a_module(django_db_blocker):
        parents = make_term("target_group", "parents")
        youth = make_term("target_group", "youth")
        named = in_all("name", f"Circle of {CANARY}")
        make_practice("BE11", **named, terms=[parents], coverage=["63079"])
        make_practice("BE12", **named, terms=[youth], coverage=["11002"])
        yield


def sealed_address(**asked):
    response = Client().post(address("practice_list"), asked)
    assert response.status_code == 303
    return response.headers["Location"]


def press(path, **pressed):
    response = Client().post(path, pressed)
    assert response.status_code == 303, response.status_code
    return response.headers["Location"]


def later(monkeypatch, **passed):
    now = timezone.now() + timedelta(**passed)
    monkeypatch.setattr("practices.asking.timezone.now", lambda: now)


def test_search_form_leads_to_the_list_by_an_address_that_tells_nothing():
    path = sealed_address(q=CANARY, place="4800", target_group="parents")
    page = get(path)

    assert CANARY not in unquote(path)
    assert "4800" not in path
    assert codes(page) == ["BE11"]
    assert f'value="{CANARY}"' in body(page)
    assert 'value="4800"' in body(page)


def test_sealed_page_is_kept_and_listed_nowhere():
    page = get(sealed_address(q=CANARY))

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert not page.cookies
    assert "ETag" not in page.headers
    assert CANARY not in body(page).split("<title>")[1].split("</title>")[0]
    assert "hreflang=" not in body(page).split("</head>")[0]


def test_answer_of_the_form_is_kept_nowhere_either():
    response = Client().post(address("practice_list"), {"q": CANARY})

    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_no_link_of_a_sealed_page_tells_what_was_searched():
    page = get(sealed_address(q=CANARY, place="4800"))

    for part in body(page).split('href="')[1:]:
        assert CANARY not in part.split('"')[0]
        assert "4800" not in part.split('"')[0]


def test_buttons_change_the_search():
    path = sealed_address(q=CANARY, target_group="parents")
    changes = buttons(get(path))

    wider = press(path, change="target_group=")

    assert "target_group=" in changes
    assert codes(get(path)) == ["BE11"]
    assert codes(get(wider)) == ["BE11", "BE12"]
    assert f'value="{CANARY}"' in body(get(wider))


def test_pages_are_turned_by_buttons():
    for number in range(21):
        make_practice(f"BE{number + 20}", **in_all("name", f"zonnebloem {number}"))
    path = sealed_address(q=CANARY)
    assert "page=2" in buttons(get(path))

    second = get(press(path, change="page=2"))

    assert total(second) == 23
    assert len(codes(second)) == 3
    assert "page=1" in buttons(second)


def test_change_of_the_search_starts_at_the_first_page_again():
    for number in range(21):
        make_practice(f"BE{number + 20}", **in_all("name", f"zonnebloem {number}"))
    second = press(sealed_address(q=CANARY), change="page=2")

    assert len(codes(get(press(second, change="sort=name")))) == 20


def test_language_button_keeps_the_search():
    path = press(sealed_address(q=CANARY, place="4800"), language="fr")
    page = get(path)

    assert path.startswith(address("practice_list", language="fr"))
    assert 'lang="fr"' in body(page)
    assert f'value="{CANARY}"' in body(page)


def test_search_lives_half_an_hour_and_the_page_says_until_when(monkeypatch):
    path = sealed_address(q=CANARY)
    until = timezone.localtime(timezone.now() + sealing.SEARCH_LIVES)
    said = text(get(path))

    later(monkeypatch, minutes=29)
    before = get(path)
    later(monkeypatch, minutes=31)
    after = get(path)

    assert any(f"{until - timedelta(minutes=m):%H:%M}" in said for m in (0, 1))
    assert codes(before)
    assert after.status_code == 200
    assert not codes(after)
    assert CANARY not in body(after)
    assert "This search is no longer here" in text(after)
    assert 'name="q"' in body(after)


def test_button_on_a_page_that_expired_leads_to_the_empty_form(monkeypatch):
    path = sealed_address(q=CANARY)

    later(monkeypatch, minutes=31)
    response = Client().post(path, {"change": "page=2"})

    assert "This search is no longer here" in text(response)


@pytest.mark.parametrize("token", ["x", "gAAAAA" + "A" * 90, "é", "%00"])
def test_address_that_nobody_sealed_is_not_found(token):
    response = get(address("practice_list") + f"r/{token}/")

    assert response.status_code in (400, 404)
    assert not codes(response)


def test_readable_link_is_made_when_asked_for():
    path = press(sealed_address(q=CANARY, target_group="parents"), readable="1")
    page = get(path)

    assert path == address("practice_list") + f"?q={CANARY}&target_group=parents"
    assert codes(page) == ["BE11"]
    assert page.headers["Cache-Control"] == "no-store"
    assert "copy the address of this page" in text(page)


def test_form_without_words_leads_to_the_plain_list():
    assert sealed_address(q="", place=" ") == address("practice_list")


@pytest.mark.parametrize(
    "asked",
    [{"target_group": "nobody"}, {"sort": "best; drop"}, {"q": "a" * 1_001}, {"place": "b" * 101}],
)
def test_refused_form_keeps_what_was_typed(asked):
    response = Client().post(address("practice_list"), {"q": CANARY, **asked})

    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"
    assert f'value="{asked.get("q", CANARY)}"' in body(response)


def test_unknown_names_are_dropped():
    path = press(sealed_address(q=CANARY, utm_source="x"), change="nonsense=1", readable="1")

    assert path == address("practice_list") + f"?q={CANARY}"


def test_longest_search_fits_into_an_address():
    path = sealed_address(q="字" * 1_000, place="é" * 100)

    assert len(path) < 8_000
    assert get(path).status_code == 200


def test_search_form_of_every_page_posts(client):
    for path in (address("home"), address("help_line_list"), address("practice_list"), "/en/zzz/"):
        forms = re.findall(r'<form[^>]*role="search"[^>]*>', body(client.get(path)))
        assert forms
        assert all('method="post"' in form for form in forms), path


def test_search_helper_follows_the_form():
    assert codes(search(q=CANARY)) == ["BE11", "BE12"]
