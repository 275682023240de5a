"""What a page may weigh on an old telephone: bytes, requests and nothing that jumps."""

import gzip
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PAGE_KINDS, public_path, visit
from tests.browser.dripping import dripping

# The others are met after the page that holds the form, or as a text without files.
KINDS = [*PAGE_KINDS, "bad_address", "forbidden", "fault"]
MOST_REQUESTS = 5
MOST_BYTES = {"document": 10_000, "stylesheet": 12_000, "script": 5_000, "other": 2_000}
SMALL, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => shifts.push(...list.getEntries().flatMap(entry =>
  entry.sources.map(source => source.node?.outerHTML?.slice(0, 80) ?? "?"))))
  .observe({type: "layout-shift", buffered: true});
"""
SHIFTS = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(shifts))))"""


def packed(response):
    """As many bytes as an answer has on the way, by the weaker of the two ways to pack it."""
    return len(gzip.compress(response.body(), 6))


def weights(page, kind, language):
    """Bytes per kind of file, and the paths that were asked for."""
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    visit(page, kind, language)
    found = {}
    for answer in answers:
        sort = answer.request.resource_type
        found[sort] = found.get(sort, 0) + packed(answer)
    return found, [urlsplit(answer.url).path for answer in answers]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_page_stays_light(page, kind, language):
    found, paths = weights(page, kind, language)

    assert {sort: size for sort, size in found.items() if size > MOST_BYTES.get(sort, 0)} == {}
    assert found["document"] > 500
    assert len(paths) <= MOST_REQUESTS, paths


@pytest.fixture(scope="module")
def slow_address(base_url):
    with dripping(base_url) as address:
        yield address


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["small", "wide"])
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_nothing_moves_while_a_page_arrives(page, slow_address, kind, size):
    page.set_viewport_size(size)
    page.add_init_script(WATCH_SHIFTS)
    page.goto(slow_address + public_path(kind, "fr"))

    assert page.evaluate(SHIFTS) == []


def test_what_moves_is_seen(page, base_url):
    page.add_init_script(WATCH_SHIFTS)
    page.goto(public_path("home", "fr"))
    page.evaluate("scrollTo(0, 0); document.querySelector('main').style.marginTop = '200px'")
    page.wait_for_timeout(100)

    assert page.evaluate(SHIFTS) != []
