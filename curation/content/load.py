"""Loads the content files: creates what is new, renews what nobody edited, keeps every edit."""

import hashlib
import json
from collections import Counter, defaultdict
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext_noop

from curation.content.files import read_all
from curation.content.kinds import KINDS
from curation.content.slots import Citations, UnknownCodeError, found_by, replace_citations
from curation.models import LoadedField
from network.history import RECORDS, because, one_record
from network.models import Source
from network.publishing import EditorialStatus, Publishable

OUTCOMES = ("created", "updated", "kept", "unchanged")


@transaction.atomic
def load_content(folder: Path) -> dict[str, Counter]:
    """Counts of records per kind: created, updated, kept (a curator's edit or deletion), unchanged.

    Raises ContentError and writes nothing when a file cannot be loaded.
    """
    content = [(kind, read_kind(kind, folder)) for kind in KINDS]
    with because(gettext_noop("content files")):
        return {kind.name: load_kind(kind, records) for kind, records in content}


def read_kind(kind, folder):
    """Block and fields of every record, by key; whatever can be refused unwritten is refused."""
    records = {}
    for block in kind.expand(read_all(folder, kind.pattern)):
        key = str(block.get(kind.key, ""))
        if not key or key in records:
            raise block.error(kind.key, f"{key} stands there twice" if key else "is missing")
        records[key] = block, list(kind.fields(block))
    return records


def load_kind(kind, records):
    counts = Counter(dict.fromkeys(OUTCOMES, 0))
    if not records:
        return counts
    remembered = remembered_fingerprints(kind)
    existing = existing_records(kind)
    for key, (block, fields) in records.items():
        load = RecordLoad(kind, key, block, fields, existing.get(key), remembered.get(key, {}))
        counts[load.run()] += 1
    return counts


def remembered_fingerprints(kind):
    found = defaultdict(dict)
    for row in LoadedField.objects.filter(kind=kind.name):
        found[row.key][row.field] = row.fingerprint
    return found


def existing_records(kind):
    records = kind.model.objects.prefetch_related(*kind.related)
    return {natural_key(kind, record): record for record in records}


def natural_key(kind, record):
    if kind.name == "term":
        return f"{record.taxonomy.code}.{record.code}"
    key = getattr(record, kind.key)
    return getattr(key, "code", key)


def fingerprint(value):
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class RecordLoad:
    """One record of one file on its way into the database."""

    def __init__(self, kind, key, block, fields, record, remembered):
        self.kind, self.key, self.block, self.fields = kind, key, block, fields
        self.record, self.remembered = record, remembered
        self.is_new = record is None
        self.entries = {NON_FIELD_ERRORS: kind.bound}
        self.was_kept = False

    def run(self):
        wanted = self.wanted_values()
        if self.is_new and self.remembered:
            return "kept"
        if self.is_new:
            self.record = self.new_record()
        changes = self.changes(wanted)
        if changes or self.is_new:
            self.write(changes)
        self.remember(wanted, changes)
        return self.outcome(changes)

    def new_record(self):
        record = self.kind.model()
        if isinstance(record, Publishable):
            record.editorial_status = EditorialStatus.PUBLISHED
        return record

    def wanted_values(self):
        """What the file says; a field that was loaded once and has left the file is empty."""
        wanted = {}
        for name, value, entry in self.fields:
            wanted[name] = value
            self.entries[name] = entry
        for name in self.remembered:
            wanted.setdefault(name, self.kind.slot(name).empty)
        return wanted

    def changes(self, wanted):
        """The fields to write: those that differ and still hold what was loaded last."""
        if self.is_new:
            return wanted
        changes = {}
        for name, value in wanted.items():
            slot = self.kind.slot(name)
            current = slot.read(self.record)
            if current == value:
                continue
            if fingerprint(current) == self.remembered.get(name, fingerprint(slot.empty)):
                changes[name] = value
            else:
                self.was_kept = True
        return changes

    def write(self, changes):
        with self.history():
            self.write_row(changes)
            self.write_relations(changes)

    def history(self):
        return one_record(self.record) if type(self.record) in RECORDS else nullcontext()

    def write_row(self, changes):
        for name, value in changes.items():
            if not self.kind.slot(name).after_save:
                self.write_field(name, value)
        self.save()

    def write_relations(self, changes):
        slots = {name: self.kind.slot(name) for name in changes}
        relations = {name: slot for name, slot in slots.items() if slot.after_save}
        cited = {name: slot for name, slot in relations.items() if isinstance(slot, Citations)}
        for name in relations:
            if name not in cited:
                self.write_field(name, changes[name])
        self.write_citations(cited, changes)

    def write_citations(self, slots, changes):
        keys = {key for name in slots for key, _, _ in changes[name]}
        sources = found_by(Source.objects, "key", keys)
        rows = [row for name in slots for row in self.citations(name, changes[name], sources)]
        if slots:
            replace_citations(self.record, [slot.field for slot in slots.values()], rows)

    def citations(self, name, values, sources):
        with self.told_of(name):
            return list(self.kind.slot(name).rows(self.record, values, sources))

    def write_field(self, name, value):
        with self.told_of(name):
            self.kind.slot(name).write(self.record, value)

    @contextmanager
    def told_of(self, name):
        """What the database refuses is told of this field."""
        try:
            yield
        except (UnknownCodeError, ValidationError) as error:
            raise self.error(name, message_of(error)) from None

    def save(self):
        try:
            self.record.full_clean()
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            raise self.error(name, " ".join(messages)) from None
        self.record.save()

    def error(self, name, message):
        """Terms are told by their taxonomy, everything else by its entry in the file."""
        field = name.removeprefix("citations.")
        is_term = field.startswith("terms.")
        return self.block.error(field if is_term else self.entries.get(name, name), message)

    def remember(self, wanted, changes):
        """Fingerprints of what was written, and of what the file and the database agree on."""
        agreed = {
            name: fingerprint(value)
            for name, value in wanted.items()
            if name in changes or self.kind.slot(name).read(self.record) == value
        }
        fresh = [
            LoadedField(kind=self.kind.name, key=self.key, field=name, fingerprint=mark)
            for name, mark in agreed.items()
            if self.remembered.get(name) != mark
        ]
        LoadedField.objects.bulk_create(
            fresh,
            update_conflicts=True,
            unique_fields=["kind", "key", "field"],
            update_fields=["fingerprint"],
        )

    def outcome(self, changes):
        if self.is_new:
            return "created"
        if changes:
            return "updated"
        return "kept" if self.was_kept else "unchanged"


def message_of(error):
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
