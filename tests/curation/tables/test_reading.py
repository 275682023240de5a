"""Encodings, delimiters and workbooks: read as they were meant, or refused with the place."""

import io
import random
import zipfile
from datetime import date

import pytest
from django.template.defaultfilters import filesizeformat

from curation.tables.limits import Limits
from curation.tables.problems import TableError
from curation.tables.writing import xlsx_of
from tests.curation.tables.sheets import LIMITS, read, sheet_of, workbook_of

ROWS = [["code", "name_fr", "name_nl"], ["BE11", "École d’été – œuvre", "Één; twee, drie\tvier"]]
LATIN = [["code", "name_fr", "name_nl"], ["BE11", "École d'été", "Één"]]
READ = [(2, ROWS[1])]


def refused(data, limits=LIMITS):
    with pytest.raises(TableError) as caught:
        read(data, limits)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be",
                                      "cp1252"])  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_recognised(encoding, delimiter):
    table = read(sheet_of(ROWS, delimiter, encoding))

    assert table.columns == ROWS[0]
    assert table.rows == READ


def test_latin_1_is_recognised():
    assert read(sheet_of(LATIN, ";", "latin-1")).rows == [(2, LATIN[1])]


def test_broken_letter_is_refused_with_its_place():
    data = sheet_of([*ROWS, ["BE12", "été", "Één"]]).replace("Één\r".encode(), b"\xc3n\r")

    assert refused(data) == [
        "Row 3, column name_nl: A letter cannot be read. Save the file as UTF-8."
    ]


def test_byte_that_windows_does_not_know_is_refused_with_its_place():
    data = sheet_of([["code", "name_nl"], ["BE11", "een"], ["BE12", "tw~e"]]).replace(b"~", b"\x81")

    assert refused(data) == [
        "Row 3, column name_nl: A letter cannot be read. Save the file as UTF-8."
    ]


def test_half_a_letter_of_utf_16_is_refused_with_its_place():
    data = sheet_of(ROWS, encoding="utf-16-le")[:-5]

    assert refused(data) == [
        "Row 2, column name_nl: A letter cannot be read. Save the file as UTF-8."
    ]


def test_lines_in_a_cell_stay_and_rows_count_as_in_a_spreadsheet():
    table = read(b'code,name_nl\r\nBE11,"een\r\ntwee"\r\n,\r\nBE12,drie\r\n')

    assert table.rows == [(2, ["BE11", "een\ntwee"]), (4, ["BE12", "drie"])]


def test_short_row_and_value_without_heading_are_told():
    table = read(b"code,name_nl,name_fr\nBE11,een\nBE12,een,un,one\n")

    assert [str(problem) for problem in table.problems] == [
        "Row 2, column name_nl: The row has 2 cells, the headings have 3.",
        "Row 3: There is a value without a heading: “one”.",
    ]


def test_open_quotation_mark_is_refused_with_its_row():
    assert refused(b'code,name_nl\nBE11,een\nBE12,"twee\n') == [
        "Row 3: The row cannot be read: a quotation mark is missing, or a cell is too long."
    ]


def test_character_that_no_database_holds_is_told():
    table = read(b"code,name_nl\nBE11,e\0n\n")

    assert [str(problem) for problem in table.problems] == [
        "Row 2, column name_nl: There is a character that no text holds."
    ]


# --- Workbooks ---------------------------------------------------------------------------------


def test_values_that_a_spreadsheet_retyped_are_texts_again():
    table = read(workbook_of([["code", "a", "b", "c", "d"], ["BE11", 2018, 2.5, True, None]]))

    assert table.rows == [(2, ["BE11", "2018", "2.5", "yes", ""])]


def test_day_of_a_spreadsheet_is_a_reduced_date():
    assert read(workbook_of([["code", "d"], ["BE11", date(2016, 2, 15)]])).rows == [
        (2, ["BE11", "2016-02-15"])
    ]


def test_formula_is_refused_with_row_and_column():
    table = read(workbook_of([["code", "name_nl"], ["BE11", "een"], ["BE12", "=1+1"]]))

    assert [str(problem) for problem in table.problems] == [
        "Row 3, column name_nl: There is a formula. Put its result there as plain text."
    ]


def test_text_that_looks_like_a_formula_is_text():
    class Headed(list):
        headers = ("code", "name_nl")

    table = read(xlsx_of(Headed([("BE11", "=1+1")])))

    assert (table.rows, table.problems) == ([(2, ["BE11", "=1+1"])], [])


def test_workbook_with_a_cell_far_away_is_refused_at_once():
    far_right = workbook_with(b'<row r="1"><c r="XFD1" t="inlineStr"><is><t>a</t></is></c></row>')
    far_down = workbook_with(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')

    assert refused(far_right) == ["Row 1: There are more than 300 columns."]
    assert refused(far_down)[0].startswith("The file has more than 1000 rows.")


def workbook_with(rows=b"", before=b"", **others):
    """A workbook whose sheet was written by hand."""
    packed = io.BytesIO(workbook_of([["code"]]))
    changed = io.BytesIO()
    sheet = (
        before
        + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + b"<sheetData>"
        + rows
        + b"</sheetData></worksheet>"
    )
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(changed, "w", 8) as new:
        for entry in old.infolist():
            is_sheet = entry.filename == "xl/worksheets/sheet1.xml"
            new.writestr(entry.filename, sheet if is_sheet else old.read(entry))
        for name, content in others.items():
            new.writestr(name, content)
    return changed.getvalue()


def test_zip_bomb_is_refused_before_it_is_read():
    bomb = workbook_with(**{"xl/media": b"\0" * 60_000_000})

    assert len(bomb) < 100_000
    assert refused(bomb) == ["The file unpacks to far more than a table holds."]


def test_bomb_that_lies_about_its_size_unpacks_to_no_more_than_it_says():
    bomb = workbook_with(b" " * 30_000_000)
    honest = zipfile.ZipFile(io.BytesIO(bomb)).getinfo("xl/worksheets/sheet1.xml").file_size
    lying = bomb.replace(honest.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))

    assert lying != bomb
    assert refused(lying) == ["The workbook is damaged and cannot be read."]


def test_archive_of_many_entries_is_refused():
    crowd = workbook_with(**{f"xl/{number}.xml": b"" for number in range(300)})

    assert refused(crowd) == ["The file unpacks to far more than a table holds."]


DECLARED = {"first": b'<!DOCTYPE a [<!ENTITY b "c">]>', "between two pieces": b"<!doctype a>"}


@pytest.mark.parametrize("where", DECLARED)
def test_declared_entities_are_refused(where):
    noise = b"<!-- " + random.Random(1).randbytes(600_000).hex().encode()[: 2**20 - 15] + b" -->"
    before = b"" if where == "first" else noise

    assert refused(workbook_with(before=before + DECLARED[where])) == [
        "The workbook holds declarations that no table needs."
    ]


@pytest.mark.parametrize("data", [b"PK\x03\x04 and no more", workbook_of([["code"]])[:900]])
def test_damaged_workbook_is_refused(data):
    assert refused(data) == ["The workbook is damaged and cannot be read."]


def test_old_workbook_is_refused():
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") == [
        "This is an old kind of workbook. Save it as .xlsx or as CSV."
    ]


class Unread(io.BytesIO):
    def read(self, *args):
        raise AssertionError("read before its size was looked at")


def test_large_file_is_refused_unread():
    from curation.tables.reading import read_table

    with pytest.raises(TableError) as caught:
        read_table(Unread(), 50_000_000, LIMITS)

    told = f"The file is too large: {filesizeformat(50_000_000)}. The most is 1.9\xa0MB."
    assert [str(problem) for problem in caught.value.problems] == [told]


def test_too_many_rows_name_the_command():
    rows = [["code"], *([f"XA{number:04d}"] for number in range(6))]

    assert refused(sheet_of(rows), Limits(size=1_000, rows=5)) == [
        "The file has more than 5 rows. Ask who runs the site to load it with "
        "“manage.py import_practices FILE”."
    ]
    assert len(read(sheet_of(rows), Limits(size=1_000, rows=6)).rows) == 6
