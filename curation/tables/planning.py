"""What a table would change, worked out before anything is written.

A field is written when the record still holds what it held when the table was made. A field that
somebody changed since, and the table changes too, is a conflict: it is shown and stays as it is.
A row without a version can tell nothing of that: it only fills what is empty.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from modeltranslation.translator import translator

from curation.tables.columns import KEY, RELATED, VERSION, Known, all_columns
from curation.tables.problems import Problem, TableError
from curation.tables.versions import newest_versions, value_then, version_of
from practices.models import Practice
from search.analysis import LANGUAGES

NEW, CHANGED, UNCHANGED, CONFLICT = "new", "changed", "unchanged", "conflict"
WRITTEN, CONFLICTING, NEWER = "written", "conflicting", "newer"
# The columns that the constraints of the model are about; asking each of them costs a query.
RULED = {"operating_status", "operating_status_date", "is_operating_status_date_unknown"}
SLUGS = [f"slug_{language}" for language in LANGUAGES]
PUBLISH = "practices.publish_practice"


@dataclass(frozen=True)
class Difference:
    """What the table says of one field, and what becomes of it.

    NEWER: the field was changed since and the table still has the older text; nobody disagrees.
    """

    column: object
    before: object
    after: object
    fate: str

    @property
    def name(self):
        return self.column.column_name

    @property
    def told_before(self):
        return self.column.rendered(self.before)

    @property
    def told_after(self):
        return self.column.rendered(self.after)


@dataclass
class PlannedRow:
    number: int
    record: Practice
    version: int | None
    is_new: bool
    differences: list = field(default_factory=list)

    @property
    def written(self):
        return [one for one in self.differences if one.fate == WRITTEN]

    @property
    def state(self):
        if self.is_new:
            return NEW
        if any(one.fate == CONFLICTING for one in self.differences):
            return CONFLICT
        return CHANGED if self.written else UNCHANGED


@dataclass
class Plan:
    rows: list
    ignored: list  # columns of the table that are only shown

    @property
    def to_write(self):
        return [row for row in self.rows if row.is_new or row.written]

    def count(self, state):
        return sum(row.state == state for row in self.rows)

    @property
    def fingerprint(self):
        """Another one means: what was shown is no longer what would be written."""
        told = [
            (row.record.code, row.version, [(d.name, d.fate, d.told_after) for d in row.written])
            for row in self.rows
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def plan_import(table, may_publish) -> Plan:
    """Reads the database and changes nothing. Raises TableError with every problem of the table."""
    return Planner(table, may_publish).plan()


class Planner:
    def __init__(self, table, may_publish):
        self.table, self.may_publish = table, may_publish
        self.columns = all_columns(Known())
        self.problems = list(table.problems)

    def plan(self):
        self.check_headings()
        rows = list(self.table.cells()) if KEY in self.table.columns else []
        self.check_codes(rows)
        self.read_records({texts[KEY].strip() for _number, texts in rows})
        planned = [self.plan_row(number, texts) for number, texts in rows]
        self.check_slugs(planned)
        if self.problems:
            raise TableError(self.problems)
        return Plan(planned, [c.column_name for c in self.stated() if c.readonly])

    def add(self, message, row=0, column=""):
        self.problems.append(Problem(str(message), row, column))

    def stated(self):
        return [self.columns[name] for name in self.table.columns if name in self.columns]

    # --- The table as a whole ---

    def check_headings(self):
        for name in dict.fromkeys(self.table.columns):
            if name not in self.columns:
                self.add(_("The column is not known."), 1, name)
            elif self.table.columns.count(name) > 1:
                self.add(_("The column stands there twice."), 1, name)
        if KEY not in self.table.columns:
            self.add(_("The column “code” is missing: it says which practice a row is about."))
        elif not self.table.rows:
            self.add(_("The file has no rows."))

    def check_codes(self, rows):
        first = {}
        for number, texts in rows:
            code = texts[KEY].strip()
            if code in first:
                told = {"code": code, "row": first[code]}
                self.add(_("%(code)s stands in row %(row)s already.") % told, number, KEY)
            first.setdefault(code, number)

    def read_records(self, codes):
        records = Practice.objects.filter(code__in=codes).select_related("lead_actor", "successor")
        self.records = {one.code: one for one in records.prefetch_related(*RELATED)}
        self.versions = newest_versions(one.pk for one in self.records.values())

    def check_slugs(self, planned):
        """No two practices with the same last part of an address, whichever its language is."""
        wanted = [
            (row, one.name, one.after)
            for row in planned
            for one in row.written
            if one.name in SLUGS and one.after
        ]
        holders = slug_holders({slug for _row, _name, slug in wanted})
        for row, name, slug in wanted:
            code = row.record.code
            for other in sorted(holders[slug] - {code})[:1]:
                told = {"slug": slug, "holder": other}
                self.add(_("“%(slug)s” is the address of %(holder)s.") % told, row.number, name)
            holders[slug].add(code)

    # --- One row ---

    def plan_row(self, number, texts):
        code = texts[KEY].strip()
        record = self.records.get(code) or Practice(code=code)
        row = PlannedRow(number, record, self.versions.get(record.pk), record.pk is None)
        entry = self.stated_version(row, texts.get(VERSION, "").strip())
        for column in self.stated():
            if not column.readonly and column.column_name != KEY:
                self.plan_cell(row, column, texts[column.column_name], entry)
        self.check_row(row)
        return row

    def stated_version(self, row, text):
        """The state the row was made from: an entry of the history, the record now, or unknown."""
        if not text or row.is_new:
            return None
        if text == str(row.version):
            return row.record
        entry = version_of(row.record, text) if text.isdecimal() and len(text) < 10 else None
        if entry is None:
            self.add(_("%s is no version of this practice.") % text, row.number, VERSION)
        return entry

    def plan_cell(self, row, column, text, entry):
        try:
            wanted = column.read_cell(text)
        except ValueError as error:
            return self.add(error, row.number, column.column_name)
        held = column.slot.empty if row.is_new else column.get_value(row.record)
        if column.rendered(wanted) == column.rendered(held):
            return None
        fate = fate_of(row, column, wanted, held, entry)
        if fate:
            row.differences.append(Difference(column, held, wanted, fate))
        return None

    def check_row(self, row):
        if not row.is_new and not row.written:
            return
        if row.record.is_published and not self.may_publish:
            self.add(_("The practice is published: only somebody who may publish changes it."),
                     row.number)  # fmt: skip
        for difference in row.written:
            if not difference.column.slot.after_save:
                difference.column.slot.write(row.record, difference.after)
        has_rules = not RULED.isdisjoint(difference.name for difference in row.written)
        for name, messages in record_problems(row.record, has_rules):
            self.add(" ".join(messages), row.number, name)


def slug_holders(slugs):
    """Slug → codes of the practices that have it in some language."""
    holders = defaultdict(set)
    for name in SLUGS:
        found = Practice.objects.filter(**{f"{name}__in": slugs})
        for slug, code in found.values_list(name, "code"):
            holders[slug].add(code)
    return holders


def fate_of(row, column, wanted, held, entry):
    if row.is_new:
        return WRITTEN
    if entry is None:
        is_free = column.rendered(held) == column.rendered(column.slot.empty)
        said_nothing = column.rendered(wanted) == column.rendered(column.slot.empty)
        return WRITTEN if is_free else "" if said_nothing else CONFLICTING
    then = held if entry is row.record else value_then(column.slot, entry)
    if column.rendered(then) == column.rendered(held):
        return WRITTEN
    return NEWER if column.rendered(then) == column.rendered(wanted) else CONFLICTING


def record_problems(record, has_rules):
    """(column, messages) of what the model refuses; `check_slugs` looks at what is unique."""
    try:
        record.full_clean(validate_unique=False, validate_constraints=has_rules)
    except ValidationError as error:
        told = error.message_dict
        for name, messages in told.items():
            columns = translations_of(name)
            if not columns:
                yield "" if name == NON_FIELD_ERRORS else name, messages
            elif not columns & set(told):
                yield f"{name}_{settings.MODELTRANSLATION_DEFAULT_LANGUAGE}", messages


def translations_of(name):
    """The columns of an untranslated name: it repeats the problem of one of them."""
    if name not in translator.get_options_for_model(Practice).all_fields:
        return set()
    return {f"{name}_{language}" for language in LANGUAGES}
