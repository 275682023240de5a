"""Everything for readers works with scripts switched off."""

import pytest

from tests.browser.conftest import ANTWERP, SEARCHED, follow, path_of

LANGUAGES = ("nl", "fr", "en")


@pytest.fixture
def reader(new_context):
    """A page on a phone that runs no script."""
    viewport = {"width": 320, "height": 640}
    return new_context(java_script_enabled=False, viewport=viewport).new_page()


def search_at_home(reader, language):
    reader.goto(path_of("home", language))
    reader.fill("#q", SEARCHED[language])
    reader.fill("#place", ANTWERP[language])
    follow(reader.locator("form.search button"))


def total(reader):
    return int(reader.locator("[data-total]").get_attribute("data-total"))


def codes(reader):
    return [card.get_attribute("data-code") for card in reader.locator("[data-code]").all()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_at_home_lists_practices(reader, language):
    search_at_home(reader, language)

    assert reader.input_value("#q") == SEARCHED[language]
    assert reader.input_value("#place") == ANTWERP[language]
    assert "VB13" in codes(reader)
    assert len(codes(reader)) == total(reader)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tap_that_nothing_fits_is_thanked_and_leads_on(reader, language):
    reader.goto(path_of("finder", language))
    for _ in range(3):
        follow(reader.locator("main button.way"))
    found = codes(reader)

    follow(reader.locator(".nothing-fits button"))
    thanks = reader.locator("#thanks")
    count_of_taps = reader.locator(".nothing-fits").count()
    links = thanks.locator("a").evaluate_all("links => links.map(link => link.pathname)")

    assert thanks.is_visible()
    assert count_of_taps == 0
    assert codes(reader) == found
    assert {path_of("help_line_list", language), path_of("practice_list", language)} < set(links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_of_help_is_chosen_on_the_answer(reader, language):
    reader.goto(path_of("finder", language))
    for _ in range(3):
        follow(reader.locator("main button.way"))
    found = codes(reader)

    reader.select_option("#help_language", "de")
    follow(reader.locator(".help-language button"))

    assert reader.input_value("#help_language") == "de"
    assert codes(reader)[0] == "WB10"
    assert len(codes(reader)) == len(found)
    assert "108" in reader.locator(".strip").first.inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_filter_panel_narrows_and_chip_widens_again(reader, language):
    search_at_home(reader, language)
    found = codes(reader)
    panel = reader.locator("form.filters")
    assert not panel.is_visible()

    reader.click("a[href='#filters']")
    choice = panel.locator("label", has=reader.locator("[name=target_group][value=youth]"))
    label = choice.locator("span").first.inner_text()
    count = int(choice.locator(".count").inner_text())
    choice.click()
    follow(panel.locator(".apply button"))
    narrowed = codes(reader)
    panel_is_open_after = panel.is_visible()
    follow(reader.locator(".chips button", has_text=label))

    assert 0 < count < len(found)
    assert len(narrowed) == count
    assert set(narrowed) < set(found)
    assert not panel_is_open_after
    assert codes(reader) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_back_to_the_results_closes_the_filter_panel(reader, language):
    reader.goto(path_of("practice_list", language))
    reader.click("a[href='#filters']")

    reader.click("form.filters .close")

    assert not reader.locator("form.filters").is_visible()
    assert reader.locator("[data-total]").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_leads_to_the_page_of_its_practice(reader, language):
    search_at_home(reader, language)
    code = codes(reader)[0]
    link = reader.locator(f"[data-code={code}] h3 a")
    name = link.inner_text()

    follow(link)

    assert reader.locator("h1").inner_text() == name
    assert code in reader.locator(".code").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("other", LANGUAGES)
def test_language_switch_keeps_words_place_and_filters(reader, language, other):
    asked = f"?q={SEARCHED[language]}&place={ANTWERP[language]}&target_group=youth"
    reader.goto(path_of("practice_list", language) + asked)
    first = codes(reader)[0]

    follow(reader.locator(f"nav.languages a[hreflang={other}]"))

    assert reader.locator("html").get_attribute("lang") == other
    assert path_of("practice_list", other) in reader.url
    assert reader.input_value("#q") == SEARCHED[language]
    assert reader.input_value("#place") == ANTWERP[language]
    assert reader.locator("[name=target_group][value=youth]").last.is_checked()
    assert first in codes(reader)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("other", LANGUAGES)
def test_language_switch_stays_at_the_practice(reader, language, other):
    search_at_home(reader, language)
    code = codes(reader)[0]
    follow(reader.locator(f"[data-code={code}] h3 a"))

    follow(reader.locator(f"nav.languages a[hreflang={other}]"))

    assert reader.locator("html").get_attribute("lang") == other
    assert code in reader.locator(".code").inner_text()
