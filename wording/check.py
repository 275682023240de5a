"""What could be written better in a text; advice, never a refusal. No database here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from wording.sentences import count_words, sentences
from wording.words import find_avoided


class Reader(Enum):
    """Who reads a field, which decides how strict the checks are."""

    FAMILY = "family"
    PROFESSIONAL = "professional"
    INTERFACE = "interface"  # a text of a page, sometimes only part of a sentence
    LABEL = "label"  # a few words beside a box or on a button, which families read too
    NAME = "name"  # as somebody chose it: only a missing language is told


MOST_WORDS = {Reader.FAMILY: 20, Reader.INTERFACE: 20, Reader.PROFESSIONAL: 30}
WHOLE_SENTENCES = {Reader.FAMILY, Reader.PROFESSIONAL}
EXCERPT = 60


@dataclass(frozen=True)
class Finding:
    kind: str  # missing, long, word, space, capital or french
    message: str
    excerpt: str = ""

    @property
    def is_error(self):
        return self.kind == "missing"


def check_languages(texts: dict[str, str], reader: Reader) -> dict[str, list[Finding]]:
    """The findings on one field, per language."""
    is_filled = any(text.strip() for text in texts.values())
    return {
        language: list(check(text, language, reader)) if text.strip() else missing(is_filled)
        for language, text in texts.items()
    }


def missing(is_filled):
    told = _("Missing in this language, while another language has it.")
    return [Finding("missing", told)] if is_filled else []


def check(text: str, language: str, reader: Reader) -> Iterator[Finding]:
    if reader is Reader.NAME:
        return
    if reader in MOST_WORDS:
        yield from long_sentences(text, language, MOST_WORDS[reader])
    if reader in WHOLE_SENTENCES:
        yield from forgotten_capitals(text, language)
    yield from words_to_avoid(text, language, reader)
    yield from doubled_spaces(text)
    if language == "fr":
        yield from french_spaces(text)


def long_sentences(text, language, most):
    for sentence in sentences(text, language):
        number = count_words(sentence)
        if number > most:
            told = _("A sentence of %(number)s words; %(most)s is enough.")
            yield Finding("long", told % {"number": number, "most": most}, shortened(sentence))


def forgotten_capitals(text, language):
    for sentence in sentences(text, language):
        if sentence[0].islower() and not re.match(r"\S*[.@/\d]\S", sentence):
            told = _("A sentence that begins without a capital.")
            yield Finding("capital", told, shortened(sentence))


def words_to_avoid(text, language, reader):
    for avoided, written in dict.fromkeys(find_avoided(text, language)):
        if reader is Reader.PROFESSIONAL and avoided.is_fine_for_professionals:
            continue
        told = _("“%(word)s”: %(reason)s Say: %(instead)s")
        values = {"word": written, "reason": avoided.reason, "instead": avoided.instead}
        yield Finding("word", told % values)


DOUBLED = re.compile(r"\S*[ \u00a0]{2,}\S*")


def doubled_spaces(text):
    for match in DOUBLED.finditer(text):
        yield Finding("space", _("Two spaces after each other."), shortened(match[0].strip()))


# A mark with no space or an ordinary one before it. A time, an address and a smiley have none.
FRENCH = re.compile(r"\S*(?:(?<=[^\s\u00a0:;?!(/])| )[:;?!»](?=\s|$|[”\").,])|« |«(?=\S)")


def french_spaces(text):
    for match in FRENCH.finditer(text):
        told = _("“%(mark)s” wants a no-break space (Alt 0160, on a Mac ⌥ and the space bar).")
        mark = match[0].strip()[-1]
        excerpt = text[max(0, match.start() - 15) : match.end()].strip()
        yield Finding("french", told % {"mark": mark}, excerpt)


def shortened(text):
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(' ', 1)[0]} …"
