"""Which state of a record a table was made from, and what stood there then."""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Max

from curation.content import slots
from curation.tables.columns import KnownTerms
from practices.models import Practice


def newest_versions(keys) -> dict:
    """Primary key → the number of its newest entry in the history; none for one without."""
    entries = Practice.history.filter(id__in=list(keys)).order_by()
    return dict(entries.values_list("id").annotate(Max("history_id")))


def version_of(practice, number):
    """The entry in the history of this practice with that number, or None."""
    return Practice.history.filter(id=practice.pk, history_id=number).first()


def value_then(slot, entry):
    """What the slot would have read from the record as it was."""
    if isinstance(slot, KnownTerms):
        return sorted(f"{term.taxonomy.code}.{term.code}" for term in linked(entry, "terms"))
    if isinstance(slot, slots.Links):
        return sorted(getattr(row, slot.by) for row in linked(entry, slot.name))
    try:
        return slot.read(entry)
    except ObjectDoesNotExist:  # what it pointed at is gone
        return slot.empty


def linked(entry, name):
    relation = Practice._meta.get_field(name).m2m_reverse_field_name()
    return [getattr(row, relation) for row in getattr(entry, name).all()]
