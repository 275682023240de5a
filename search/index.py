"""The index: writes the tokens of records and finds candidates, on SQLite and PostgreSQL.

SQLite keeps them in an FTS5 table, PostgreSQL in one `tsvector` per language with a GIN index.
Both hold ready tokens only, and a question reaches them as quoted tokens only.
"""

from dataclasses import dataclass, field

from django.db import connection

from search import vocabulary
from search.analysis import LANGUAGES, written_tokens
from search.models import COLUMNS, PARTS, Document
from search.version import bump

MOST_CANDIDATES = 300
PART_WEIGHTS = {"title": 8.0, "label": 4.0, "place": 5.0, "body": 1.0}
POSTGRES_WEIGHTS = {"title": "A", "label": "B", "place": "C", "body": "D"}


@dataclass(frozen=True)
class Entry:
    """What a room hands in about one record: texts by language, in four parts."""

    kind: str
    key: str
    is_public: bool
    title: dict = field(default_factory=dict)
    label: dict = field(default_factory=dict)
    place: dict = field(default_factory=dict)
    body: dict = field(default_factory=dict)

    def written_tokens(self, part, language):
        return written_tokens(getattr(self, part).get(language) or "", language)


def put(entry: Entry):
    before = Document.objects.filter(kind=entry.kind, key=entry.key).first()
    document, _ = Document.objects.update_or_create(
        kind=entry.kind, key=entry.key, defaults={"is_public": entry.is_public} | columns(entry)
    )
    vocabulary.replace(before, entry)
    engine().write(document)
    bump()


def remove(kind, keys):
    documents = Document.objects.filter(kind=kind, key__in=list(keys))
    for document in documents:
        vocabulary.replace(document, None)
    engine().erase(list(documents.values_list("pk", flat=True)))
    documents.delete()
    bump()


def remove_all():
    engine().erase_all()
    Document.objects.all().delete()
    vocabulary.remove_all()
    bump()


def columns(entry):
    return {
        f"{part}_{language}": " ".join(token for token, _ in entry.written_tokens(part, language))
        for part in PARTS
        for language in LANGUAGES
    }


def candidates(kind, asked, *, match_all, public_only=True):
    """At most 300 documents that answer all (or any) of the asked words, the best first.

    `asked` has one dict per word: language to alternatives, each a tuple of tokens that must
    stand together.
    """
    if not asked:
        return []
    where, values = engine().find(asked, match_all)
    public = "AND document.is_public" if public_only else ""
    found = Document.objects.raw(
        f"SELECT document.* FROM search_document document {where} AND document.kind = %s {public} "  # noqa: S608
        f"ORDER BY {engine().rank}, document.key LIMIT {MOST_CANDIDATES}",
        [*values, kind],
    )
    return list(found)


def engine():
    return Sqlite if connection.vendor == "sqlite" else Postgres


class Sqlite:
    weights = ", ".join(str(PART_WEIGHTS[column.split("_")[0]]) for column in COLUMNS)
    rank = f"bm25(search_tokens, {weights})"

    @classmethod
    def write(cls, document):
        cls.erase([document.pk])
        marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_tokens (rowid, {', '.join(COLUMNS)}) VALUES ({marks})",  # noqa: S608
                [document.pk, *(getattr(document, column) for column in COLUMNS)],
            )

    @staticmethod
    def erase(ids):
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_tokens WHERE rowid = %s", [(pk,) for pk in ids])

    @staticmethod
    def erase_all():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_tokens")

    @classmethod
    def find(cls, asked, match_all):
        joiner = " AND " if match_all else " OR "
        match = joiner.join(f"({cls.any_language(word)})" for word in asked)
        return (
            "JOIN search_tokens ON search_tokens.rowid = document.id WHERE search_tokens MATCH %s",
            [match],
        )

    @classmethod
    def any_language(cls, word):
        return " OR ".join(
            f"{{{' '.join(f'{part}_{language}' for part in PARTS)}}} : ({cls.any_of(alternatives)})"
            for language, alternatives in word.items()
            if alternatives
        )

    @staticmethod
    def any_of(alternatives):
        together = (" AND ".join(f'"{token}"' for token in tokens) for tokens in alternatives)
        return " OR ".join(f"({tokens})" for tokens in together)


class Postgres:
    rank = (
        "-("
        + " + ".join(
            f"ts_rank('{{0.125, 0.375, 0.5, 1.0}}', tokens.{language}, asked.{language})"
            for language in LANGUAGES
        )
        + ")"
    )

    @classmethod
    def write(cls, document):
        cls.erase([document.pk])
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_tokens (document_id, {', '.join(LANGUAGES)}) "  # noqa: S608
                "VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector)",
                [document.pk, *(cls.vector(document, language) for language in LANGUAGES)],
            )

    @staticmethod
    def vector(document, language):
        """A tsvector literal: ready tokens with position and weight, no parser in between."""
        weighted = [
            (token, POSTGRES_WEIGHTS[part])
            for part in PARTS
            for token in getattr(document, f"{part}_{language}").split()
        ]
        return " ".join(
            f"'{token}':{min(position, 16_000)}{weight}"
            for position, (token, weight) in enumerate(weighted, start=1)
        )

    @staticmethod
    def erase(ids):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_tokens WHERE document_id = ANY(%s)", [ids])

    erase_all = Sqlite.erase_all

    @classmethod
    def find(cls, asked, match_all):
        joiner = " AND " if match_all else " OR "
        words = [[(language, cls.any_of(word[language])) for language in word] for word in asked]
        matches = joiner.join(
            "(" + " OR ".join(f"tokens.{language} @@ %s::tsquery" for language, _ in word) + ")"
            for word in words
        )
        columns = ", ".join(f"%s::tsquery AS {language}" for language in LANGUAGES)
        return (
            f"CROSS JOIN (SELECT {columns}) asked "
            f"JOIN search_tokens tokens ON tokens.document_id = document.id WHERE ({matches})",
            [
                *(cls.any_word(asked, language) for language in LANGUAGES),
                *(query for word in words for _, query in word),
            ],
        )

    @classmethod
    def any_word(cls, asked, language):
        return " | ".join(cls.any_of(word[language]) for word in asked if word.get(language))

    @staticmethod
    def any_of(alternatives):
        together = (" & ".join(f"'{token}'" for token in tokens) for tokens in alternatives)
        return " | ".join(f"({tokens})" for tokens in together)
