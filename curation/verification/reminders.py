"""What happens when a record is due to be checked, each on its day. Every act may run twice."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from care import mail
from curation.verification.models import CheckMail, DailyAct, address_of
from practices.models import Practice
from practices.verification import LOWER_AFTER, TASK_AFTER, TOLD_AFTER
from search.version import bump

LINK_SALT = "curation.verification.organisation"
LINK_LIVES_DAYS = 30
BACKEND = "django.contrib.auth.backends.ModelBackend"


# --- Curators ----------------------------------------------------------------------------------


def remind_curators() -> int:
    """One mail a day to each curator, on days on which something became due. Returns how many."""
    today = timezone.localdate()
    last = DailyAct.objects.begin("curators reminded", today)
    due, left = became_due(last, today), left_to_curators(last, today)
    if not due and not left:
        return 0
    people = curators()
    for curator in people:
        mail_curator(curator, due, left)
    return len(people)


def curators():
    may_change = get_user_model().objects.with_perm("practices.change_practice", backend=BACKEND)
    return may_change.filter(is_active=True, is_staff=True).exclude(email="")


def mail_curator(curator, due, left):
    """An account has no language: the mail is in the first one of the directory."""
    language = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    context = {"due": told(due, language), "left": told(left, language)}
    context["number"] = len({practice.pk for practice in (*due, *left)})
    subject = _("Records to check: %(number)s")
    mail.queue(curator.email, subject, "mail/records_to_check.txt", context, language)


def told(practices, language):
    """(record, address of the page on which it is checked)"""
    with override(language):
        return [
            (practice, absolute("admin:practices_practice_verification", practice.pk))
            for practice in practices
        ]


def became_due(last, today):
    """Since the last time, for the first time: as a whole, or its contacts."""
    waiting = Practice.objects.published().anything_due(today).order_by("code")
    return [
        practice
        for practice in waiting
        if any(lies_between(last, day, today) for day in due_days(practice))
    ]


def left_to_curators(last, today):
    """Nobody answered for six weeks, since the last time."""
    waiting = Practice.objects.published().verification_for_curator(today).order_by("code")
    return [
        practice
        for practice in waiting
        if lies_between(last, practice.verification_due_on + TASK_AFTER, today)
    ]


def due_days(practice):
    days = (practice.verification_due_on, practice.contacts_due_on)
    return [day for day in days if day]


def lies_between(last, day, today):
    return (last is None or last < day) and day <= today


# --- Organisations -----------------------------------------------------------------------------


def ask_organisations() -> int:
    """One question for each day a record becomes due, also when days were missed. How many."""
    today = timezone.localdate()
    due = Practice.objects.published().anything_due(today).filter(unasked=None)
    due = due.select_related("lead_actor").prefetch_related("contacts", "lead_actor__contacts")
    return sum(ask(practice, today) for practice in due)


def ask(practice, today) -> bool:
    address = address_of(practice)
    if not address:
        return False
    question, is_new = CheckMail.objects.get_or_create(
        practice=practice,
        due_on=max(day for day in due_days(practice) if day <= today),
        defaults={"address": address, "language": practice.source_language},
    )
    if is_new:
        mail_question(question)
    return is_new


def mail_question(question):
    with override(question.language):
        name = question.practice.name
        link = absolute("organisation_check", sealed(question))
    context = {"name": name, "link": link, "days": LINK_LIVES_DAYS}
    subject = _("Is this still right? %(name)s")
    address, language = question.address, question.language
    mail.queue(address, subject, "mail/still_right.txt", context, language)


def sealed(question) -> str:
    return signing.dumps(question.pk, salt=LINK_SALT)


def question_of(token):
    """The question a link was made for; None when it is too old or not ours."""
    try:
        pk = signing.loads(token, salt=LINK_SALT, max_age=LINK_LIVES_DAYS * 24 * 60 * 60)
    except signing.BadSignature:
        return None
    return CheckMail.objects.filter(pk=pk).first()


def absolute(name, *arguments):
    return settings.SITE_URL + reverse(name, args=arguments)


# --- Readers -----------------------------------------------------------------------------------


def show_what_the_day_changed() -> int:
    """A new data version on a day on which a record gets its note, or a lower place in lists.

    What workers remember of a record speaks of the day they read it. Returns how many changed.
    """
    today = timezone.localdate()
    last = DailyAct.objects.begin("day shown", today)
    changed = sum(
        any(lies_between(last, practice.verification_due_on + after, today) for after in CHANGES)
        for practice in Practice.objects.published().verification_overdue(today)
    )
    if changed:
        bump()
    return changed


CHANGES = (TOLD_AFTER, LOWER_AFTER)
