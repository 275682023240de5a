"""The words to avoid, from `words.yaml`, and where a text holds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext_lazy as _

from search.analysis import PLAIN_WORD, fold

WORDS = Path(__file__).with_name("words.yaml")
REASONS = {
    "accuses": _("It accuses."),
    "label": _("It puts a label on somebody."),
    "presumes": _("It presumes what we do not know."),
    "trade": _("A word of our trade: families do not use it."),
    "office": _("A word of an office: say it shorter."),
}
FINE_FOR_PROFESSIONALS = {"trade", "office"}
# What stands between quotation marks is a title, or somebody's own words.
QUOTED = re.compile(r"“[^”]*”|„[^”]*”|«[^»]*»|\"[^\"]*\"")


@dataclass(frozen=True)
class Avoided:
    """One entry of the list."""

    words: tuple[str, ...]
    why: str
    say: tuple[str, ...]
    but: tuple[str, ...] = ()

    @property
    def reason(self):
        return REASONS[self.why]

    @property
    def instead(self):
        return " / ".join(self.say)

    @property
    def shown(self):
        return ", ".join(self.words).replace("*", "…")

    @property
    def is_fine_for_professionals(self):
        return self.why in FINE_FOR_PROFESSIONALS

    @property
    def pattern(self):
        exceptions = f"(?!(?:{alternatives(self.but)})(?!\\S))" if self.but else ""
        return f"{exceptions}(?:{alternatives(self.words)})"

    @property
    def length(self):
        return max(word.count(" ") for word in self.words)


def alternatives(words):
    return "|".join(re.escape(plain(word)).replace(r"\*", r"\w*") for word in words)


def plain(word):
    """Folded, with one space where a hyphen or an apostrophe stands."""
    return re.sub(r"[^\w*]+", " ", fold(word))


@cache
def avoided_words(language: str) -> tuple[Avoided, ...]:
    """The list of one language, in the order of the file."""
    found = yaml.safe_load(WORDS.read_text(encoding="utf-8"))[language]
    return tuple(
        Avoided(**{name: value if name == "why" else tuple(value) for name, value in entry.items()})
        for entry in found
    )


@cache
def matcher(language):
    """The entries with the longest first, and one expression with a group for each."""
    entries = sorted(avoided_words(language), key=lambda entry: -entry.length)
    groups = "|".join(f"({entry.pattern})" for entry in entries)
    return entries, re.compile(f"(?<!\\S)(?:{groups})(?!\\S)")


def find_avoided(text: str, language: str) -> Iterator[tuple[Avoided, str]]:
    """Every entry that a text holds, with the words as they were written."""
    unquoted = QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    written = list(PLAIN_WORD.finditer(unquoted))
    folded = [plain(word[0]) for word in written]
    entries, expression = matcher(language)
    for match in expression.finditer(" ".join(folded)):
        first = match.string[: match.start()].count(" ")
        last = first + match[0].count(" ")
        yield entries[match.lastindex - 1], text[written[first].start() : written[last].end()]
