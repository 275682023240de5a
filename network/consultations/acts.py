"""Everything that may happen to a question. Each act is one step, whole or not at all."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from care import confidential
from network.consultations import mails
from network.consultations.models import Consultation, Step

State, Kind, Role = Consultation.State, Step.Kind, Step.Role


class WrongStateError(Exception):
    """Somebody else was first: the question is no longer in the state this act begins in."""


@transaction.atomic
def moved(pk, begins_in, kind, role, *, account=None, text="", **changes):
    """The question after the step; of two at one time the second raises WrongStateError."""
    consultation = Consultation.objects.select_for_update().get(pk=pk)
    if consultation.state not in begins_in:
        raise WrongStateError
    now = timezone.now()
    for name, value in {"moved_at": now, **changes}.items():
        setattr(consultation, name, value)
    consultation.save()
    note(consultation, kind, role, account=account, text=text, at=now)
    return consultation


def note(consultation, kind, role, *, account=None, text="", at=None):
    locked = confidential.lock({"text": text}) if text else ""
    at = at or timezone.now()
    return consultation.steps.create(kind=kind, role=role, account=account, locked=locked, at=at)


# --- By the asker ------------------------------------------------------------------------------


def ask(told, themes, form_mark, **facts):
    """The new question and its link; the same form sent twice is one question.

    `told` stays encrypted: organisation, function, email, phone, question.
    """
    token, now = confidential.new_token(), timezone.now()
    try:
        with transaction.atomic():
            consultation = Consultation.objects.create(
                made_at=now,
                moved_at=now,
                reference=confidential.new_reference(),
                link_mark=confidential.mark_of(token),
                form_mark=form_mark,
                locked=confidential.lock({**told, "token": token}),
                **facts,
            )
            consultation.themes.set(themes)
            note(consultation, Kind.RECEIVED, Role.SITE, at=now)
            mails.tell_asker(consultation, mails.RECEIVED)
            mails.tell_coordinators(consultation, mails.NEW)
    except IntegrityError:
        first = Consultation.objects.filter(form_mark=form_mark).first()
        if first is None:
            raise
        return first, first.told["token"]
    return consultation, token


@transaction.atomic
def reply(consultation, text):
    """Another round: the expert has the question again."""
    begun = moved(
        consultation.pk, [State.ANSWERED], Kind.REPLIED, Role.ASKER, text=text, state=State.ASSIGNED
    )
    mails.tell_expert(begun, mails.REPLIED)
    return begun


def close_as_asker(consultation):
    return moved(consultation.pk, Consultation.OPEN, Kind.CLOSED, Role.ASKER, state=State.CLOSED)


# --- By a coordinator --------------------------------------------------------------------------


@transaction.atomic
def accept(consultation, account):
    accepted = moved(
        consultation.pk,
        [State.RECEIVED],
        Kind.ACCEPTED,
        Role.COORDINATOR,
        account=account,
        state=State.ACCEPTED,
    )
    mails.tell_asker(accepted, mails.NEWS)
    return accepted


@transaction.atomic
def assign(consultation, expert, account, *, instead_of=None):
    """`instead_of`: the expert whom the coordinator saw there, or None."""
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if held.expert_id != (instead_of.pk if instead_of else None):
        raise WrongStateError
    assigned = moved(
        consultation.pk,
        [State.ACCEPTED, State.ASSIGNED, State.ANSWERED],
        Kind.ASSIGNED,
        Role.COORDINATOR,
        account=account,
        state=State.ASSIGNED,
        expert=expert,
    )
    mails.tell_asker(assigned, mails.NEWS)
    mails.tell_expert(assigned, mails.ASSIGNED)
    return assigned


@transaction.atomic
def decline(consultation, account, reason):
    return ended(consultation, account, reason, Kind.DECLINED, State.DECLINED)


@transaction.atomic
def redirect(consultation, account, reason):
    return ended(consultation, account, reason, Kind.REDIRECTED, State.REDIRECTED)


@transaction.atomic
def close(consultation, account, reason=""):
    return ended(consultation, account, reason, Kind.CLOSED, State.CLOSED)


def ended(consultation, account, reason, kind, state):
    done = moved(
        consultation.pk,
        Consultation.OPEN,
        kind,
        Role.COORDINATOR,
        account=account,
        text=reason,
        state=state,
    )
    mails.tell_asker(done, mails.NEWS)
    return done


# --- By an expert ------------------------------------------------------------------------------


@transaction.atomic
def answer(consultation, account, text):
    """By the expert who has the question at that moment."""
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if held.expert is None or held.expert.account != account:
        raise WrongStateError
    answered = moved(
        consultation.pk,
        [State.ASSIGNED],
        Kind.ANSWERED,
        Role.EXPERT,
        account=account,
        text=text,
        state=State.ANSWERED,
        answered_at=held.answered_at or timezone.now(),
    )
    mails.tell_asker(answered, mails.NEWS)
    return answered
