"""How one field of a record is read from and written to the database, as a plain value.

`empty` is the value of a field that was never filled. Slots with `after_save` need the row first.
"""

from dataclasses import dataclass

from simple_history.utils import bulk_create_with_history

from network.history import REASON
from network.models import Actor, Source
from places.models import Place
from practices.models import FormerTerm, Taxonomy, TaxonomyTerm


class UnknownCodeError(Exception):
    """A value names a row that does not exist."""


def find(queryset, by, value):
    found = queryset.filter(**{by: value}).first()
    if found is None:
        raise UnknownCodeError(f"{value!r} does not exist")
    return found


def find_all(queryset, by, values):
    found = found_by(queryset, by, values)
    return [known(found, value) for value in values]


def found_by(queryset, by, values):
    return {getattr(row, by): row for row in queryset.filter(**{f"{by}__in": values})}


def known(found, value):
    if value not in found:
        raise UnknownCodeError(f"{value!r} does not exist")
    return found[value]


@dataclass
class Column:
    name: str
    empty: object = ""
    after_save = False

    def read(self, record):
        value = getattr(record, self.name)
        return self.empty if value is None else value

    def write(self, record, value):
        setattr(record, self.name, value)


@dataclass
class Slug(Column):
    """Unique: nothing is stored as NULL, because two empty texts would clash."""

    def write(self, record, value):
        setattr(record, self.name, value or None)


@dataclass
class Columns:
    """Columns that are one fact, bound by a constraint: written together or not at all."""

    names: tuple
    empty: list
    after_save = False

    def read(self, record):
        return [getattr(record, name) for name in self.names]

    def write(self, record, values):
        for name, value in zip(self.names, values, strict=True):
            setattr(record, name, value)


@dataclass
class Link:
    name: str
    queryset: object
    by: str = "code"
    empty: object = ""
    after_save = False

    def read(self, record):
        linked = getattr(record, self.name)
        return getattr(linked, self.by) if linked else self.empty

    def write(self, record, value):
        linked = find(self.queryset, self.by, value) if value else None
        setattr(record, self.name, linked)


@dataclass
class Links:
    name: str
    queryset: object
    by: str = "code"
    after_save = True

    @property
    def empty(self):
        return []

    def read(self, record):
        return sorted(getattr(row, self.by) for row in getattr(record, self.name).all())

    def write(self, record, values):
        getattr(record, self.name).set(find_all(self.queryset, self.by, values))


@dataclass
class Terms:
    """The terms of one taxonomy; those of the others stay."""

    taxonomy: str
    after_save = True

    @property
    def empty(self):
        return []

    def read(self, record):
        terms = [term for term in record.terms.all() if term.taxonomy.code == self.taxonomy]
        return sorted(term.code for term in terms)

    def write(self, record, values):
        find(Taxonomy.objects, "code", self.taxonomy)
        of_taxonomy = TaxonomyTerm.objects.filter(taxonomy__code=self.taxonomy)
        former = FormerTerm.objects.filter(taxonomy__code=self.taxonomy, code__in=values)
        today = dict(former.values_list("code", "term__code"))
        codes = sorted({today.get(code, code) for code in values})
        record.terms.remove(*record.terms.filter(taxonomy__code=self.taxonomy))
        record.terms.add(*find_all(of_taxonomy, "code", codes))


@dataclass
class Contacts:
    after_save = True

    @property
    def empty(self):
        return []

    def read(self, record):
        return [
            {
                "kind": contact.kind,
                "value": contact.value,
                "year": contact.year,
                "source": contact.source.key,
                "certainty": contact.certainty,
                "is_protected": contact.is_protected,
                "municipality": contact.municipality.code if contact.municipality else "",
            }
            for contact in record.contacts.all()
        ]

    def write(self, record, values):
        record.contacts.all().delete()
        for order, value in enumerate(values):
            contact = record.contacts.model(**value | self.rows(value), order=order)
            setattr(contact, record.contacts.field.name, record)
            contact.full_clean()
            contact.save()

    @staticmethod
    def rows(value):
        municipality = value["municipality"]
        return {
            "source": find(Source.objects, "key", value["source"]),
            "municipality": find(Place.objects, "code", municipality) if municipality else None,
        }


@dataclass
class Relations:
    """Who an actor works with, as [kind, other, source, certainty, note, period]."""

    after_save = True

    @property
    def empty(self):
        return []

    def read(self, record):
        return sorted(
            [one.kind, one.other.code, one.source.key, one.certainty, one.note, one.period]
            for one in record.relations.all()
        )

    def write(self, record, values):
        record.relations.all().delete()
        for kind, other, source, certainty, note, period in values:
            relation = record.relations.model(
                actor=record, kind=kind, certainty=certainty, note=note, period=period
            )
            relation.other = find(Actor.objects, "code", other)
            relation.source = find(Source.objects, "key", source)
            relation.full_clean()
            relation.save()


@dataclass
class Citations:
    """The sources of one field; those of all fields of a record are written together."""

    field: str
    after_save = True

    @property
    def empty(self):
        return []

    def read(self, record):
        return sorted(
            [citation.source.key, citation.certainty, citation.note]
            for citation in record.citations.all()
            if citation.field == self.field
        )

    def rows(self, record, values, sources):
        """Not yet written; `sources` has those that are known, by key."""
        of_record = {record.citations.field.name: record, "field": self.field}
        for key, certainty, note in values:
            citation = record.citations.model(certainty=certainty, note=note, **of_record)
            citation.source = known(sources, key)
            citation.clean_fields(exclude=("source", *of_record))
            yield citation


def replace_citations(record, fields, citations):
    """Those of all fields at once."""
    record.citations.filter(field__in=fields).delete()
    bulk_create_with_history(citations, record.citations.model, default_change_reason=REASON.get())
