"""The map of Belgium by keyboard, by finger and for who does not see it."""

import pytest

from tests.browser.conftest import follow, path_of
from tests.browser.test_display import press, tab_to

LANGUAGES = ("nl", "fr", "en")
ANTWERP_LINK = ".belgium a[href$='place=BE-VAN']"
PRACTICES = {"nl": "praktijken", "fr": "pratiques", "en": "practices"}
BRUSSELS = {"nl": "Brussel", "fr": "Bruxelles", "en": "Brussels"}
AT_CENTRE = """link => {
  const box = link.getBoundingClientRect();
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return link.contains(hit);
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_keyboard_reaches_a_province_and_opens_its_list(page, language):
    page.goto(path_of("home", language))
    count = page.locator(f"{ANTWERP_LINK} text").inner_html()

    tab_to(page, ANTWERP_LINK)
    press(page, "Enter")

    assert page.url.endswith(f"{path_of('practice_list', language)}?place=BE-VAN")
    assert page.locator("[data-total]").get_attribute("data-total") == count


def test_province_under_the_focus_is_filled(page):
    page.goto(path_of("home", "nl"))
    opacity = "link => getComputedStyle(link).fillOpacity"
    before = page.locator(ANTWERP_LINK).evaluate(opacity)

    tab_to(page, ANTWERP_LINK)

    assert float(before) < 0.5
    assert page.locator(ANTWERP_LINK).evaluate(opacity) == "1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_province_tells_its_name_and_number(page, language):
    page.goto(path_of("home", language))
    number = page.locator(".belgium a[href$='place=BE-BRU'] text").inner_html()

    name = f"{BRUSSELS[language]}, {number} {PRACTICES[language]}"

    assert page.get_by_role("link", name=name, exact=True).count() == 1


def test_brussels_is_large_enough_for_a_finger(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path_of("home", "fr"))
    brussels = page.locator(".belgium a[href$='place=BE-BRU']")
    brussels.scroll_into_view_if_needed()

    box = brussels.locator("circle").last.bounding_box()

    assert min(box["width"], box["height"]) >= 24
    assert brussels.evaluate(AT_CENTRE)
    follow(brussels)
    assert page.url.endswith("?place=BE-BRU")
