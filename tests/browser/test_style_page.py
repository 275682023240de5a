"""The page that shows every component: what holds there holds where readers meet it."""

import pytest

from tests.browser.conftest import path_of
from tests.browser.test_accessibility import EVERYTHING, SMALL, WIDE, violations
from tests.browser.test_display import EDGED, LANGUAGES, WITHOUT_EDGE

MORE_EDGED = f"{EDGED}, .strip .urgent a, textarea, .reference"
FLAT = "box => getComputedStyle(box, '::before').content"


def open_style_page(page, language="nl"):
    response = page.goto(path_of("style_page", language))
    assert response.status == 200


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["wide", "small"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(curator, language, scheme, size):
    curator.set_viewport_size(size)
    curator.emulate_media(color_scheme=scheme)
    open_style_page(curator, language)

    found = violations(curator, EVERYTHING)

    assert not found, "\n".join(found)


def test_controls_keep_their_edge_in_the_colours_of_the_system(new_context, signed_in):
    page = new_context(storage_state=signed_in, forced_colors="active").new_page()
    open_style_page(page)

    assert page.locator(".strip .urgent a").count() >= 2
    assert page.evaluate(WITHOUT_EDGE, MORE_EDGED) == []


def test_answer_given_before_is_told_by_more_than_a_colour(curator):
    open_style_page(curator)

    assert "✓" in curator.locator(".answers [aria-current]").evaluate(FLAT)


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_page_is_as_wide_as_the_screen(curator, width):
    curator.set_viewport_size({"width": width, "height": 900})
    open_style_page(curator, "fr")

    assert curator.evaluate("document.documentElement.scrollWidth") == width
