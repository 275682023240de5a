"""Writes many practices with few questions, and leaves what saving each of them would have left."""

from network.history import REASON, RECORDS, in_parts
from practices.models import Practice
from search.version import bump

BATCH = 100


def write_rows(rows):
    """`rows` are planned rows, at most `BATCH` of them."""
    for row in rows:
        save_row(row.record)
    for relation in Practice.history.model._history_m2m_fields:
        write_relation(relation, rows)
    write_history(rows)
    records = [row.record.pk for row in rows]
    Practice.objects.filter(pk__in=records).refresh_search()
    bump()


def save_row(record):
    """Search and history are told once the relations are there too."""
    with in_parts(record):
        record.save()


def write_relation(relation, rows):
    """The new links of the rows that change this relation, for all of them at once."""
    wanted = {
        row.record.pk: one.column.slot.linked(one.after)
        for row in rows
        for one in row.written
        if one.name == relation.name
    }
    through, (own, other) = relation.remote_field.through, ends(relation)
    through.objects.filter(**{f"{own}__in": list(wanted)}).delete()
    through.objects.bulk_create(
        through(**{own: record, other: linked})
        for record, keys in wanted.items()
        for linked in keys
    )


def ends(relation):
    return f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"


def write_history(rows):
    entries = []
    for is_new in (True, False):
        records = [row.record for row in rows if row.is_new == is_new]
        entries += Practice.history.bulk_history_create(
            records, update=not is_new, default_change_reason=REASON.get()
        )
    for relation in Practice.history.model._history_m2m_fields:
        write_linked_history(relation, {entry.id: entry for entry in entries})


def write_linked_history(relation, entries):
    """What is linked now is part of the entry, as `create_historical_record` keeps it."""
    through, (own, other) = relation.remote_field.through, ends(relation)
    kept = RECORDS[Practice].m2m_models[relation]
    links = through.objects.filter(**{f"{own}__in": list(entries)}).order_by("pk")
    kept.objects.bulk_create(
        kept(history=entries[record], id=pk, **{own: record, other: linked})
        for pk, record, linked in links.values_list("pk", own, other)
    )
