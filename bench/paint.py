"""When a telephone of the cheap kind has painted the largest thing on a page, in Chromium."""

from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from threading import Thread

import django
from django.urls import reverse
from django.utils.translation import override

from bench import NotMeasuredError
from bench.pages import path_of_a_practice
from bench.report import progress
from bench.server import HOST
from tests.chromium import WITH_WINDOWS, WITHOUT_WINDOWS, chromium

CHROMIUM = chromium(WITH_WINDOWS, WITHOUT_WINDOWS)
NO_CHROMIUM = (
    "Largest paint: not measured, because Chromium is not installed; "
    "CHROMIUM names one that is not on the PATH."
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREEN = {"width": 360, "height": 640}
SLOWER = 4  # than this machine
ROUNDS = 5
SHOWN = 50  # characters of an address
SETTLED_MILLISECONDS = 500
LAST_PAINT = """() => new Promise(resolve => {
  const seen = list => resolve(list.getEntries().at(-1).startTime);
  new PerformanceObserver(seen).observe({type: "largest-contentful-paint", buffered: true});
})"""
STATIC = (
    b"<!doctype html><html lang='en'><meta charset='utf-8'><title>Constant</title>"
    b"<meta name='viewport' content='width=device-width'><h1>Constant</h1><p>A small page."
)
COLUMNS = "{:<15} {:>8} {:>7} {:>11}  {}"
HEADINGS = ("page", "LCP, ms", "ratio", "min–max", "path")


@dataclass(frozen=True)
class Painted:
    name: str
    origin: str
    path: str


def paint_report(address):
    if not CHROMIUM:
        return NO_CHROMIUM
    with static_page() as constant:
        pages = [constant, *pages_of(f"http://{address[0]}:{address[1]}")]
        rounds = measure(pages)
    title = (
        f"Largest contentful paint, {SCREEN['width']} × {SCREEN['height']}, processor {SLOWER} "
        f"times slower, nothing cached; median of {ROUNDS}, ratio to a small static page"
    )
    return f"{title}\n\n{paint_table(pages, rounds)}"


def pages_of(origin):
    django.setup()
    from care.sealing import seal  # settings exist after django.setup() only

    with override("nl"):
        answer = seal("situation=signs&relation=&place=1000")
        paths = {
            "home": reverse("home"),
            "list": reverse("practice_list"),
            "detail": path_of_a_practice(),
            "finder, answer": reverse("finder_answer", args=[answer]),
        }
    return [Painted(name, origin, path) for name, path in paths.items()]


@contextmanager
def static_page():
    """What any page costs on this machine: one answer without styles or scripts."""
    server = ThreadingHTTPServer((HOST, 0), StaticPage)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Painted("constant", f"http://{HOST}:{server.server_port}", "/")
    finally:
        server.shutdown()
        server.server_close()


class StaticPage(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(STATIC)))
        self.end_headers()
        self.wfile.write(STATIC)

    def log_message(self, *_):
        """The table tells enough."""


def measure(pages):
    """Milliseconds, one list per round. A round paints every page, so a busy machine slows all."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for page in pages:
            largest_paint(browser, page)  # what the server remembers is there
        return [measure_round(browser, pages, number) for number in range(1, ROUNDS + 1)]


def measure_round(browser, pages, number):
    progress(f"paint, round {number}")
    return [largest_paint(browser, page) for page in pages]


def largest_paint(browser, page):
    """Of a first visit: a context of its own has an empty cache."""
    context = browser.new_context(viewport=SCREEN)
    try:
        tab = context.new_page()
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        status = tab.goto(page.origin + page.path).status
        if status != 200:
            raise NotMeasuredError(f"{page.path} answered {status}")
        tab.wait_for_timeout(SETTLED_MILLISECONDS)
        return tab.evaluate(LAST_PAINT)
    finally:
        context.close()


def paint_table(pages, rounds):
    """The ratio of a page is to the first page in the same round."""
    by_page = list(zip(*rounds, strict=True))
    rows = [paint_row(page, times, by_page[0]) for page, times in zip(pages, by_page, strict=True)]
    return "\n".join(COLUMNS.format(*cells) for cells in [HEADINGS, *rows])


def paint_row(page, times, constant_times):
    ratios = [time / constant for time, constant in zip(times, constant_times, strict=True)]
    span = f"{min(ratios):.2f}–{max(ratios):.2f}"
    path = page.path if len(page.path) < SHOWN else f"{page.path[:SHOWN]}…"
    return page.name, f"{median(times):.0f}", f"{median(ratios):.2f}", span, path
