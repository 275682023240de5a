"""Writes many made-up practices at once, with the index rows that saving each would have made."""

from django.db import connection, transaction

from bench import NotMeasuredError
from bench.report import progress_bar
from bench.synthetic import code_of, make, read_stock
from practices.models import Practice
from practices.search import search_entry
from search import index, vocabulary
from search.analysis import LANGUAGES
from search.models import COLUMNS, Document, Word
from search.version import bump

BATCH = 500
SAMPLE = 50
RELATIONS = ("terms", "coverage", "seats", "help_languages")


class Grower:
    """A directory that grows from the content on; the first records are checked."""

    def __init__(self):
        self.content = Practice.objects.published().count()
        self.stock = read_stock()
        self.counted = CountedWords()
        self.made = 0

    def grow_to(self, size):
        if size > self.content and not self.made:
            self.check_sample()
        start = self.made
        while self.made < size - self.content:
            self.add(min(BATCH, size - self.content - self.made))
            progress_bar("making records", self.made - start, size - self.content - start)
        self.settle()

    def add(self, number):
        made = [make(self.stock, self.made + 1 + offset) for offset in range(number)]
        with transaction.atomic():
            write_practices(made)
            write_documents([one.practice.code for one in made], self.counted)
        self.made += number

    def settle(self):
        """What follows a large change: word counts, a new data version, the planner's numbers."""
        self.counted.write()
        bump()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # the server would do it by itself within minutes

    def check_sample(self):
        """The rows equal those that `index.put` writes, and `index.remove` takes them all away."""
        codes = [code_of(number) for number in range(1, SAMPLE + 1)]
        words_before = all_words()
        self.add(SAMPLE)
        self.counted.write()
        in_bulk = index_rows(codes)
        index.remove("practice", codes)
        check(all_words() == words_before, "word counts in bulk are not those of the records")
        records(codes).refresh_search()
        check(index_rows(codes) == in_bulk, "rows in bulk are not those of index.put")


def check(holds, problem):
    if not holds:
        raise NotMeasuredError(problem)


# --- The records -------------------------------------------------------------------------------


def write_practices(made):
    Practice.objects.bulk_create([one.practice for one in made])
    for relation in RELATIONS:
        write_relation(relation, made)


def write_relation(relation, made):
    field = Practice._meta.get_field(relation)
    through, column = field.remote_field.through, f"{field.m2m_reverse_field_name()}_id"
    through.objects.bulk_create(
        through(practice_id=one.practice.pk, **{column: key})
        for one in made
        for key in getattr(one, relation)
    )


def records(codes):
    return Practice.objects.filter(code__in=codes).order_by("code")


# --- Their place in the search -----------------------------------------------------------------


def write_documents(codes, counted):
    related = records(codes).select_related("lead_actor")
    entries = [
        search_entry(practice)
        for practice in related.prefetch_related("terms", "coverage", "seats")
    ]
    documents = Document.objects.bulk_create(
        Document(kind=entry.kind, key=entry.key, is_public=entry.is_public, **index.columns(entry))
        for entry in entries
    )
    for document in documents:
        index.engine().write(document)
    for entry in entries:
        counted.add(entry)


class CountedWords:
    """The vocabulary as `vocabulary.replace` would keep it, written once for many records."""

    def __init__(self):
        self.rows = {(row.language, row.token): row for row in Word.objects.all()}
        self.changed = set()

    def add(self, entry):
        for language in LANGUAGES:
            for token, written in vocabulary.written_of(entry, language).items():
                self.count((language, token), written)

    def count(self, key, written):
        if key not in self.rows:
            self.rows[key] = Word(language=key[0], token=key[1], written=written)
        self.rows[key].documents += 1
        self.changed.add(key)

    def write(self):
        Word.objects.bulk_create(
            [self.copy(key) for key in sorted(self.changed)],
            update_conflicts=True,
            unique_fields=["language", "token"],
            update_fields=["documents"],
            batch_size=BATCH,
        )
        self.changed.clear()

    def copy(self, key):
        row = self.rows[key]
        return Word(language=key[0], token=key[1], written=row.written, documents=row.documents)


# --- What stands in the index ------------------------------------------------------------------


def index_rows(codes):
    columns = ["key", "is_public", *COLUMNS]
    documents = Document.objects.filter(kind="practice", key__in=codes).order_by("key")
    return list(documents.values_list(*columns)), token_rows(codes), all_words()


def token_rows(codes):
    is_sqlite = connection.vendor == "sqlite"
    columns = [f"tokens.{column}" for column in (COLUMNS if is_sqlite else LANGUAGES)]
    own_key = "tokens.rowid" if is_sqlite else "tokens.document_id"
    marks = ", ".join(["%s"] * len(codes))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT document.key, {', '.join(columns)} FROM search_document document "  # noqa: S608
            f"JOIN search_tokens tokens ON {own_key} = document.id "
            f"WHERE document.kind = 'practice' AND document.key IN ({marks}) ORDER BY document.key",
            codes,
        )
        return cursor.fetchall()


def all_words():
    columns = ("language", "token", "written", "documents")
    return set(Word.objects.values_list(*columns))
