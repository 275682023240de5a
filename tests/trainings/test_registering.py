"""From signing up to being forgotten: seats, the waiting list, mails, and nothing that leaks."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as project
from django.db import connection
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from post_office.models import Attachment, Email

from care import confidential
from curation import tick
from tests.factories import make_open_session, make_session
from tests.letters import text_of
from tests.network.consultations.conftest import run
from tests.pages import address, body, get, text
from tests.trainings.conftest import CANARY, TOLD
from trainings import registering
from trainings.models import Registration, Session, Training

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
State = Registration.State


def sign_up(session, name, language="fr"):
    told = TOLD | {"email": f"{name}@a.example"}
    registering.register(session, told, language, form_mark=f"{session.pk} {name}")


def found(session, name):
    return session.registrations.filter(
        person_mark=registering.person_marks(session, f"{name}@a.example")[0]
    ).latest("pk")


def states(session, *names):
    return [str(found(session, name).state) for name in names]


def mails_to(name):
    return list(Email.objects.filter(to=[f"{name}@a.example"]).order_by("pk"))


def last_subject(name):
    return mails_to(name)[-1].subject


def link_to(registration, language="en"):
    return address("registration", registration.told["token"], language=language)


def register_path(session, language="en"):
    return address("session_register", session.training.code, session.pk, language=language)


def run_step(act):
    (outcome,) = tick.run([step for step in tick.STEPS if step.act == act])
    assert outcome[2] is None
    return outcome[1]


# --- The form ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_registers_and_tells_everybody_the_same(typed, language):
    session = make_open_session(seats=1)

    answers = [
        Client().post(register_path(session, language), typed | {"email": email}, follow=True)
        for email in ("a@a.example", "b@a.example", "A@a.example ")
    ]

    assert len({body(answer) for answer in answers}) == 1
    assert states(session, "a", "b") == ["confirmed", "waiting"]
    assert session.registrations.count() == 2
    assert [mail.subject.split(":")[0] for mail in mails_to("a")] != []


def test_form_says_until_when_it_is_kept(typed):
    session = make_open_session(months_kept=6)
    day = session.kept_until

    page = text(get(register_path(session)))

    assert f"{day.day} {day.strftime('%B %Y')}" in page or day.strftime("%B") in page


@pytest.mark.parametrize("missing", ["name", "organisation", "function", "email", "consent"])
def test_form_without_what_is_needed_stores_nothing(typed, missing):
    session = make_open_session()
    del typed[missing]

    assert Client().post(register_path(session), typed).status_code == 200
    assert not Registration.objects.exists()
    assert not Email.objects.exists()


def test_trap_stores_nothing_and_tells_the_same(typed):
    session = make_open_session()

    page = Client().post(register_path(session), typed | {"more": "x"})

    assert page.url == address("registration_sent")
    assert not Registration.objects.exists()


def test_form_without_its_cookie_is_refused(typed):
    client = Client(enforce_csrf_checks=True)

    assert client.post(register_path(make_open_session()), typed).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_at": None, "closes_at": None},
        {"opens_at": timezone.now() + timedelta(days=1)},
        {"closes_at": timezone.now() - timedelta(minutes=5)},
        {"state": Session.State.CANCELLED},
    ],
)
def test_registration_is_offered_only_while_it_is_open(typed, changes):
    session = make_open_session()
    for name, value in changes.items():
        setattr(session, name, value)
    session.save()

    page = get(session.get_absolute_url())

    assert register_path(session) not in body(page)
    assert Client().post(register_path(session), typed).status_code == 200
    assert not Registration.objects.exists()


def test_what_is_told_is_encrypted(typed):
    session = make_open_session()

    Client().post(register_path(session), typed)

    registration = session.registrations.get()
    assert {name: registration.told[name] for name in TOLD} == TOLD
    row = str(Registration.objects.values().get())
    assert CANARY not in row
    assert registration.told["token"] not in row


def test_second_registration_changes_nothing_and_sends_the_link_again():
    session = make_open_session()
    sign_up(session, "a")
    before = Registration.objects.values().get()

    told = TOLD | {"email": "A@a.example", "name": "Somebody else"}
    registering.register(session, told, "nl", form_mark="another form")

    assert Registration.objects.values().get() == before
    first, second = mails_to("a")
    assert link_to(found(session, "a"), "fr") in text_of(first)
    assert link_to(found(session, "a"), "fr") in text_of(second)


# --- The link ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_opening_the_link_changes_nothing(language):
    session = make_open_session(seats=1)
    for name in "ab":
        sign_up(session, name)
    registering.leave(found(session, "a"))
    before = list(Registration.objects.values())

    for name, state in (("a", "cancelled"), ("b", "offered")):
        path = link_to(found(session, name), language)
        for query in ("", "?act=accept", "?act=leave"):
            page = get(path + query)
            assert f'data-state="{state}"' in body(page)
            assert page["Cache-Control"] == "no-store"

    assert list(Registration.objects.values()) == before


def test_unknown_link_is_not_found():
    assert get(address("registration", "nobody")).status_code == 404


def test_offered_seat_is_taken_by_a_button():
    session = make_open_session(seats=1)
    for name in "abc":
        sign_up(session, name)

    Client().post(link_to(found(session, "a")), {"act": "leave"})
    assert states(session, *"abc") == ["cancelled", "offered", "waiting"]

    Client().post(link_to(found(session, "b")), {"act": "accept"})
    assert states(session, *"abc") == ["cancelled", "confirmed", "waiting"]
    assert found(session, "b").offered_until is None


def test_renewed_key_registers_nobody_twice(settings):
    session = make_open_session()
    sign_up(session, "a")
    settings.CONFIDENTIAL_KEYS = [Fernet.generate_key().decode(), *project.CONFIDENTIAL_KEYS]

    registering.register(session, TOLD | {"email": "a@a.example"}, "fr", form_mark="second")

    assert session.registrations.count() == 1


def test_who_left_may_register_again_and_waits():
    session = make_open_session(seats=1)
    for name in "ab":
        sign_up(session, name)
    registering.leave(found(session, "a"))
    registering.register(session, TOLD | {"email": "a@a.example"}, "fr", form_mark="second")

    assert states(session, *"ab") == ["waiting", "offered"]


@pytest.mark.parametrize("act", ["accept", "leave"])
def test_act_that_is_no_longer_possible_changes_nothing(act):
    session = make_open_session(seats=1)
    sign_up(session, "a")
    registering.leave(found(session, "a"))

    page = Client().post(link_to(found(session, "a")), {"act": act}, follow=True)

    assert "That was no longer possible." in text(page)
    assert states(session, "a") == ["cancelled"]


# --- The waiting list --------------------------------------------------------------------------


def test_offer_lapses_and_goes_on(pass_time):
    session = make_open_session(seats=1)
    for name in "abc":
        sign_up(session, name)
    registering.leave(found(session, "a"))

    pass_time(hours=47)
    assert run_step(registering.lapse) == 0
    pass_time(hours=2)
    with pytest.raises(registering.WrongStateError):
        registering.accept(found(session, "b"))

    assert run_step(registering.lapse) == 1
    assert run_step(registering.lapse) == 0
    assert states(session, *"abc") == ["cancelled", "cancelled", "offered"]
    assert len(mails_to("b")) == 3  # waiting, offered, lapsed


def test_with_less_than_two_days_left_a_seat_is_given_at_once(pass_time):
    session = make_open_session(seats=1, days=10)
    for name in "ab":
        sign_up(session, name)
    pass_time(days=8, minutes=1)

    registering.leave(found(session, "a"))

    assert states(session, *"ab") == ["cancelled", "confirmed"]


def test_who_waits_is_asked_also_when_registration_is_closed(pass_time):
    session = make_open_session(seats=1, days=40)
    for name in "ab":
        sign_up(session, name)
    session.closes_at = timezone.now() + timedelta(hours=10)
    session.save()

    registering.leave(found(session, "a"))

    assert states(session, *"ab") == ["cancelled", "offered"]
    pass_time(hours=20)
    registering.accept(found(session, "b"))
    assert states(session, "b") == ["confirmed"]


def test_offer_of_a_session_that_is_called_off_can_no_longer_be_taken(pass_time):
    session = make_open_session(seats=1)
    for name in "ab":
        sign_up(session, name)
    registering.leave(found(session, "a"))
    registering.call_off(session)
    told = len(mails_to("b"))

    with pytest.raises(registering.WrongStateError):
        registering.accept(found(session, "b"))
    pass_time(hours=49)
    assert run_step(registering.lapse) == 1

    assert states(session, "b") == ["cancelled"]
    assert len(mails_to("b")) == told  # nobody else has the seat


@pytest.mark.parametrize("act", [registering.accept, registering.leave])
def test_act_on_what_was_removed_meanwhile_is_too_late(act):
    session = make_open_session()
    sign_up(session, "a")
    registration = found(session, "a")
    registering.erase(registration)

    with pytest.raises(registering.WrongStateError):
        act(registration)


def test_nobody_moves_up_once_the_session_began(pass_time):
    session = make_open_session(seats=1, days=1)
    for name in "ab":
        sign_up(session, name)
    pass_time(days=1, minutes=1)

    with pytest.raises(registering.WrongStateError):
        registering.leave(found(session, "a"))

    assert states(session, *"ab") == ["confirmed", "waiting"]


def test_newcomer_does_not_pass_who_waits():
    session = make_open_session(seats=1)
    for name in "ab":
        sign_up(session, name)
    session.seats = 2
    session.save()

    sign_up(session, "c")

    assert states(session, *"abc") == ["confirmed", "waiting", "waiting"]


# --- Mails -------------------------------------------------------------------------------------


def file_of(mail):
    (attachment,) = mail.attachments.all()
    assert attachment.name == "session.ics"
    with attachment.file.open("rb") as file:
        return Calendar.from_ical(file.read())


def event_in(mail):
    (event,) = file_of(mail).walk("VEVENT")
    return event


def test_addresses_go_only_to_who_has_a_seat(pass_time):
    session = make_open_session(
        seats=1,
        address="Kanariestraat 77",
        is_protected=True,
        is_online=True,
        online_address="https://meet.example/room",
    )
    for name in "ab":
        sign_up(session, name)

    seat, waits = mails_to("a")[-1], mails_to("b")[-1]
    for told in ("Kanariestraat 77", "https://meet.example/room"):
        assert told in text_of(seat)
        assert told in str(event_in(seat).to_ical().decode().replace("\r\n ", "")).replace("\\", "")
        assert told not in text_of(waits)
    registering.leave(found(session, "a"))
    assert "Kanariestraat" not in text_of(mails_to("a")[-1])
    assert "Kanariestraat" not in text_of(mails_to("b")[-1])  # a seat is offered, not taken


def test_file_puts_a_session_into_the_calendar_of_who_has_a_seat_only():
    session = make_open_session(seats=1)
    for name in "ab":
        sign_up(session, name)
    registering.leave(found(session, "a"))
    waiting, offered = mails_to("b")
    registering.accept(found(session, "b"))

    assert [mail.attachments.count() for mail in (waiting, offered)] == [0, 0]
    assert event_in(mails_to("b")[-1])["status"] == "CONFIRMED"


def test_file_takes_the_session_out_of_the_calendar_of_who_left(pass_time):
    session = make_open_session()
    sign_up(session, "a")
    pass_time(minutes=1)
    registering.leave(found(session, "a"))

    seat, left = (event_in(mail) for mail in mails_to("a"))
    assert (seat["uid"], seat["sequence"]) == (left["uid"], left["sequence"])
    assert left["status"] == "CANCELLED"
    assert left["dtstamp"].dt > seat["dtstamp"].dt  # of two with one SEQUENCE the later counts


def test_file_of_a_seat_is_newer_than_the_public_one(pass_time):
    session = make_open_session()
    path = address("session_file", session.training.code, session.pk)
    (public,) = Calendar.from_ical(get(path).content).walk("VEVENT")
    pass_time(minutes=1)

    sign_up(session, "a")

    assert event_in(mails_to("a")[-1])["dtstamp"].dt > public["dtstamp"].dt


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_who_has_a_seat_tells_where_and_gives_the_file(language):
    session = make_open_session(seats=1, address="Kanariestraat 77", is_protected=True)
    for name in "ab":
        sign_up(session, name)

    seat, waits = (found(session, name) for name in "ab")
    for one, status in ((seat, 200), (waits, 404)):
        path = address("registration_file", one.told["token"], language=language)
        assert (path in body(get(link_to(one, language)))) == (status == 200)
        assert ("Kanariestraat 77" in text(get(link_to(one, language)))) == (status == 200)
        assert get(path).status_code == status
    file = get(address("registration_file", seat.told["token"]))
    assert b"Kanariestraat 77" in file.content
    assert file["Cache-Control"] == "no-store"
    assert get(address("registration_file", "nobody")).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_mail_is_in_the_language_of_who_registered(language):
    session = make_open_session()

    sign_up(session, "a", language)

    (mail,) = mails_to("a")
    assert link_to(found(session, "a"), language) in text_of(mail)
    assert session.reference in mail.subject
    assert str(event_in(mail)["summary"]).endswith(f" {language}")


def test_cancelled_session_tells_everybody_and_their_calendars():
    session = make_open_session(seats=1)
    for name in "abc":
        sign_up(session, name)
    registering.leave(found(session, "c"))

    registering.call_off(session)
    registering.call_off(session)

    for name in "ab":
        event = event_in(mails_to(name)[-1])
        assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert [len(mails_to(name)) for name in "abc"] == [2, 2, 2]
    assert states(session, *"ab") == ["confirmed", "waiting"]


def test_reminder_goes_once_to_who_has_a_seat(pass_time):
    session = make_open_session(seats=1, days=10)
    for name in "ab":
        sign_up(session, name)

    pass_time(days=6)
    assert run_step(registering.remind) == 0
    pass_time(days=1, minutes=1)
    assert run_step(registering.remind) == 1
    assert run_step(registering.remind) == 0

    assert [len(mails_to(name)) for name in "ab"] == [2, 1]


def test_cancelled_session_is_not_reminded_of(pass_time):
    session = make_open_session(days=10)
    sign_up(session, "a")
    registering.call_off(session)
    pass_time(days=8)

    assert run_step(registering.remind) == 0


def test_mail_without_its_key_stops_nobody(settings):
    session = make_open_session(seats=1)
    sign_up(session, "a")
    leaver = found(session, "a")
    session.registrations.create(
        **{"state": State.WAITING, "language": "nl", "link_mark": "x", "form_mark": "x"},
        **{"person_mark": "x", "locked": "what no key opens", "made_at": timezone.now()},
    )

    registering.leave(leaver)

    assert session.registrations.filter(state=State.OFFERED).count() == 1


def test_session_that_is_put_off_is_reminded_of_again(pass_time):
    session = make_open_session(days=10)
    sign_up(session, "a")
    pass_time(days=8)
    assert run_step(registering.remind) == 1

    session.starts_at += timedelta(days=30)
    session.ends_at += timedelta(days=30)
    session.save()
    registering.follow_change(session, has_moved=True)

    assert run_step(registering.remind) == 0
    pass_time(days=30)
    assert run_step(registering.remind) == 1


def test_session_of_a_training_that_is_no_longer_public_is_not_reminded_of(pass_time):
    session = make_open_session(days=10)
    sign_up(session, "a")
    Training.objects.filter(pk=session.training_id).update(editorial_status="archived")
    pass_time(days=8)

    assert run_step(registering.remind) == 0


# --- Forgetting --------------------------------------------------------------------------------


def everything_kept():
    """Every row of every table, and every file of a mail."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield f"{table} {row}"
    for path in Path(project.VAR_DIR).rglob("*"):
        if path.is_file() and "sqlite" not in path.name:
            yield path.read_bytes().decode("utf-8", "replace")


def kept_of_canary():
    return [kept for kept in everything_kept() if CANARY in kept.lower()]


def test_nothing_of_a_participant_is_left_after_the_months_of_the_session(
    typed, pass_time, caplog, settings, tmp_path
):
    settings.VAR_DIR = tmp_path  # the files of other tests are not those of this one
    settings.MAILS_KEPT = timedelta(days=10_000)  # so that only the purge removes them
    session = make_open_session(seats=1, days=10, months_kept=2)
    client = Client()
    client.post(register_path(session), typed)
    sign_up(session, CANARY)
    registering.leave(found(session, CANARY))
    registration = session.registrations.first()
    token, link = registration.told["token"], link_to(registration)
    pass_time(days=8)
    run_step(registering.remind)
    assert len(kept_of_canary()) >= 4
    assert Attachment.objects.count() >= 3

    pass_time(days=30)
    assert run_step(registering.forget) == 0
    assert kept_of_canary()
    pass_time(days=40)
    assert run_step(registering.forget) == 1
    assert run_step(registering.forget) == 0

    assert kept_of_canary() == []
    for secret in (token, confidential.mark_of(token)):
        assert [kept for kept in everything_kept() if secret in kept] == []
    assert not Registration.objects.exists()
    assert not Attachment.objects.exists()
    assert not any(path.is_file() for path in (project.VAR_DIR / "mail_files").rglob("*.ics"))
    assert CANARY not in caplog.text
    assert get(link).status_code == 404


def test_participant_removes_everything_and_the_seat_goes_on():
    session = make_open_session(seats=1)
    sign_up(session, CANARY)
    sign_up(session, "b")
    link = link_to(found(session, CANARY))

    page = Client().post(link, {"act": "erase"}, follow=True)

    assert page.status_code == 404
    assert kept_of_canary() == []
    assert states(session, "b") == ["offered"]
    assert len(mails_to("b")) == 2


def test_forgetting_one_session_leaves_the_others(pass_time):
    over, later = make_open_session(days=1, months_kept=1), make_open_session(days=60)
    for session in (over, later):
        sign_up(session, "a")
    pass_time(days=40)

    assert run_step(registering.forget) == 1

    assert later.registrations.count() == 1
    assert len(mails_to("a")) == 1


def test_mail_files_go_with_the_mails(pass_time, settings):
    sign_up(make_open_session(), "a")
    (attachment,) = Attachment.objects.all()
    path = Path(attachment.file.path)
    assert path.is_relative_to(project.VAR_DIR)
    assert oct(path.stat().st_mode)[-3:] == "600"

    pass_time(days=8)
    tick.run([step for step in tick.STEPS if step.name == "old mails removed"])

    assert not path.exists()
    assert not Attachment.objects.exists()


# --- Twenty at once ----------------------------------------------------------------------------


RACE = """
import django; django.setup()
from threading import Barrier, Thread
from django.db import connection
from tests.factories import make_open_session
from trainings import registering
session = make_open_session(seats=1)
start = Barrier(20)

def sign_up(number):
    start.wait()
    told = {"name": "a", "organisation": "b", "function": "c", "needs": ""}
    told["email"] = f"{number}@a.example"
    registering.register(session, told, "nl", form_mark=str(number))
    connection.close()

threads = [Thread(target=sign_up, args=[number]) for number in range(20)]
for thread in threads: thread.start()
for thread in threads: thread.join()
states = list(session.registrations.values_list("state", flat=True))
print(len(states), states.count("confirmed"), states.count("waiting"))
"""


@pytest.mark.thorough
def test_of_twenty_who_want_the_last_seat_one_has_it(site):
    assert run(RACE, site).split() == ["20", "1", "19"]


def test_session_without_registration_has_no_form(typed):
    assert "To take part, write to the organiser." in text(get(make_session().get_absolute_url()))
