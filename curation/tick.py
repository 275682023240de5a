"""All timed work, one step after the other. Every step may run twice without harm."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from care.sign_ins import forget_what_is_old
from curation import publishing
from curation.tables import drafts
from practices import dead_ends

log = logging.getLogger("care")


@dataclass(frozen=True)
class Step:
    """`act` returns how many it dealt with, or nothing."""

    name: str
    act: Callable


STEPS = [
    Step("published", publishing.publish_what_is_due),
    Step("old counts removed", dead_ends.purge),
    Step("old imports removed", drafts.forget_old),
    Step("old sign-ins removed", forget_what_is_old),
]


def run(steps=None):
    """(step, number, error) of each; a step that fails leaves nothing behind and stops no other."""
    return [outcome(step) for step in steps or STEPS]


def outcome(step):
    try:
        with transaction.atomic():
            return step, step.act() or 0, None
    except Exception as error:
        log.exception("The step '%s' of tick failed", step.name)
        return step, 0, error
