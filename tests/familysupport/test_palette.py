"""The colours of the sheet can be told apart, in light and in dark."""

import re

import pytest

from familysupport import palette

CSS = palette.read_sheet()
PALETTES = palette.palettes(CSS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("use", "front", "ground"), list(palette.pairs()))
def test_colours_contrast_enough(scheme, use, front, ground):
    colours = PALETTES[scheme]

    ratio = palette.contrast(colours[front], colours[ground])

    assert ratio >= palette.ENOUGH[use], f"{front} on {ground}: {ratio:.2f}"


def test_every_colour_that_is_read_or_pressed_is_measured():
    grounds_and_ornaments = {"paper", "surface", "tint", "line", "accent"}
    measured = {front for _, front, _ in palette.pairs()}

    assert set(PALETTES["light"]) == measured | grounds_and_ornaments
    assert set(PALETTES["dark"]) == set(PALETTES["light"])


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#FFFFFF", 21), ("#FFFFFF", "#FFFFFF", 1), ("#767676", "#FFFFFF", 4.54)],
)
def test_contrast_is_that_of_wcag(first, second, ratio):
    assert round(palette.contrast(first, second), 2) == ratio
    assert palette.contrast(second, first) == palette.contrast(first, second)


def test_dark_keeps_what_it_does_not_name():
    css = f":root {{ --a: #111111; --b: #222222; }} {palette.DARK} {{ :root {{ --a: #333333; }} }}"

    assert palette.palettes(css) == {
        "light": {"a": "#111111", "b": "#222222"},
        "dark": {"a": "#333333", "b": "#222222"},
    }


def test_every_token_that_is_used_exists():
    used = set(re.findall(r"var\(--([\w-]+)\)", CSS))

    assert used <= set(palette.tokens(CSS))


def test_every_token_is_used():
    used = set(re.findall(r"var\(--([\w-]+)\)", CSS))

    assert set(palette.tokens(CSS)) <= used
