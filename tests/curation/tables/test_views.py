"""The way of a table through the admin: out by the list, in by a preview."""

import csv
import io
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from curation.models import ImportDraft
from practices.models import Practice
from tests.curation.tables.sheets import everything, exported, sheet_of
from tests.factories import make_practice
from tests.pages import links, text
from tests.staff import curator_client, make_account

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
LIST = "admin:practices_practice_changelist"
NAMES = ["code", "name_nl", "slug_nl", "summary_nl"]


@pytest.fixture
def curator():
    return curator_client()


def account_that_may(*acts):
    account = make_account(is_superuser=False)
    codenames = [*(f"{act}_practice" for act in acts), "write_nl", "write_fr", "write_en"]
    account.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return account


def send(client, data, name="table.csv"):
    upload = SimpleUploadedFile(name, data)
    return client.post(reverse("admin:practices_practice_import"), {"table": upload}, follow=True)


def agree(client, page, path=None):
    (found,) = re.findall(r'name="fingerprint" value="(\w+)"', page.content.decode())
    path = path or page.request["PATH_INFO"]
    return client.post(path, {"fingerprint": found}, follow=True)


def codes_in(response):
    lines = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    return [line["code"] for line in lines]


def new_rows(number):
    return [[f"XA{n:04d}", f"Naam {n}", f"slug-{n}", "Samenvatting"] for n in range(number)]


# --- Out ---------------------------------------------------------------------------------------


def test_list_leads_to_exports_with_its_own_filters(curator):
    make_practice("BE11", cost="free")
    make_practice("BE12", cost="paid")
    path = reverse("admin:practices_practice_export", args=["csv"])

    page = curator.get(reverse(LIST), {"cost__exact": "paid"})

    assert f"{path}?cost__exact=paid" in links(page)
    assert codes_in(curator.get(path, {"cost__exact": "paid"})) == ["BE12"]
    assert sorted(codes_in(curator.get(path))) == ["BE11", "BE12"]


def test_chosen_records_are_exported(curator):
    chosen = make_practice("BE11")
    make_practice("BE12")
    asked = {"action": "export_as_csv", "_selected_action": [chosen.pk]}

    response = curator.post(reverse(LIST), asked)

    assert codes_in(response) == ["BE11"]
    assert re.fullmatch(r'attachment; filename="practices-\d{4}-\d\d-\d\d.csv"',
                        response.headers["Content-Disposition"])  # fmt: skip


def test_workbook_is_exported(curator):
    make_practice("BE11")

    response = curator.get(reverse("admin:practices_practice_export", args=["xlsx"]))

    assert response.content.startswith(b"PK")


def test_unknown_format_and_unknown_filter_lead_nowhere(curator):
    assert curator.get(reverse("admin:practices_practice_export", args=["pdf"])).status_code == 404
    asked = reverse("admin:practices_practice_export", args=["csv"]) + "?colour=red"
    assert curator.get(asked).url == reverse(LIST)


def test_who_may_only_look_may_export_and_not_import():
    make_practice("BE11")
    client = curator_client(account_that_may("view"))

    page = client.get(reverse(LIST))

    assert reverse("admin:practices_practice_export", args=["csv"]) in links(page)
    assert reverse("admin:practices_practice_import") not in links(page)
    assert client.get(reverse("admin:practices_practice_import")).status_code == 403


@pytest.mark.parametrize("acts", [("view", "add"), ("view", "change")])
def test_import_needs_both_permissions(acts):
    client = curator_client(account_that_may(*acts))

    assert send(client, sheet_of([NAMES, *new_rows(1)])).status_code == 403
    assert Practice.objects.count() == 0


# --- In ----------------------------------------------------------------------------------------


def test_preview_shows_each_change_and_writes_nothing(curator):
    make_practice("BE11", name_nl="Oude naam")
    rows = exported(name_nl="Nieuwe naam")
    before = everything()

    page = send(curator, sheet_of(rows))

    assert everything() == before
    assert "Row 2: BE11 changed" in text(page)
    assert "name_nl Oude naam Nieuwe naam is written" in text(page)
    assert "new: 0 changed: 1 unchanged: 0 conflict: 0" in text(page)


def test_agreed_preview_is_written_once(curator):
    page = send(curator, sheet_of([NAMES, *new_rows(2)]), "mei 2026.csv")
    assert Practice.objects.count() == 0

    done = agree(curator, page)

    assert "2 records written." in text(done)
    practices = Practice.objects.order_by("code")
    assert [(one.code, one.editorial_status) for one in practices] == [
        ("XA0000", "draft"),
        ("XA0001", "draft"),
    ]
    newest = practices[0].history.get()
    assert newest.history_change_reason == "import: mei 2026.csv"
    assert newest.history_user is not None
    assert ImportDraft.objects.count() == 0
    assert agree(curator, page).status_code == 404


def test_what_is_refused_is_listed_and_kept_nowhere(curator):
    rows = new_rows(3)
    rows[1][3] = "x" * 301

    page = send(curator, sheet_of([[*NAMES, "colour"], *([*row, ""] for row in rows)]))

    assert "The file was refused. Nothing was changed." in text(page)
    assert "Row 1, column colour: The column is not known." in text(page)
    assert "Row 3, column summary_nl: Ensure this value has at most 300 characters" in text(page)
    assert ImportDraft.objects.count() == Practice.objects.count() == 0


def test_long_list_of_problems_is_cut(curator):
    rows = [[*row[:3], "x" * 301] for row in new_rows(205)]

    page = send(curator, sheet_of([NAMES, *rows]))

    assert page.content.decode().count("Ensure this value") == 200
    assert "And 5 more problems." in text(page)


def test_more_rows_than_a_browser_may_send_name_the_command(curator, settings):
    settings.TABLE_ROWS = 2

    page = send(curator, sheet_of([NAMES, *new_rows(3)]))

    assert "manage.py import_practices FILE" in text(page)
    assert ImportDraft.objects.count() == 0


def test_large_file_is_refused(curator, settings):
    settings.TABLE_SIZE = 100

    page = send(curator, sheet_of([NAMES, *new_rows(3)]))

    assert "The file is too large" in text(page)


def test_edit_after_the_preview_asks_for_another_look(curator):
    practice = make_practice("BE11", name_nl="Oud")
    page = send(curator, sheet_of(exported(name_nl="Uit de tabel")))
    practice.name_nl = "Met de hand"
    practice.save()
    before = everything()

    again = agree(curator, page)

    assert everything() == before
    assert "Records changed since this preview was made." in text(again)
    assert "name_nl Met de hand Uit de tabel Conflict:" in text(again)
    assert ImportDraft.objects.count() == 1


def test_commit_without_preview_writes_nothing(curator):
    page = send(curator, sheet_of([NAMES, *new_rows(1)]))

    curator.post(page.request["PATH_INFO"])

    assert Practice.objects.count() == 0


def test_draft_of_somebody_else_is_not_there(curator):
    page = send(curator, sheet_of([NAMES, *new_rows(1)]))
    path = page.request["PATH_INFO"]
    other = curator_client()

    assert other.get(path).status_code == 404
    assert agree(other, page, path).status_code == 404
    assert Practice.objects.count() == 0


def test_published_practice_is_left_to_who_may_publish():
    make_practice("BE11")
    data = sheet_of(exported(name_nl="Nieuw"))
    client = curator_client(account_that_may("view", "add", "change"))

    page = send(client, data)

    assert "only somebody who may publish changes it" in text(page)
    allowed = curator_client(account_that_may("view", "add", "change", "publish"))
    agree(allowed, send(allowed, data))
    assert Practice.objects.get().name_nl == "Nieuw"


def test_who_loses_the_right_meanwhile_writes_nothing():
    make_practice("BE11")
    account = account_that_may("view", "add", "change", "publish")
    client = curator_client(account)
    page = send(client, sheet_of(exported(name_nl="Nieuw")))
    account.user_permissions.remove(Permission.objects.get(codename="publish_practice"))
    before = everything()

    agree(client, page)

    assert everything() == before


def test_table_is_for_who_writes_every_language():
    account = account_that_may("view", "add", "change", "publish")
    account.user_permissions.remove(Permission.objects.get(codename="write_fr"))

    page = send(curator_client(account), sheet_of([NAMES, *new_rows(1)]))

    assert page.status_code == 403


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_pages_speak_each_language(curator, language):
    from tests.pages import address

    page = curator.get(address("admin:practices_practice_import", language=language))

    assert page.status_code == 200
    assert f'<html lang="{language}' in page.content.decode()
