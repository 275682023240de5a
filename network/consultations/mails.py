"""Mails about questions. They say that there is news and where: never what somebody wrote."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from care.mail import queue
from network.consultations.gate import coordinators


@dataclass(frozen=True)
class Letter:
    subject: object
    template: str


RECEIVED = Letter(_("We received your question %(reference)s"), "mail/consultation_received.txt")
NEWS = Letter(_("There is news about your question %(reference)s"), "mail/consultation_news.txt")
WAITS = Letter(_("An answer waits for you: question %(reference)s"), "mail/consultation_waits.txt")
NEW = Letter(_("A new question waits: %(reference)s"), "mail/consultation_new.txt")
UNREAD = Letter(_("A question still waits: %(reference)s"), "mail/consultation_unread.txt")
ASSIGNED = Letter(_("A question for you: %(reference)s"), "mail/consultation_assigned.txt")
REPLIED = Letter(_("There is a reply to question %(reference)s"), "mail/consultation_replied.txt")
UNANSWERED = Letter(
    _("A question waits for you: %(reference)s"), "mail/consultation_unanswered.txt"
)


def tell_asker(consultation, letter):
    """In the language of the question, with the reference and the link and nothing else.

    Without the key nobody knows the address: the step is made all the same.
    """
    told = consultation.told_or_nothing
    if not told:
        return
    context = {
        "reference": consultation.reference,
        "link": link_of(told["token"], consultation.language),
    }
    queue(told["email"], letter.subject, letter.template, context, consultation.language)


def tell_coordinators(consultation, letter):
    """In the language of the question: who answers it reads that language."""
    for account in coordinators().exclude(email=""):
        tell_colleague(account.email, consultation, letter, consultation.language)


def tell_expert(consultation, letter):
    """Or the coordinators, when no expert can open it any more."""
    expert = consultation.expert
    if reaches(expert):
        tell_colleague(expert.account.email, consultation, letter, expert.mail_language)
    else:
        tell_coordinators(consultation, UNREAD)


def reaches(expert):
    return expert is not None and bool(expert.account.email) and expert.may_answer


def tell_colleague(address, consultation, letter, language):
    with override(language):
        path = reverse("consultation_desk", args=[consultation.pk])
    context = {"reference": consultation.reference, "link": f"{settings.SITE_URL}{path}"}
    queue(address, letter.subject, letter.template, context, language)


def link_of(token, language):
    with override(language):
        return f"{settings.SITE_URL}{reverse('consultation', args=[token])}"
