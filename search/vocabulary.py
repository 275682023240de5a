"""The words of the public directory: kept with every document, held in memory per data version."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from django.db import connection
from django.db.models import F
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import LANGUAGES, SHORTEST_PART, compound_parts, stem
from search.models import Word
from search.version import Remembered

PARTS = ("title", "label", "body")  # names of places are known to the gazetteer
ONE_EDIT_FROM, TWO_EDITS_FROM = 5, 9
LONG_STEM = 6
WORDS_AT_ONCE = 500


# --- Kept with every document ------------------------------------------------------------------


def replace(document, entry):
    """Count the words of a document that comes, changes or goes; drafts count for nothing."""
    come = []
    for language in LANGUAGES:
        before = tokens_of(document, language) if document and document.is_public else set()
        after = written_of(entry, language) if entry and entry.is_public else {}
        come += [(language, token, after[token]) for token in after.keys() - before]
        take_away(language, before - after.keys())
    add(come)


def tokens_of(document, language):
    texts = (getattr(document, f"{part}_{language}") for part in PARTS)
    return {token for text in texts for token in text.split()}


def written_of(entry, language):
    """Token → one way it is written."""
    return {token: word for part in PARTS for token, word in entry.written_tokens(part, language)}


def add(come):
    """In one order, so that two who write at once never wait for each other."""
    rows = sorted(come)
    for first in range(0, len(rows), WORDS_AT_ONCE):
        add_rows(rows[first : first + WORDS_AT_ONCE])


def add_rows(rows):
    marks = ", ".join(["(%s, %s, %s, 1)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO search_word (language, token, written, documents) VALUES {marks} "  # noqa: S608
            "ON CONFLICT (language, token) DO UPDATE SET documents = search_word.documents + 1",
            [value for row in rows for value in row],
        )


def take_away(language, tokens):
    if tokens:
        counted = Word.objects.filter(language=language, token__in=list(tokens))
        counted.update(documents=F("documents") - 1)
        counted.filter(documents__lte=0).delete()


def remove_all():
    Word.objects.all().delete()


# --- Held in memory ----------------------------------------------------------------------------


@dataclass
class Vocabulary:
    """What is known: `written` has language → token → a way it is written."""

    written: dict
    frequency: dict

    def knows(self, word):
        return any(stem(word, language) in self.written[language] for language in LANGUAGES)

    @cached_property
    def dutch(self):
        """Dutch words and stems, of which compounds are made."""
        found = self.written["nl"]
        return set(found) | set(found.values())

    @cached_property
    def compounds(self):
        """Stem of a part → stems of the known compounds it stands in."""
        found = defaultdict(set)
        for token, word in self.written["nl"].items():
            for part in self.parts(word):
                found[part].add(token)
        return found

    @cached_property
    def compounds_of_parts(self):
        """All parts of a compound → stems of the compounds made of just these."""
        found = defaultdict(set)
        for token, word in self.written["nl"].items():
            found[tuple(self.parts(word))].add(token)
        return found

    def longer(self, token, language):
        """Known stems that start with a long one: "jeugdwerk" in "jeugdwerkers"."""
        if len(token) < LONG_STEM:
            return []
        ordered = self.ordered[language]
        start = bisect_left(ordered, token)
        return list(takewhile(lambda other: other.startswith(token), ordered[start : start + 20]))

    @cached_property
    def ordered(self):
        return {language: sorted(tokens) for language, tokens in self.written.items()}

    def parts(self, word):
        """Stems of the parts of a Dutch compound; none when it is no compound."""
        if len(word) < 2 * SHORTEST_PART:
            return []
        return [stem(part, "nl") for part in compound_parts(word, self.dutch)]

    @cached_property
    def spellings(self):
        """Everything a misspelled word may have meant → how it is written."""
        found = {}
        for tokens in self.written.values():
            for token, word in tokens.items():
                found.setdefault(word, word)
                found.setdefault(token, word)
        return found

    def corrected(self, word, names=()):
        """The known word or name nearest to a misspelled one; None when none is near."""
        edits = (len(word) >= ONE_EDIT_FROM) + (len(word) >= TWO_EDITS_FROM)
        if not edits:
            return None
        near = self.near(word, [*self.spellings, *names], edits)
        best = min(near, key=lambda found: self.preference(word, *found), default=None)
        return self.spellings.get(best[0], best[0]) if best else None

    @staticmethod
    def near(word, choices, edits):
        found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=20)
        return [(choice, distance) for choice, distance, _ in found]

    def preference(self, word, choice, distance):
        """Fewer edits, the same first letter, the more frequent word."""
        return (distance, choice[0] != word[0], -self.frequency.get(choice, 0), choice)


def read_vocabulary():
    written = {language: {} for language in LANGUAGES}
    frequency = {}
    rows = Word.objects.filter(documents__gt=0).order_by("language", "token")
    for language, token, word, documents in rows.values_list(
        "language", "token", "written", "documents"
    ):
        written[language][token] = word
        frequency[word] = max(documents, frequency.get(word, 0))
    return Vocabulary(written, frequency)


remembered = Remembered(read_vocabulary)
