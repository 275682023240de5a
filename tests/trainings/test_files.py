"""Calendar files by the rules of RFC 5545, and the feed."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.factories import in_all, make_session, make_training
from tests.pages import address, get
from tests.trainings.test_pages import at, session_at
from trainings.models import Session

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
ATOM = "{http://www.w3.org/2005/Atom}"


def file_of(session, language="en"):
    return get(address("session_file", session.training.code, session.pk, language=language))


def events(response):
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_follow_the_rules(language):
    long = "Écouter une mère, parler ; et \\ encore " * 12
    session = make_session(
        make_training(**in_all("name", "É" * 80), **in_all("summary", long[:290]))
    )

    content = file_of(session, language).content

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", content) is None
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    (event,) = events(file_of(session, language))
    assert str(event["summary"]).endswith(language)
    assert long[:290] in str(event["description"])
    of_event = content.decode().split("BEGIN:VEVENT")[1]
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "URL"):
        assert len(re.findall(rf"^{name}[;:]", of_event, re.MULTILINE)) == 1


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-10-24", 2), ("2026-10-26", 1), ("2027-03-27", 1), ("2027-03-29", 2)]
)
def test_times_are_those_of_brussels_on_both_sides_of_the_change(day, hours):
    session = session_at(f"{day} 09:00", f"{day} 12:00")

    calendar = Calendar.from_ical(file_of(session).content)

    (zone,), (event,) = calendar.walk("VTIMEZONE"), calendar.walk("VEVENT")
    assert zone["tzid"] == event["dtstart"].params["TZID"] == "Europe/Brussels"
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    assert event["dtstart"].to_ical() == day.replace("-", "").encode() + b"T090000"
    assert zone.to_tz().utcoffset(event["dtstart"].dt.replace(tzinfo=None)).seconds == hours * 3600


def test_session_over_the_night_of_the_change_ends_when_it_ends():
    session = session_at("2026-10-24 22:00", "2026-10-25 10:00")

    (event,) = events(file_of(session))

    assert event["dtend"].dt == at("2026-10-25 10:00")
    assert event["dtstart"].dt == at("2026-10-24 22:00")


def test_uid_stays_and_sequence_counts_what_moves():
    session = make_session()
    first = events(file_of(session))[0]

    session.seats = 12
    session.save()
    session.starts_at += timedelta(minutes=5)
    session.save()
    session.address = "Street 1"
    session.save()
    session.state = Session.State.CANCELLED
    session.save()

    (last,) = events(file_of(session))
    assert (first["sequence"], last["sequence"]) == (0, 3)
    assert first["uid"] == last["uid"] == f"{session.uid}@family-support"
    assert (first["status"], last["status"]) == ("CONFIRMED", "CANCELLED")


def test_file_tells_no_protected_and_no_online_address():
    session = make_session(
        address="Kanariestraat 77",
        is_protected=True,
        is_online=True,
        online_address="https://meet.example/zwaluwnest",
    )
    shown = make_session(address="Open Street 1")

    content = file_of(session).content + get(address("training_calendar_file")).content
    content += get(address("training_feed")).content

    assert b"Kanariestraat" not in content
    assert b"zwaluwnest" not in content
    assert str(events(file_of(shown))[0]["location"]) == f"Open Street 1, {shown.place.name}"


def test_file_of_a_list_has_its_filters():
    online, other = make_training(channels=["online"]), make_training()
    wanted = make_session(online, days=5)
    make_session(online, days=50)
    make_session(online, days=5, state=Session.State.DRAFT)
    make_session(other, days=5)
    until = (timezone.localdate() + timedelta(days=20)).isoformat()

    page = get(address("training_calendar_file"), {"channel": "online", "until": until})

    assert [str(event["uid"]) for event in events(page)] == [f"{wanted.uid}@family-support"]
    assert len(events(get(address("training_calendar_file")))) == 3
    assert get(address("training_calendar_file"), {"channel": "nothing"}).status_code == 400


def test_cancelled_session_stays_in_the_file_of_its_days():
    session = make_session(days=5)
    asked = {"from": timezone.localdate().isoformat()}
    assert len(events(get(address("training_calendar_file"), asked))) == 1

    session.state = Session.State.CANCELLED
    session.save()

    (event,) = events(get(address("training_calendar_file"), asked))
    assert event["status"] == "CANCELLED"


def test_rules_of_the_clock_are_those_of_the_standard():
    (zone,) = Calendar.from_ical(file_of(make_session()).content).walk("VTIMEZONE")

    lines = zone.to_ical().decode().split("\r\n")
    assert "DTSTART:19960331T020000" in lines  # by the clock before the change
    assert "DTSTART:19961027T030000" in lines
    assert {"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"} < set(lines)


def test_empty_list_is_a_calendar_too():
    assert events(get(address("training_calendar_file"))) == []


def test_feed_says_what_is_cancelled_and_who_tells_it():
    training = make_training(**in_all("summary", "Talk & <b>listen</b>"))
    session = make_session(training, state=Session.State.CANCELLED)

    feed = ElementTree.fromstring(get(address("training_feed")).content)

    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Family Support"
    told = {entry.find(f"{ATOM}id").text: entry for entry in feed.iter(f"{ATOM}entry")}
    entry = told[f"tag:family-support,2026:session:{session.uid}"]
    assert entry.find(f"{ATOM}title").text.startswith("Cancelled: ")
    assert session.place.name in entry.find(f"{ATOM}summary").text
    (of_training,) = [one for key, one in told.items() if ":training:" in key]
    assert "&lt;b&gt;listen&lt;/b&gt;" in of_training.find(f"{ATOM}summary").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_feed_has_stable_ids_and_whole_links(language, settings):
    training = make_training()
    session = make_session(training)
    make_session(training, state=Session.State.DRAFT)
    make_training(editorial_status="draft", **in_all("name", "Hidden"))

    page = get(address("training_feed", language=language))

    feed = ElementTree.fromstring(page.content)
    found = [entry.find(f"{ATOM}id").text for entry in feed.iter(f"{ATOM}entry")]
    assert sorted(found) == sorted(
        [
            f"tag:family-support,2026:training:{training.code}",
            f"tag:family-support,2026:session:{session.uid}",
        ]
    )
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith(f"{settings.SITE_URL}/{language}/") for link in links)
    assert page["Content-Type"].startswith("application/atom+xml")
