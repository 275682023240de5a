"""All timed work, one step after the other. Every step may run twice without harm."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import transaction

from care import limiter, mail
from care.sign_ins import forget_what_is_old
from curation import publishing
from curation.copies.acts import apply_what_is_due
from curation.suggestions.models import Suggestion
from curation.tables import drafts
from curation.verification import reminders
from network.consultations import timed as consultations
from network.requests.models import NetworkRequest
from practices import dead_ends
from trainings import registering

log = logging.getLogger("care")


@dataclass(frozen=True)
class Step:
    """`act` returns how many it dealt with, or nothing."""

    name: str
    act: Callable
    is_whole: bool = True  # else it notes each thing it did at once, also when the next one fails


STEPS = [
    Step("published", publishing.publish_what_is_due),
    Step("working copies published", apply_what_is_due),
    Step("records changed by the day", reminders.show_what_the_day_changed),
    Step("curators reminded", reminders.remind_curators),
    Step("organisations asked", reminders.ask_organisations),
    Step("reminders of questions", consultations.remind),
    Step("silent questions closed", consultations.expire),
    Step("questions made anonymous", consultations.anonymise_old),
    Step("old questions removed", consultations.remove_old),
    Step("seats that nobody took passed on", registering.lapse),
    Step("participants reminded", registering.remind),
    Step("participants of old sessions removed", registering.forget),
    Step("old counts removed", dead_ends.purge),
    Step("old imports removed", drafts.forget_old),
    Step("old sign-ins removed", forget_what_is_old),
    Step("counted forms removed", limiter.forget_old),
    Step("addresses and suggestions removed", Suggestion.objects.forget),
    Step("addresses and requests removed", NetworkRequest.objects.forget),
    Step("old mails removed", mail.forget_old),
    Step("mails sent", mail.send_waiting, is_whole=False),  # last: it sends what others queued
]


def run(steps=None):
    """(step, number, error) of each; a whole step that fails leaves nothing; none stops another."""
    return [outcome(step) for step in steps or STEPS]


def outcome(step):
    try:
        with transaction.atomic() if step.is_whole else nullcontext():
            return step, step.act() or 0, None
    except Exception as error:
        log.exception("The step '%s' of tick failed", step.name)
        return step, 0, error
