"""From a file to rows of texts, or a refusal that tells every place that cannot be read."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from curation.tables.encodings import decoded, delimiter_of
from curation.tables.formulas import restored
from curation.tables.limits import (
    MOST_COLUMNS,
    is_workbook,
    refuse_bombs,
    refuse_large,
)
from curation.tables.problems import Problem, TableError

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
LONGEST_CELL = 100_000


@dataclass
class Table:
    columns: list
    rows: list  # (number, texts in the order of the columns)
    problems: list = field(default_factory=list)

    def cells(self):
        """(number, column → text) of each row."""
        for number, texts in self.rows:
            yield number, dict(zip(self.columns, texts, strict=True))


def read_table(stream, size, limits) -> Table:
    """`stream` is an open binary file; its size is looked at before anything else."""
    refuse_large(size, limits)
    start = stream.read(8)
    stream.seek(0)
    if start.startswith(OLD_WORKBOOK):
        raise TableError.about(_("This is an old kind of workbook. Save it as .xlsx or as CSV."))
    read = rows_of_workbook if is_workbook(start) else rows_of_text
    return table_of(read(stream, limits), limits)


def table_of(lines, limits):
    """`lines` are lists of (text, problem) pairs; the first one holds the headings."""
    headings = [text.strip() for text, _problem in next(lines, [])]
    while headings and not headings[-1]:
        headings.pop()
    table = Table(headings, [])
    for number, line in enumerate(lines, start=2):
        if any(text.strip() for text, _problem in line):
            add_row(table, number, line, limits)
    return table


def add_row(table, number, line, limits):
    if len(table.rows) >= limits.rows:
        raise TableError.about(too_many_rows(limits))
    table.problems += problems_of(table.columns, number, line)
    width = len(table.columns)
    texts = [text for text, _problem in line[:width]]
    table.rows.append((number, texts + [""] * (width - len(texts))))


def too_many_rows(limits):
    return _(
        "The file has more than %(most)s rows. Ask who runs the site to load it with "
        "“manage.py import_practices FILE”."
    ) % {"most": limits.rows}


def problems_of(columns, number, line):
    for place, (text, problem) in enumerate(line):
        column = columns[place] if place < len(columns) else ""
        if problem:
            yield Problem(problem, number, column)
        elif "\0" in text:
            yield Problem(_("There is a character that no text holds."), number, column)
        elif text.strip() and not column:
            yield Problem(_("There is a value without a heading: “%s”.") % text[:40], number)


# --- Text --------------------------------------------------------------------------------------


def rows_of_text(stream, limits):
    text = decoded(stream.read())
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    read = width = 0
    try:
        for line in reader:
            read, width = read + 1, width or len(line)
            yield [(plain(cell), short(line, width, place)) for place, cell in enumerate(line)]
    except csv.Error:
        message = _("The row cannot be read: a quotation mark is missing, or a cell is too long.")
        raise TableError.about(message, read + 1) from None


def short(line, width, place):
    """The last cell of a row that misses some carries the problem."""
    if 0 < len(line) < width and place == len(line) - 1 and any(line):
        numbers = {"found": len(line), "wanted": width}
        return _("The row has %(found)s cells, the headings have %(wanted)s.") % numbers
    return ""


def plain(text):
    return restored(text).replace("\r\n", "\n").replace("\r", "\n")


# --- Workbooks ---------------------------------------------------------------------------------


def rows_of_workbook(stream, limits):
    try:
        refuse_bombs(stream, limits)
        stream.seek(0)
        yield from lines_of_sheet(load_workbook(stream, read_only=True), limits)
    except TableError:
        raise
    except Exception:  # a library that meets a broken workbook raises whatever comes first
        raise TableError.about(_("The workbook is damaged and cannot be read.")) from None


def lines_of_sheet(workbook, limits):
    sheet = workbook.worksheets[0]
    sheet.reset_dimensions()  # what the file claims to be its size is nothing to go by
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > limits.rows * 2 + 1:
            raise TableError.about(too_many_rows(limits))
        if len(cells) > MOST_COLUMNS:
            raise TableError.about(_("There are more than %s columns.") % MOST_COLUMNS, number)
        yield [cell_of(cell) for cell in cells]


def cell_of(cell):
    if cell.data_type == "f":
        return "", _("There is a formula. Put its result there as plain text.")
    if cell.data_type == "e":
        return "", _("There is an error of the spreadsheet: %s.") % cell.value
    return plain(text_of(cell.value)), ""


def text_of(value):
    """What a spreadsheet made of a text on its own account is told as a text again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
