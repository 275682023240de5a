"""The tokens of the style sheet, read from the sheet itself, and how well its colours contrast."""

import re
from pathlib import Path

SHEET = Path(__file__).parent / "static" / "site.css"
DARK = "@media (prefers-color-scheme: dark)"
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
ROOT = re.compile(r":root\s*\{([^}]*)\}")
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

# What stands on what in the sheet. A text needs 4.5, the edge of a control 3 (WCAG 1.4.3, 1.4.11).
TEXTS = (
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "tint"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("muted", "tint"),
    ("primary", "paper"),
    ("primary", "surface"),
    ("primary", "tint"),
    ("on-primary", "primary"),
    ("on-urgent", "urgent"),
    ("verified", "paper"),
    ("verified", "surface"),
    ("stale", "paper"),
    ("stale", "surface"),
    ("error", "paper"),
    ("error", "surface"),
)
CONTROLS = (
    ("border", "paper"),
    ("border", "surface"),
    ("primary", "paper"),
    ("primary", "surface"),
    ("primary", "tint"),
    ("urgent", "paper"),
    ("urgent", "surface"),
    ("error", "surface"),
)
ENOUGH = {"text": 4.5, "control": 3}


def read_sheet():
    return SHEET.read_text(encoding="utf-8")


def tokens(css) -> dict[str, str]:
    """Name → value, of the first `:root` of a text."""
    return dict(TOKEN.findall(ROOT.search(css)[1]))


def palettes(css) -> dict[str, dict[str, str]]:
    """The colours of light and dark; the dark one changes only those it names."""
    light = colours(tokens(css))
    return {"light": light, "dark": light | colours(tokens(css.split(DARK, 1)[1]))}


def colours(found):
    return {name: value for name, value in found.items() if COLOUR.fullmatch(value)}


def contrast(first: str, second: str) -> float:
    """From 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def pairs():
    """(use, front, ground) of everything that has to be told apart."""
    yield from (("text", *pair) for pair in TEXTS)
    yield from (("control", *pair) for pair in CONTROLS)
