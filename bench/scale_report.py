"""What the measurements of a growing directory come to, as one table."""

from collections.abc import Callable
from dataclasses import dataclass

CONTENT, SMALL, LARGE = range(3)  # positions among the measured sizes
COLUMNS = "{:<42}{} {:>10}  {}"
VALUE = " {:>9}"


@dataclass(frozen=True)
class Row:
    """One measurement at every size, and what is compared with what."""

    name: str
    key: str
    ratio: Callable | None = None
    target: str = ""
    is_met: Callable | None = None


def growth(key):
    return lambda found: found[LARGE].values[key] / found[SMALL].values[key]


def number_at_5000(key):
    return lambda found: found[SMALL].values[key]


def list_ratio(found):
    """Next to the constant view, so that another load on the machine does not count."""
    return found[LARGE].values["list to constant"] / found[CONTENT].values["list to constant"]


def speed_up(found):
    return found[LARGE].values["sql"] / found[LARGE].values["and"]


def at_most(limit):
    return {"target": f"≤ {limit:g}", "is_met": lambda ratio: ratio <= limit}


def at_least(limit):
    return {"target": f"≥ {limit:g}", "is_met": lambda ratio: ratio >= limit}


ROWS = (
    Row("list page, requests/s", "list", list_ratio, **at_least(0.9)),
    Row("list page, ratio to a constant view", "list to constant"),
    Row("search, 1 word, 3 filters, counts", "search 1", growth("search 1"), **at_most(4)),
    Row("search, 2 words, 3 filters, counts", "search 2", growth("search 2"), **at_most(4)),
    Row("search, 3 words, 3 filters, counts", "search 3", growth("search 3"), **at_most(4)),
    Row("search for all words with counts", "and", growth("and")),
    Row("the same counts in SQL, without the search", "sql", speed_up, **at_least(5)),
    Row("rebuild of the counts", "rebuild", growth("rebuild"), **at_most(5)),
    Row("edit: saving it", "save", growth("save")),
    Row("edit: the next list shows it", "edit, list", growth("edit, list")),
    Row("edit: the next search finds it", "edit, search", growth("edit, search")),
    Row("edit: the next list of another worker", "worker"),
    Row("edit: 8 lists of all workers at once", "workers"),
    Row("admin: first page", "admin first page", growth("admin first page")),
    Row("admin: list", "admin list", growth("admin list")),
    Row("admin: list, questions", "asks list", number_at_5000("asks list"), **at_most(15)),
    Row("admin: form", "admin form", growth("admin form")),
    Row("admin: form, questions", "asks form", number_at_5000("asks form"), **at_most(30)),
    Row("slowest hostile text", "hostile", growth("hostile")),
)


def scale_table(found):
    headings = [f"{measured.records:,}" for measured in found]
    lines = [line("records", headings, "ratio", "target")]
    lines += [line_of(row, found) for row in ROWS]
    return "\n".join([*lines, "", *explanation(found)])


def line_of(row, found):
    values = [shown(measured.values.get(row.key)) for measured in found]
    ratio = row.ratio(found) if row.ratio else None
    return line(row.name, values, "–" if ratio is None else f"{ratio:.2f}", judgement(row, ratio))


def line(name, values, ratio, target):
    return COLUMNS.format(name, "".join(VALUE.format(value) for value in values), ratio, target)


def shown(value):
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def judgement(row, ratio):
    if row.is_met is None:
        return "–"
    return f"{row.target} {'met' if row.is_met(ratio) else 'missed'}"


def explanation(found):
    small, large = (f"{found[position].records:,}" for position in (SMALL, LARGE))
    return [
        f"ratio: {small} → {large} records; of the list page {found[CONTENT].records} → {large}, "
        f"both next to the constant view; of questions the number at {small};",
        f"of the counts in SQL how many times slower they are at {large}, and both were equal.",
        "Index rows written in bulk equal those of saving each record, for the first 50.",
        *(measured.note for measured in found),
    ]
