"""The index: writes the tokens of records and finds candidates, on SQLite and PostgreSQL.

SQLite keeps them in an FTS5 table, PostgreSQL in one `tsvector` per language with a GIN index.
Both hold ready tokens only, and a question reaches them as quoted tokens only.
"""

from dataclasses import dataclass, field

from django.db import connection

from search.analysis import LANGUAGES, tokens
from search.models import COLUMNS, PARTS, Document

MOST_CANDIDATES = 300
PART_WEIGHTS = {"title": 8.0, "label": 4.0, "body": 1.0}
POSTGRES_WEIGHTS = {"title": "A", "label": "B", "body": "C"}


@dataclass(frozen=True)
class Entry:
    """What a room hands in about one record: texts by language, in three weights."""

    kind: str
    key: str
    is_public: bool
    title: dict = field(default_factory=dict)
    label: dict = field(default_factory=dict)
    body: dict = field(default_factory=dict)


def put(entry: Entry):
    document, _ = Document.objects.update_or_create(
        kind=entry.kind, key=entry.key, defaults={"is_public": entry.is_public} | columns(entry)
    )
    engine().write(document)


def remove(kind, keys):
    documents = Document.objects.filter(kind=kind, key__in=list(keys))
    engine().erase(list(documents.values_list("pk", flat=True)))
    documents.delete()


def remove_all():
    engine().erase_all()
    Document.objects.all().delete()


def columns(entry):
    return {
        f"{part}_{language}": " ".join(tokens(getattr(entry, part).get(language) or "", language))
        for part in PARTS
        for language in LANGUAGES
    }


def candidates(kind, query_tokens, *, match_all, public_only=True):
    """At most 300 documents that hold all (or any) of the words, the best first.

    `query_tokens` has one dict per word, language to token.
    """
    if not query_tokens:
        return []
    where, values = engine().find(query_tokens, match_all)
    public = "AND document.is_public" if public_only else ""
    found = Document.objects.raw(
        f"SELECT document.* FROM search_document document {where} AND document.kind = %s {public} "  # noqa: S608
        f"ORDER BY {engine().rank}, document.key LIMIT {MOST_CANDIDATES}",
        [*values, kind],
    )
    return list(found)


def engine():
    return Sqlite if connection.vendor == "sqlite" else Postgres


def quote(token):
    return '"' + token.replace('"', '""') + '"'


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
    def find(cls, query_tokens, match_all):
        joiner = " AND " if match_all else " OR "
        match = joiner.join(f"({cls.any_language(by_language)})" for by_language in query_tokens)
        return (
            "JOIN search_tokens ON search_tokens.rowid = document.id WHERE search_tokens MATCH %s",
            [match],
        )

    @staticmethod
    def any_language(by_language):
        return " OR ".join(
            f"{{{' '.join(f'{part}_{language}' for part in PARTS)}}} : {quote(token)}"
            for language, token in by_language.items()
        )


class Postgres:
    rank = (
        "-("
        + " + ".join(
            f"ts_rank('{{0.05, 0.125, 0.5, 1.0}}', tokens.{language}, asked.{language})"
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
                [document.pk, *(cls.vector(document.tokens(code)) for code in LANGUAGES)],
            )

    @staticmethod
    def vector(by_part):
        """A tsvector literal: ready tokens with position and weight, no parser in between."""
        weighted = [(token, POSTGRES_WEIGHTS[part]) for part in PARTS for token in by_part[part]]
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
    def find(cls, query_tokens, match_all):
        joiner = " AND " if match_all else " OR "
        words = [
            "(" + " OR ".join(f"tokens.{language} @@ %s::tsquery" for language in by_language) + ")"
            for by_language in query_tokens
        ]
        asked = ", ".join(f"%s::tsquery AS {language}" for language in LANGUAGES)
        return (
            f"CROSS JOIN (SELECT {asked}) asked "
            "JOIN search_tokens tokens ON tokens.document_id = document.id "
            f"WHERE ({joiner.join(words)})",
            [
                *(cls.any_word(query_tokens, language) for language in LANGUAGES),
                *(f"'{token}'" for by_language in query_tokens for token in by_language.values()),
            ],
        )

    @staticmethod
    def any_word(query_tokens, language):
        return " | ".join(f"'{by_language[language]}'" for by_language in query_tokens)
