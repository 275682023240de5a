"""What the page of a record shows, fact by fact: what somebody can say is wrong, or correct."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from familysupport.templatetags.reading import Text, read_text
from network.models import Actor
from practices.models import Taxonomy
from practices.sheet import Sheet

CHOICES = {"cost", "anonymity", "access", "legal_form", "level"}


@dataclass(frozen=True)
class ShownFact:
    """`field` is the column it stands in, `contact.<number>`, or a name for several rows."""

    field: str
    label: str
    value: str
    column: object = None  # of the model, when one value can be written there
    contact: object = None
    record: object = None

    @property
    def is_one_value(self):
        return self.column is not None or self.contact is not None


def facts_of(record) -> list[ShownFact]:
    """Everything that readers see of the record, in their language; nothing of hidden records."""
    found = of_actor(record) if isinstance(record, Actor) else of_practice(record)
    return [fact for fact in found if fact.value]


def fact_of(record, field):
    """One fact as it stands now; without value when nothing stands there any more."""
    found = {fact.field: fact for fact in facts_of(record)}
    return found.get(field) or ShownFact(field, label_of(record, field), "", column(record, field))


def of_practice(practice):
    sheet = Sheet(practice)
    texts = [sheet.fact(name, read_text(practice, name)) for name in ("name", "summary")]
    lead = practice.public_lead_actor
    yield from (of_sheet(practice, fact) for fact in texts)
    yield ShownFact("lead_actor", sheet.label("lead_actor"), lead.name if lead else "")
    yield from contacts(practice)
    told = (*sheet.for_families, *sheet.practical, sheet.status, *sheet.status_note)
    yield from (of_sheet(practice, fact) for fact in (*told, *sheet.for_professionals))
    for fact in sheet.terms:
        yield ShownFact(fact.field, fact.label, ", ".join(term.name for term in fact.value))
    partners = ", ".join(actor.name for actor in sheet.partners)
    yield ShownFact("partners", sheet.label("partners"), partners)


def of_sheet(practice, fact):
    if isinstance(fact.value, Text):
        field = f"{fact.field}_{fact.value.language}"
        return ShownFact(field, fact.label, fact.value.value, column(practice, field))
    found = column(practice, fact.field)
    return ShownFact(fact.field, fact.label, str(fact.value), found, record=practice)


def of_actor(actor):
    for name in ("name", "description"):
        text = read_text(actor, name)
        field = f"{name}_{text.language}"
        yield ShownFact(field, label_of(actor, name), text.value, column(actor, field))
    yield from contacts(actor)
    for name in ("legal_form", "level"):
        value = getattr(actor, f"get_{name}_display")()
        yield ShownFact(name, label_of(actor, name), str(value), column(actor, name))
    for name in ("sectors", "languages"):
        rows = ", ".join(str(row) for row in getattr(actor, name).all())
        yield ShownFact(name, label_of(actor, name), rows)
    yield ShownFact("seat", label_of(actor, "seat"), actor.seat.name if actor.seat else "")


def contacts(record):
    """Of a protected address the municipality, which is no value that can be replaced."""
    for contact in record.contacts.all():
        label = capfirst(contact.get_kind_display())
        own = None if contact.is_protected else contact
        shown = contact.shown_value if contact.is_protected else contact.value
        yield ShownFact(f"contact.{contact.pk}", label, shown, contact=own)


def column(record, field):
    """The column of a text or of a choice; the others need more than one value."""
    language_free = field.rpartition("_")[0]
    is_text = language_free and hasattr(record, f"{language_free}_nl")
    return record._meta.get_field(field) if is_text or field in CHOICES else None


def label_of(record, field):
    if not field:
        return _("Something else")
    family, _dot, code = field.partition(".")
    if family == "contact":
        return _("Contact")
    if family == "terms":
        return capfirst(str(Taxonomy.objects.filter(code=code).first() or code))
    language_free = field.rpartition("_")[0]
    for name in (language_free, field):
        try:
            return capfirst(str(record._meta.get_field(name).verbose_name))
        except FieldDoesNotExist:
            continue
    return field
