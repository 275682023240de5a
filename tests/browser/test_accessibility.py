"""axe finds nothing, and the keyboard is enough."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import PAGE_KINDS, path_of, public_path, visit

# With the rule of WCAG 2.2 that axe leaves out unless asked.
EVERYTHING = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# Tall, because axe blames a target for the sticky button that covers it until one scrolls.
WIDE, SMALL = {"width": 1280, "height": 10_000}, {"width": 320, "height": 10_000}
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
COVERED = """() => {
  const focused = document.activeElement;
  // A province is no rectangle: its number stands for it.
  const box = (focused.querySelector("text") ?? focused).getBoundingClientRect();
  const seen = [[box.left + 2, box.top + 2], [box.right - 2, box.top + 2],
    [box.left + 2, box.bottom - 2], [box.right - 2, box.bottom - 2],
    [box.left + box.width / 2, box.top + box.height / 2]]
    .some(([x, y]) => focused.contains(document.elementFromPoint(x, y)));
  return seen || focused === document.body ? [] : [focused.outerHTML.slice(0, 200)];
}"""


def violations(page, options=EVERYTHING, context=None):
    return [
        f"{violation['id']}: {node['html']}\n    {node['failureSummary']}"
        for violation in Axe().run(page, context=context, options=options).response["violations"]
        for node in violation["nodes"]
    ]


def covered_stops(page, number):
    """Of the next stops of the keyboard, those of which something else hides every part."""
    covered = []
    for _ in range(number):
        page.keyboard.press("Tab")
        covered += page.evaluate(COVERED)
    return covered


@pytest.mark.parametrize("kind", PAGE_KINDS)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_axe_finds_nothing_on_wide_screen(page, kind, language):
    page.set_viewport_size(WIDE)
    visit(page, kind, language)

    found = violations(page)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", ["home", "list", "detail"])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_axe_finds_nothing_on_small_screen(page, kind, language):
    page.set_viewport_size(SMALL)
    visit(page, kind, language)

    found = violations(page)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_axe_finds_nothing_in_open_filter_panel(page, language):
    page.set_viewport_size(SMALL)
    page.goto(f"{path_of('practice_list', language)}#filters")

    found = violations(page)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_dark_colours_contrast_enough(page, kind):
    page.emulate_media(color_scheme="dark")
    visit(page, kind, "nl")

    found = violations(page, COLOURS)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", ["home", "list", "detail"])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_keyboard_reaches_exit_within_five_stops(page, kind, language):
    visit(page, kind, language)
    stops = []

    for _ in range(5):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.className"))

    assert stops[0] == "skip"
    assert "exit" in stops


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_skip_link_moves_focus_to_main(page, language):
    visit(page, "detail", language)
    page.keyboard.press("Tab")
    shown = page.locator(".skip").bounding_box()

    page.keyboard.press("Enter")

    assert shown["x"] >= 0
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", ["home", "list", "detail"])
def test_focus_is_never_covered(page, kind, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(public_path(kind, "nl"))

    assert covered_stops(page, 40) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_focus_in_filters_is_never_covered(page, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(f"{public_path('list_narrowed', 'nl')}#filters")

    assert covered_stops(page, 40) == []
