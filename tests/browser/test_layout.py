"""Small screens, strong zoom and paper."""

import pytest

from tests.browser.conftest import PAGE_KINDS, path_of, visit

PHONE = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}  # what 400 % leaves of 1280 by 1024
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll('*')]
    .filter(element => element.getBoundingClientRect().right > innerWidth)
    .map(element => element.outerHTML.slice(0, 200))"""
UNCOVERED = """element => {
  const box = element.getBoundingClientRect();
  return [[box.left + 4, box.top + 4], [box.left + box.width / 2, box.top + box.height / 2],
    [box.right - 4, box.bottom - 4]]
    .every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
}"""
NOT_ON_PAPER = "nav, form, .exit, .skip, .to-filters, .chips, .bottom"


@pytest.mark.parametrize("kind", PAGE_KINDS)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_small_or_zoomed_page_fits_and_keeps_exit_in_view(page, kind, language):
    visit(page, kind, language)

    for size in (PHONE, ZOOMED):
        page.set_viewport_size(size)
        for end in (0, 100_000):
            page.evaluate("end => scrollTo(0, end)", end)
            assert page.evaluate(TOO_WIDE) == [], size
            assert page.locator("a.exit").evaluate(UNCOVERED), (size, end)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_open_filter_panel_fits_and_keeps_exit_in_view(page, language):
    for size in (PHONE, ZOOMED):
        page.set_viewport_size(size)

        page.goto(f"{path_of('practice_list', language)}#filters")

        assert page.locator("form.filters").is_visible()
        assert page.evaluate(TOO_WIDE) == [], size
        assert page.locator("a.exit").evaluate(UNCOVERED), size


@pytest.mark.parametrize("kind", ["home", "list", "detail"])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_paper_shows_the_heading_and_nothing_to_click(page, kind, language):
    visit(page, kind, language)

    page.emulate_media(media="print")

    assert page.locator("h1").first.is_visible()
    shown = page.locator(NOT_ON_PAPER).filter(visible=True)
    assert shown.evaluate_all("elements => elements.map(element => element.className)") == []
