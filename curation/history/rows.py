"""What one kept row says: values of columns and relations, as they were and as they read."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import BooleanField, DateField, DateTimeField, ForeignKey
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.history import RECORDS

# Of the state of a record, not of its content: an act tells them, nobody restores them.
STATE = {
    "id",
    "editorial_status",
    "published_at",
    "publish_at",
    "verified_on",
    "contacts_verified_on",
}
OWN_STATE = ("translation_state", "translated_at")


@dataclass
class Row:
    """A kept row with the ids of its relations."""

    kept: object
    relations: dict = field(default_factory=dict)

    def value(self, name):
        """Nothing is the same whether the database holds an empty text or none."""
        if name in self.relations:
            return sorted(self.relations[name])
        value = self.raw(name)
        return "" if value is None else value

    def raw(self, name):
        return getattr(self.kept, self.kept._meta.get_field(name).attname)

    def raw_or_relation(self, name):
        return sorted(self.relations[name]) if name in self.relations else self.raw(name)

    @property
    def names(self):
        """Columns and relations that were kept, in the order of the model."""
        return [*(f.name for f in self.kept.tracked_fields if f.name != "id"), *self.relations]


def rows_of(kept):
    """Rows for kept records of one model: one query a relation, however many there are."""
    kept = list(kept)
    if not kept:
        return []
    model = kept[0].instance_type
    found = {name: relation_ids(model, name, kept) for name in relations_of(model)}
    return [Row(one, {name: ids[one.history_id] for name, ids in found.items()}) for one in kept]


def relations_of(model):
    return [relation.name for relation in RECORDS[model].get_m2m_fields_from_model(model)]


def relation_ids(model, name, kept):
    relation = model._meta.get_field(name)
    through = RECORDS[model].m2m_models[relation]
    target = relation.m2m_reverse_field_name()
    ids = defaultdict(list)
    pairs = through.objects.filter(history__in=[one.history_id for one in kept])
    for history_id, target_id in pairs.values_list("history_id", f"{target}_id"):
        ids[history_id].append(target_id)
    return ids


# --- How it reads -------------------------------------------------------------------------------


def label_of(model, name):
    return model._meta.get_field(name).verbose_name


class Reader:
    """Tells values as a curator reads them; asks each name once."""

    def __init__(self):
        self.names = {}

    def learn(self, rows):
        """The names of everything these rows of one model link to: one query for each column."""
        links = (
            [f for f in rows[0].kept.tracked_fields if isinstance(f, ForeignKey)] if rows else []
        )
        for link in links:
            model = link.related_model
            ids = {row.value(link.name) for row in rows} - {""}
            found = model._default_manager.in_bulk(ids)
            self.names |= {(model, pk): str(found.get(pk, _("deleted"))) for pk in ids}

    def name(self, model, pk):
        if (model, pk) not in self.names:
            found = model._default_manager.filter(pk=pk).first()
            self.names[model, pk] = str(found) if found else _("deleted")
        return self.names[model, pk]

    def told(self, model, name, value):
        column = model._meta.get_field(name)
        if column.many_to_many:
            return ", ".join(sorted(self.name(column.related_model, pk) for pk in value))
        if isinstance(column, ForeignKey):
            return self.name(column.related_model, value) if value else ""
        return told_plain(column, value)


def told_plain(column, value):
    if isinstance(column, BooleanField):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return ""
    if isinstance(column, DateTimeField):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(column, DateField):
        return date_format(value, "DATE_FORMAT")
    return str(dict(column.flatchoices).get(value, value))
