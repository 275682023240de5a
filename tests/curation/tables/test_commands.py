from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from practices.models import Practice
from tests.curation.tables.sheets import everything, exported, sheet_of
from tests.factories import make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def run(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_exported_file_is_imported_without_a_change(tmp_path, kind):
    make_practice("BE11")
    make_practice("BE12")
    path, before = tmp_path / f"all.{kind}", everything()

    assert run("export_practices", str(path)) == "exported: 2 practices\n"
    assert run("import_practices", str(path)) == (
        "imported: 0 new, 0 changed, 2 unchanged, 0 conflict\n"
    )
    assert everything() == before


def test_import_tells_what_it_did_and_what_it_left(tmp_path):
    practice = make_practice("BE11", name_nl="Oud")
    path = tmp_path / "table.csv"
    rows = exported(name_nl="Uit de tabel", aims_nl="Doel")
    practice.name_nl = "Met de hand"
    practice.save()
    path.write_bytes(sheet_of(rows))

    assert run("import_practices", str(path), "--dry-run") == (
        "would be imported: 0 new, 0 changed, 0 unchanged, 1 conflict\n"
        "conflict, not written: row 2, BE11: name_nl\n"
    )
    assert Practice.objects.get().aims_nl != "Doel"
    run("import_practices", str(path))
    practice = Practice.objects.get()
    assert (practice.name_nl, practice.aims_nl) == ("Met de hand", "Doel")
    assert practice.history.first().history_change_reason == "import: table.csv"


def test_import_refuses_with_every_problem(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(sheet_of([["code", "colour"], ["X", "red"]]))

    with pytest.raises(CommandError) as caught:
        run("import_practices", str(path))

    assert str(caught.value).splitlines() == [
        "Row 1, column colour: The column is not known.",
        "Row 2, column code: Enter a valid value.",
        "Row 2, column name_nl: This field cannot be blank.",
        "Row 2, column slug_nl: This field cannot be blank.",
        "Row 2, column summary_nl: This field cannot be blank.",
        "Nothing was changed.",
    ]


def test_command_reads_more_rows_than_the_browser(tmp_path, settings):
    settings.TABLE_ROWS = 1
    path = tmp_path / "table.csv"
    rows = [[f"XA000{n}", f"Naam {n}", f"slug-{n}", "Samenvatting"] for n in range(3)]
    path.write_bytes(sheet_of([["code", "name_nl", "slug_nl", "summary_nl"], *rows]))

    assert run("import_practices", str(path)) == (
        "imported: 3 new, 0 changed, 0 unchanged, 0 conflict\n"
    )


def test_missing_file_and_other_endings_are_refused(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run("import_practices", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="must end in"):
        run("export_practices", str(tmp_path / "all.pdf"))
