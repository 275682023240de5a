"""Sessions as a calendar file (RFC 5545), in the reader's language."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress

from familysupport.templatetags.reading import read_text

ZONE = ZoneInfo(settings.TIME_ZONE)
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(sessions, *, has_seat=False) -> bytes:
    """`has_seat`: with the protected address and that of the meeting, for participants only."""
    sessions = list(sessions)
    calendar = Calendar()
    calendar.add("prodid", f"-//Family Support//{get_language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(brussels([*sessions]))
    for session in sessions:
        calendar.add_component(event_of(session, has_seat))
    return calendar.to_ical()


def brussels(sessions):
    """The rules of the years that the sessions lie in."""
    years = [session.starts_at.year for session in sessions] or [timezone.localdate().year]
    first, last = date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1)
    return Timezone.from_tzid(settings.TIME_ZONE, first_date=first, last_date=last)


def event_of(session, has_seat):
    event = Event()
    event.add("uid", f"{session.uid}@family-support")
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.changed_at)
    event.add("dtstart", session.starts_at.astimezone(ZONE))
    event.add("dtend", session.ends_at.astimezone(ZONE))
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
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
