"""Safety, privacy, accessibility, security.txt: what they promise, and whom they name."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_help_line
from tests.pages import address, get, links, text

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
STANDING = ("safety", "privacy", "accessibility")
TITLES = {"safety": "Safety", "privacy": "Privacy", "accessibility": "Accessibility"}
LOCAL = "not filled in: this is a local copy"
OPERATOR = {
    "OPERATOR_NAME": "Canary Operator",
    "OPERATOR_ADDRESS": "1 Canary Street",
    "OPERATOR_EMAIL": "info@canary.example",
    "PRIVACY_EMAIL": "privacy@canary.example",
    "SECURITY_EMAIL": "security@canary.example",
    "SUPERVISOR": "Canary Authority",
}


def title(response):
    return response.content.decode().split("<title>")[1].split("</title>")[0]


@pytest.fixture
def operator(settings):
    settings.OPERATOR = OPERATOR


@pytest.mark.parametrize("name", STANDING)
def test_titles_tell_the_kind_of_page_only(name):
    assert title(get(address(name))) == f"Family Support – {TITLES[name]}"


@pytest.mark.parametrize("name", STANDING)
@pytest.mark.parametrize("language", LANGUAGES)
def test_unchanged_page_is_not_sent_again(name, language):
    first = get(address(name, language=language))

    again = get(address(name, language=language), if_none_match=first.headers["ETag"])

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", STANDING)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_the_standing_pages(name, language):
    for page in ("home", "practice_list", "help_line_list", "safety"):
        footer = get(address(page, language=language)).content.decode().split("<footer")[1]

        assert f'href="{address(name, language=language)}"' in footer


def test_home_tells_beside_the_exit_what_stays_behind():
    header = get(address("home")).content.decode().split("</header>")[0]

    assert "Your browser still remembers your visit" in header
    assert f'href="{address("safety")}"' in header


def test_safety_names_every_browser_family_and_what_we_do_not_know():
    page = text(get(address("safety")))

    for browser in ("Chrome on an Android", "Safari on an iPhone", "Samsung Internet", "Firefox"):
        assert browser in page
    assert "HSTS" in page
    assert "We do not know what your phone bill shows" in page
    assert "The button cannot clear your history." in page


def test_local_copy_says_that_the_operator_is_not_filled_in():
    assert text(get(address("privacy"))).count(LOCAL) == 5
    assert text(get(address("accessibility"))).count(LOCAL) == 3


@pytest.mark.usefixtures("operator")
def test_pages_name_the_operator_and_the_supervisor():
    privacy, accessibility = get(address("privacy")), get(address("accessibility"))

    for value in ("Canary Operator", "1 Canary Street", "Canary Authority"):
        assert value in text(privacy)
    assert {"mailto:privacy@canary.example", "mailto:info@canary.example"} <= set(links(privacy))
    assert "Canary Operator" in text(accessibility)
    assert "mailto:info@canary.example" in links(accessibility)
    assert LOCAL not in text(privacy) + text(accessibility)


def test_details_of_the_operator_are_text_and_no_markup(settings):
    settings.OPERATOR = OPERATOR | {"OPERATOR_NAME": "<b>A&B</b>"}

    assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in get(address("privacy")).content.decode()


@pytest.mark.parametrize(("days", "told"), [(1, "After 1 day this"), (90, "After 90 days this")])
def test_privacy_tells_how_long_sign_ins_are_kept(settings, days, told):
    settings.SIGN_INS_KEPT = timedelta(days=days)

    assert told in text(get(address("privacy")))


@pytest.mark.parametrize("name", STANDING)
def test_standing_pages_hide_a_line_that_is_not_published(name):
    make_help_line(number="0800 66 666", languages=["en"], editorial_status="draft")
    make_help_line(number="0800 77 777", languages=["en"])

    page = text(get(address(name)))

    assert "0800 66 666" not in page
    assert "0800 77 777" in page


# --- security.txt ------------------------------------------------------------------------------


def security_txt():
    response = Client().get("/.well-known/security.txt", secure=True)
    pairs = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    return response, pairs


@pytest.mark.usefixtures("operator")
def test_security_txt_holds_the_fields_of_the_standard():
    response, pairs = security_txt()
    fields = dict(pairs)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert [name for name, _ in pairs] == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    assert fields["Contact"] == "mailto:security@canary.example"
    assert fields["Preferred-Languages"] == "nl, fr, en"
    assert fields["Canonical"] == "https://testserver/.well-known/security.txt"


@pytest.mark.usefixtures("operator")
def test_security_txt_expires_within_a_year_and_never_today():
    _, pairs = security_txt()

    expires = datetime.fromisoformat(dict(pairs)["Expires"])

    assert timedelta(days=30) < expires - timezone.now() < timedelta(days=365)


def test_security_txt_of_a_local_copy_says_so():
    _, pairs = security_txt()

    assert pairs[0] == ["# Not filled in", "this is a local copy."]
    assert pairs[1] == ["Contact", "mailto:not-filled-in@localhost.invalid"]
