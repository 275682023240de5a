import argparse
import signal
import sys

import django

from bench import NotMeasuredError
from bench.load import Clients, ask_once
from bench.pages import database_name, site_pages
from bench.paint import paint_report
from bench.report import progress, table
from bench.scale_report import scale_table
from bench.server import running_site

WARM_UP_SECONDS = 0.5


def main():
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        run(options)
    except (NotMeasuredError, OSError) as error:
        sys.exit(f"\nNot measured: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def read_options():
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--pages", action="store_true", help="only the pages, under gunicorn")
    parser.add_argument("--paint", action="store_true", help="only the largest paint, in Chromium")
    parser.add_argument("--scale", action="store_true", help="only the growing directory")
    parser.add_argument("--import", action="store_true", dest="tables", help="only the tables")
    parser.add_argument("--full", action="store_true", help="grow to 100,000 records")
    parser.add_argument("--rounds", type=int, default=3, help="of the pages")
    parser.add_argument("--seconds", type=float, default=3.0, help="per measurement of a page")
    options = parser.parse_args()
    if options.rounds < 1 or not options.seconds > 0:
        parser.error("rounds and seconds are numbers above zero")
    return options


def run(options):
    progress("preparing a database with all content")
    is_whole = not (options.pages or options.paint or options.scale or options.tables)
    with running_site() as address:
        if is_whole or options.pages:
            show(pages_report(address, options.rounds, options.seconds))
        if is_whole or options.paint:
            show(paint_report(address))
        if is_whole or options.scale:
            show(scale_report(address, options.full))
    if is_whole or options.tables:
        with running_site():  # the content alone again
            show(tables_report())


def show(report):
    progress("")
    print(f"{report}\n", flush=True)


def pages_report(address, rounds, seconds):
    pages = site_pages(address)
    answers = [ask_once(address, page) for page in pages]
    with Clients(address) as clients:
        rates = measure(clients, pages, rounds, seconds)
    title = f"{database_name()}; {rounds} rounds of {seconds:g} seconds per page"
    return f"{title}\n\n{table(pages, answers, rates)}"


def measure(clients, pages, rounds, seconds):
    """One list of rates per round. A round asks for every page, so a busy machine slows all."""
    progress("warming up")
    for page in pages:
        clients.rate(page, WARM_UP_SECONDS)
    return [measure_round(clients, pages, number, seconds) for number in range(1, rounds + 1)]


def measure_round(clients, pages, number, seconds):
    rates = []
    for page in pages:
        progress(f"round {number}: {page.name}")
        rates.append(clients.rate(page, seconds))
    return rates


def scale_report(address, is_full):
    django.setup()
    from bench.scale import FULL, measure_sizes  # models exist after django.setup() only

    found = measure_sizes(address, full=FULL if is_full else None)
    title = f"{database_name()}; medians in one warm process, in milliseconds unless it says so"
    return f"{title}\n\n{scale_table(found)}"


def tables_report():
    django.setup()
    from bench import tables  # models exist after django.setup() only

    return f"{database_name()}; {tables.report()}"


if __name__ == "__main__":
    main()
