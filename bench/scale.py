"""How the site does with many records: the same measurements on a directory that grows.

All but one happen in this process, through the WSGI handler or the list that a page shows, after
the same was asked before. Edits are also looked for in the workers of gunicorn.
"""

import gzip
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from logging import ERROR, getLogger
from os import cpu_count, getloadavg
from statistics import median
from time import perf_counter

from django.db import connection
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from bench import NotMeasuredError
from bench.bulk import Grower
from bench.curators import admin_addresses, curator_cookie, number_of_questions
from bench.hostile import hostile_texts
from bench.load import CONNECTIONS, ask_once
from bench.pages import CONSTANT, Page
from bench.report import progress
from bench.server import HOST
from familysupport.wsgi import application
from practices.facets import build_directory, directory
from practices.filters import PracticeFilterSet
from practices.models import Practice
from practices.results import Results
from search.version import current
from tests.content import sql_reference

SMALL, LARGE, FULL = 5_000, 20_000, 100_000
LANGUAGE = "nl"
FILTERS = "target_group=parents&activity_type=awareness&status=active"
SEARCHES = {1: "ouders", 2: "ouders gesprek", 3: "ouders gesprek school"}
ALL_WORDS = SEARCHES[2]
ROUNDS, ROUND_SECONDS = 7, 0.4
REPEATS = 5
MEASURED_AGAIN = 5  # the slowest hostile texts
MILLISECONDS = 1000
numbers = count(1)


@dataclass(frozen=True)
class Measured:
    """Numbers by name at one number of records; times in milliseconds."""

    records: int
    values: dict
    note: str


def measure_sizes(address, small=SMALL, large=LARGE, full=None):
    """The content alone first. `address` is that of gunicorn, which is asked at one size only."""
    getLogger("django.request").setLevel(ERROR)  # that hostile texts are refused is no news
    with override(LANGUAGE):
        grower = Grower()
        found = [measure("the content")]
        for size in filter(None, (small, large, full)):
            started = perf_counter()
            grower.grow_to(size)
            made = f"made in {perf_counter() - started:.0f} s"
            found.append(measure(made, address if size == large else None))
        return found


def measure(origin, address=None):
    records = len(directory(current()).keys)
    values = {}
    for step in (list_page, searches, all_words, rebuild, edit, admin_pages):
        progress(f"{records:,} records: {step.__name__.replace('_', ' ')}")
        values |= step()
    if address:
        progress(f"{records:,} records: an edit, seen by gunicorn")
        values |= edit_in_workers(address)
    progress(f"{records:,} records: hostile texts")
    values["hostile"], told = hostile()
    busy = f"load {getloadavg()[0]:.1f} on {cpu_count()} cores"
    return Measured(records, values, f"{records:,} records, {origin}, {busy}: {told}")


# --- Asking ------------------------------------------------------------------------------------


def environment(path, asked=None, **more):
    """A request as gunicorn would hand it over."""
    headers = {"accept-encoding": "gzip", "accept-language": LANGUAGE} | more
    factory = RequestFactory(SERVER_NAME=HOST, headers=headers)
    return factory.get(path, asked).environ


def ask(environ):
    """Status and body of an answer of the WSGI handler."""
    told = []
    response = application(dict(environ), lambda status, headers: told.append(status))
    try:
        body = b"".join(response)
    finally:
        response.close()
    return int(told[0].split()[0]), body


def plain(body):
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def list_address():
    return reverse("practice_list")


def seconds(action):
    start = perf_counter()
    action()
    return perf_counter() - start


def typical(action, repeats=REPEATS):
    """The median in milliseconds, after one that does not count."""
    action()
    return MILLISECONDS * median(seconds(action) for _ in range(repeats))


# --- The list page -----------------------------------------------------------------------------


def list_page():
    """Requests per second, also as a ratio to the constant view in the same round."""
    constant, listing = environment(CONSTANT.path), environment(list_address())
    for environ in (constant, listing):
        rate(environ)
    rounds = [(rate(listing), rate(constant)) for _ in range(ROUNDS)]
    return {
        "list": median(listed for listed, _ in rounds),
        "list to constant": median(listed / held for listed, held in rounds),
    }


def rate(environ):
    answers, start = 0, perf_counter()
    while perf_counter() < start + ROUND_SECONDS:
        ask(environ)
        answers += 1
    return answers / (perf_counter() - start)


# --- Searching and counting --------------------------------------------------------------------


def searches():
    return {
        f"search {number}": typical(lambda words=words: results_and_counts(words))
        for number, words in SEARCHES.items()
    }


def results_of(words):
    version = current()
    asked = QueryDict(FILTERS, mutable=True)
    asked["q"] = words
    filterset = PracticeFilterSet(asked, directory(version))
    if not filterset.form.is_valid():
        raise NotMeasuredError(f"the list refuses {FILTERS}")
    return Results(filterset, version)


def results_and_counts(words):
    """What a page of results asks for: the codes in order, and every count beside a filter."""
    results = results_of(words)
    return results.codes, results.counts


def all_words():
    """The list and its counts next to those of plain SQL, which has a table of what was found."""
    results = results_of(ALL_WORDS)
    asked = results.filterset.choices
    with table_of(results.answer.keys) as codes:
        start = perf_counter()
        reference = sql_reference.counts(asked, codes=codes)
        in_sql = MILLISECONDS * (perf_counter() - start)
    if without_zeros(results.counts, reference) != reference:
        raise NotMeasuredError(f"the counts for {ALL_WORDS!r} are not those of SQL")
    return {"and": typical(lambda: results_and_counts(ALL_WORDS)), "sql": in_sql}


@contextmanager
def table_of(codes):
    """The codes as SQL would have them by itself: thousands in an IN list would slow it down."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE found (code varchar(20) PRIMARY KEY)")
        cursor.executemany("INSERT INTO found VALUES (%s)", [(code,) for code in codes])
        cursor.execute("ANALYZE found")
        yield RawSQL("SELECT code FROM found", ())
        cursor.execute("DROP TABLE found")


def without_zeros(counts, facets):
    return {facet: {v: n for v, n in counts[facet].items() if n} for facet in facets}


def rebuild():
    return {"rebuild": typical(build_directory, 3)}


# --- Edits -------------------------------------------------------------------------------------


def edit():
    """The first list and the first search after an edit, in the process that made it."""
    with edited_practice() as (practice, word, saved):
        listed = seconds(lambda: must_show(word, answer_to()))
        mark = f'data-code="{practice.code}"'  # the word itself stands in the search box too
        searched = seconds(lambda: must_show(mark, answer_to({"q": word})))
    return {
        "save": saved * MILLISECONDS,
        "edit, list": listed * MILLISECONDS,
        "edit, search": searched * MILLISECONDS,
    }


def answer_to(asked=None):
    return ask(environment(list_address(), asked))[1]


def edit_in_workers(address):
    """The slowest list after an edit in this process: asked one by one, then all at once."""
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(CONNECTIONS) as many:
        return {
            "worker": slowest_after_edit(address, one),
            "workers": slowest_after_edit(address, many),
        }


def slowest_after_edit(address, readers):
    """New connections each time, so that every worker of gunicorn gets some of them."""
    page = Page("list", list_address())
    list(readers.map(ask_once, [address] * CONNECTIONS, [page] * CONNECTIONS))
    with edited_practice() as (_, word, _):
        asked = readers.map(lambda _: ask_for(word, address, page), range(CONNECTIONS))
        return MILLISECONDS * max(asked)


def ask_for(word, address, page):
    return seconds(lambda: must_show(word, ask_once(address, page).body))


def must_show(text, body):
    if text not in plain(body):
        raise NotMeasuredError("an edit does not show in the next request")


@contextmanager
def edited_practice():
    """The first of the list, its new first word, and how many seconds it took to save it."""
    practice = Practice.objects.published().by_usefulness().first()
    name, word = practice.name_nl, f"Bewerking{next(numbers)}"
    practice.name_nl = f"{word} {name}"
    try:
        yield practice, word, seconds(practice.save)
    finally:
        practice.name_nl = name
        practice.save()


# --- Hostile texts -----------------------------------------------------------------------------


def hostile():
    """The slowest in milliseconds, and what was answered."""
    texts = hostile_texts()
    answer_hostile(ALL_WORDS)  # what a worker remembers is there
    statuses, times = {}, {}
    for name, text in texts.items():
        start = perf_counter()
        statuses[name] = answer_hostile(text)
        times[name] = perf_counter() - start
    slowest = sorted(times, key=times.get)[-MEASURED_AGAIN:]
    again = {name: typical(lambda name=name: answer_hostile(texts[name]), 3) for name in slowest}
    name = max(again, key=again.get)
    return again[name], f"{answers_told(statuses)}, the slowest to {name}"


def answer_hostile(text):
    """The status of the page; a text that is too long is refused before it is searched for."""
    status, _ = ask(environment(list_address(), {"q": text}))
    return status


def answers_told(statuses):
    counts = Counter(statuses.values())
    told = ", ".join(f"{number} × {status}" for status, number in sorted(counts.items()))
    return f"{len(statuses)} hostile texts answered {told}"


# --- The pages of a curator --------------------------------------------------------------------


def admin_pages():
    cookie, values = curator_cookie(), {}
    for name, path in admin_addresses().items():
        environ = environment(path, cookie=cookie)
        status, _ = ask(environ)
        if status != 200:
            raise NotMeasuredError(f"{path} answered {status}")
        values[f"admin {name}"] = typical(lambda environ=environ: ask(environ))
        values[f"asks {name}"] = number_of_questions(lambda environ=environ: ask(environ))
    return values
