"""Sessions as a calendar file (RFC 5545), in the reader's language."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
)

from familysupport.templatetags.reading import read_text

ZONE = ZoneInfo(settings.TIME_ZONE)
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(sessions, *, has_seat=False, is_off=False) -> bytes:
    """`has_seat`: with the protected address and that of the meeting, for participants only.

    `is_off`: for who gave the seat back, whatever the session does.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Family Support//{get_language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(brussels())
    for session in sessions:
        calendar.add_component(event_of(session, has_seat, is_off or session.is_cancelled))
    return calendar.to_ical()


def brussels():
    """The rules of the European Union since 1996; hours are those of the clock just before."""
    zone = Timezone()
    zone.add("tzid", settings.TIME_ZONE)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    zone.add_component(clock_change(TimezoneStandard(), "CET", 10, summer, winter))
    zone.add_component(clock_change(TimezoneDaylight(), "CEST", 3, winter, summer))
    return zone


def clock_change(rule, name, month, before, after):
    """On the last Sunday of a month, at one o'clock of universal time."""
    rule.add("tzname", name)
    rule.add("dtstart", datetime(1996, month, 27 if month == 10 else 31, 1) + before)
    rule.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
    rule.add("tzoffsetfrom", before)
    rule.add("tzoffsetto", after)
    return rule


def event_of(session, has_seat, is_off):
    """A calendar believes the file with the higher SEQUENCE, and of two the later DTSTAMP."""
    event = Event()
    event.add("uid", f"{session.uid}@family-support")
    event.add("sequence", session.sequence)
    event.add("dtstamp", timezone.now())
    event.add("last-modified", session.changed_at)
    event.add("dtstart", session.starts_at.astimezone(ZONE))
    event.add("dtend", session.ends_at.astimezone(ZONE))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("summary", read_text(session.training, "name").value)
    event.add("location", session.full_place if has_seat else place_of(session))
    event.add("description", description_of(session, has_seat))
    event.add("url", settings.SITE_URL + session.get_absolute_url())
    event.add("organizer", vCalAddress(f"MAILTO:{session.contact}"))
    return event


def place_of(session):
    told = [session.shown_place, _("online") if session.is_online else ""]
    return ", ".join(filter(None, told))


def description_of(session, has_seat):
    told = [
        _("This session is cancelled.") if session.is_cancelled else "",
        read_text(session.training, "summary").value,
        session.online_address if has_seat else "",
        settings.SITE_URL + session.get_absolute_url(),
    ]
    return "\n".join(filter(None, told))
