"""The story of one record: what was changed together, by whom, when and why."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext

from curation.history.marks import marked
from curation.history.rows import OWN_STATE, Reader, Row, label_of, rows_of
from network.history import RECORDS

MOST_ACTS = 100
TOGETHER = timedelta(seconds=3)  # the rows of one save are written one after the other


@dataclass(frozen=True)
class Change:
    """`name` is the field of the record; a citation or contact has none."""

    name: str
    label: str
    old: str
    new: str

    @property
    def marked(self):
        return marked(self.old, self.new)


@dataclass
class Act:
    """`version` is the kept row of the record itself; an act on its citations alone has none."""

    at: object
    user: object
    reason: str
    kind: str = "~"
    version: int | None = None
    changes: list = field(default_factory=list)

    @property
    def told_reason(self):
        """One of ours in the reader's language; what a curator typed as it was typed."""
        return gettext(self.reason) if self.reason else ""

    def takes(self, kept):
        same_hand = (self.user, self.reason) == (kept.history_user, reason_of(kept))
        return same_hand and kept.history_date - self.at < TOGETHER

    def add(self, kept, changes, *, is_record):
        if is_record:
            self.version = kept.history_id
            self.kind = kept.history_type if self.kind == "~" else self.kind
        self.changes = [] if self.kind == "+" else self.changes + changes


def reason_of(kept):
    return kept.history_change_reason or ""


def acts_of(record):
    """The newest first, at most `MOST_ACTS`."""
    reader = Reader()
    entries = [*entries_of_record(record, reader), *entries_of_related(record, reader)]
    acts = []
    for kept, changes in sorted(entries, key=lambda entry: entry[0].history_date):
        if not acts or not acts[-1].takes(kept):
            acts.append(Act(kept.history_date, kept.history_user, reason_of(kept)))
        acts[-1].add(kept, changes, is_record=kept.instance_type is type(record))
    return [act for act in reversed(acts) if act.changes or act.kind != "~"][:MOST_ACTS]


def entries_of_record(record, reader):
    """(kept row, changes) of the record itself; the first row is where the story begins."""
    newest = record.history.select_related("history_user").order_by("-history_id")
    rows = rows_of(newest[: MOST_ACTS * 2])[::-1]
    for before, row in zip([None, *rows], rows, strict=False):
        yield row.kept, differences(before, row, reader) if before else []


def differences(before: Row, after: Row, reader):
    model = after.kept.instance_type
    return [
        Change(
            name,
            label_of(model, name),
            reader.told(model, name, old),
            reader.told(model, name, new),
        )
        for name in after.names
        if not name.startswith(OWN_STATE)
        and (old := before.value(name)) != (new := after.value(name))
    ]


# --- Citations and contacts ---------------------------------------------------------------------


def related_models(record):
    """Models of rows that belong to the record and keep a history of their own, with their link."""
    return [
        (relation.related_model, relation.field)
        for relation in record._meta.related_objects
        if relation.one_to_many and relation.related_model in RECORDS and owns(relation)
    ]


def owns(relation):
    return relation.get_accessor_name() in {"citations", "contacts", "relations", "memberships"}


def entries_of_related(record, reader):
    for model, link in related_models(record):
        of_record = model.history.filter(**{link.attname: record.pk})
        kept = of_record.select_related("history_user").order_by("-history_id")[: MOST_ACTS * 20]
        rows = rows_of(kept)[::-1]
        reader.learn(rows)
        yield from entries_of_rows(rows, link.name, reader)


def entries_of_rows(rows, link, reader):
    last = {}
    for row in rows:
        before = last.get(row.kept.id)
        last[row.kept.id] = row
        yield row.kept, [change_of(before, row, link, reader)]


def change_of(before, row, link, reader):
    model, kind = row.kept.instance_type, row.kept.history_type
    now = told_row(model, row, link, reader)
    old = told_row(model, before, link, reader) if before and kind == "~" else ""
    return Change("", model._meta.verbose_name, *((now, "") if kind == "-" else (old, now)))


def told_row(model, row, link, reader):
    """Everything a citation or contact says, in one line."""
    owner = model._meta.get_field(link).related_model
    values = (
        cited(owner, row.value(name))
        if name == "field"
        else reader.told(model, name, row.value(name))
        for name in row.names
        if name != link
    )
    return " · ".join(str(value) for value in values if value)


def cited(owner, name):
    """The field a citation supports, in words; a taxonomy by its code."""
    columns = {column.name: column for column in owner._meta.get_fields()}
    return columns[name].verbose_name if name in columns else name.removeprefix("terms.")
