"""Whole days of work of curators: real clicks, and what readers and colleagues see of them."""

import csv
import re
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import follow, path_of, sign_in
from tests.curation.tables.sheets import sheet_of
from tests.staff import PASSWORD

CHANGE, LIST = "admin:practices_practice_change", "admin:practices_practice_changelist"
COLLEAGUES = {
    "publisher": "Publisher",
    "translator": "Translator",
    "editor": "Editor nl",
    "second editor": "Editor nl",
}
MAKE = f"""
import json
from datetime import timedelta
from django.utils import timezone
from care import second_factor
from practices.models import PracticeContact
from tests.factories import make_practice, make_source
from tests.staff import make_colleague, make_telephone

source = make_source(key="T-JOURNEY", publisher_en="Made-up gazette")

def make(code, name, number, **values):
    texts = {{f"{{field}}_{{code}}": f"{{text}} {{code}}" for code in ("nl", "fr", "en")
             for field, text in (("name", name), ("summary", "Begin van de tekst"))}}
    practice = make_practice(code, **texts | values)
    for kind, value in (("phone", number), ("email", f"{{code.lower()}}@a.example")):
        PracticeContact.objects.create(
            practice=practice, kind=kind, value=value, source=source, year=2018
        )
    return practice

def code_for(username, role):
    account = make_colleague(role, username=username)
    make_telephone(account)
    return second_factor.renew_recovery_codes(account)

long_ago = timezone.localdate() - timedelta(days=400)
made = {{
    "phone": make("ZJ01", "Kwispelbrug", "02 111 11 11"),
    "text": make("ZJ02", "Zwaluwnest", "02 222 22 22"),
    "due": make("ZJ03", "Lindewijzer", "02 333 33 33", verified_on=long_ago),
    "both": make("ZJ04", "Klaverpad", "02 444 44 44", editorial_status="draft", published_at=None),
    "public": make("ZJ05", "Torenlicht", "02 555 55 55"),
}}
codes = {{name: code_for(name, role) for name, role in {COLLEAGUES!r}.items()}}
print(json.dumps([{{name: [one.pk, one.code] for name, one in made.items()}}, codes]))
"""
REMOVE = f"""
from django.contrib.auth import get_user_model
from network.models import Source
from practices.models import Practice
Practice.objects.filter(code__startswith="ZJ").delete()
Source.objects.filter(key="T-JOURNEY").delete()
get_user_model().objects.filter(username__in={list(COLLEAGUES)}).delete()
"""


@pytest.fixture(scope="module")
def made(inside):
    """Practices that exist nowhere and the accounts of this module; both leave with it."""
    records, codes = inside(MAKE)
    yield records, {name: iter(own) for name, own in codes.items()}
    inside(REMOVE)


@pytest.fixture
def practices(made):
    return made[0]


@pytest.fixture
def come_in(made, new_context):
    """A page of a colleague who signs in through the form."""

    def signed_in(name, language="nl"):
        page = new_context().new_page()
        page.goto(path_of("admin:index", language))
        sign_in(page, name, next(made[1][name]), PASSWORD)
        assert page.locator("#user-tools").is_visible()
        return page

    return signed_in


def open_record(page, record, language="nl"):
    assert page.goto(path_of(CHANGE, language, record[0])).status == 200


def save(page):
    follow(page.locator("[name=_save]").first)


def saved(page):
    assert page.locator(".messagelist .success").count() == 1, page.locator("#content").inner_text()


def read(page, record, language="nl"):
    """The public page of a practice, as a reader opens it now."""
    assert page.goto(f"/p/{record[1]}").status == 200
    page.goto(page.locator(f"a[hreflang={language}]").first.get_attribute("href"))
    return page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def exported(page):
    """Code → row of the table that the list of records gives."""
    page.goto(path_of(LIST, "nl"))
    with page.expect_download() as download:
        page.click(".object-tools a[href*='export/csv']")
    with open(download.value.path(), encoding="utf-8-sig", newline="") as table:
        return {row["code"]: row for row in csv.DictReader(table)}


# --- One telephone number ----------------------------------------------------------------------


def test_new_telephone_number_is_everywhere_at_once(come_in, page, practices):
    record, curator = practices["phone"], come_in("publisher")
    assert "02 111 11 11" in read(page, record)
    assert exported(curator)[record[1]]["phone"] == "02 111 11 11"

    open_record(curator, record)
    assert curator.input_value("#id_contacts-0-value") == "02 111 11 11"
    curator.fill("#id_contacts-0-value", "02 999 88 77")
    curator.fill("#id_change_reason", "Gebeld: nieuw nummer")
    save(curator)
    saved(curator)

    for language in ("nl", "fr", "en"):
        text = read(page, record, language)
        assert "02 999 88 77" in text
        assert "02 111 11 11" not in text
        assert page.locator(".text-state").count() == 0
    assert page.locator("a[href='tel:029998877']").count() == 1
    page.goto(path_of("home", "nl"))
    page.fill("#q", "kwispelbrug")
    follow(page.locator("form.search button").first)
    (found,) = page.locator("[data-code]").all()
    assert found.get_attribute("data-code") == record[1]
    follow(found.locator("a").first)
    assert page.locator("a[href='tel:029998877']").is_visible()
    assert exported(curator)[record[1]]["phone"] == "02 999 88 77"
    open_record(curator, record)
    assert "verouderd" not in curator.locator(".object-tools").inner_text()
    curator.goto(path_of("translation_list", "nl"))
    assert record[1] not in curator.locator("#content").inner_text()
    curator.goto(path_of("admin:practices_practice_history", "nl", record[0]))
    newest = curator.locator(".act").first.inner_text()
    assert "Gebeld: nieuw nummer" in newest
    assert "02 111 11 11" in newest
    assert "02 999 88 77" in newest


# --- A new text, and its translation -----------------------------------------------------------


def test_new_dutch_text_is_translated_by_a_colleague(come_in, page, practices):
    record, curator = practices["text"], come_in("publisher")
    read(page, record, "fr")
    assert page.locator(".text-state").count() == 0

    open_record(curator, record)
    curator.fill("#id_summary_nl", "Begin van een andere tekst nl")
    save(curator)
    saved(curator)

    open_record(curator, record)
    assert "Frans: verouderd" in curator.locator(".object-tools").inner_text()
    read(page, record, "fr")
    notice = page.locator(".text-state")
    assert "Le texte en néerlandais a changé après celui-ci." in notice.inner_text()
    assert notice.locator("a[hreflang=nl]").count() == 1
    assert "Begin van een andere tekst" in read(page, record, "nl")
    assert page.locator(".text-state").count() == 0

    translator = come_in("translator", "fr")
    panel = translator.locator(".panel", has_text="À traduire")
    follow(panel.locator("a", has_text="Français"))
    row = translator.locator("section", has_text="Français").locator("tr", has_text=record[1])
    assert "dépassé" in row.inner_text()
    follow(row.locator("a"))
    changed = translator.locator("tr.has-changed")
    assert changed.count() == 1
    assert changed.locator("del").all_inner_texts() == ["de"]
    assert changed.locator("ins").all_inner_texts() == ["een andere"]
    translator.fill("#id_summary_fr", "Le début d'un autre texte")
    translator.check("[name=state][value=current]")
    follow(translator.locator("#content-main form [type=submit]"))
    saved(translator)

    assert "Le début d'un autre texte" in read(page, record, "fr")
    assert page.locator(".text-state").count() == 0
    read(page, record, "en")
    assert page.locator(".text-state").count() == 1
    open_record(curator, record)
    assert "Frans: bijgewerkt" in curator.locator(".object-tools").inner_text()
    curator.goto(path_of("translation_list", "nl"))
    waiting = curator.locator(f"tr:has(a[href$='/{record[0]}/translate/fr/'])")
    assert waiting.count() == 0


# --- A table -----------------------------------------------------------------------------------

HEADINGS = ["code", "name_nl", "slug_nl", "summary_nl", "cost"]
COUNT = "from practices.models import Practice; new = Practice.objects.filter(code__gt='ZJ1')"
WRITTEN = f"import json; {COUNT}; print(json.dumps([new.count(), new.published().count()]))"


def table(cost_of_row_121):
    rows = [
        [f"ZJ{n}", f"Verzonnen {n}", f"verzonnen-{n}", "Tekst", "free"] for n in range(100, 300)
    ]
    rows[119][4] = cost_of_row_121
    return {"name": "tabel.csv", "mimeType": "text/csv", "buffer": sheet_of([HEADINGS, *rows])}


def test_table_with_an_error_writes_nothing_and_the_corrected_one_all(come_in, page, inside, made):
    curator = come_in("publisher")
    curator.goto(path_of(LIST, "nl"))
    follow(curator.locator(".object-tools a[href$='/import/']"))

    curator.set_input_files("[type=file]", table("gratuit"))
    follow(curator.locator("#content [type=submit]"))

    assert curator.locator(".refusal li").count() == 1
    told = curator.locator(".refusal li").inner_text()
    assert "121" in told
    assert "cost" in told
    assert "gratuit" in told
    assert inside(WRITTEN) == [0, 0]

    curator.set_input_files("[type=file]", table("paid"))
    follow(curator.locator("#content [type=submit]"))

    assert curator.locator("#content h2").count() == 200
    assert curator.locator("#content ul li").first.inner_text().endswith(": 200")
    assert inside(WRITTEN) == [0, 0]

    follow(curator.locator("#content form [type=submit]"))

    saved(curator)
    assert "200" in curator.locator(".messagelist").inner_text()
    assert inside(WRITTEN) == [200, 0]
    curator.goto(path_of(LIST, "nl") + "?editorial_status__exact=draft&code__startswith=ZJ219")
    assert curator.locator("#result_list tbody tr").count() == 1
    assert page.goto("/p/ZJ219").status == 404


# --- An organisation says that all is right ------------------------------------------------------

QUEUED = """
import json
from post_office.models import Email
from tests.letters import text_of
mail = Email.objects.filter(to="zj03@a.example").latest("pk")
print(json.dumps(text_of(mail)))
"""
TICK = "from curation.tick import STEPS, run; run([s for s in STEPS if s.name != 'mails sent'])"
VERIFIED = """
import json
from practices.models import Practice
print(json.dumps(str(Practice.objects.get(code="ZJ03").verified_on)))
"""
TODAY = """
import json
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
with override("nl"):
    day = timezone.localdate()
    print(json.dumps([str(day), date_format(day, "DATE_FORMAT")]))
"""


def test_organisation_confirms_without_signing_in(page, inside, practices):
    record, today = practices["due"], inside(TODAY)
    before = inside(VERIFIED)
    inside(TICK)
    (link,) = re.findall(r"http\S+/nl/\S+", inside(QUEUED))
    address = urlsplit(link).path

    for _ in range(2):  # as a mail program looks at links, and then a person
        assert page.goto(address).status == 200
    assert inside(VERIFIED) == before != today[0]
    read(page, record)
    assert page.locator(".freshness.verified").count() == 0

    page.goto(address)
    follow(page.get_by_role("button", name="Klopt nog"))

    assert inside(VERIFIED) == today[0]
    read(page, record)
    assert page.locator(".freshness").inner_text() == f"✓ Nagekeken op {today[1]}"
    assert page.context.cookies() == []


# --- Two people, one record ----------------------------------------------------------------------


def test_two_editors_lose_nothing(come_in, practices):
    record = practices["both"]
    first, second = come_in("editor"), come_in("second editor")
    for page in (first, second):
        open_record(page, record)
    first.fill("#id_summary_nl", "De tekst van de eerste")
    first.fill("#id_waiting_nl", "Twee weken")
    second.fill("#id_summary_nl", "De tekst van de tweede")
    second.fill("#id_for_whom_nl", "Grootouders")
    save(first)
    saved(first)

    save(second)

    assert second.locator(".messagelist .success").count() == 0
    both = second.locator(".conflicts tbody tr")
    assert both.count() == 2
    summary = both.filter(has_text="De tekst van de eerste")
    assert "De tekst van de tweede" in summary.inner_text()
    assert "Twee weken" in both.filter(has_not_text="De tekst").inner_text()
    typed = {
        name: second.input_value(f"#id_{name}_nl") for name in ("summary", "waiting", "for_whom")
    }
    assert typed == {
        "summary": "De tekst van de tweede",
        "waiting": "Twee weken",
        "for_whom": "Grootouders",
    }
    save(second)
    saved(second)

    open_record(first, record)
    stored = {name: first.input_value(f"#id_{name}_nl") for name in typed}
    assert stored == typed
    first.goto(path_of("admin:practices_practice_history", "nl", record[0]))
    assert "De tekst van de eerste" in first.locator(".act").first.inner_text()


# --- Who may publish -----------------------------------------------------------------------------


def send(page, address, **values):
    """A request that no page of ours offers, with the cookies and the token of this person."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    form = {"csrfmiddlewaretoken": token, **values}
    return page.request.post(address, form=form, max_redirects=0)


def test_translator_cannot_publish(come_in, page, practices):
    record, translator = practices["both"], come_in("translator")
    public = practices["public"]

    open_record(translator, record)
    assert translator.locator("#practice_form [name]:not([type=hidden])").count() == 0
    assert translator.locator("[name=_save], [name=_continue]").count() == 0
    translator.goto(path_of(LIST, "nl"))
    offered = translator.locator("[name=action] option").evaluate_all(
        "all => all.map(o => o.value)"
    )
    assert set(offered) == {"", "export_as_csv", "export_as_xlsx"}

    acts = {
        path_of(CHANGE, "nl", record[0]): {"editorial_status": "published", "_save": "1"},
        path_of("admin:practices_practice_copy_act", "nl", public[0]): {"act": "apply"},
        path_of("admin:practices_practice_copy", "nl", public[0]): {"summary_nl": "Anders"},
    }
    refused = {address: send(translator, address, **form).status for address, form in acts.items()}
    assert refused == dict.fromkeys(acts, 403)
    chosen = {"action": "publish", "_selected_action": str(record[0]), "confirmed": "1"}
    send(translator, path_of(LIST, "nl"), **chosen)
    assert page.goto(f"/p/{record[1]}").status == 404
    send(translator, path_of(LIST, "nl"), **chosen | {"action": "unpublish"})
    assert "Torenlicht" in read(page, public)


def test_change_of_an_editor_waits_for_a_publisher(come_in, page, practices):
    record, editor = practices["public"], come_in("editor")
    old, new = "Begin van de tekst nl", "Een nieuwe tekst van de redacteur"

    open_record(editor, record)
    assert urlsplit(editor.url).path == path_of("admin:practices_practice_copy", "nl", record[0])
    assert editor.locator("[name=editorial_status]").count() == 0
    editor.fill("#id_summary_nl", new)
    save(editor)
    saved(editor)
    assert editor.locator("[name=act][value=apply]").count() == 0
    act = path_of("admin:practices_practice_copy_act", "nl", record[0])
    assert send(editor, act, act="apply").status == 403
    follow(editor.locator("[name=act][value=review]"))
    saved(editor)
    assert old in read(page, record)
    assert new not in read(page, record)

    publisher = come_in("publisher")
    panel = publisher.locator(".panel", has_text="Na te lezen en te publiceren")
    follow(panel.locator("a", has_text=record[1]))
    assert publisher.locator(".changes tbody tr").count() == 1
    assert new in publisher.locator(".changes").inner_text()
    follow(publisher.locator("[name=act][value=apply]"))
    saved(publisher)

    text = read(page, record)
    assert new in text
    assert old not in text
    open_record(editor, record)
    assert editor.input_value("#id_summary_nl") == new
