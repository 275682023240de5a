"""What happens to a working copy: it is written, shown as if it held, applied or thrown away."""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curation.content.slots import UnknownCodeError
from curation.copies.slots import label_of, told, values_of, write_values
from curation.history.marks import marked
from curation.models import WorkingCopy
from network.history import because, one_record
from network.translations import mark


@dataclass(frozen=True)
class Difference:
    """One field: as readers see it, as it would be, and as it was when the change began."""

    name: str
    now: object
    then: object
    base: object

    @property
    def is_conflict(self):
        """Somebody changed it for readers since, to something else."""
        return self.now not in (self.base, self.then)

    @property
    def label(self):
        return label_of(self.name)

    @cached_property
    def marked(self):
        return marked(told(self.name, self.now), told(self.name, self.then))


class ConflictError(Exception):
    """The differences that would overwrite a newer change."""


def copy_of(practice):
    return WorkingCopy.objects.filter(practice=practice).first()


def differences(copy) -> list[Difference]:
    """In the order of the form: PostgreSQL forgets the order of a JSON object."""
    proposed = copy.values
    return [
        Difference(name, now, proposed[name], copy.base.get(name))
        for name, now in values_of(copy.practice).items()
        if name in proposed and now != proposed[name]
    ]


@contextmanager
def as_proposed(practice):
    """Inside, the database holds what the copy proposes; afterwards nothing of it is left.

    Yields the values that readers see.
    """
    copy = copy_of(practice)
    with transaction.atomic():
        live = values_of(practice)
        if copy:
            write_values(practice, {d.name: d.then for d in differences(copy)})
        yield live
        transaction.set_rollback(True)


def keep_copy(practice, live, proposed, author, reason):
    """Store what differs; a copy that proposes nothing more is removed, and None returned."""
    copy = copy_of(practice) or WorkingCopy(practice=practice)
    copy.values = {name: value for name, value in proposed.items() if value != live.get(name)}
    copy.base = {name: copy.base.get(name, live[name]) for name in copy.values}
    if not copy.values:
        throw_away(copy)
        return None
    copy.author, copy.state = author, WorkingCopy.State.DRAFT
    copy.apply_at = None  # what was planned is what was looked at
    copy.reason = reason or copy.reason
    copy.save()
    return copy


def throw_away(copy):
    if copy.pk:
        copy.delete()


@transaction.atomic
def apply(copy, *, overwrites=False, is_small=False):
    """Readers see it from now on. Raises ConflictError or ValidationError and changes nothing."""
    changes = differences(copy)
    conflicts = [change for change in changes if change.is_conflict]
    if conflicts and not overwrites:
        raise ConflictError(conflicts)
    practice = copy.practice
    with because(copy.reason or _("working copy")), one_record(practice):
        mark(practice, {change.name for change in changes}, is_small=is_small)
        write(practice, {change.name: change.then for change in changes})
    copy.delete()
    return practice


def write(practice, values):
    try:
        write_values(practice, values)
    except UnknownCodeError as error:
        raise ValidationError(
            _("Something it names is gone: %(what)s.") % {"what": error}
        ) from error


def apply_what_is_due(now=None):
    """Planned copies, published; one that cannot be waits for a curator. Returns how many."""
    number = 0
    for copy in WorkingCopy.objects.of_published().due(now or timezone.now()):
        try:
            apply(copy)
            number += 1
        except (ConflictError, ValidationError):
            waiting = {"apply_at": None, "state": WorkingCopy.State.IN_REVIEW}
            WorkingCopy.objects.filter(pk=copy.pk).update(**waiting)
    return number
