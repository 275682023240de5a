import re

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from guide import strip
from practices import facets
from tests.factories import make_help_line, make_practice, make_source
from tests.pages import address, body, get, links, text, total

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
PAGES = (
    *("home", "about", "help_line_list", "practice_list"),
    *("safety", "privacy", "accessibility"),
)


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("fr-BE,fr;q=0.9", "/fr/"),
        ("nl", "/nl/"),
        ("de,en;q=0.5", "/en/"),
        ("ar", "/en/"),
        ("", "/en/"),
        ("en;q=0.1,nl;q=0.9", "/nl/"),
        ("*", "/en/"),
        ("x" * 5000, "/en/"),
    ],
)
def test_root_leads_to_the_language_the_browser_asks_for(accepted, home):
    response = get("/", accept_language=accepted)

    assert (response.status_code, response.url) == (302, home)
    assert "Accept-Language" in response.headers["Vary"]
    assert not response.cookies


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_pages_answer_in_every_language_without_a_cookie(name, language):
    make_practice()

    response = get(address(name, language=language))

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()
    assert response.headers["Content-Language"] == language
    assert not response.cookies


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_pages_lead_to_themselves_in_the_other_languages(name, language):
    found = links(get(address(name, language=language)))

    for other in LANGUAGES:
        assert address(name, language=other) in found


@pytest.mark.parametrize("name", PAGES)
def test_titles_are_neutral(name):
    make_practice(name_en="Telling name")

    page = get(address(name)).content.decode()

    title = page.split("<title>")[1].split("</title>")[0]
    assert title.startswith("Family Support – ")
    assert "Telling" not in title


def test_home_tells_how_many_practices_there_are():
    make_practice()
    make_practice(editorial_status="draft")

    assert "1 practice in Belgium" in text(get("/en/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_shows_the_attribution_and_every_source(language):
    make_source(publisher_nl="Uitgever", publisher_fr="Éditeur", publisher_en="Publisher")

    page = text(get(address("about", language=language)))

    assert (
        "Contains data of GeoNames (CC BY 4.0), BeST Address / FPS BOSA (CC BY 4.0) and Statbel."
        in page
    )
    assert "Outlines of the provinces: Natural Earth, public domain." in page
    assert {"nl": "Uitgever", "fr": "Éditeur", "en": "Publisher"}[language] in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_that_does_not_exist_says_so_in_its_language(language):
    response = get(f"/{language}/nothing-here/")

    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.content.decode()
    assert address("practice_list", language=language) in links(response)


def test_page_without_language_that_does_not_exist_follows_the_browser():
    assert '<html lang="fr">' in get("/nothing", accept_language="fr").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_fault_is_told_in_plain_words(language, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("canary detail")

    monkeypatch.setattr(facets.directory, "build", fail)

    response = Client(raise_request_exception=False).get(address("home", language=language))

    assert response.status_code == 500
    assert f'<html lang="{language}">' in response.content.decode()
    assert "112" in text(response)
    assert "canary" not in response.content.decode()


def test_fault_page_stands_without_a_database(monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(facets.directory, "build", fail)
    monkeypatch.setattr(strip.remembered_lines, "build", fail)

    response = Client(raise_request_exception=False).get("/en/")

    assert response.status_code == 500
    assert {"tel:112", "tel:101"} <= set(links(response))


def test_health_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_ready_tells_the_database():
    assert get("/readyz").json()["ready"] is True


def test_not_ready_when_the_database_fails(monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("search.models.DataVersion.objects.get", fail)

    response = get("/readyz")

    assert (response.status_code, response.json()["ready"]) == (503, False)


def test_help_strip_stands_on_every_page_with_urgent_numbers_first():
    make_help_line(number="112", is_urgent=True)
    make_help_line(number="0800 11 111", languages=["nl"], year=2016)
    make_help_line(number="0800 22 222", languages=["en"])
    make_help_line(number="0800 33 333", languages=["en"], audience="professionals")
    make_help_line(number="0800 44 444", languages=["en"], editorial_status="draft")

    for path in ("/en/", reverse("about"), reverse("practice_list"), "/en/nothing/"):
        page = text(get(path))

        assert "0800 22 222" in page, path
        assert page.index("112") < page.index("0800 22 222")
        for other in ("0800 11 111", "0800 33 333", "0800 44 444"):
            assert other not in page
    assert "source undated, check before use" in page


def test_urgent_numbers_stand_without_a_note():
    make_help_line(number="112", is_urgent=True)

    assert "check before use" not in text(get(address("help_line_list")))


def test_help_lines_are_listed_with_what_is_known():
    make_help_line(number="0800 11 111", languages=["nl"], year=2016, cost="free")

    page = text(get(address("help_line_list")))

    assert "Call 0800 11 111" in page
    assert "source of 2016, check before use" in page
    assert "Cost free" in page
    assert "Hours not stated in our sources" in page


def test_help_strip_shows_a_change_at_once():
    line = make_help_line(number="0800 11 111", languages=["en"])
    assert "0800 11 111" in text(get("/en/"))

    line.number = "0800 55 555"
    line.save()

    assert "0800 55 555" in text(get("/en/"))


def test_help_strip_speaks_the_language_of_each_reader():
    make_help_line(number="0800 11 111", languages=["nl"])
    make_help_line(number="0800 22 222", languages=["en"])

    for _ in range(2):
        for language, number in (("nl", "0800 11 111"), ("en", "0800 22 222")):
            page = text(get(address("home", language=language)))
            assert re.findall(r"0800 (?:11 111|22 222)", page) == [number]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_pages_tell_search_engines_what_they_are(name, language):
    head = body(get(address(name, language=language))).partition("</head>")[0]

    assert re.findall(r'<meta name="description" content="([^"]{40,160})">', head)
    assert re.findall(r'hreflang="(\w+)" href="([^"]+)"', head) == [
        (other, f"http://testserver{address(name, language=other)}") for other in LANGUAGES
    ]


def test_list_total_counts_practices_over_all_pages():
    for _ in range(23):
        make_practice()

    assert total(get(address("practice_list"))) == 23


def test_head_answers_without_a_body():
    response = Client().head("/en/about/")

    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000


def test_about_shows_a_hundred_sources_a_page():
    for number in range(101):
        make_source(publisher_en=f"Publisher number {number}")

    first, second = (get(address("about"), {"page": number}) for number in (1, 2))

    assert text(first).count("Publisher number") == 100
    assert text(second).count("Publisher number") == 1
    assert "Page 2 of 2" in text(second)


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "1" * 50])
def test_about_has_no_page_beyond_its_sources(number):
    assert get(address("about"), {"page": number}).status_code == 404


# --- A form whose token is missing or old ------------------------------------------------------

HERE = {"Origin": "http://testserver"}
TYPED = {"question": "Mon fils ne parle plus <b>", "email": "els@a.example"}


def refused(language="en", typed=TYPED, **headers):
    """The answer to a form without its token."""
    client = Client(enforce_csrf_checks=True)
    return client.post(address("consultation_ask", language=language), typed, headers=headers)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("nl", "Wat je typte. Kopieer het voor je deze pagina verlaat."),
        ("fr", "Ce que vous avez écrit. Copiez-le avant de quitter cette page."),
        ("en", "What you typed. Copy it before you leave this page."),
    ],
)
def test_refused_form_gives_back_what_took_time_to_write(language, label):
    page = refused(language, **HERE)

    assert page.status_code == 403
    assert label in text(page)
    assert "Mon fils ne parle plus &lt;b&gt;</textarea>" in body(page)
    assert "els@a.example" not in body(page)
    assert "no-store" in page.headers["Cache-Control"]


def test_browser_that_tells_where_a_form_comes_from_is_believed():
    assert "Mon fils" in body(refused(**{"Sec-Fetch-Site": "same-origin"}))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_form_of_somebody_else_makes_us_show_no_text(headers):
    page = refused(**headers)

    assert page.status_code == 403
    assert "Mon fils" not in body(page)
    assert "<textarea" not in body(page)


def test_refused_form_with_a_password_gives_nothing_back():
    page = refused(typed=TYPED | {"new_password1": "a long sentence"}, **HERE)

    assert "Mon fils" not in body(page)
