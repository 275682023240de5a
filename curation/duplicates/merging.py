"""Two records of one practice become one: the winner keeps its code, the loser leads to it."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.content import slots
from curation.content.kinds import PRACTICE
from curation.models import WorkingCopy
from curation.tables.columns import all_columns
from curation.tables.versions import newest_versions
from network.history import because, one_record
from network.publishing import EditorialStatus
from network.translations import mark
from practices.models import Citation, FormerAddress, Practice, PracticeContact
from search.analysis import LANGUAGES

WINNER, LOSER, BOTH = "winner", "loser", "both"
CHOICES = {
    WINNER: gettext_lazy("from the one that stays"),
    LOSER: gettext_lazy("from the one that goes"),
    BOTH: gettext_lazy("both"),
}
# One fact in three columns: the constraints bind them, so they are chosen together.
STATUS = ("operating_status", "operating_status_date", "is_operating_status_date_unknown")
# The winner keeps its own addresses; what it follows is settled by the merge.
KEPT = {"code", "successor", *(f"slug_{language}" for language in LANGUAGES), *STATUS[1:]}


class MergeError(Exception):
    """Nothing was merged; the message says why."""


@dataclass(frozen=True)
class Field:
    """One thing to choose: what each of the two says, and whether both can stay."""

    name: str
    label: str
    slot: object
    told: object  # value → text
    winner: object
    loser: object

    @property
    def may_keep_both(self):
        return isinstance(self.slot, slots.Links) or self.name == "also_known_as"

    @property
    def default(self):
        if self.may_keep_both:
            return BOTH
        if self.name == "is_title_only":  # of the two together more is known than the name
            return LOSER if self.winner else WINNER
        return WINNER if self.told(self.winner) else LOSER

    @property
    def choices(self):
        return [value for value in CHOICES if value != BOTH or self.may_keep_both]

    @property
    def told_winner(self):
        return self.told(self.winner)

    @property
    def told_loser(self):
        return self.told(self.loser)

    def merged(self, choice):
        if choice == BOTH and self.may_keep_both:
            return self.united()
        return self.loser if choice == LOSER else self.winner

    def united(self):
        if self.name == "also_known_as":
            lines = [*self.winner.splitlines(), *self.loser.splitlines()]
            return "\n".join(dict.fromkeys(line.strip() for line in lines if line.strip()))
        return sorted({*self.winner, *self.loser})


class Merge:
    """What a merge of these two would do, and the act itself."""

    def __init__(self, winner, loser, choices=None):
        self.winner, self.loser = winner, loser
        self.chosen = choices or {}

    # --- What there is to choose ---

    @cached_property
    def fields(self):
        """The fields in which the two differ."""
        found = (self.field(column) for column in all_columns().values() if is_chosen(column))
        return [one for one in found if one.told(one.winner) != one.told(one.loser)]

    def field(self, column):
        slot = PRACTICE.slot(STATUS[0]) if column.column_name == STATUS[0] else column.slot
        told = told_status if column.column_name == STATUS[0] else column.rendered
        values = slot.read(self.winner), slot.read(self.loser)
        return Field(column.column_name, label_of(column.column_name), slot, told, *values)

    def choice(self, field):
        chosen = self.chosen.get(field.name)
        return chosen if chosen in field.choices else field.default

    # --- What would happen ---

    @cached_property
    def changes(self):
        """(field, value) of what the winner says from then on."""
        merged = ((field, field.merged(self.choice(field))) for field in self.fields)
        return [(field, value) for field, value in merged if value != field.winner]

    @property
    def told_changes(self):
        return [(field, field.told(value)) for field, value in self.changes]

    @cached_property
    def new_contacts(self):
        held = {(one.kind, one.value) for one in self.winner.contacts.all()}
        return [one for one in self.loser.contacts.all() if (one.kind, one.value) not in held]

    @cached_property
    def new_citations(self):
        held = {(one.field, one.source_id) for one in self.winner.citations.all()}
        citations = self.loser.citations.select_related("source")
        return [one for one in citations if (one.field, one.source_id) not in held]

    @cached_property
    def followers(self):
        """Others that name the loser as their successor."""
        return list(Practice.objects.filter(successor=self.loser).exclude(pk=self.winner.pk))

    @property
    def addresses(self):
        """(language, text) of what leads to the winner from then on; the code has no language."""
        slugs = ((language, getattr(self.loser, f"slug_{language}")) for language in LANGUAGES)
        return [("", self.loser.code), *((language, slug) for language, slug in slugs if slug)]

    @property
    def problems(self):
        """Sentences; empty when it can be done."""
        if self.winner.pk == self.loser.pk:
            return [_("Choose two different practices.")]
        if self.winner.editorial_status == EditorialStatus.ARCHIVED:
            return [_("The one that stays is archived.")]
        if self.loser.is_published and not self.winner.is_published:
            return [_("Readers see the one that goes. Publish the one that stays first.")]
        return self.problems_of_winner()

    def problems_of_winner(self):
        merged = Practice.objects.get(pk=self.winner.pk)
        self.write_row(merged)
        try:
            merged.full_clean()
        except ValidationError as error:
            return error.messages
        return []

    @property
    def fingerprint(self):
        """Another one means: something of the two is no longer what was shown."""
        keys = [self.winner.pk, self.loser.pk]
        held = [
            sorted(newest_versions(keys).items()),
            *(sorted(model.objects.filter(practice__in=keys).values_list())
              for model in (PracticeContact, Citation)),
        ]  # fmt: skip
        return hashlib.sha256(repr(held).encode()).hexdigest()

    # --- The act ---

    def carry_out(self, fingerprint):
        codes = {"loser": self.loser.code, "winner": self.winner.code}
        reason = _("merged: %(loser)s into %(winner)s") % codes
        with transaction.atomic(), because(reason):
            keys = [self.winner.pk, self.loser.pk]
            list(Practice.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
            if fingerprint != self.fingerprint:
                raise MergeError(_("One of the two changed meanwhile. Look again."))
            if self.problems:
                raise MergeError(" ".join(map(str, self.problems)))
            self.change_winner()
            self.copy_to_winner()
            self.retire_loser()
            self.redirect()
            self.winner.refresh_search()

    def write_row(self, record):
        for field, value in self.changes:
            if not field.slot.after_save:
                field.slot.write(record, value)
        if record.successor_id == self.loser.pk:
            record.successor = None

    def change_winner(self):
        winner = self.winner
        with one_record(winner):
            self.write_row(winner)
            mark(winner, {field.name for field, _value in self.changes})
            winner.save()
            for field, value in self.changes:
                if field.slot.after_save:
                    field.slot.write(winner, value)

    def copy_to_winner(self):
        """Copies, because the archived record stays readable as it was."""
        for one in [*self.new_contacts, *self.new_citations]:
            one.pk, one.practice = None, self.winner
            one.save()
        for training in self.loser.trainings.all():
            training.practices.add(self.winner)

    def retire_loser(self):
        self.loser.editorial_status = EditorialStatus.ARCHIVED
        self.loser.successor = self.winner
        self.loser.publish_at = None
        self.loser.save()
        WorkingCopy.objects.filter(practice=self.loser).delete()
        for follower in self.followers:
            follower.successor = self.winner
            follower.save()

    def redirect(self):
        for address in self.loser.former_addresses.all():
            address.practice = self.winner
            address.save()
        for language, text in self.addresses:
            FormerAddress.objects.update_or_create(
                language=language, text=text, defaults={"practice": self.winner}
            )


def is_chosen(column):
    return not column.readonly and column.column_name not in KEPT


def label_of(name):
    base, _underscore, language = name.rpartition("_")
    if language in LANGUAGES:
        return f"{Practice._meta.get_field(base).verbose_name} ({language})"
    return str(Practice._meta.get_field(name).verbose_name)


def told_status(values):
    status, date, is_unknown = values
    if status == Practice.OperatingStatus.UNKNOWN:
        return ""
    label = Practice.OperatingStatus(status).label
    told_date = _("(date unknown)") if is_unknown else date
    return f"{label} {told_date}".strip()
