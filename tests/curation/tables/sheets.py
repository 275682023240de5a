"""Tables as a curator's spreadsheet would send them, and their way in."""

import csv
import io

from openpyxl import Workbook

from curation.tables.importing import import_table
from curation.tables.limits import Limits
from curation.tables.planning import plan_import
from curation.tables.problems import TableError
from curation.tables.reading import read_table
from curation.tables.writing import table_as_csv
from practices.models import Practice

LIMITS = Limits(size=2_000_000, rows=1_000)


def sheet_of(rows, delimiter=",", encoding="utf-8"):
    """The bytes of a CSV file; the first row holds the headings."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def workbook_of(rows):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def read(data, limits=LIMITS):
    return read_table(io.BytesIO(data), len(data), limits)


def refusal(data, limits=LIMITS, may_publish=True):
    """What is said of a file that is refused, or nothing."""
    try:
        plan_import(read(data, limits), may_publish)
    except TableError as error:
        return [str(problem) for problem in error.problems]
    return []


def preview(data, may_publish=True):
    return plan_import(read(data), may_publish)


def bring_in(data, name="table.csv"):
    return import_table(read(data), name, may_publish=True)


def exported(**changes):
    """The rows of an export, heading first; `changes` are written into the only record."""
    rows = list(csv.reader(io.StringIO(table_as_csv(Practice.objects.all()).decode("utf-8-sig"))))
    for name, text in changes.items():
        rows[1][rows[0].index(name)] = text
    return rows


def everything():
    """Each table that an import could touch, as it stands."""
    practices = Practice.objects.order_by("pk")
    entries = Practice.history.order_by("history_id")
    return list(practices.values()), list(entries.values()), links()


def links():
    names = ("terms", "coverage", "seats", "help_languages", "partners")
    return {name: sorted(getattr(Practice, name).through.objects.values_list()) for name in names}
