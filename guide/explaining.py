"""Words of the glossary in a text: the first time, a link to a note at the end of the page.

A link and a note work without script, by touch, by keyboard and on paper, and leave the paragraph
whole; a disclosure would end it.
"""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from guide.glossary import remembered_terms
from search.analysis import LANGUAGES
from search.version import Remembered

MOST = 6
TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
CLOSED = {"a", "button", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}
# No letter, hyphen or accent goes on beside a whole word; "&" and "#" begin an escaped character.
BEFORE, AFTER = r"(?<![\w&#\u0300-\u036f-])", r"(?![\w\u0300-\u036f-])"
LINK = (
    '<a class="term" role="doc-noteref" id="word-{}-in-text" href="#word-{}">{}</a>'  # as escaped
)


class Finder:
    """Finds the written forms of the glossary in one language, the longest first."""

    def __init__(self, terms, language):
        owned = {form: term for term in terms for form in forms_of(term, language)}
        longest_first = sorted(owned, key=lambda form: (-len(form), form))
        self.terms = [owned[form] for form in longest_first]
        forms = "|".join(f"({pattern_of(form)})" for form in longest_first)
        self.pattern = re.compile(f"{BEFORE}(?:{forms}){AFTER}", re.IGNORECASE) if forms else None

    def replace(self, text, link):
        """`link(term, words)` gives what stands in place of the words, or None to leave them."""
        if not self.pattern:
            return text
        return self.pattern.sub(
            lambda found: link(self.terms[found.lastindex - 1], found[0]) or found[0], text
        )


def forms_of(term, language):
    lines = (getattr(term, f"forms_{language}") or "").splitlines()
    return filter(None, map(str.strip, lines))


def pattern_of(form):
    """In escaped text, with any white space between the words."""
    return r"\s+".join(re.escape(escape(word)) for word in form.split())


remembered_finders = Remembered(dict)  # language → finder, filled as they are asked for


def finder_of(language, version):
    held = remembered_finders(version)
    if language not in held:
        held[language] = Finder(remembered_terms(version), language)
    return held[language]


class PageWords:
    """The words explained on one page, numbered as they come."""

    def __init__(self, version):
        self.version = version
        self.notes = {}  # term → number

    def explain(self, html, language):
        """Escaped text with its markup: the first of each word becomes a link to its note."""
        if language not in LANGUAGES:
            return html
        finder = finder_of(language, self.version)
        pieces, closed = [], 0
        for piece in TAG.split(html):
            closed = max(0, closed + step(piece))
            is_text = not closed and not piece.startswith("<")
            pieces.append(finder.replace(piece, self.link) if is_text else piece)
        return mark_safe("".join(pieces))

    def link(self, term, words):
        if term in self.notes or len(self.notes) == MOST:
            return None
        number = self.notes[term] = len(self.notes) + 1
        return format_html(LINK, number, number, mark_safe(words))


def step(piece):
    """How a piece changes the number of open elements in which nothing may be explained."""
    found = NAME.match(piece)
    if not found or found[2].lower() not in CLOSED:
        return 0
    return -1 if found[1] else 1
