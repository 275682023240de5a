"""The columns of a table of practices: how each is told as text, and read back from it.

A column reads and writes the record through its slot. Translated columns carry their language;
a column that is only shown is never read back.
"""

from functools import cached_property

from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import Widget

from curation.content import slots
from network.models import Actor, Language
from network.publishing import is_reduced_date
from places.models import Place
from practices.models import TEXT_FIELDS, Practice, TaxonomyTerm
from search.analysis import LANGUAGES

SEPARATOR = "|"
YES, NO = "yes", "no"


class Known:
    """The codes that may stand in a table and their rows, read when a column first asks."""

    @cached_property
    def places(self):
        return codes_of(Place)

    @cached_property
    def actors(self):
        return codes_of(Actor)

    @cached_property
    def languages(self):
        return codes_of(Language)

    @cached_property
    def practices(self):
        return codes_of(Practice)

    @cached_property
    def terms(self):
        rows = TaxonomyTerm.objects.values_list("taxonomy__code", "code", "pk")
        return {f"{taxonomy}.{code}": pk for taxonomy, code, pk in rows}


def codes_of(model):
    return dict(model.objects.values_list("code", "pk"))


# --- How a value is told -----------------------------------------------------------------------


class Plain(Widget):
    """`clean` raises ValueError with a sentence for whoever filled in the cell."""

    def clean(self, value, row=None, **kwargs):
        return value

    def render(self, value, obj=None, **kwargs):
        return str(value or "").replace("\r\n", "\n").replace("\r", "\n")


class Flag(Widget):
    def clean(self, value, row=None, **kwargs):
        told = value.strip().lower()
        if told not in {YES, NO, ""}:
            raise ValueError(_("Write yes or no."))
        return told == YES

    def render(self, value, obj=None, **kwargs):
        return YES if value else NO


class ReducedDate(Plain):
    def clean(self, value, row=None, **kwargs):
        if value.strip() and not is_reduced_date(value.strip()):
            raise ValueError(_("Write a year, a month or a day: 2016, 2016-02 or 2016-02-15."))
        return value.strip()


class Choice(Plain):
    def __init__(self, choices):
        super().__init__()
        self.choices = [value for value, _label in choices if value]

    def clean(self, value, row=None, **kwargs):
        value = value.strip()
        if value and value not in self.choices:
            told = {"value": value, "choices": ", ".join(self.choices)}
            raise ValueError(_("“%(value)s” is none of: %(choices)s.") % told)
        return value


class Code(Plain):
    def __init__(self, known, name):
        super().__init__()
        self.known, self.name = known, name

    def clean(self, value, row=None, **kwargs):
        return self.existing(value.strip())

    def existing(self, code):
        if code and code not in getattr(self.known, self.name):
            raise ValueError(_("“%s” does not exist.") % code)
        return code


class Codes(Code):
    def clean(self, value, row=None, **kwargs):
        codes = {code.strip() for code in value.split(SEPARATOR)} - {""}
        return sorted(self.existing(code) for code in sorted(codes))

    def render(self, value, obj=None, **kwargs):
        return SEPARATOR.join(value)


class Moment(Plain):
    def render(self, value, obj=None, **kwargs):
        return value.isoformat() if value else ""


# --- Where a value stands ----------------------------------------------------------------------


class KnownLink(slots.Link):
    def __init__(self, name, known, codes):
        super().__init__(name, None)
        self.known, self.codes = known, codes

    def write(self, record, value):
        setattr(record, f"{self.name}_id", getattr(self.known, self.codes).get(value))


class KnownLinks(slots.Links):
    def __init__(self, name, known, codes):
        super().__init__(name, None)
        self.known, self.codes = known, codes

    def linked(self, values):
        rows = getattr(self.known, self.codes)
        return [rows[value] for value in values]

    def write(self, record, values):
        getattr(record, self.name).set(self.linked(values))


class KnownTerms(KnownLinks):
    """The terms of every taxonomy, each as `taxonomy.term`."""

    def read(self, record):
        return sorted(f"{term.taxonomy.code}.{term.code}" for term in record.terms.all())


class Reached:
    """Values of the contacts of one kind; addresses stay out, some of them are protected."""

    def __init__(self, kind):
        self.kind = kind

    def read(self, record):
        return "\n".join(one.value for one in record.contacts.all() if one.kind == self.kind)


class Version:
    """The number of the newest entry in the history of the record, as `versions` fills it in."""

    def read(self, record):
        return getattr(record, "table_version", None)


class Column(Field):
    def __init__(self, name, slot=None, widget=None, *, readonly=False):
        super().__init__(name, name, widget or Plain(), readonly=readonly)
        self.slot = slot or slots.Column(name)

    def get_value(self, instance):
        return self.slot.read(instance)

    def read_cell(self, text):
        """Its value; an empty cell means the value of a field that was never filled."""
        return self.widget.clean(text) or self.slot.empty

    def rendered(self, value):
        return self.widget.render(value)


KEY, VERSION = "code", "version"
RELATED = ("contacts", "terms__taxonomy", "coverage", "seats", "help_languages", "partners")


def all_columns(known=None):
    """Name → column, in the order of the table."""
    known = known or Known()
    columns = [*leading(), *texts(), *relations(known), *choices(), *shown_only()]
    return {column.column_name: column for column in columns}


def leading():
    return [Column(KEY), Column(VERSION, Version(), readonly=True)]


def texts():
    slugs = [f"slug_{language}" for language in LANGUAGES]
    return [
        *(Column(f"name_{language}") for language in LANGUAGES),
        *(Column(slug, slots.Slug(slug)) for slug in slugs),
        Column("also_known_as"),
        *(Column(f"{field}_{language}") for field in TEXT_FIELDS for language in LANGUAGES),
    ]


def relations(known):
    return [
        Column("lead_actor", KnownLink("lead_actor", known, "actors"), Code(known, "actors")),
        links("partners", known, "actors"),
        links("coverage", known, "places"),
        links("seats", known, "places"),
        links("help_languages", known, "languages"),
        Column("terms", KnownTerms("terms", known, "terms"), Codes(known, "terms")),
        Column("successor", KnownLink("successor", known, "practices"), Code(known, "practices")),
    ]


def links(name, known, codes):
    return Column(name, KnownLinks(name, known, codes), Codes(known, codes))


def choices():
    return [
        *(choice(name) for name in ("cost", "anonymity", "access")),
        flag("is_title_only"),
        choice("operating_status", Practice.OperatingStatus.UNKNOWN),
        Column("operating_status_date", widget=ReducedDate()),
        flag("is_operating_status_date_unknown"),
        choice("source_language", Practice._meta.get_field("source_language").default),
    ]


def flag(name):
    return Column(name, slots.Column(name, empty=False), Flag())


def choice(name, first=""):
    return Column(name, slots.Column(name, first), Choice(Practice._meta.get_field(name).choices))


def shown_only():
    moments = ("verified_on", "contacts_verified_on", "published_at", "publish_at", "updated_at")
    return [
        *(Column(kind, Reached(kind), readonly=True) for kind in ("phone", "email", "website")),
        Column("editorial_status", readonly=True),
        *(Column(name, slots.Column(name, None), Moment(), readonly=True) for name in moments),
    ]
