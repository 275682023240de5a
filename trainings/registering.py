"""Everything that may happen to a registration. Each act holds the row of its session."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from care import confidential, mail
from trainings import mails
from trainings.models import Registration, Session

State = Registration.State
OFFER_LASTS = timedelta(hours=48)
REMINDED_BEFORE = timedelta(days=3)
MAY_LEAVE = (State.CONFIRMED, State.WAITING, State.OFFERED)


class ClosedError(Exception):
    """The session takes no registrations at this moment."""


class WrongStateError(Exception):
    """The registration is no longer in the state this act begins in."""


def held(pk):
    """The session; whoever comes second waits until the first is done."""
    return Session.objects.select_for_update().get(pk=pk)


def held_with(registration):
    """(its session, itself as it is now). Raises WrongStateError when it is too late."""
    session = held(registration.session_id)
    current = session.registrations.filter(pk=registration.pk).first()
    if current is None or not session.is_ahead:
        raise WrongStateError
    return session, current


def free_seats(session):
    taken = session.registrations.holding_seats().count()
    return max((session.seats or 0) - taken, 0)


def person_marks(session, email):
    """The newest first. The same address at another session cannot be told to be the same."""
    return confidential.marks_of(f"{session.uid} {email.strip().lower()}")


# --- By who takes part -------------------------------------------------------------------------


@transaction.atomic
def register(session, told, language, form_mark):
    """Raises ClosedError. Who is registered already gets the link again and nothing changes.

    `told` stays encrypted: name, organisation, function, email, needs.
    """
    session = held(session.pk)
    if not session.takes_registrations:
        raise ClosedError
    marks = person_marks(session, told["email"])
    there = session.registrations.exclude(state=State.CANCELLED)
    if known := there.filter(person_mark__in=marks).first():
        mails.tell(known, mails.AGAIN)
    elif not Registration.objects.filter(form_mark=form_mark).exists():
        begin(session, told, language, form_mark=form_mark, person_mark=marks[0])


def begin(session, told, language, **marks):
    token = confidential.new_token()
    is_free = free_seats(session) > 0 and not session.registrations.waiting().exists()
    registration = Registration.objects.create(
        session=session,
        state=State.CONFIRMED if is_free else State.WAITING,
        language=language,
        link_mark=confidential.mark_of(token),
        locked=confidential.lock({**told, "token": token}),
        made_at=timezone.now(),
        **marks,
    )
    mails.tell(registration, mails.SEAT if is_free else mails.WAITS)


@transaction.atomic
def accept(registration):
    """Takes the seat that was offered, before its deadline. Raises WrongStateError."""
    session, registration = held_with(registration)
    is_free_for_it = registration.state == State.OFFERED
    if not is_free_for_it or registration.offered_until <= timezone.now():
        raise WrongStateError
    give_seat(registration)


@transaction.atomic
def leave(registration):
    """Raises WrongStateError. The next one on the list moves up."""
    session, registration = held_with(registration)
    if registration.state not in MAY_LEAVE:
        raise WrongStateError
    end(registration, mails.LEFT)
    move_up(session)


@transaction.atomic
def erase(registration):
    """Leaves, and nothing about who registered is left; no mail tells it."""
    session = held(registration.session_id)
    registration = session.registrations.filter(pk=registration.pk).first()
    if registration is None:
        return
    with suppress(confidential.LostKeyError):
        mail.forget_about(session.reference, registration.told["email"])
    registration.delete()
    move_up(session)


def end(registration, letter=None):
    registration.state, registration.offered_until = State.CANCELLED, None
    registration.save()
    if letter:
        mails.tell(registration, letter)


def give_seat(registration):
    registration.state, registration.offered_until = State.CONFIRMED, None
    registration.save()
    mails.tell(registration, mails.SEAT)


def move_up(session):
    """Free seats go to those who wait, in the order in which they came."""
    if not session.is_ahead:
        return
    for registration in list(session.registrations.waiting()[: free_seats(session)]):
        offer(session, registration)


def offer(session, registration):
    """With 48 hours to answer; when less than that remains there is nothing to wait for."""
    until = timezone.now() + OFFER_LASTS
    if until > session.starts_at:
        give_seat(registration)
        return
    registration.state, registration.offered_until = State.OFFERED, until
    registration.save()
    mails.tell(registration, mails.OFFERED)


# --- By the organiser --------------------------------------------------------------------------


@transaction.atomic
def call_off(session):
    """Whoever is registered gets a mail, and a file that takes it out of their calendar."""
    session = held(session.pk)
    if session.state == Session.State.CANCELLED:
        return
    session.state = Session.State.CANCELLED
    session.save()
    write_to(session, mails.CALLED_OFF)


@transaction.atomic
def write_to(session, letter):
    """Returns how many."""
    concerned = session.registrations.filter(state__in=MAY_LEAVE)
    for registration in concerned:
        mails.tell(registration, letter)
    return len(concerned)


@transaction.atomic
def follow_change(session, *, has_moved):
    """After an organiser changed the session: tell who registered, and pass free seats on."""
    session = held(session.pk)
    if has_moved and session.state == Session.State.PLANNED:
        write_to(session, mails.MOVED)
        remind_again(session)
    move_up(session)


def remind_again(session):
    """Whoever was reminded of a day that is no longer near."""
    if session.starts_at > timezone.now() + REMINDED_BEFORE:
        session.registrations.update(reminded_at=None)


@transaction.atomic
def note_attended(session, attended):
    """`attended` are the keys of who came, of those who had a seat. Raises WrongStateError."""
    session = held(session.pk)
    if not session.has_begun:
        raise WrongStateError
    seated = session.registrations.filter(state__in=[State.CONFIRMED, State.ATTENDED])
    for registration in seated:
        registration.state = State.ATTENDED if registration.pk in attended else State.CONFIRMED
        registration.save()


# --- By the hour -------------------------------------------------------------------------------


def lapse() -> int:
    """Seats that nobody took in time go on. Returns how many."""
    late = Registration.objects.filter(state=State.OFFERED, offered_until__lte=timezone.now())
    sessions = set(late.values_list("session", flat=True))
    return sum(lapse_in(pk) for pk in sorted(sessions))


@transaction.atomic
def lapse_in(pk) -> int:
    session, now = held(pk), timezone.now()
    late = list(session.registrations.filter(state=State.OFFERED, offered_until__lte=now))
    for registration in late:
        end(registration, mails.LAPSED if session.is_ahead else None)
    move_up(session)
    return len(late)


def remind() -> int:
    """Three days before, once, whoever has a seat since longer. Returns how many."""
    now = timezone.now()
    soon = Session.objects.public().ahead().filter(starts_at__lte=now + REMINDED_BEFORE)
    return sum(remind_in(pk) for pk in soon.values_list("pk", flat=True))


@transaction.atomic
def remind_in(pk) -> int:
    session = held(pk)
    seated = session.registrations.filter(
        state=State.CONFIRMED,
        reminded_at=None,
        made_at__lte=session.starts_at - REMINDED_BEFORE,
    )
    for registration in seated:
        registration.reminded_at = timezone.now()
        registration.save()
        mails.tell(registration, mails.REMINDER)
    return len(seated)


def forget() -> int:
    """Nothing of the participants is left, not in a mail either. Returns how many sessions."""
    now = timezone.now()
    over = Session.objects.filter(registrations__isnull=False, ends_at__lte=now).distinct()
    due = [session for session in over if session.kept_until <= now]
    for session in due:
        forget_in(session)
    return len(due)


@transaction.atomic
def forget_in(session):
    mail.forget_about(session.reference)
    session.registrations.all().delete()
