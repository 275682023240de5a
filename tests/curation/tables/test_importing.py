"""What an import writes, what it refuses, and what it leaves to whoever was here last."""

from datetime import timedelta

import pytest
from django.utils import timezone

from curation.models import ImportDraft
from curation.tables.columns import all_columns
from curation.tables.drafts import forget_old, keep
from curation.tables.importing import carry_out
from curation.tables.planning import plan_import
from curation.tables.problems import TableError
from curation.tables.writing import table_as_csv, table_as_xlsx
from network.history import because
from network.publishing import EditorialStatus
from practices.models import Practice, PracticeContact
from practices.search import search_entry
from search.index import columns as index_columns
from search.models import Document
from search.query import search
from tests.curation.tables.sheets import (
    bring_in,
    everything,
    exported,
    preview,
    read,
    refusal,
    sheet_of,
)
from tests.factories import make_actor, make_language, make_practice, make_source, make_term
from tests.staff import make_account

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
GHENT, ANTWERP = "44021", "11002"
PLAIN = ("code", "name_nl", "slug_nl", "summary_nl")


def row(code, name="Naam", **values):
    return [code, name, code.lower(), f"Samenvatting van {code}", *values.values()]


def written(practice):
    return Practice.objects.get(pk=practice.pk)


def states(plan):
    return [(planned.record.code, planned.state) for planned in plan.rows]


def fates(plan):
    return {
        one.name: (one.told_before, one.told_after, one.fate)
        for planned in plan.rows
        for one in planned.differences
    }


# --- Out and in again --------------------------------------------------------------------------


def make_full_practice(code="BE11"):
    practice = make_practice(
        code,
        terms=[make_term("target_group", "parents"), make_term("aim", "safety")],
        coverage=[GHENT, ANTWERP],
        seats=[GHENT],
        help_languages=["nl", "fr"],
        lead_actor=make_actor(code=f"house-{code.lower()}"),
        first_contact_nl="+32 2 111 22 33",
        aims_fr="=1+1",
        context_en="- one\r\n- two",
        also_known_as="Praattafel\nTafel",
        cost=Practice.Cost.FREE,
        operating_status="ended",
        operating_status_date="2016-02",
    )
    practice.partners.set([make_actor(code=f"partner-{code.lower()}")])
    return practice


def test_columns_are_those_of_the_languages_and_never_the_plain_one():
    names = set(all_columns())

    assert {"name_nl", "name_fr", "name_en", "summary_nl"} <= names
    assert names.isdisjoint({"name", "slug", "summary", "context", "sort_name_nl"})


def test_export_tells_relations_by_their_codes():
    make_full_practice()

    headings, row = exported()

    told = dict(zip(headings, row, strict=True))
    wanted = {
        "code": "BE11",
        "lead_actor": "house-be11",
        "partners": "partner-be11",
        "coverage": f"{ANTWERP}|{GHENT}",
        "seats": GHENT,
        "help_languages": "fr|nl",
        "terms": "aim.safety|target_group.parents",
        "operating_status": "ended",
        "operating_status_date": "2016-02",
        "editorial_status": "published",
        "first_contact_nl": "+32 2 111 22 33",
        "aims_fr": "'=1+1",
    }
    assert {name: told[name] for name in wanted} == wanted


def test_export_keeps_every_street_inside():
    practice = make_practice()
    reached = {"practice": practice, "source": make_source()}
    PracticeContact.objects.create(kind="phone", value="+32 2 111 22 33", **reached)
    PracticeContact.objects.create(kind="address", value="Hidden Street 1", **reached)

    data = table_as_csv(Practice.objects.all()).decode()

    assert "+32 2 111 22 33" in data
    assert "Hidden Street" not in data


@pytest.mark.parametrize("write", [table_as_csv, table_as_xlsx])
def test_untouched_export_changes_nothing(write):
    make_full_practice("BE11")
    make_full_practice("BE12")
    before = everything()

    plan = bring_in(write(Practice.objects.all()))

    assert states(plan) == [("BE11", "unchanged"), ("BE12", "unchanged")]
    assert everything() == before


def test_export_asks_as_often_for_one_as_for_three(django_assert_num_queries):
    make_full_practice("BE11")
    with django_assert_num_queries(10):
        table_as_csv(Practice.objects.all())
    make_full_practice("BE12")
    make_full_practice("BE13")
    with django_assert_num_queries(10):
        table_as_csv(Practice.objects.all())


def test_every_field_that_may_be_imported_is_written_and_found():
    practice = make_full_practice()
    make_term("aim", "peace")
    make_actor(code="other")
    make_language("ar")
    changes = {
        "name_nl": "Nieuwe naam",
        "first_contact_nl": "+32 470 11 22 33",
        "lead_actor": "other",
        "partners": "other|house-be11",
        "coverage": ANTWERP,
        "seats": "",
        "help_languages": "ar",
        "terms": "aim.peace",
        "cost": "",
        "operating_status": "ended",
        "operating_status_date": "",
        "is_operating_status_date_unknown": "yes",
    }

    plan = bring_in(sheet_of(exported(**changes)), "mei.csv")

    now = dict(zip(*exported(), strict=True))
    assert {name: now[name] for name in changes} == changes | {"partners": "house-be11|other"}
    assert states(plan) == [("BE11", "changed")]
    assert [hit.key for hit in search("practice", "nieuwe naam", "nl")] == ["BE11"]
    entry = index_columns(search_entry(written(practice)))
    document = Document.objects.get(kind="practice", key="BE11")
    assert {name: getattr(document, name) for name in entry} == entry
    newest = practice.history.first()
    assert (newest.name_nl, newest.history_change_reason) == ("Nieuwe naam", "import: mei.csv")
    assert [row.place.code for row in newest.coverage.all()] == [ANTWERP]


def test_one_import_is_one_entry_in_the_history():
    practice = make_full_practice()
    entries = practice.history.count()

    bring_in(sheet_of(exported(name_nl="Nieuw", terms="", coverage="")))

    assert practice.history.count() == entries + 1


def test_same_file_twice_changes_nothing_the_second_time():
    make_full_practice()
    rows = exported(name_nl="Nieuw")
    new = {"code": "BE12", "name_nl": "Naam", "slug_nl": "naam", "summary_nl": "Samenvatting"}
    data = sheet_of([*rows, [new.get(name, "") for name in rows[0]]])
    assert states(bring_in(data)) == [("BE11", "changed"), ("BE12", "new")]
    before = everything()

    assert states(bring_in(data)) == [("BE11", "unchanged"), ("BE12", "unchanged")]
    assert everything() == before


# --- What never comes from a table -------------------------------------------------------------


def test_new_practice_is_a_draft_whatever_the_table_says():
    names = [*PLAIN, "editorial_status", "verified_on", "contacts_verified_on", "published_at",
             "publish_at"]  # fmt: skip
    told = ["published", "2026-01-01", "2026-01-01", "2026-01-01", "2020-01-01"]

    plan = bring_in(sheet_of([names, row("BE11") + told]))

    practice = Practice.objects.get(code="BE11")
    assert practice.editorial_status == EditorialStatus.DRAFT
    assert [practice.verified_on, practice.contacts_verified_on, practice.published_at,
            practice.publish_at] == [None] * 4  # fmt: skip
    assert plan.ignored == names[4:]
    assert search("practice", "Naam", "nl") == []


def test_status_and_verification_of_a_known_practice_stay():
    practice = make_practice("BE11", editorial_status="draft", published_at=None)
    before = everything()

    bring_in(sheet_of(exported(editorial_status="published", verified_on="2026-01-01")))

    assert everything() == before
    assert written(practice).is_published is False


def test_published_practice_is_changed_only_by_who_may_publish():
    make_practice("BE11")
    make_practice("BE12", editorial_status="draft", published_at=None)
    rows = exported(name_nl="Nieuw")
    rows[2][2] = "Ook nieuw"

    assert refusal(sheet_of(rows), may_publish=False) == [
        "Row 2: The practice is published: only somebody who may publish changes it."
    ]
    assert refusal(sheet_of([rows[0], rows[2]]), may_publish=False) == []
    assert refusal(sheet_of(exported()), may_publish=False) == []  # nothing changes


# --- Refused -----------------------------------------------------------------------------------


def test_every_problem_of_the_file_is_told_at_once():
    make_practice("BE12", slug_nl="taken")
    headings = [*PLAIN, "cost", "terms", "lead_actor", "coverage", "operating_status_date",
                "is_title_only", "colour"]  # fmt: skip
    rows = [
        headings,
        [*row("BE11"), "cheap", "aim.none", "nobody", "00000", "in May", "maybe", ""],
        ["BE13", "Naam", "taken", "Samenvatting", *[""] * 7],
        ["BE13", "Naam", "be13", "x" * 301, *[""] * 7],
        ["X1", "Naam", "Wrong slug!", "Samenvatting", *[""] * 7],
        ["", "Naam", "be15", "Samenvatting", *[""] * 7],
    ]
    before = everything()

    assert refusal(sheet_of(rows)) == [
        "Row 1, column colour: The column is not known.",
        "Row 2, column cost: “cheap” is none of: free, partly, paid.",
        "Row 2, column terms: “aim.none” does not exist.",
        "Row 2, column lead_actor: “nobody” does not exist.",
        "Row 2, column coverage: “00000” does not exist.",
        "Row 2, column operating_status_date: "
        "Write a year, a month or a day: 2016, 2016-02 or 2016-02-15.",
        "Row 2, column is_title_only: Write yes or no.",
        "Row 3, column slug_nl: “taken” is the address of BE12.",
        "Row 4, column code: BE13 stands in row 3 already.",
        "Row 4, column summary_nl: "
        "Ensure this value has at most 300 characters (it has 301).",
        "Row 5, column code: Enter a valid value.",
        "Row 5, column slug_nl: Enter a valid “slug” consisting of letters, numbers, "
        "underscores or hyphens.",
        "Row 6, column code: This field cannot be blank.",
    ]  # fmt: skip
    assert everything() == before


def test_address_is_refused_when_another_practice_has_it_in_any_language():
    make_practice("BE12", slug_fr="taken")
    columns = ["code", "name_nl", "slug_nl", "slug_en", "summary_nl"]
    rows = [["BE13", "N", "taken", "own", "S"], ["BE14", "N", "own", "own", "S"]]

    assert refusal(sheet_of([columns, *rows])) == [
        "Row 2, column slug_nl: “taken” is the address of BE12.",
        "Row 3, column slug_nl: “own” is the address of BE13.",
        "Row 3, column slug_en: “own” is the address of BE13.",
    ]


def test_table_without_codes_is_refused():
    assert refusal(sheet_of([["name_nl"], ["een"]])) == [
        "The column “code” is missing: it says which practice a row is about."
    ]


def test_table_without_rows_is_refused():
    assert refusal(sheet_of([["code", "name_nl"]])) == ["The file has no rows."]
    assert refusal(b"") == ["The column “code” is missing: it says which practice a row is about."]


def test_rule_about_several_columns_is_told():
    make_practice("BE11")

    assert refusal(sheet_of(exported(operating_status="ended"))) == [
        "Row 2: Say when it ended or was renamed, or tick that the date is unknown."
    ]


def test_version_of_another_practice_is_refused():
    make_practice("BE11")
    other = make_practice("BE12").history.first().history_id

    assert refusal(sheet_of([["code", "version", "name_nl"], ["BE11", other, "een"]])) == [
        f"Row 2, column version: {other} is no version of this practice."
    ]


ROWS = 5


@pytest.mark.parametrize("bad", range(ROWS))
def test_one_bad_row_of_many_changes_nothing(bad):
    make_practice("BE19")
    rows = [row(f"BE1{number}", f"Nieuw {number}") for number in range(ROWS)]
    rows[bad][3] = "x" * 301
    before = everything()

    with pytest.raises(TableError):
        bring_in(sheet_of([PLAIN, *rows]))

    assert everything() == before


@pytest.mark.parametrize("bad", range(ROWS))
def test_row_that_fails_while_it_is_written_takes_all_others_back(bad):
    """Between plan and writing somebody took the code of a row."""
    rows = [row(f"BE1{number}") for number in range(ROWS)]
    plan = plan_import(read(sheet_of([PLAIN, *rows])), may_publish=True)
    make_practice(f"BE1{bad}")
    before = everything()

    with pytest.raises(TableError) as caught:
        carry_out(plan, "table.csv")

    assert str(caught.value.told[0]).startswith("Records changed since this preview was made.")
    assert everything() == before


# --- Newer edits -------------------------------------------------------------------------------


def change(practice, **values):
    practice = written(practice)
    for name, value in values.items():
        setattr(practice, name, value)
    with because("by hand"):
        practice.save()


def test_newer_edit_is_shown_as_a_conflict_and_stays():
    practice = make_practice("BE11", name_nl="Oud", aims_nl="Doel")
    table = exported(name_nl="Uit de tabel", aims_nl="Nieuw doel")
    change(practice, name_nl="Met de hand")

    plan = bring_in(sheet_of(table))

    assert states(plan) == [("BE11", "conflict")]
    assert fates(plan) == {
        "name_nl": ("Met de hand", "Uit de tabel", "conflicting"),
        "aims_nl": ("Doel", "Nieuw doel", "written"),
    }
    assert written(practice).name_nl == "Met de hand"
    assert written(practice).aims_nl == "Nieuw doel"


def test_newer_edit_that_the_table_does_not_touch_is_shown_and_stays():
    practice = make_practice("BE11", name_nl="Oud")
    table = exported()
    change(practice, name_nl="Met de hand")

    plan = bring_in(sheet_of(table))

    assert states(plan) == [("BE11", "unchanged")]
    assert fates(plan) == {"name_nl": ("Met de hand", "Oud", "newer")}
    assert written(practice).name_nl == "Met de hand"


def test_newer_edit_of_relations_is_a_conflict_too():
    practice = make_practice("BE11", coverage=[GHENT], lead_actor=make_actor(code="first"))
    make_actor(code="second")
    third = make_actor(code="third")
    table = exported(coverage="", lead_actor="second")
    change(practice, lead_actor=third)
    practice.coverage.add(*practice.coverage.model.objects.filter(code=ANTWERP))

    plan = bring_in(sheet_of(table))

    assert fates(plan) == {
        "lead_actor": ("third", "second", "conflicting"),
        "coverage": (f"{ANTWERP}|{GHENT}", "", "conflicting"),
    }


def test_edit_that_was_taken_back_is_no_conflict():
    practice = make_practice("BE11", name_nl="Oud")
    table = exported(name_nl="Uit de tabel")
    change(practice, name_nl="Met de hand")
    change(practice, name_nl="Oud")

    assert fates(bring_in(sheet_of(table))) == {"name_nl": ("Oud", "Uit de tabel", "written")}


def test_row_without_version_only_fills_what_is_empty():
    practice = make_practice("BE11", name_nl="Oud", aims_nl="", method_nl="Methode")
    columns = ["code", "name_nl", "aims_nl", "method_nl"]

    plan = bring_in(sheet_of([columns, ["BE11", "Nieuw", "Doel", ""]]))

    assert fates(plan) == {
        "name_nl": ("Oud", "Nieuw", "conflicting"),
        "aims_nl": ("", "Doel", "written"),
    }
    now = written(practice)
    assert (now.name_nl, now.aims_nl, now.method_nl) == ("Oud", "Doel", "Methode")


def test_edit_between_plan_and_writing_is_never_overwritten():
    practice = make_practice("BE11", name_nl="Oud")
    plan = preview(sheet_of(exported(name_nl="Uit de tabel")))
    change(practice, aims_nl="Met de hand")
    before = everything()

    with pytest.raises(TableError):
        carry_out(plan, "table.csv")

    assert everything() == before


# --- What waits --------------------------------------------------------------------------------


def test_drafts_are_forgotten_after_a_day():
    make_practice("BE11")
    table = read(sheet_of(exported()))
    old, young = (keep(table, name, make_account()) for name in ("old.csv", "young.csv"))
    ImportDraft.objects.filter(pk=old.pk).update(
        created_at=timezone.now() - timedelta(hours=24, minutes=1)
    )

    assert forget_old() == 1
    assert list(ImportDraft.objects.all()) == [young]
