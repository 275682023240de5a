"""From records to a file that a spreadsheet opens and this room reads back unchanged."""

import csv
import io

from import_export.resources import Resource
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from curation.tables.columns import RELATED, all_columns
from curation.tables.formulas import neutral
from curation.tables.versions import newest_versions

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PracticeTable(Resource):
    """A dataset of practices, a column for each of `all_columns`."""

    def __init__(self):
        super().__init__()
        self.fields = all_columns()

    def iter_queryset(self, queryset):
        related = queryset.select_related("lead_actor", "successor").prefetch_related(*RELATED)
        for practices in chunks(super().iter_queryset(related), self.get_chunk_size()):
            versions = newest_versions(practice.pk for practice in practices)
            for practice in practices:
                practice.table_version = versions.get(practice.pk)
                yield practice

    def export_field(self, field, instance, **kwargs):
        return neutral(field.export(instance))


def chunks(things, size):
    held = []
    for thing in things:
        held.append(thing)
        if len(held) == size:
            yield held
            held = []
    yield held


def table_as_csv(practices) -> bytes:
    """With the mark by which spreadsheets recognise UTF-8."""
    return csv_of(PracticeTable().export(practices))


def csv_of(dataset):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([dataset.headers, *dataset])
    return text.getvalue().encode("utf-8-sig")


def table_as_xlsx(practices) -> bytes:
    return xlsx_of(PracticeTable().export(practices))


def xlsx_of(dataset):
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("practices")
    for row in [dataset.headers, *dataset]:
        sheet.append([text_cell(sheet, text) for text in row])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def text_cell(sheet, text):
    """A text whatever it looks like: nothing is computed, nothing becomes a date."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type, cell.number_format = "s", "@"
    return cell


FORMATS = {"csv": (table_as_csv, CSV_TYPE), "xlsx": (table_as_xlsx, XLSX_TYPE)}
