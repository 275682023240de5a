"""Every fact of a practice as a plain value, and how it is written back."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from curation.content import slots
from curation.history.acts import cited
from network.models import Actor, Language, Source
from network.publishing import Certainty
from network.translations import LANGUAGES
from places.models import Place
from practices.models import TEXT_FIELDS, Practice, PracticeContact, Taxonomy, TaxonomyTerm

TRANSLATED = ("name", "slug", *TEXT_FIELDS)
STATUS = ("operating_status", "operating_status_date", "is_operating_status_date_unknown")
RELATED = (
    "partners",
    "coverage",
    "seats",
    "help_languages",
    "terms__taxonomy",
    "contacts__source",
    "contacts__municipality",
    "citations__source",
)


class AllCitations(slots.Contacts):
    """Those of every field; the ones that stay are not written again."""

    def read(self, record):
        return sorted(list(self.row(citation)) for citation in record.citations.all())

    def write(self, record, values):
        rows = record.citations.select_related("source")
        held = {self.row(citation): citation for citation in rows}
        wanted = {tuple(value) for value in values}
        for row in held.keys() - wanted:
            held[row].delete()
        for field, key, certainty, note in sorted(wanted - held.keys()):
            source = slots.find(Source.objects, "key", key)
            record.citations.create(field=field, source=source, certainty=certainty, note=note)

    @staticmethod
    def row(citation):
        return citation.field, citation.source.key, citation.certainty, citation.note


def all_slots():
    """Name → slot, in the order a curator meets them; rows before relations."""
    columns = [f"{field}_{language}" for field in TRANSLATED for language in LANGUAGES]
    taxonomies = Taxonomy.objects.values_list("code", flat=True)
    return {
        **{name: column(name) for name in columns},
        "also_known_as": slots.Column("also_known_as"),
        "is_title_only": slots.Column("is_title_only", empty=False),
        "lead_actor": slots.Link("lead_actor", Actor.objects),
        "successor": slots.Link("successor", Practice.objects),
        **{name: slots.Column(name) for name in ("cost", "anonymity", "access")},
        "operating_status": slots.Columns(STATUS, ["unknown", "", False]),
        "partners": slots.Links("partners", Actor.objects),
        "coverage": slots.Links("coverage", Place.objects),
        "seats": slots.Links("seats", Place.objects),
        "help_languages": slots.Links("help_languages", Language.objects),
        **{f"terms.{code}": slots.Terms(code) for code in taxonomies},
        "contacts": slots.Contacts(),
        "citations": AllCitations(),
    }


def column(name):
    return slots.Slug(name) if name.startswith("slug_") else slots.Column(name)


def fresh(practice):
    return Practice.objects.prefetch_related(*RELATED).get(pk=practice.pk)


def values_of(practice, names: Iterable[str] | None = None) -> dict:
    """What the database holds of it now, as values that JSON can hold."""
    known, record = all_slots(), fresh(practice)
    return {name: known[name].read(record) for name in names or known if name in known}


def write_values(practice, values):
    """Set and save them. Raises ValidationError or UnknownCodeError; call it in a transaction."""
    known = all_slots()
    for name, value in values.items():
        if name in known and not known[name].after_save:
            known[name].write(practice, value)
    practice.full_clean()
    practice.save()
    for name, value in values.items():
        if name in known and known[name].after_save:
            known[name].write(practice, value)


# --- How they read ------------------------------------------------------------------------------


def label_of(name):
    if name.startswith("terms."):
        taxonomy = Taxonomy.objects.filter(code=name.removeprefix("terms.")).first()
        return str(taxonomy or name)
    if name in ("contacts", "citations"):
        return Practice._meta.get_field(name).related_model._meta.verbose_name_plural
    return Practice._meta.get_field(name).verbose_name


def told(name, value):
    """A value as a curator reads it."""
    if name == "contacts":
        return "\n".join(told_contact(contact) for contact in value)
    if name == "citations":
        return "\n".join(told_citation(*row) for row in value)
    if name == "operating_status":
        status, day, is_unknown = value
        return " · ".join(
            filter(None, (choice(name, status), day, is_unknown and _("date unknown")))
        )
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    slot = all_slots()[name]
    if isinstance(slot, slots.Links | slots.Link | slots.Terms):
        return ", ".join(names_of(slot, value))
    return choice(name, value)


def choice(name, value):
    return str(dict(Practice._meta.get_field(name).flatchoices).get(value, value or ""))


def names_of(slot, value):
    """What a list of codes, or one code, names; a code that names nothing stays itself."""
    codes = value if isinstance(value, list) else [value] if value else []
    rows = (
        TaxonomyTerm.objects.filter(taxonomy__code=slot.taxonomy)
        if isinstance(slot, slots.Terms)
        else slot.queryset
    )
    found = {row.code: str(row) for row in rows.filter(code__in=codes)}
    return [found.get(code, code) for code in codes]


def told_citation(field, source, certainty, note):
    parts = (cited(Practice, field), source, Certainty(certainty).label, note)
    return " · ".join(str(part) for part in parts if part)


def told_contact(contact):
    kind = PracticeContact.Kind(contact["kind"]).label
    parts = (kind, contact["value"], contact["year"], contact["source"])
    return " · ".join(str(part) for part in parts if part)
