"""What `load_content` promises to a curator: an edit always wins, a second load writes nothing."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from curation.content.load import OUTCOMES, load_content
from curation.models import LoadedField
from guide.models import HelpLine
from network.models import Actor, Source
from network.publishing import EditorialStatus
from practices.models import Practice, TaxonomyTerm
from search import version
from search.query import search
from tests.curation.content_folder import FILES, PRACTICE, RECORDS, change, make_folder
from tests.factories import make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(scope="module")
def first_load(django_db_setup, django_db_blocker, tmp_path_factory):
    """The counts of the first load; what it wrote is there in every test of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_content(make_folder(tmp_path_factory.mktemp("content")))
        transaction.set_rollback(True)


@pytest.fixture
def loaded(first_load, tmp_path):
    """The folder that was loaded, to change something in."""
    return make_folder(tmp_path)


def all_with(outcome):
    return {kind: outcomes(**{outcome: number}) for kind, number in RECORDS.items()}


def outcomes(**numbers):
    return Counter(dict.fromkeys(OUTCOMES, 0) | numbers)


def practice():
    return Practice.objects.get(code="VB01")


def found(words):
    return [hit.key for hit in search("practice", words, "nl")]


# --- What is loaded ----------------------------------------------------------------------------


def test_first_load_creates_every_record(first_load):
    second_turn = {
        "actor_relations": outcomes(unchanged=1),  # it has none
        "related_terms": outcomes(updated=2),
    }
    assert first_load == all_with("created") | second_turn


def test_first_load_fills_every_field(loaded):
    record = practice()
    citations = sorted(record.citations.values_list("field", "source__key", "certainty", "note"))

    assert (record.name_nl, record.name_fr, record.name_en) == (
        "Praattafel",
        "Table de parole",
        "Talking table",
    )
    assert record.lead_actor.code == "house"
    assert record.cost == "free"
    assert (record.operating_status, record.operating_status_date) == ("ended", "2019")
    assert sorted(record.coverage.values_list("code", flat=True)) == ["44021", "BE-BRU"]
    assert list(record.help_languages.values_list("code", flat=True)) == ["nl"]
    assert list(record.terms.values_list("taxonomy__code", "code")) == [("target_group", "parents")]
    assert list(record.contacts.values_list("kind", "value", "year", "source__key")) == [
        ("phone", "078 15 00 10", 2016, "T1"),
        ("website", "https://example.org/", None, "T2"),
    ]
    assert citations == [
        ("aims", "T1", "probable", "page 4"),
        ("cost", "T1", "stated", ""),
        ("coverage", "T2", "stated", ""),
        ("help_languages", "T2", "stated", ""),
        ("lead_actor", "T1", "stated", ""),
        ("method", "T1", "stated", ""),
        ("method", "T2", "stated", ""),
        ("name", "T1", "stated", ""),
        ("operating_status", "T1", "stated", ""),
        ("summary", "T1", "stated", ""),
        ("terms.target_group", "T1", "stated", ""),
    ]


def test_command_tells_counts(loaded, capsys):
    call_command("load_content", folder=loaded)

    assert capsys.readouterr().out.splitlines() == [
        f"{kind.replace('_', ' ')}: 0 created, 0 updated, 0 kept, {number} unchanged"
        for kind, number in RECORDS.items()
    ]


def test_second_load_writes_nothing(loaded):
    before = version.current()

    with CaptureQueriesContext(connection) as queries:
        counts = load_content(loaded)

    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert counts == all_with("unchanged")
    assert written == []
    assert version.current() == before


def test_load_after_an_undone_change_writes_nothing(loaded):
    change(loaded, PRACTICE, "nl: Steun.", "nl: Hulp.")
    load_content(loaded)
    change(loaded, PRACTICE, "nl: Hulp.", "nl: Steun.")
    load_content(loaded)

    counts = load_content(loaded)

    assert counts == all_with("unchanged")


def test_load_of_a_new_file_creates_only_that_record(loaded):
    text = FILES[PRACTICE].replace("VB01", "VB02").replace("parole", "femmes")
    text = text.replace("praattafel", "vrouwentafel").replace("talking-table", "womens-table")
    (loaded / "practices/VB02.yaml").write_text(text, encoding="utf-8")

    counts = load_content(loaded)

    assert counts == all_with("unchanged") | {"practice": outcomes(created=1, unchanged=1)}


def test_load_leaves_a_curators_own_practice_alone(loaded):
    make_practice(code="VB99", aims_nl="Van een curator")
    before = Practice.objects.filter(code="VB99").values().get()

    counts = load_content(loaded)

    assert counts == all_with("unchanged")
    assert Practice.objects.filter(code="VB99").values().get() == before
    assert not LoadedField.objects.filter(key="VB99").exists()


# --- What changes and what stays ---------------------------------------------------------------


def test_changed_field_is_updated(loaded):
    change(loaded, PRACTICE, "nl: Steun.", "nl: Hulp.")

    counts = load_content(loaded)

    assert counts["practice"] == outcomes(updated=1)
    assert (practice().aims_nl, practice().aims_fr) == ("Hulp.", "Soutien.")


def test_edited_field_is_kept_when_the_file_is_the_same(loaded):
    edited = practice()
    edited.aims_nl = "Van een curator"
    edited.save()

    counts = load_content(loaded)

    assert counts["practice"] == outcomes(kept=1)
    assert practice().aims_nl == "Van een curator"


def test_edited_field_is_kept_when_the_file_changes_it(loaded):
    edited = practice()
    edited.aims_nl = "Van een curator"
    edited.save()
    change(loaded, PRACTICE, "nl: Steun.", "nl: Hulp.")

    counts = load_content(loaded)

    assert counts["practice"] == outcomes(kept=1)
    assert practice().aims_nl == "Van een curator"


def test_edited_field_is_kept_while_others_are_updated(loaded):
    edited = practice()
    edited.aims_nl = "Van een curator"
    edited.save()
    change(loaded, PRACTICE, "nl: Steun.", "nl: Hulp.")
    change(loaded, PRACTICE, "nl: Luisteren.", "nl: Samen eten.")
    change(loaded, PRACTICE, "value: free", "value: paid")

    counts = load_content(loaded)

    assert counts["practice"] == outcomes(updated=1)
    assert practice().aims_nl == "Van een curator"
    assert practice().method_nl == "Samen eten."
    assert practice().cost == "paid"


def test_edited_field_is_kept_at_every_later_load(loaded):
    edited = practice()
    edited.aims_nl = "Van een curator"
    edited.save()

    for old, new in [("Support", "Help"), ("Help", "Care"), ("Care", "Hope")]:
        change(loaded, PRACTICE, f"en: {old}.", f"en: {new}.")
        load_content(loaded)

    assert (practice().aims_nl, practice().aims_en) == ("Van een curator", "Hope.")


def test_emptied_field_stays_empty(loaded):
    edited = practice()
    edited.method_nl = edited.method_fr = edited.method_en = ""
    edited.save()
    change(loaded, PRACTICE, "nl: Luisteren.", "nl: Samen eten.")

    load_content(loaded)

    assert practice().method_nl == ""


def test_edited_relation_is_kept(loaded):
    practice().contacts.all().delete()
    practice().terms.set(TaxonomyTerm.objects.filter(code="siblings"))
    change(loaded, PRACTICE, "078 15 00 10", "078 15 00 11")

    counts = load_content(loaded)

    assert counts["practice"] == outcomes(kept=1)
    assert not practice().contacts.exists()
    assert list(practice().terms.values_list("code", flat=True)) == ["siblings"]


def test_field_that_left_the_file_is_emptied(loaded):
    method = FILES[PRACTICE].splitlines(keepends=True)[7]
    cost = FILES[PRACTICE].splitlines(keepends=True)[10]
    change(loaded, PRACTICE, method, "")
    change(loaded, PRACTICE, cost, "")

    counts = load_content(loaded)

    assert counts["practice"] == outcomes(updated=1)
    assert (practice().method_nl, practice().method_fr, practice().method_en) == ("", "", "")
    assert practice().cost == ""
    assert not practice().citations.filter(field__in=["method", "cost"]).exists()


def test_relations_that_left_the_file_are_emptied(loaded):
    start = FILES[PRACTICE].index("terms:")
    change(loaded, PRACTICE, FILES[PRACTICE][start:], "")

    load_content(loaded)

    assert not practice().terms.exists()
    assert not practice().contacts.exists()
    assert not practice().citations.filter(field="terms.target_group").exists()


def test_edited_field_that_left_the_file_is_kept(loaded):
    edited = practice()
    edited.method_nl = "Van een curator"
    edited.save()
    method = FILES[PRACTICE].splitlines(keepends=True)[7]
    change(loaded, PRACTICE, method, "")

    load_content(loaded)

    assert (practice().method_nl, practice().method_fr) == ("Van een curator", "")


def test_operating_status_that_left_the_file_is_unknown(loaded):
    change(loaded, PRACTICE, 'operating_status: {value: ended, date: "2019", sources: [T1]}\n', "")

    load_content(loaded)

    assert (practice().operating_status, practice().operating_status_date) == ("unknown", "")


def test_entry_with_a_default_may_leave_the_file(loaded):
    change(loaded, "sources/list.yaml", "  kind: press\n", "")

    load_content(loaded)

    assert Source.objects.get(key="T1").kind == "website"


# --- What a load never touches -----------------------------------------------------------------


@pytest.mark.parametrize("model", [Practice, Actor, HelpLine])
def test_new_record_is_published(loaded, model):
    record = model.objects.get()

    assert record.editorial_status == EditorialStatus.PUBLISHED
    assert record.published_at is not None


@pytest.mark.parametrize(
    "status", [EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW, EditorialStatus.ARCHIVED]
)
def test_editorial_status_is_never_changed(loaded, status):
    unpublished = practice()
    unpublished.editorial_status = status
    unpublished.save()
    change(loaded, PRACTICE, "nl: Steun.", "nl: Hulp.")
    change(loaded, PRACTICE, "values: [parents]", "values: [siblings]")

    counts = load_content(loaded)

    assert counts["practice"] == outcomes(updated=1)
    assert practice().editorial_status == status
    assert found("praattafel") == []


def test_deleted_practice_is_never_recreated(loaded):
    practice().delete()
    change(loaded, PRACTICE, "nl: Steun.", "nl: Hulp.")

    counts = load_content(loaded)

    assert counts["practice"] == outcomes(kept=1)
    assert not Practice.objects.exists()
    assert found("praattafel") == []


def test_deleted_term_is_never_recreated(loaded):
    TaxonomyTerm.objects.get(code="parents").delete()

    counts = load_content(loaded)

    assert counts["term"] == outcomes(kept=1, unchanged=1)
    assert counts["practice"] == outcomes(kept=1)
    assert list(TaxonomyTerm.objects.values_list("code", flat=True)) == ["siblings"]


def test_deleted_help_line_is_never_recreated(loaded):
    HelpLine.objects.get().delete()

    counts = load_content(loaded)

    assert counts["help_line"] == outcomes(kept=1)
    assert not HelpLine.objects.exists()


def test_verified_on_is_not_set_by_the_first_load(loaded):
    assert practice().verified_on is None


def test_verified_on_is_not_changed_by_a_later_load(loaded):
    verified = practice()
    verified.verified_on = date(2026, 3, 1)
    verified.save()
    change(loaded, PRACTICE, "nl: Steun.", "nl: Hulp.")

    load_content(loaded)

    assert practice().verified_on == date(2026, 3, 1)


# --- What the search and the page see ----------------------------------------------------------


def test_changed_text_is_found(loaded):
    change(loaded, PRACTICE, "nl: Steun.", "nl: Troosten.")

    load_content(loaded)

    assert found("troosten") == ["VB01"]
    assert found("steun") == []


def test_changed_terms_are_found(loaded):
    change(loaded, PRACTICE, "values: [parents]", "values: [siblings]")

    load_content(loaded)

    assert list(practice().terms.values_list("code", flat=True)) == ["siblings"]
    assert found("zussen") == ["VB01"]
    assert found("fratrie") == ["VB01"]


def test_renamed_term_is_found(loaded):
    change(loaded, "taxonomies.yaml", "nl: ouders,", "nl: opvoeders,")

    load_content(loaded)

    assert found("opvoeders") == ["VB01"]


def test_renamed_actor_is_found(loaded):
    change(loaded, "actors/house.yaml", "nl: Het Huis", "nl: Het Anker")

    load_content(loaded)

    assert found("anker") == ["VB01"]
    assert found("huis") == []


def test_changed_coverage_is_found(loaded):
    change(loaded, PRACTICE, "BE-BRU]", '"11002"]')

    load_content(loaded)

    assert found("antwerpen") == ["VB01"]
    assert found("brussel") == []


def test_changed_contacts_are_updated(loaded):
    change(loaded, PRACTICE, '"078 15 00 10", year: 2016', '"078 15 00 11", year: 2021')

    counts = load_content(loaded)

    assert counts["practice"] == outcomes(updated=1)
    assert list(practice().contacts.values_list("value", "year", "order")) == [
        ("078 15 00 11", 2021, 0),
        ("https://example.org/", None, 1),
    ]


def test_changed_citations_are_updated(loaded):
    change(loaded, PRACTICE, "sources: [T1], certainty: probable, note: page 4", "sources: [T2]")
    before = version.current()

    counts = load_content(loaded)

    assert counts["practice"] == outcomes(updated=1)
    assert list(
        practice().citations.filter(field="aims").values_list("source__key", "certainty")
    ) == [("T2", "stated")]
    assert version.current() != before
