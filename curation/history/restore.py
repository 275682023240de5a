"""Brings back what a record said at an earlier moment: some of its fields, or all."""

from dataclasses import dataclass

from django.db import transaction

from curation.history.acts import TOGETHER, Change, related_models, told_row
from curation.history.rows import OWN_STATE, STATE, Reader, Row, label_of, relations_of, rows_of
from network.history import because, one_record
from network.translations import mark
from search.version import bump


@dataclass
class Live:
    """The record as it is, asked in the way a kept row is asked."""

    record: object

    def value(self, name):
        column = self.record._meta.get_field(name)
        if column.many_to_many:
            return sorted(getattr(self.record, name).values_list("pk", flat=True))
        value = getattr(self.record, column.attname)
        return "" if value is None else value


def what_would_change(record, kept):
    """Changes from today back to the kept row; their names are what `restore` takes."""
    row, live, reader = rows_of([kept])[0], Live(record), Reader()
    model = type(record)
    fields = [
        Change(name, label_of(model, name), *(reader.told(model, name, v) for v in values))
        for name in row.names
        if is_content(name) and (values := (live.value(name), row.value(name)))[0] != values[1]
    ]
    return [*fields, *related_changes(record, kept, reader)]


def is_content(name):
    return name not in STATE and name != "code" and not name.startswith(OWN_STATE)


def related_changes(record, kept, reader):
    for model, link in related_models(record):
        name = link.remote_field.get_accessor_name()
        now, then = (
            sorted(told_row(model, row, link.name, reader) for row in rows)
            for rows in (rows_now(model, link, record), rows_then(model, link, record, kept))
        )
        if now != then:
            yield Change(name, model._meta.verbose_name_plural, "\n".join(now), "\n".join(then))


def rows_then(model, link, record, kept):
    """The citations or contacts as they were after the act that kept the row."""
    of_record = model.history.filter(**{link.attname: record.pk})
    until = of_record.filter(history_date__lt=kept.history_date + TOGETHER)
    newest = {one.id: one for one in until.order_by("history_id")}
    return rows_of(one for one in newest.values() if one.history_type != "-")


def rows_now(model, link, record):
    rows = model.objects.filter(**{link.name: record})
    newest = {row.pk: newest_of(row) for row in rows}
    return [Row(newest[row.pk]) for row in rows]


def newest_of(row):
    """Its columns as they are, in the shape of a kept row that is not stored."""
    model = type(row).history.model
    names = [column.attname for column in model.tracked_fields]
    return model(**{name: getattr(row, name) for name in names})


@transaction.atomic
def restore(record, kept, names, reason):
    """Raises ValidationError when what was allowed then is refused today; nothing is changed."""
    row = rows_of([kept])[0]
    names = [name for name in names if is_content(name)]
    with because(reason):
        with one_record(record):
            set_columns(record, row, names)
            mark(record, names)
            record.full_clean()
            record.save()
            set_relations(record, row, names)
        for model, link in related_models(record):
            if link.remote_field.get_accessor_name() in names:
                restore_related(model, link, record, kept)
    bump()  # readers see what its relations and contacts say now


def set_columns(record, row, names):
    for name in set(names) & {column.name for column in row.kept.tracked_fields}:
        setattr(record, record._meta.get_field(name).attname, row.raw(name))


def set_relations(record, row, names):
    for name in set(names) & set(relations_of(type(record))):
        manager = getattr(record, name)
        manager.set(manager.model._default_manager.filter(pk__in=row.value(name)))


def restore_related(model, link, record, kept):
    then = {row.kept.id: row.kept for row in rows_then(model, link, record, kept)}
    now = {row.pk: row for row in model.objects.filter(**{link.name: record})}
    for pk in now.keys() - then.keys():
        now[pk].delete()
    for pk, earlier in then.items():
        write_back(now.get(pk) or model(), earlier)


def write_back(row, earlier):
    names = [column.attname for column in earlier.tracked_fields if column.name != "id"]
    changed = [name for name in names if getattr(row, name) != getattr(earlier, name)]
    for name in changed:
        setattr(row, name, getattr(earlier, name))
    if changed:
        row.full_clean()
        row.save()
