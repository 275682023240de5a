"""Records that exist nowhere, and the way to each page on which a curator works with them."""

import re

from tests.browser.conftest import follow, path_of
from tests.curation.tables.sheets import sheet_of

PRACTICE, TERM = "admin:practices_practice", "admin:practices_taxonomyterm"
MAKE = """
import json
from datetime import datetime, timezone, date
from curation.accounts.models import Invitation
from curation.copies.acts import keep_copy
from curation.copies.slots import values_of
from curation.models import WorkingCopy
from curation.verification.models import CheckMail
from network.history import because
from network.translations import mark
from practices.models import Citation, Practice, PracticeContact, SituationRule, TaxonomyTerm
from search.models import SynonymGroup
from tests.factories import make_actor, make_practice, make_source, make_suggestion
from tests.staff import make_colleague

NAMES = {
    "nl": "Oefenhuis De Maankikker",
    "fr": "La Grenouille lunaire, fiche d'exercice",
    "en": "The Moon Frog, a made-up practice",
}
TEXTS = {
    "nl": "We luisteren naar je verhaal, ook als je nog twijfelt. Bellen mag elke dag.",
    "fr": "Nous écoutons votre histoire, même si vous doutez encore. Appelez chaque jour.",
    "en": "We listen to your story, also when you are not sure yet. Call any day.",
}

def texts(field, values):
    return {f"{field}_{language}": text for language, text in values.items()}

def slugs(code):
    return {f"slug_{language}": f"{code}-{language}".lower() for language in NAMES}

author = make_colleague("Publisher", username="oefening", first_name="Noor", last_name="Oefening")
source = make_source(key="T-OEFENING", url="https://a.example/", **texts("publisher", NAMES))
actor = make_actor(code="oefenhuis", **texts("name", NAMES))
practice = make_practice(
    "ZZ11", lead_actor=actor, verified_on=date(2025, 1, 15), **slugs("ZZ11"),
    **texts("name", NAMES), **texts("summary", TEXTS),
)
Citation.objects.create(practice=practice, field="summary", source=source)
for kind, value in (("phone", "02 000 00 00"), ("email", "oefening@a.example")):
    PracticeContact.objects.create(
        practice=practice, kind=kind, value=value, source=source, year=2018
    )
practice.summary_nl = TEXTS["nl"].replace("elke dag", "van maandag tot vrijdag")
mark(practice, {"summary_nl"})
with because("2026"):
    practice.save()
days = [datetime(2026, 1, day, 10, tzinfo=timezone.utc) for day in (15, 20, 25)]
for kept, day in zip(practice.history.order_by("history_id"), days):
    kept.history_date, kept.history_user = day, author
    kept.save()
for model in (PracticeContact, Citation):
    rows = model.history.filter(practice=practice)
    rows.update(history_date=days[0], history_user=author)
Practice.objects.filter(pk=practice.pk).update(translated_at_fr=days[0], translated_at_en=days[0])
live = values_of(practice)
proposed = {f"summary_{code}": text.split(",")[0] + "." for code, text in TEXTS.items()}
copy = keep_copy(practice, live, live | proposed, author, "")
WorkingCopy.objects.filter(pk=copy.pk).update(state="in_review", changed_at=days[2])
twin = make_practice(
    "ZZ12", lead_actor=actor, editorial_status="draft", published_at=None, **slugs("ZZ12"),
    **texts("name", {language: f"{name} 2" for language, name in NAMES.items()}),
    **texts("summary", TEXTS),
)
for language, told in TEXTS.items():
    setattr(twin, f"summary_{language}", told.split(".")[0] + ".")
twin.save()
suggestion = make_suggestion(
    practice, field="summary_nl", text=TEXTS["nl"], language="nl", email="reader@a.example"
)
CheckMail.objects.create(
    practice=practice, due_on=date(2026, 1, 15), made_at=days[0], address="oefening@a.example"
)
Invitation.objects.invite("a-colleague@a.example", "Robin", [], language="nl", invited_by=author)
term = TaxonomyTerm.objects.filter(taxonomy__code="target_group").order_by("order").first()
print(json.dumps({
    "practice": practice.pk,
    "twin": twin.pk,
    "version": practice.history.order_by("history_id").first().pk,
    "suggestion": suggestion.pk,
    "taxonomy": term.taxonomy_id,
    "term": term.pk,
    "rule": SituationRule.objects.order_by("pk").first().pk,
    "group": SynonymGroup.objects.order_by("pk").first().pk,
}))
"""
REMOVE = """
from django.contrib.auth.models import User
from network.models import Actor, Source
from practices.models import Practice
Practice.objects.filter(code__in=["ZZ11", "ZZ12"]).delete()
Actor.objects.filter(code="oefenhuis").delete()
Source.objects.filter(key="T-OEFENING").delete()
User.objects.filter(username__in=["oefening", "a-colleague@a.example"]).delete()
"""
TABLE = [
    ["code", "name_nl", "slug_nl", "summary_nl", "cost"],
    ["ZZ21", "Oefenhuis De Zonnepad", "zonnepad", "Een verzonnen praktijk", "free"],
]
WRONG_TABLE = [TABLE[0], [*TABLE[1][:-1], "cheap"]]


def only_opened(name, *which):
    """A page that its address alone leads to."""

    def opened(page, made, language):
        page.goto(path_of(name, language, *(made.get(one, one) for one in which)))

    return opened


def sent_table(rows):
    def opened(page, made, language):
        page.goto(path_of(f"{PRACTICE}_import", language))
        table = {"name": "table.csv", "mimeType": "text/csv", "buffer": sheet_of(rows)}
        page.set_input_files("#id_table", table)
        follow(page.locator("#content [type=submit]"))

    return opened


def narrowed_list(page, made, language):
    page.goto(path_of(f"{PRACTICE}_changelist", language) + "?q=ZZ11")


def chosen_records(page, made, language):
    narrowed_list(page, made, language)
    page.check("#result_list tbody [name=_selected_action]")
    page.select_option("[name=action]", "archive")
    follow(page.locator(".actions [type=submit]"))


def preview(page, made, language):
    page.goto(path_of(f"{PRACTICE}_copy_review", language, made["practice"]))
    follow(page.locator(f"#content-main a[href^='/{language}/preview/']"))


def merge_preview(page, made, language):
    page.goto(path_of(f"{PRACTICE}_merge", language, made["practice"], made["twin"]))
    follow(page.locator("#content form [type=submit]"))


def term_merge_preview(page, made, language):
    page.goto(path_of(f"{TERM}_merge", language, made["term"]))
    page.select_option("#id_into", index=1)
    follow(page.locator("#merge-form input[type=submit]"))


def conflict(page, made, language):
    """Somebody saved while this form was open."""
    page.goto(path_of(f"{PRACTICE}_change", language, made["twin"]))
    form = page.locator("#practice_form")
    form.locator("[name=held]").evaluate("field => field.value = field.value - 1")
    page.fill(f"#id_summary_{language}", "…")
    follow(page.locator("[name=_save]").first)


def rule_preview(page, made, language):
    page.goto(path_of("admin:practices_situationrule_change", language, made["rule"]))
    follow(page.locator("[formaction*=preview]"))


def synonym_preview(page, made, language):
    page.goto(path_of("admin:search_synonymgroup_change", language, made["group"]))
    page.fill("#id_question", "school")
    follow(page.locator("[formaction*=preview]"))


PAGES = {
    "dashboard": only_opened("admin:index"),
    "list": narrowed_list,
    "record": only_opened(f"{PRACTICE}_change", "practice"),
    "new record": only_opened(f"{PRACTICE}_add"),
    "conflict": conflict,
    "history": only_opened(f"{PRACTICE}_history", "practice"),
    "version": only_opened(f"{PRACTICE}_version", "practice", "version"),
    "translations": only_opened("translation_list"),
    "translate": only_opened(f"{PRACTICE}_translate", "practice", "fr"),
    "copy": only_opened(f"{PRACTICE}_copy", "practice"),
    "copy review": only_opened(f"{PRACTICE}_copy_review", "practice"),
    "preview": preview,
    "verification": only_opened(f"{PRACTICE}_verification", "practice"),
    "chosen records": chosen_records,
    "import": only_opened(f"{PRACTICE}_import"),
    "import refused": sent_table(WRONG_TABLE),
    "import preview": sent_table(TABLE),
    "duplicates": only_opened(f"{PRACTICE}_duplicates"),
    "merge": only_opened(f"{PRACTICE}_merge", "practice", "twin"),
    "merge preview": merge_preview,
    "order of taxonomies": only_opened("admin:practices_taxonomy_order"),
    "order of terms": only_opened("admin:practices_taxonomy_order_terms", "taxonomy"),
    "term": only_opened(f"{TERM}_change", "term"),
    "term merge": only_opened(f"{TERM}_merge", "term"),
    "term merge preview": term_merge_preview,
    "term retire": only_opened(f"{TERM}_retire", "term"),
    "rule": only_opened("admin:practices_situationrule_change", "rule"),
    "rule preview": rule_preview,
    "synonym preview": synonym_preview,
    "suggestions": only_opened("admin:curation_suggestion_changelist"),
    "suggestion": only_opened("admin:curation_suggestion_change", "suggestion"),
    "invitations": only_opened("admin:curation_invitation_changelist"),
    "invitation": only_opened("admin:curation_invitation_add"),
    "completeness": only_opened("completeness"),
    "coverage gaps": only_opened("coverage_gaps"),
    "handbook": only_opened("handbook"),
    "how we write": only_opened("admin:how_we_write"),
}


def open_page(page, name, made, language):
    PAGES[name](page, made, language)
    assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 200
    assert re.match(f".*//[^/]+/{language}/", page.url)
