"""By keyboard alone, in the colours of the system, without motion, magnified."""

import pytest

from tests.browser.conftest import ANTWERP, PAGE_KINDS, SEARCHED, path_of, visit

LANGUAGES = ("nl", "fr", "en")
IS_FOCUSED = "selector => document.activeElement.matches(selector)"
# Boxes that say "press me" or "type here" must keep an edge when the page's own colours are gone.
WITHOUT_EDGE = """selector => [...document.querySelectorAll(selector)]
  .filter(box => box.getClientRects().length && box.type !== 'hidden')
  .filter(box => !['checkbox', 'radio'].includes(box.type))
  .filter(box => parseFloat(getComputedStyle(box).borderTopWidth) < 1)
  .map(box => box.outerHTML.slice(0, 80))"""
EDGED = ".button, a.exit, input, select, .chips .way:not(.clear), .header-search button"
MOVING = """() => [...document.querySelectorAll('*')].filter(box => {
  const style = getComputedStyle(box);
  return style.scrollBehavior === 'smooth' || parseFloat(style.transitionDuration) > 0
    || style.animationName !== 'none';
}).map(box => box.outerHTML.slice(0, 80))"""


def tab_to(page, selector, most=120):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(IS_FOCUSED, selector):
            return
    raise AssertionError(f"{selector} is out of reach of the Tab key")


def press(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_keyboard_alone_leads_from_home_to_a_number(new_context, language, scripts):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    if not scripts:
        page.route("**/*.js", lambda route: route.abort())
    page.goto(path_of("home", language))

    tab_to(page, "#q")
    page.keyboard.type(SEARCHED[language])
    tab_to(page, "#place")
    page.keyboard.type(ANTWERP[language])
    press(page, "Enter")
    tab_to(page, "[data-code] h3 a")
    code = page.evaluate("document.activeElement.closest('[data-code]').dataset.code")
    press(page, "Enter")
    opened = page.locator(".code").inner_text()
    tab_to(page, "a[href^='tel:']")

    assert code in opened


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_controls_keep_their_edge_in_the_colours_of_the_system(new_context, kind):
    page = new_context(forced_colors="active").new_page()

    visit(page, kind, "fr")

    assert page.evaluate(WITHOUT_EDGE, EDGED) == []


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_nothing_moves_for_who_asked_for_less_motion(page, kind):
    visit(page, kind, "nl")

    assert page.evaluate(MOVING) == []
