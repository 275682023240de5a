"""A word typed into the search box is found nowhere afterwards, not on the server, not here."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from care.sealing import seal
from tests.browser.conftest import follow, path_of

LANGUAGES = ("nl", "fr", "en")
CANARY, PLACE = "zwaluwnest", "4837"
WRITTEN = re.compile(f"{CANARY}|{PLACE}".encode(), re.IGNORECASE)


@pytest.fixture
def reader(new_context):
    """Notes every address that the browser asks for, and where it says it comes from."""
    page = new_context().new_page()
    page.told = []
    page.on("request", lambda request: page.told.append(unquote(request.url)))
    page.on("request", lambda request: page.told.append(request.headers.get("referer", "")))
    return page


def search(reader, language):
    reader.goto(path_of("home", language))
    reader.fill("#q", f"{CANARY} moeder ouders gezin steun begeleiding")
    reader.fill("#place", PLACE)
    follow(reader.locator("form.search button.button"))


def walk_through_the_results(reader):
    """Filters, order, another language, a practice, and back."""
    reader.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    reader.locator(".filters [type=checkbox]:not([disabled])").first.check()
    follow(reader.locator(".filters .apply button"))
    follow(reader.locator(".languages button").nth(1))
    follow(reader.locator("[data-code] h3 a").first)
    reader.go_back()
    reader.reload()


def written_by(server):
    """What the server wrote since it started: its log, and every file beside the database."""
    for path in [server.log, *Path(server.var_dir).rglob("*")]:
        if path.is_file():
            yield path, path.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_searched_words_are_written_nowhere(reader, server, language):
    search(reader, language)
    walk_through_the_results(reader)
    reader.goto(f"/{language}/fault/")

    assert reader.evaluate("history.length") > 4
    assert [told for told in reader.told if CANARY in told or PLACE in told] == []
    assert reader.context.cookies() == []
    for path, content in written_by(server):
        assert not re.search(CANARY.encode(), content, re.IGNORECASE), path
    assert not WRITTEN.search(server.log.read_bytes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_tap_that_nothing_fits_is_written_as_a_number_alone(reader, server, language):
    reader.goto(path_of("finder_step", language, 3, seal("situation=prison&relation=sibling")))
    reader.fill("main #place", PLACE)
    follow(reader.locator("main .search button.button"))

    follow(reader.locator(".nothing-fits button"))

    assert reader.locator("#thanks").is_visible()
    told = [told for told in reader.told if re.search(f"{PLACE}|prison|sibling", told)]
    assert told == []
    assert reader.context.cookies() == []
    assert not re.search(f"{PLACE}|prison|sibling".encode(), server.log.read_bytes())


def test_title_and_address_of_the_results_tell_nothing(reader):
    search(reader, "nl")

    assert reader.input_value("#q").startswith(CANARY)
    assert CANARY not in reader.title() + unquote(reader.url)
    assert PLACE not in reader.title() + reader.url.split("/")[-3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_back_and_reload_show_the_results_again_without_script(new_context, language):
    page = new_context(java_script_enabled=False).new_page()
    search(page, language)
    found = [card.get_attribute("data-code") for card in page.locator("[data-code]").all()]

    follow(page.locator("[data-code] h3 a").first)
    page.go_back()
    back = [card.get_attribute("data-code") for card in page.locator("[data-code]").all()]
    page.reload()
    again = [card.get_attribute("data-code") for card in page.locator("[data-code]").all()]

    assert found
    assert found == back == again


def test_link_to_share_is_made_when_asked_for_only(reader):
    search(reader, "nl")

    follow(reader.locator("button[name=readable]"))

    assert f"q={CANARY}" in reader.url
    assert reader.input_value("#q").startswith(CANARY)
