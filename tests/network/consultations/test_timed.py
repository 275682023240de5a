"""What the days do to a question: reminders, an end, and then nothing that leads to anybody."""

import json
import re
from datetime import datetime, timedelta
from importlib import import_module
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core import mail as outgoing
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from post_office.models import Email

from network.consultations import acts, timed
from network.models import Consultation, Expert, PublicAnswer, Step, Viewing
from tests.factories import TOLD, make_consultation, make_expert
from tests.network.consultations.conftest import everything
from tests.pages import address, get, text
from tests.staff import curator_client, make_colleague

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture
def clock(monkeypatch):
    """Sets the day; the hour is noon in Brussels."""

    def set_day(day):
        moment = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=BRUSSELS)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_day("2026-01-05")
    return set_day


@pytest.fixture
def adviser():
    return make_colleague("Expert", email="expert@a.example")


@pytest.fixture
def expert(adviser):
    return make_expert(adviser)


def letters(recipient):
    """Subjects of the mails to somebody, without the reference."""
    told = Email.objects.filter(to=[recipient]).order_by("pk").values_list("subject", flat=True)
    return [re.sub(r"\W*[A-Z2-9]{4}(-[A-Z2-9]{4}){2}", "", subject) for subject in told]


def tick():
    output = StringIO()
    call_command("tick", stdout=output)
    return output.getvalue()


def assigned(coordinator, expert):
    consultation, token = make_consultation(language="en")
    acts.accept(consultation, coordinator)
    return acts.assign(consultation, expert, coordinator), token


# --- Reminders ---------------------------------------------------------------------------------


def test_coordinators_are_reminded_after_three_and_after_ten_days(clock, coordinator):
    make_consultation(language="en")
    numbers = []
    for day in ("01-07", "01-08", "01-08", "01-14", "01-15", "01-20"):
        clock(f"2026-{day}")
        numbers.append(timed.remind())

    assert numbers == [0, 1, 0, 0, 1, 0]
    new, *reminded = letters(coordinator.email)
    assert new == "A new question waits"
    assert reminded == ["A question still waits"] * 2


def test_days_that_were_missed_bring_one_mail(clock, coordinator):
    make_consultation(language="en")
    clock("2026-01-20")

    assert [timed.remind(), timed.remind()] == [1, 0]
    assert letters(coordinator.email)[1:] == ["A question still waits"]


def test_expert_is_reminded_of_what_they_have(clock, coordinator, adviser, expert):
    consultation, _ = assigned(coordinator, expert)
    Expert.objects.update(mail_language="en")
    clock("2026-01-08")

    assert timed.remind() == 1
    assert letters(adviser.email)[-1] == "A question waits for you"
    assert consultation.reference in Email.objects.order_by("pk").last().subject


def test_after_ten_days_coordinators_are_told_what_an_expert_has(
    clock, coordinator, adviser, expert
):
    assigned(coordinator, expert)
    clock("2026-01-08")
    timed.remind()
    assert "A question still waits" not in letters(coordinator.email)
    clock("2026-01-15")

    timed.remind()

    assert letters(coordinator.email)[-1] == "A question still waits"
    assert Email.objects.filter(to=[adviser.email]).count() == 3


@pytest.mark.parametrize("lost", ["is_active", "is_staff", "groups"])
def test_coordinators_are_reminded_when_the_expert_opens_nothing_any_more(
    clock, coordinator, adviser, expert, lost
):
    assigned(coordinator, expert)
    adviser.groups.clear() if lost == "groups" else setattr(adviser, lost, False)
    adviser.save()
    clock("2026-01-08")

    timed.remind()

    assert letters(coordinator.email)[-1] == "A question still waits"
    assert Email.objects.filter(to=[adviser.email]).count() == 1


def test_asker_is_reminded_though_a_program_opened_the_link(clock, coordinator, adviser, expert):
    consultation, token = assigned(coordinator, expert)
    acts.answer(consultation, adviser, "Listen.")
    get(address("consultation", token))
    clock("2026-01-08")

    assert timed.remind() == 1
    assert letters(TOLD["email"])[-1] == "An answer waits for you: question"


def test_journal_does_not_say_that_the_asker_opened_the_link(coordinator):
    consultation, token = make_consultation()
    get(address("consultation", token))

    page = curator_client(coordinator).get(address("consultation_desk", consultation.pk))

    assert "the link was opened, by a person or by a program" in text(page)


def test_reminder_begins_anew_with_every_step(clock, coordinator):
    consultation, _ = make_consultation()
    clock("2026-01-08")
    timed.remind()
    acts.accept(consultation, coordinator)
    clock("2026-01-10")
    assert timed.remind() == 0
    clock("2026-01-11")

    assert timed.remind() == 1


# --- The end after a silence -------------------------------------------------------------------


def test_thirty_days_of_silence_close_a_question_once(clock, coordinator):
    make_consultation(language="en")
    clock("2026-02-03")
    assert timed.expire() == 0
    clock("2026-02-04")

    assert [timed.expire(), timed.expire()] == [1, 0]
    consultation = Consultation.objects.get()
    assert consultation.state == "expired"
    assert letters(TOLD["email"])[-1] == "There is news about your question"


def test_question_that_somebody_moved_on_meanwhile_is_not_closed(clock, coordinator):
    consultation, _ = make_consultation()
    clock("2026-02-04")
    found = timezone.now() - timed.EXPIRES_AFTER
    acts.accept(consultation, coordinator)

    assert not timed.expire_once(consultation.pk, found)
    assert Consultation.objects.get().state == "accepted"


def test_closed_question_is_neither_reminded_nor_closed_again(clock):
    acts.close_as_asker(make_consultation()[0])
    clock("2026-03-01")

    assert [timed.remind(), timed.expire()] == [0, 0]


def test_question_whose_key_is_lost_stops_no_other(clock, coordinator):
    lost, _ = make_consultation(language="en")
    make_consultation(language="en", told={"email": "second@a.example"})
    Consultation.objects.filter(pk=lost.pk).update(locked=lost.locked[:-8] + "AAAAAAA=")
    clock("2026-02-04")

    assert timed.expire() == 2
    assert letters("second@a.example")[-1] == "There is news about your question"
    assert len(letters(TOLD["email"])) == 1


# --- Forgetting --------------------------------------------------------------------------------

CANARY = "zyzzyva"
CONFIDED = {
    "organisation": f"House {CANARY}1",
    "function": f"Officer {CANARY}2",
    "email": f"{CANARY}3@a.example",
    "phone": f"02 {CANARY}4",
    "question": f"How does {CANARY}5 go on?",
}


def whole_life(coordinator, adviser, expert):
    """A question with every kind of step; returns what led to it."""
    consultation, token = make_consultation(language="en", told=CONFIDED)
    acts.accept(consultation, coordinator)
    acts.assign(consultation, expert, coordinator)
    acts.answer(consultation, adviser, f"Say {CANARY}6.")
    get(address("consultation", token))
    acts.reply(consultation, f"And {CANARY}7?")
    acts.answer(consultation, adviser, f"Then {CANARY}8.")
    acts.close(consultation, coordinator, f"Done, {CANARY}9.")
    return Consultation.objects.get(), token


def test_after_a_year_nothing_leads_to_anybody(clock, coordinator, adviser, expert, caplog):
    consultation, token = whole_life(coordinator, adviser, expert)
    reference, sent_before = consultation.reference, len(outgoing.outbox)
    tick()
    assert len(outgoing.outbox) > sent_before  # the mails went out, and their texts are kept a week
    assert CANARY in everything()  # of a mail the address
    clock("2027-01-04")
    tick()
    assert Consultation.objects.get().told["email"] == CONFIDED["email"]
    clock("2027-01-05")

    output = tick() + tick()

    held = everything()
    assert CANARY not in held
    assert reference not in held
    assert token not in held
    assert CANARY not in caplog.text + output
    assert Email.objects.count() == 0
    left = Consultation.objects.get()
    assert (left.locked, left.reference, left.link_mark, left.expert) == ("", None, None, None)
    assert left.anonymised_at is not None
    assert not Step.objects.exists()
    assert not Viewing.objects.exists()
    assert get(address("consultation", token)).status_code == 404
    assert exported(CONFIDED["email"]) == []
    assert (left.language, left.region, left.audience) == ("en", "BE-BRU", "parents")


def test_of_an_anonymous_question_the_month_is_left_and_no_day(clock, coordinator, adviser, expert):
    consultation, _ = assigned(coordinator, expert)
    clock("2026-02-09")
    acts.answer(consultation, adviser, "Listen.")
    clock("2027-03-05")

    timed.anonymise_old()

    left = Consultation.objects.get()
    kept = (left.made_at, left.moved_at, left.answered_at, left.anonymised_at)
    assert [moment and timezone.localtime(moment).isoformat() for moment in kept] == [
        "2026-01-01T00:00:00+01:00",
        "2026-02-01T00:00:00+01:00",
        None,
        "2027-03-01T00:00:00+01:00",
    ]
    assert left.days_until_answer == 35


def test_public_answer_stays_and_leads_to_no_question(clock, coordinator, adviser):
    consultation, _ = make_consultation(may_publish=True)
    agreed = {"agreed_at": timezone.now(), "agreed_by": coordinator, "asker_agreed": True}
    PublicAnswer.objects.create(consultation=consultation, proposed_by=adviser, **agreed)

    timed.anonymise(consultation.pk)

    answer = PublicAnswer.objects.published().get()
    assert answer.consultation is None
    assert answer.has_word_of_asker


def test_anonymous_questions_of_before_lose_their_moments(clock, coordinator, adviser, expert):
    whole_life(coordinator, adviser, expert)
    emptied = {"locked": "", "reference": None, "link_mark": None, "form_mark": None}
    answered = timezone.now() + timedelta(days=4)
    Consultation.objects.update(
        anonymised_at=timezone.now(), expert=None, answered_at=answered, **emptied
    )
    name = "network.migrations.0010_anonymous_questions_without_moments"

    import_module(name).cut_moments(apps, connection.schema_editor())

    left = Consultation.objects.get()
    moments = {left.made_at, left.moved_at, left.anonymised_at}
    assert {timezone.localtime(moment).isoformat() for moment in moments} == {
        "2026-01-01T00:00:00+01:00"
    }
    assert (left.answered_at, left.days_until_answer) == (None, 4)
    assert not Step.objects.exists()


def test_question_is_forgotten_once(clock):
    consultation, _ = make_consultation()

    assert [timed.anonymise(consultation.pk), timed.anonymise(consultation.pk)] == [True, False]


def test_after_a_year_no_draft_of_its_answer_is_left(clock):
    consultation, _ = make_consultation(may_publish=True)
    PublicAnswer.objects.create(question_en=CANARY, consultation=consultation)
    clock("2027-01-05")

    tick()

    assert CANARY not in everything()


def test_after_two_years_it_is_gone(clock, coordinator, adviser, expert):
    """With the month, because no day is left of it."""
    whole_life(coordinator, adviser, expert)
    clock("2027-12-31")
    tick()
    assert Consultation.objects.count() == 1
    clock("2028-01-01")

    assert "old questions removed: 1" in tick()
    assert "old questions removed: 0" in tick()
    assert not Consultation.objects.exists()
    assert not Step.objects.exists()


def test_periods_are_settings(clock, settings):
    settings.CONSULTATION_MONTHS, settings.CONSULTATION_MONTHS_TO_REMOVAL = 2, 3
    make_consultation()
    clock("2026-03-05")
    assert (timed.anonymise_old(), timed.remove_old()) == (1, 0)
    clock("2026-04-05")

    assert (timed.anonymise_old(), timed.remove_old()) == (0, 1)


def test_month_that_is_shorter_ends_on_its_last_day(clock, settings):
    settings.CONSULTATION_MONTHS = 1
    clock("2026-01-31")
    make_consultation()
    clock("2026-02-28")
    assert timed.anonymise_old() == 0
    clock("2026-03-01")

    assert timed.anonymise_old() == 1


# --- One person's data -------------------------------------------------------------------------


def exported(email):
    output = StringIO()
    call_command("consultation_data", email, "--export", stdout=output)
    return json.loads(output.getvalue())


def test_export_tells_everything_kept_about_one_person(clock, coordinator, adviser, expert):
    consultation, token = whole_life(coordinator, adviser, expert)
    make_consultation()

    (told,) = exported(CONFIDED["email"].upper())

    assert {name: told[name] for name in CONFIDED} == CONFIDED
    assert told["reference"] == consultation.reference
    assert [step["text"] for step in told["steps"] if step["text"]] == [
        f"Say {CANARY}6.",
        f"And {CANARY}7?",
        f"Then {CANARY}8.",
        f"Done, {CANARY}9.",
    ]
    assert token not in json.dumps(told)
    assert Viewing.objects.filter(way="export").count() == 1


def test_erasing_leaves_nothing_of_one_person_and_all_of_the_others(
    clock, coordinator, adviser, expert
):
    consultation, _ = whole_life(coordinator, adviser, expert)
    PublicAnswer.objects.create(question_en=CANARY, consultation=consultation)
    other, _ = make_consultation()
    output = StringIO()

    call_command("consultation_data", CONFIDED["email"], "--erase", stdout=output)

    assert output.getvalue().strip() == "questions erased: 1"
    assert CANARY not in everything()
    assert Consultation.objects.get(pk=other.pk).told["email"] == TOLD["email"]
