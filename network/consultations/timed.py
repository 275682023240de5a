"""What time does to questions: reminders, an end after a long silence, and forgetting."""

from calendar import monthrange
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localtime

from care import mail
from network.consultations import acts, mails
from network.consultations.models import Consultation, PublicAnswer, Step

REMINDED_AFTER = (timedelta(days=3), timedelta(days=10))
EXPIRES_AFTER = timedelta(days=30)
State = Consultation.State


def remind() -> int:
    """Who has to move a question on, after three and after ten days. Returns how many."""
    now, number = timezone.now(), 0
    for consultation in Consultation.objects.open().filter(moved_at__lte=now - REMINDED_AFTER[0]):
        number += remind_once(consultation.pk, now)
    return number


@transaction.atomic
def remind_once(pk, now) -> bool:
    """One mail, however many days were missed, and none twice."""
    consultation = Consultation.objects.select_for_update().get(pk=pk)
    due = sum(now - consultation.moved_at >= after for after in REMINDED_AFTER)
    reminded = consultation.steps.filter(
        kind=Step.Kind.REMINDED, at__gt=consultation.moved_at
    ).count()
    if not consultation.is_open or reminded >= due:
        return False
    for _missed in range(reminded, due):
        acts.note(consultation, Step.Kind.REMINDED, Step.Role.SITE, at=now)
    tell(consultation, is_last=due == len(REMINDED_AFTER))
    return True


def tell(consultation, *, is_last):
    if consultation.state == State.ANSWERED:
        mails.tell_asker(consultation, mails.WAITS)
        return
    is_with_expert = consultation.state == State.ASSIGNED and mails.reaches(consultation.expert)
    if is_with_expert:
        mails.tell_expert(consultation, mails.UNANSWERED)
    if is_last or not is_with_expert:
        mails.tell_coordinators(consultation, mails.UNREAD)


def expire() -> int:
    """Questions of which nothing was heard for thirty days. Returns how many."""
    limit = timezone.now() - EXPIRES_AFTER
    silent = Consultation.objects.open().filter(moved_at__lte=limit)
    return sum(expire_once(pk, limit) for pk in silent.values_list("pk", flat=True))


@transaction.atomic
def expire_once(pk, limit) -> bool:
    """Somebody may have moved it on since it was found."""
    if Consultation.objects.select_for_update().get(pk=pk).moved_at > limit:
        return False
    try:
        ended = acts.moved(
            pk,
            Consultation.OPEN,
            Step.Kind.EXPIRED,
            Step.Role.SITE,
            state=State.EXPIRED,
        )
    except acts.WrongStateError:
        return False
    mails.tell_asker(ended, mails.NEWS)
    return True


# --- Forgetting --------------------------------------------------------------------------------


def anonymise_old() -> int:
    """After a year nothing in a question leads to anybody. Returns how many."""
    limit = months_ago(settings.CONSULTATION_MONTHS)
    old = Consultation.objects.filter(made_at__lte=limit, anonymised_at=None)
    return sum(anonymise(pk) for pk in old.values_list("pk", flat=True))


@transaction.atomic
def anonymise(pk) -> bool:
    """Left are the month, the language, themes, region and how long it took: for the counts."""
    consultation = Consultation.objects.select_for_update().get(pk=pk)
    if consultation.anonymised_at:
        return False
    mail.forget_about(consultation.reference)  # one that still waits would outlive the question
    consultation.steps.all().delete()
    consultation.viewings.all().delete()
    let_go_of_answers(consultation)
    consultation.locked = ""
    consultation.reference = consultation.link_mark = consultation.form_mark = None
    consultation.expert = None
    if consultation.is_open:
        consultation.state = State.EXPIRED
    consultation.waited_days = consultation.days_until_answer
    consultation.made_at, consultation.moved_at = map(
        month_of, (consultation.made_at, consultation.moved_at)
    )
    consultation.answered_at = None
    consultation.anonymised_at = month_of(timezone.now())  # the day would tell the one of asking
    consultation.save()
    return True


def let_go_of_answers(consultation):
    """What is public stays, and leads to no question; drafts go."""
    answers = PublicAnswer.objects.filter(consultation=consultation)
    answers.drafts().delete()
    answers.update(consultation=None)


def month_of(moment):
    """The first moment of its month."""
    return localtime(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def remove_old() -> int:
    """Returns how many."""
    limit = months_ago(settings.CONSULTATION_MONTHS_TO_REMOVAL)
    old = Consultation.objects.filter(made_at__lte=limit)
    number = old.count()
    old.delete()
    return number


def months_ago(months):
    """The same day and hour so many months before; the last day of a shorter month."""
    now = localtime()
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)
