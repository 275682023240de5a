"""What the measurements come to, as one table."""

import sys
from statistics import median

COLUMNS = "{:<10} {:>10} {:>7} {:>15} {:>15} {:>10}  {}"
BAR_WIDTH = 30
HEADINGS = ("page", "requests/s", "ratio", "min–max", "target", "gzip bytes", "path")


def progress(text):
    """On a terminal each text replaces the one before it."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
    elif text:
        print(text, file=sys.stderr, flush=True)


def progress_bar(text, done, total):
    filled = BAR_WIDTH * done // total
    bar = "#" * filled + "." * (BAR_WIDTH - filled)
    progress(f"{text} [{bar}] {done:,} of {total:,}")


def table(pages, answers, rounds):
    """The ratio of a page is to the first page in the same round."""
    rates = list(zip(*rounds, strict=True))
    rows = [
        row(page, answer, page_rates, ratios(page_rates, rates[0]))
        for page, answer, page_rates in zip(pages, answers, rates, strict=True)
    ]
    return "\n".join(COLUMNS.format(*cells) for cells in [HEADINGS, *rows])


def ratios(rates, constant_rates):
    return [rate / constant for rate, constant in zip(rates, constant_rates, strict=True)]


def row(page, answer, rates, ratios):
    return (
        page.name,
        f"{median(rates):.0f}",
        f"{median(ratios):.3f}",
        f"{min(ratios):.3f}–{max(ratios):.3f}",
        judgement(page.target, median(ratios)),
        len(answer.body) if answer.header("Content-Encoding") == "gzip" else "–",
        page.path,
    )


def judgement(target, ratio):
    if target is None:
        return "–"
    return f"≥ {target:.2f} {'met' if ratio >= target else 'missed'}"
