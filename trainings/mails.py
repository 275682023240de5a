"""Mails about registrations, in the language of who registered, with the session as a file."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from care.confidential import LostKeyError
from care.mail import queue
from familysupport.templatetags.reading import read_text
from trainings.ics import calendar_of, place_of
from trainings.models import Registration


@dataclass(frozen=True)
class Letter:
    subject: object
    news: object


SEAT = Letter(
    _("You have a seat: %(training)s (%(reference)s)"),
    _("You have a seat for this session."),
)
WAITS = Letter(
    _("You are on the waiting list: %(training)s (%(reference)s)"),
    _("All seats are taken. You are on the waiting list; we write when a seat is free."),
)
OFFERED = Letter(
    _("A seat is free for you: %(training)s (%(reference)s)"),
    _("A seat is free. Take it on the page below before the hour it names; then it goes on."),
)
LAPSED = Letter(
    _("The seat went to somebody else: %(training)s (%(reference)s)"),
    _("Nobody took the seat that was offered to you, so it went to the next on the list."),
)
LEFT = Letter(
    _("Your registration is cancelled: %(training)s (%(reference)s)"),
    _("Your registration is cancelled, as you asked."),
)
AGAIN = Letter(
    _("Your registration: %(training)s (%(reference)s)"),
    _("You registered before. Nothing has changed; this is your page."),
)
REMINDER = Letter(
    _("Soon: %(training)s (%(reference)s)"),
    _("This session is soon. Can you not come? Give your seat to somebody else on this page."),
)
MOVED = Letter(
    _("Time or place changed: %(training)s (%(reference)s)"),
    _("The time or the place of this session changed. This is how it is now."),
)
CALLED_OFF = Letter(
    _("The session is cancelled: %(training)s (%(reference)s)"),
    _("The organiser cancelled this session."),
)


def message(text):
    """What an organiser writes to everybody."""
    return Letter(_("From the organiser: %(training)s (%(reference)s)"), text)


def tell(registration, letter):
    """Without its key there is no address to write to any more."""
    try:
        told = registration.told
    except LostKeyError:
        return
    session, language = registration.session, registration.language
    with override(language):
        context = facts(session, registration) | {"news": str(letter.news), "told": told}
        context["link"] = link_of(told["token"])
        files = files_for(registration)
    queue(told["email"], letter.subject, "mail/registration.txt", context, language, files)


def files_for(registration):
    """What puts the session into the calendar of who has a seat, and takes it out again."""
    session = registration.session
    is_off = session.is_cancelled or registration.state == Registration.State.CANCELLED
    if not is_off and not has_seat(registration):
        return {}
    file = calendar_of([session], has_seat=has_seat(registration), is_off=is_off)
    return {"session.ics": file}


def facts(session, registration):
    begins, ends = localtime(session.starts_at), localtime(session.ends_at)
    seated = has_seat(registration)
    until = registration.offered_until
    return {
        "training": read_text(session.training, "name").value,
        "reference": session.reference,
        "begins": date_format(begins, "DATETIME_FORMAT"),
        "ends": date_format(ends, "DATETIME_FORMAT"),
        "place": session.full_place if seated else place_of(session),
        "contact": session.contact,
        "offered_until": date_format(localtime(until), "DATETIME_FORMAT") if until else "",
    }


def has_seat(registration):
    """Who only was offered one does not have it yet."""
    return registration.state == Registration.State.CONFIRMED


def link_of(token):
    return settings.SITE_URL + reverse("registration", args=[token])
