import argparse
import signal
import sys

from bench import NotMeasuredError
from bench.load import Clients, ask_once
from bench.pages import database_name, site_pages
from bench.report import progress, table
from bench.server import running_site

WARM_UP_SECONDS = 0.5


def main():
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        report = run(options.rounds, options.seconds)
    except (NotMeasuredError, OSError) as error:
        sys.exit(f"\nNot measured: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    progress("")
    print(report)


def read_options():
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="per measurement")
    options = parser.parse_args()
    if options.rounds < 1 or not options.seconds > 0:
        parser.error("rounds and seconds are numbers above zero")
    return options


def run(rounds, seconds):
    progress("preparing a database with all content")
    with running_site() as address:
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


if __name__ == "__main__":
    main()
