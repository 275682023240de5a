"""The index: writes the tokens of records and finds who holds them, on SQLite and PostgreSQL.

SQLite keeps them in an FTS5 table, PostgreSQL in one `tsvector` per language with a GIN index.
Both hold ready tokens only, and a question reaches them as quoted tokens only.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection

from search import vocabulary
from search.analysis import LANGUAGES, written_tokens
from search.models import COLUMNS, PARTS, Document
from search.version import bump

STRONG_PARTS = ("title", "label", "place")
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
        return self.analysed[part, language]

    @cached_property
    def analysed(self):
        return {
            (part, language): written_tokens(getattr(self, part).get(language) or "", language)
            for part in PARTS
            for language in LANGUAGES
        }


def put(entry: Entry):
    """Call it where a record is saved: saving it makes the new data version, this does not."""
    before = Document.objects.filter(kind=entry.kind, key=entry.key).first()
    wanted = {"is_public": entry.is_public} | columns(entry)
    if not before or any(getattr(before, name) != value for name, value in wanted.items()):
        write(entry, before, wanted)


def write(entry, before, wanted):
    """In one statement, so that two who write the same record at once do not fail."""
    document = Document(kind=entry.kind, key=entry.key, **wanted)
    Document.objects.bulk_create(
        [document], update_conflicts=True, unique_fields=["kind", "key"], update_fields=wanted
    )
    vocabulary.replace(before, entry)
    engine().write(document)


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


def holders(words, parts=PARTS):
    """For each word the ids of the documents that hold one of its alternatives, in any status.

    A word is a dict: language to alternatives, each a tuple of tokens that all must occur.
    """
    found = [[] for _ in words]
    queries = [(number, *engine().holding(word, parts)) for number, word in enumerate(words)]
    if not queries:
        return found
    statement = " UNION ALL ".join(f"SELECT {number}, {query}" for number, query, _ in queries)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for *_, values in queries for value in values])
        for number, document in cursor.fetchall():
            found[number].append(document)
    return found


def all_keys(kind, public_only=True):
    """Document id → key, in the order of the keys."""
    documents = Document.objects.filter(kind=kind)
    if public_only:
        documents = documents.filter(is_public=True)
    return dict(sorted(documents.values_list("pk", "key"), key=lambda pair: pair[1]))


def texts_of(ids):
    """Document id → its tokens per column."""
    rows = Document.objects.filter(pk__in=ids).values_list("pk", *COLUMNS)
    return {pk: dict(zip(COLUMNS, texts, strict=True)) for pk, *texts in rows}


def engine():
    return Sqlite if connection.vendor == "sqlite" else Postgres


class Sqlite:
    @classmethod
    def write(cls, document):
        marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT OR REPLACE INTO search_tokens (rowid, {', '.join(COLUMNS)}) "  # noqa: S608
                f"VALUES ({marks})",
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
    def holding(cls, word, parts):
        match = " OR ".join(cls.matches(word, parts))
        return "rowid FROM search_tokens WHERE search_tokens MATCH %s", [match]

    @classmethod
    def matches(cls, word, parts):
        """A token that languages share is looked up once."""
        languages = defaultdict(list)
        for language, alternatives in word.items():
            for tokens in alternatives:
                alone = "" if len(tokens) == 1 else language
                languages[tokens, alone].append(language)
        for (tokens, _), group in languages.items():
            yield f"{cls.columns(group, parts)} : ({cls.all_of(tokens)})"

    @staticmethod
    def columns(languages, parts):
        return f"{{{' '.join(f'{part}_{code}' for code in languages for part in parts)}}}"

    @staticmethod
    def all_of(tokens):
        return " AND ".join(f'"{token}"' for token in tokens)


class Postgres:
    @classmethod
    def write(cls, document):
        renewed = ", ".join(f"{language} = EXCLUDED.{language}" for language in LANGUAGES)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_tokens (document_id, {', '.join(LANGUAGES)}) "  # noqa: S608
                "VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector) "
                f"ON CONFLICT (document_id) DO UPDATE SET {renewed}",
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
    def holding(cls, word, parts):
        function = "search_holders" if "body" in parts else "search_strong_holders"
        asked = [cls.any_of(word.get(language, ())) for language in LANGUAGES]
        return f"{function}({', '.join(['%s::tsquery'] * len(asked))})", asked

    @staticmethod
    def any_of(alternatives):
        together = (" & ".join(f"'{token}'" for token in tokens) for tokens in alternatives)
        return " | ".join(f"({tokens})" for tokens in together)
