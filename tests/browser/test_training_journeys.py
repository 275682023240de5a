"""A teacher takes part in a webinar, an organiser plans a session, a reader looks up a word."""

import re

import pytest
from icalendar import Calendar

from tests.browser.conftest import follow, path_of, practice_path, sign_in
from tests.browser.test_accessibility import violations
from tests.staff import PASSWORD

MAKE = """
import json
from care import second_factor
from tests.factories import make_open_session, make_registration, make_training
from tests.staff import make_colleague, make_telephone

names = {f"name_{code}": f"Zwaluwwebinar {code}" for code in ("nl", "fr", "en")}
training = make_training(
    code="zj-webinar", **names, forms=["webinar"], channels=["online"], audiences=["schools"]
)
session = make_open_session(training, seats=1, place=None)
make_registration(session, "first")
account = make_colleague("Organiser", username="zj-organiser", email="organiser@a.example")
make_telephone(account)
print(json.dumps([session.pk, second_factor.renew_recovery_codes(account)[0]]))
"""
REMOVE = """
from django.contrib.auth import get_user_model
from trainings.models import Registration, Session, Training
Registration.objects.filter(session__training__code="zj-webinar").delete()
Session.objects.filter(training__code="zj-webinar").delete()
Training.objects.filter(code="zj-webinar").delete()
get_user_model().objects.filter(username="zj-organiser").delete()
"""
FIRST_LEAVES = """
from trainings import registering
from trainings.models import Registration
registering.leave(Registration.objects.filter(state="confirmed").latest("pk"))
"""
LAST_MAIL = """
import json
from post_office.models import Email
from tests.letters import text_of
letter = Email.objects.filter(to="teacher@a.example").latest("pk")
files = [bytes(one.file.read()).decode() for one in letter.attachments.all()]
print(json.dumps([letter.subject, text_of(letter), files]))
"""


@pytest.fixture(scope="module")
def made(inside):
    yield inside(MAKE)
    inside(REMOVE)


def link_in(message):
    return re.search(r"http://[^/]+(/fr/\S+)", message).group(1)


def state_on(page):
    return page.locator("[data-state]").get_attribute("data-state")


def test_teacher_registers_waits_gets_a_seat_and_leaves_it(page, made, inside):
    page.goto(path_of("training_list", "fr"))
    page.fill("main [name=q]", "zwaluwwebinar")
    follow(page.locator("main form.search button"))
    follow(page.get_by_role("link", name="Zwaluwwebinar fr"))
    assert violations(page) == []
    follow(page.locator(f"main a[href$='/zj-webinar/{made[0]}/']"))
    with page.expect_download() as download:
        page.locator("a[download]").click()
    with open(download.value.path(), "rb") as calendar:
        (event,) = Calendar.from_ical(calendar.read()).walk("VEVENT")
    assert str(event["summary"]) == "Zwaluwwebinar fr"
    follow(page.locator("main a.button"))
    page.fill("#id_name", "Leraar")
    page.fill("#id_organisation", "Athénée")
    page.fill("#id_function", "Professeur")
    page.fill("#id_email", "teacher@a.example")
    page.check("#id_consent")
    assert violations(page) == []
    page.wait_for_timeout(3_100)
    follow(page.locator("form.filled-in p > button"))

    subject, message, files = inside(LAST_MAIL)
    page.goto(link_in(message))
    assert state_on(page) == "waiting"
    assert violations(page) == []
    inside(FIRST_LEAVES)
    page.reload()
    assert state_on(page) == "offered"
    follow(page.locator("[value=accept]"))
    assert state_on(page) == "confirmed"
    subject, message, files = inside(LAST_MAIL)
    (event,) = Calendar.from_ical(files[0]).walk("VEVENT")
    assert event["status"] == "CONFIRMED"
    follow(page.locator("[value=leave]"))
    assert state_on(page) == "cancelled"


def test_organiser_plans_a_session_that_readers_see(new_context, page, made):
    inside_page = new_context().new_page()
    inside_page.goto(path_of("admin:index", "nl"))
    sign_in(inside_page, "zj-organiser", made[1], PASSWORD)
    inside_page.goto(path_of("admin:trainings_session_add", "nl"))
    inside_page.select_option("#id_training", label="Zwaluwwebinar nl")
    inside_page.select_option("#id_state", "planned")
    for name, hour in (("starts_at", "09:00:00"), ("ends_at", "12:00:00")):
        inside_page.fill(f"#id_{name}_0", "2030-03-14")
        inside_page.fill(f"#id_{name}_1", hour)
    inside_page.select_option("#id_language", label="Nederlands")
    choose_place(inside_page, "1800", "Vilvoorde (gemeente)")
    follow(inside_page.locator("[name=_save]").first)
    assert inside_page.locator(".messagelist .success").count() == 1, inside_page.content()

    page.goto(path_of("training_month", "nl", "2030-03"))

    assert "Zwaluwwebinar nl" in page.locator("main").inner_text()
    assert "09:00" in page.locator("main").inner_text()
    assert "Vilvoorde" in page.locator("main").inner_text()


def choose_place(page, typed, name):
    page.click(".field-place .select2-selection")
    page.fill(".select2-search__field", typed)
    page.click(f".select2-results__option:text-is('{name}')")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_word_is_read_by_keyboard_and_leads_back(new_context, language, scripts):
    page = new_context(
        java_script_enabled=scripts, viewport={"width": 320, "height": 640}
    ).new_page()
    page.goto(practice_path("VB17", language))
    term = page.locator("a.term").first
    number = term.get_attribute("href")

    term.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{number}")
    note = page.locator(number)
    assert note.locator("dd").inner_text()
    note.locator("[role=doc-backlink]").focus()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{number}-in-text")
