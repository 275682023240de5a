"""Reminders and questions on their day, the link of an organisation, and the acts of a curator."""

import re
import socket
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail as outgoing
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from care import mail
from curation.content.load import load_content
from curation.suggestions.models import Suggestion
from curation.verification import reminders
from curation.verification.models import CheckMail, UnaskedOrganisation
from network.publishing import EditorialStatus
from practices.models import Practice, PracticeContact
from search.version import current
from tests.curation.content_folder import make_folder
from tests.factories import (
    make_actor,
    make_contact,
    make_practice,
    make_question,
    make_source,
    make_suggestion,
)
from tests.pages import address, body, get, text
from tests.staff import curator_client, make_account

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
CHECKED = date(2026, 1, 10)
DUE = date(2026, 7, 10)
HOUSE = "info@house.example"


def on(monkeypatch, day, hour=12):
    moment = timezone.make_aware(datetime(day.year, day.month, day.day, hour))
    monkeypatch.setattr(timezone, "now", lambda: moment)


def tick():
    """Every minute or so; what was sent since the last time."""
    outgoing.outbox.clear()
    call_command("tick", verbosity=0)
    return [(message.to[0], message.subject) for message in outgoing.outbox]


@pytest.fixture
def practice():
    house = make_actor(code="house")
    make_contact(house, kind="email", value=HOUSE)
    return make_practice(
        "BE11", lead_actor=house, verified_on=CHECKED, contacts_verified_on=date(2026, 6, 1)
    )


@pytest.fixture
def curator():
    account = make_account("els", email="els@a.example", is_superuser=False)
    account.user_permissions.add(Permission.objects.get(codename="change_practice"))
    return account


# --- Reminders to curators ---------------------------------------------------------------------


def test_curator_gets_one_mail_on_the_day_a_record_is_due(practice, curator, monkeypatch):
    make_practice("BE12", contacts_verified_on=date(2026, 4, 10))
    UnaskedOrganisation.objects.create(practice=practice)

    on(monkeypatch, DUE - timedelta(days=1))
    assert tick() == []
    on(monkeypatch, DUE)
    ((to, _),) = tick()

    assert to == "els@a.example"
    (message,) = outgoing.outbox
    assert "BE11" in message.body
    assert "BE12" in message.body
    with override("nl"):
        path = reverse("admin:practices_practice_verification", args=[practice.pk])
    assert f"http://127.0.0.1:8000{path}" in message.body


def test_tick_twice_in_a_minute_or_a_day_sends_once(practice, curator, monkeypatch):
    on(monkeypatch, DUE)
    assert sorted(to for to, _ in tick()) == ["els@a.example", HOUSE]

    assert tick() == []
    on(monkeypatch, DUE, hour=23)
    assert tick() == []
    on(monkeypatch, DUE + timedelta(days=1))
    assert tick() == []


def test_day_that_was_missed_is_made_up_for(practice, curator, monkeypatch):
    on(monkeypatch, DUE - timedelta(days=1))
    tick()
    on(monkeypatch, DUE + timedelta(days=3))

    assert sorted(to for to, _ in tick()) == ["els@a.example", HOUSE]


@pytest.mark.parametrize("changes", [
    {"is_active": False}, {"is_staff": False}, {"email": ""}, {"permission": False},
])  # fmt: skip
def test_only_those_who_may_change_practices_are_mailed(practice, curator, monkeypatch, changes):
    if changes.pop("permission", True) is False:
        curator.user_permissions.clear()
    for name, value in changes.items():
        setattr(curator, name, value)
    curator.save()
    on(monkeypatch, DUE)

    assert [to for to, _ in tick()] == [HOUSE]


def test_six_weeks_without_an_answer_a_curator_is_told(practice, curator, monkeypatch):
    on(monkeypatch, DUE)
    tick()
    on(monkeypatch, DUE + timedelta(days=41))
    assert tick() == []
    on(monkeypatch, DUE + timedelta(days=42))

    assert [to for to, _ in tick()] == ["els@a.example"]
    assert "BE11" in outgoing.outbox[0].body
    assert [
        one.code for one in Practice.objects.verification_for_curator(timezone.localdate())
    ] == ["BE11"]
    assert tick() == []


def test_never_verified_record_is_nobodys_task(curator, monkeypatch):
    make_practice("BE12", lead_actor=make_actor())
    on(monkeypatch, date(2040, 1, 1))

    assert tick() == []


# --- The question to the organisation ----------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_organisation_is_asked_in_the_language_of_the_record(practice, monkeypatch, language):
    practice.source_language = language
    practice.save()
    on(monkeypatch, DUE)

    ((to, subject),) = tick()

    assert to == HOUSE
    assert subject.endswith(f"Practice BE11 {language}")
    with override(language):
        start = reverse("organisation_check", args=["X"]).removesuffix("X/")
    assert f"http://127.0.0.1:8000{start}" in outgoing.outbox[0].body
    asked = CheckMail.objects.get()
    assert (asked.address, asked.due_on, asked.language) == (HOUSE, DUE, language)


def test_address_of_the_practice_comes_before_that_of_its_organisation(practice, monkeypatch):
    for value in ("no address@x", "team@practice.example"):
        PracticeContact.objects.create(
            practice=practice, kind="email", value=value, source=make_source()
        )
    on(monkeypatch, DUE)

    assert [to for to, _ in tick()] == ["team@practice.example"]


def test_organisation_that_readers_do_not_see_is_not_mailed(practice, monkeypatch):
    practice.lead_actor.editorial_status = EditorialStatus.DRAFT
    practice.lead_actor.save()
    on(monkeypatch, DUE)

    assert tick() == []


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
def test_hidden_record_asks_nobody(practice, curator, monkeypatch, status):
    practice.editorial_status = status
    practice.save()
    on(monkeypatch, DUE)

    assert tick() == []


def test_contacts_that_are_due_are_asked_about_and_later_the_record(practice, monkeypatch):
    practice.contacts_verified_on = date(2026, 3, 1)
    practice.save()
    on(monkeypatch, date(2026, 6, 1))
    assert [to for to, _ in tick()] == [HOUSE]
    on(monkeypatch, DUE)
    assert [to for to, _ in tick()] == [HOUSE]

    days = CheckMail.objects.order_by("due_on").values_list("due_on", flat=True)
    assert list(days) == [date(2026, 6, 1), DUE]


# --- The link ----------------------------------------------------------------------------------


@pytest.fixture
def link(practice):
    return address("organisation_check", reminders.sealed(make_question(practice)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_link_shows_what_readers_see_and_changes_nothing(practice, language):
    question = make_question(practice)
    before = current()

    response = get(address("organisation_check", reminders.sealed(question), language=language))

    assert response.status_code == 200
    assert f"Summary of BE11 {language}" in text(response)
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert 'class="exit"' in body(response)
    question.refresh_from_db()
    practice.refresh_from_db()
    assert (question.confirmed_at, practice.verified_on, current()) == (None, CHECKED, before)
    assert not Suggestion.objects.exists()


def test_confirming_sets_the_day_with_its_reason_once(practice, link, monkeypatch):
    on(monkeypatch, DUE)
    client = Client(enforce_csrf_checks=True)

    response = client.post(link, {"confirm": "1"})

    assert (response.status_code, response.url) == (303, link)
    assert "You confirmed" in text(client.get(link))
    practice.refresh_from_db()
    assert (practice.verified_on, practice.contacts_verified_on) == (DUE, DUE)
    newest = practice.history.order_by("-history_id").first()
    assert newest.history_change_reason == "confirmed by the organisation"

    on(monkeypatch, DUE + timedelta(days=20))
    client.post(link, {"confirm": "1"})
    practice.refresh_from_db()
    assert practice.verified_on == DUE


def test_two_confirmations_at_once_count_once(practice, monkeypatch):
    first = make_question(practice)
    second = CheckMail.objects.get()

    assert (first.confirm(), second.confirm()) == (True, False)
    assert practice.history.filter(history_change_reason__startswith="confirmed").count() == 1


def test_link_is_old_after_thirty_days(practice, link, monkeypatch):
    import time

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 30 * 86400 - 60)
    assert get(link).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 30 * 86400 + 60)

    assert get(link).status_code == 404
    assert Client().post(link, {"confirm": "1"}).status_code == 404
    practice.refresh_from_db()
    assert practice.verified_on == CHECKED


@pytest.mark.parametrize("token", ["nobody-signed-this", "MQ:1abc:xyz"])
def test_link_nobody_signed_opens_nothing(token):
    assert get(address("organisation_check", token)).status_code == 404


def test_link_opens_no_record_that_was_hidden_since(practice, link):
    practice.editorial_status = EditorialStatus.DRAFT
    practice.save()

    assert get(link).status_code == 404
    assert Client().post(link, {"confirm": "1"}).status_code == 404
    assert CheckMail.objects.get().confirmed_at is None


# --- Corrections -------------------------------------------------------------------------------


def as_shown(link):
    """The form as a browser sends it when nothing was typed."""
    form = get(link).context["form"]
    return {box.html_name: box.value() or "" for box in form}


def test_correction_waits_for_a_curator(practice, link):
    response = Client().post(link, as_shown(link) | {"summary_en": "New\r\nwords", "correct": "1"})

    assert (response.status_code, response.url) == (303, f"{link}?sent")
    assert "We have your corrections." in text(get(response.url))
    (proposal,) = Suggestion.objects.all()
    assert (proposal.practice, proposal.field, proposal.text) == (
        practice,
        "summary_en",
        "New\nwords",
    )
    assert proposal.is_by_organisation
    practice.refresh_from_db()
    assert (practice.summary_en, practice.verified_on) == ("Summary of BE11 en", CHECKED)


def test_choices_contacts_and_other_facts_may_be_corrected(practice, link):
    practice.cost = "free"
    practice.save()
    contact = PracticeContact.objects.create(
        practice=practice, kind="phone", value="02 111 22 33", source=make_source()
    )
    changes = {
        "cost": "paid",
        f"contact.{contact.pk}": "02 999 88 77",
        "operating_status": "still active",
        "else": "We moved.",
    }

    Client().post(link, as_shown(link) | changes)

    found = set(Suggestion.objects.values_list("field", "text"))
    assert found == {
        ("cost", "paid"),
        (f"contact.{contact.pk}", "02 999 88 77"),
        ("operating_status", "still active"),
        ("", "We moved."),
    }
    assert {one.field for one in Suggestion.objects.all() if one.has_value} == {
        "cost",
        f"contact.{contact.pk}",
    }


def test_nothing_changed_is_no_correction(practice, link):
    practice.activities_en = "One.\nTwo."
    practice.save()
    typed = as_shown(link)
    typed["activities_en"] = "One.\r\nTwo."

    response = Client().post(link, typed)

    assert "Nothing was changed yet." in text(response)
    assert not Suggestion.objects.exists()


def test_correction_sent_twice_is_one(practice, link):
    typed = as_shown(link) | {"else": "We moved."}
    Client().post(link, typed)
    Client().post(link, typed)

    assert Suggestion.objects.count() == 1


def test_refused_correction_keeps_what_was_typed(link):
    response = Client().post(link, as_shown(link) | {"summary_en": "a" * 301, "else": "We moved."})

    assert response.status_code == 200
    assert "We moved." in body(response)
    assert re.search(r"<details open>", body(response))
    assert not Suggestion.objects.exists()


# --- Acts of a curator -------------------------------------------------------------------------


def verification_page(practice):
    return reverse("admin:practices_practice_verification", args=[practice.pk])


@pytest.mark.parametrize(("button", "whole", "contacts"), [
    ("whole", DUE, DUE), ("contacts", CHECKED, DUE), ("unask", CHECKED, date(2026, 6, 1)),
])  # fmt: skip
def test_buttons_of_a_curator(practice, monkeypatch, button, whole, contacts):
    client = curator_client()
    monkeypatch.setattr(timezone, "localdate", lambda: DUE)

    client.post(verification_page(practice), {button: "1"})

    practice.refresh_from_db()
    assert (practice.verified_on, practice.contacts_verified_on) == (whole, contacts)


def test_record_leads_to_the_page_of_its_verification(practice):
    page = curator_client().get(reverse("admin:practices_practice_change", args=[practice.pk]))

    assert f'href="{verification_page(practice)}"' in body(page)
    assert 'name="verified_on"' not in body(page)
    assert 'name="contacts_verified_on"' not in body(page)
    assert 'name="verification_months"' in body(page)


def test_check_by_a_curator_is_kept_with_who_and_why(practice):
    account = make_account("an")
    curator_client(account).post(verification_page(practice), {"whole": "1"})

    newest = practice.history.order_by("-history_id").first()
    assert (newest.history_user, newest.history_change_reason) == (
        account,
        "checked the whole record",
    )


def test_reading_the_page_checks_nothing(practice):
    page = curator_client().get(verification_page(practice))

    assert page.status_code == 200
    practice.refresh_from_db()
    assert practice.verified_on == CHECKED


def test_curator_may_switch_the_mails_off_and_on(practice, monkeypatch):
    client = curator_client()
    client.post(verification_page(practice), {"unask": "1"})
    on(monkeypatch, DUE)
    assert tick() == []
    UnaskedOrganisation.objects.get()

    monkeypatch.undo()
    client.post(verification_page(practice), {"ask": "1"})
    on(monkeypatch, DUE)

    assert [to for to, _ in tick()] == [HOUSE]


def test_curator_sees_who_was_mailed_and_when(practice):
    make_question(practice, due_on=DUE, address=HOUSE)

    page = text(curator_client().get(verification_page(practice)))

    assert HOUSE in page
    assert "July 10, 2026" in page


def test_loading_content_checks_nothing(tmp_path):
    load_content(make_folder(tmp_path))

    assert not Practice.objects.exclude(verified_on=None).exists()
    assert not Practice.objects.exclude(contacts_verified_on=None).exists()


# --- What changes with the day -----------------------------------------------------------------


@pytest.mark.parametrize("days", [14, 28])
def test_day_on_which_a_record_changes_makes_a_new_data_version_once(practice, monkeypatch, days):
    day = DUE + timedelta(days=days)
    on(monkeypatch, day - timedelta(days=1))
    tick()
    before = current()
    assert tick() == []
    assert current() == before
    on(monkeypatch, day)
    tick()

    after = current()
    assert after != before
    tick()
    assert current() == after


def test_day_on_which_nothing_changes_keeps_the_data_version(practice, monkeypatch):
    on(monkeypatch, DUE + timedelta(days=15))
    tick()
    before = current()
    on(monkeypatch, DUE + timedelta(days=16))
    tick()

    assert current() == before


# --- Nothing leaves by itself ------------------------------------------------------------------


def test_tick_opens_no_connection_to_a_website(practice, monkeypatch):
    PracticeContact.objects.create(
        practice=practice, kind="website", value="https://a.example/", source=make_source()
    )
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, to: asked.append(to))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *to, **more: asked.append(to))
    on(monkeypatch, DUE)

    tick()
    practice.save()

    assert asked == []


def test_suggestion_of_a_reader_is_no_check(practice):
    make_suggestion(practice).accept(None)

    practice.refresh_from_db()
    assert practice.verified_on == CHECKED
    assert mail.send_waiting() == 0
