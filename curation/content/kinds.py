"""Which files there are, and how their blocks become fields of which model.

A reader takes one entry of a block and yields (field, value) pairs; it refuses what is incomplete.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from curation.content import slots
from curation.content.files import Block
from guide.models import HelpLine
from network.models import Actor, Language, Sector, Source
from network.publishing import Certainty
from places.models import Place
from practices.models import TEXT_FIELDS, Practice, Taxonomy, TaxonomyTerm
from search.analysis import LANGUAGES

REQUIRED_OF_CONTACT = ("kind", "value", "year", "source")
OPTIONAL_OF_CONTACT = {"certainty": "stated", "is_protected": False, "municipality": ""}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Kind:
    """One kind of record: its files, its model, its key, and a reader for each entry."""

    name: str
    pattern: str
    model: type
    key: str
    readers: dict[str, Callable]
    slot: Callable
    related: tuple = ()
    expand: Callable = field(default=lambda records: records)

    def fields(self, block: Block):
        """(field, value, file entry) for everything the block states."""
        for entry, content in block.items():
            if entry not in self.readers:
                raise block.error(entry, "this field does not exist")
            for name, value in self.readers[entry](block, entry, content):
                yield name, value, entry


# --- Readers -----------------------------------------------------------------------------------


def texts(block, entry, content):
    """The same text in every language, or a refusal."""
    if not isinstance(content, Block):
        raise block.error(entry, "give the text as nl, fr and en")
    for language in LANGUAGES:
        value = content.get(language)
        if not isinstance(value, str) or not value.strip():
            raise block.error(entry, f"the text in {language} is missing")
        yield f"{entry}_{language}", value.strip()


def sourced_texts(block, entry, content):
    yield from texts(block, entry, content)
    yield from citations(block, entry, content)


def successor(block, entry, content):
    for name, value in sourced_texts(block, entry, content):
        yield name.replace("successor", "successor_note"), value


def citations(block, entry, content):
    sources = content.get("sources")
    if not isinstance(sources, list) or not sources:
        raise block.error(entry, "a filled field names its sources")
    certainty = content.get("certainty", Certainty.STATED)
    if certainty not in Certainty.values:
        raise block.error(entry, f"certainty is one of {', '.join(Certainty.values)}")
    note = content.get("note", "")
    yield (
        f"citations.{entry}",
        sorted([str(key), str(certainty), str(note)] for key in dict.fromkeys(sources)),
    )


def slugs(block, entry, content):
    for name, value in texts(block, entry, content):
        if not SLUG.fullmatch(value):
            raise block.error(entry, f"{value!r} may hold a-z, 0-9 and hyphens only")
        yield name, value


def plain(name=None, default=""):
    def read(block, entry, content):
        yield name or entry, default if content is None else content

    return read


def text_or_texts(block, entry, content):
    """A proper name stands once; a name that is translated stands three times."""
    if isinstance(content, str):
        content = Block(dict.fromkeys(LANGUAGES, content))
    yield from texts(block, entry, content)


def one(block, entry, content):
    if not isinstance(content, Block) or not isinstance(content.get("value"), str):
        raise block.error(entry, "give one text as value")
    yield entry, content["value"]
    yield from citations(block, entry, content)


def many(block, entry, content):
    yield entry, sorted(values(block, entry, content))
    yield from citations(block, entry, content)


def values(block, entry, content):
    found = content.get("values") if isinstance(content, Block) else None
    if not isinstance(found, list) or not all(isinstance(value, str) for value in found):
        raise block.error(entry, "give a list of texts as values (codes of digits in quotes)")
    return list(dict.fromkeys(found))


def lines(block, entry, content):
    yield entry, "\n".join(values(block, entry, content))
    yield from citations(block, entry, content)


def operating_status(block, entry, content):
    yield (
        entry,
        [content.get("value"), str(content.get("date", "")), content.get("date_unknown", False)],
    )
    yield from citations(block, entry, content)


def terms(block, entry, content):
    for taxonomy, chosen in content.items():
        try:
            yield f"terms.{taxonomy}", sorted(values(content, taxonomy, chosen))
            for _, cited in citations(content, taxonomy, chosen):
                yield f"citations.terms.{taxonomy}", cited
        except UnicodeError:
            raise block.error(entry, "codes are plain text") from None


def contacts(block, entry, content):
    yield "contacts", [contact(block, entry, item) for item in content]


def contact(block, entry, item):
    unknown = set(item) - {*REQUIRED_OF_CONTACT, *OPTIONAL_OF_CONTACT}
    missing = set(REQUIRED_OF_CONTACT) - set(item)
    if unknown or missing:
        raise item.error(entry, f"a contact has kind, value, year and source: {dict(item)}")
    return OPTIONAL_OF_CONTACT | dict(item)


def code_list(block, entry, content):
    if not isinstance(content, list):
        raise block.error(entry, "give a list of codes")
    yield entry, sorted(str(value) for value in content)


# --- Slots -------------------------------------------------------------------------------------


def slot_for(special):
    """The slot of a field: a special one, one of a dotted family, or a plain column."""

    def slot(name):
        if name in special:
            return special[name]
        family, _, rest = name.partition(".")
        if family == "citations":
            return slots.Citations(rest)
        if family == "terms":
            return slots.Terms(rest)
        return slots.Slug(name, "") if name.startswith("slug_") else slots.Column(name)

    return slot


def flag(name):
    return slots.Column(name, empty=False)


def number(name):
    return slots.Column(name, empty=None)


# --- The kinds, in the order they are loaded ---------------------------------------------------


def vocabulary(name, model):
    return Kind(
        name=name,
        pattern=f"{name}s.yaml",
        model=model,
        key="code",
        readers={"code": plain(), "name": texts, "order": plain(default=0)},
        slot=slot_for({"order": slots.Column("order", 0)}),
        expand=numbered,
    )


def numbered(records: Iterable[Block]):
    """The order in the file is the order on the page."""
    for order, record in enumerate(records, start=1):
        record.setdefault("order", order)
        yield record


def all_terms(records: Iterable[Block]):
    for taxonomy in records:
        for order, term in enumerate(taxonomy.get("terms", []), start=1):
            term["taxonomy"] = taxonomy["code"]
            term["order"] = order
            term["key"] = f"{taxonomy['code']}.{term['code']}"
            yield term


LANGUAGE = vocabulary("language", Language)
SECTOR = vocabulary("sector", Sector)

SOURCE = Kind(
    name="source",
    pattern="sources/*.yaml",
    model=Source,
    key="key",
    readers={
        "key": plain(),
        "publisher": text_or_texts,
        "kind": plain(),
        "title": plain(),
        "url": plain(),
        "language": plain(),
        "year": plain(default=None),
        "year_inferred": plain("is_year_inferred", False),
        "date": plain("dated_on"),
    },
    slot=slot_for({"year": number("year"), "is_year_inferred": flag("is_year_inferred")}),
)

TAXONOMY = Kind(
    name="taxonomy",
    pattern="taxonomies.yaml",
    model=Taxonomy,
    key="code",
    readers={
        "code": plain(),
        "name": texts,
        "description": texts,
        "sources": code_list,
        "order": plain(),
        "terms": lambda *_: (),
    },
    slot=slot_for(
        {
            "order": slots.Column("order", 0),
            "sources": slots.Links("sources", Source.objects, by="key"),
        }
    ),
    related=("sources",),
    expand=numbered,
)

TERM = Kind(
    name="term",
    pattern="taxonomies.yaml",
    model=TaxonomyTerm,
    key="key",
    readers={
        "key": lambda *_: (),
        "code": plain(),
        "taxonomy": plain(),
        "name": texts,
        "description": texts,
        "sources": code_list,
        "order": plain(),
    },
    slot=slot_for(
        {
            "order": slots.Column("order", 0),
            "taxonomy": slots.Link("taxonomy", Taxonomy.objects),
            "sources": slots.Links("sources", Source.objects, by="key"),
        }
    ),
    related=("taxonomy", "sources"),
    expand=all_terms,
)

ACTOR = Kind(
    name="actor",
    pattern="actors/*.yaml",
    model=Actor,
    key="code",
    readers={
        "code": plain(),
        "name": sourced_texts,
        "also_known_as": lines,
        "description": sourced_texts,
        "legal_form": one,
        "level": one,
        "sectors": many,
        "languages": many,
        "seat": one,
        "contacts": contacts,
    },
    slot=slot_for(
        {
            "sectors": slots.Links("sectors", Sector.objects),
            "languages": slots.Links("languages", Language.objects),
            "seat": slots.Link("seat", Place.objects),
            "contacts": slots.Contacts(),
        }
    ),
    related=(
        "contacts__source",
        "contacts__municipality",
        "citations__source",
        "sectors",
        "languages",
    ),
)

PRACTICE = Kind(
    name="practice",
    pattern="practices/*.yaml",
    model=Practice,
    key="code",
    readers={
        "code": plain(),
        "title_only": plain("is_title_only", False),
        "name": sourced_texts,
        "slug": slugs,
        "also_known_as": lines,
        "lead_actor": one,
        "partners": many,
        **{name: sourced_texts for name in TEXT_FIELDS if name != "successor_note"},
        "successor": successor,
        "coverage": many,
        "seats": many,
        "help_languages": many,
        "cost": one,
        "anonymity": one,
        "access": one,
        "operating_status": operating_status,
        "terms": terms,
        "contacts": contacts,
    },
    slot=slot_for(
        {
            "is_title_only": flag("is_title_only"),
            "lead_actor": slots.Link("lead_actor", Actor.objects),
            "partners": slots.Links("partners", Actor.objects),
            "coverage": slots.Links("coverage", Place.objects),
            "seats": slots.Links("seats", Place.objects),
            "help_languages": slots.Links("help_languages", Language.objects),
            "operating_status": slots.Columns(
                (
                    "operating_status",
                    "operating_status_date",
                    "is_operating_status_date_unknown",
                ),
                ["unknown", "", False],
            ),
            "contacts": slots.Contacts(),
        }
    ),
    related=(
        "contacts__source",
        "contacts__municipality",
        "citations__source",
        "terms__taxonomy",
        "coverage",
        "seats",
        "help_languages",
        "partners",
    ),
)

HELP_LINE = Kind(
    name="help_line",
    pattern="help_lines.yaml",
    model=HelpLine,
    key="code",
    readers={
        "code": plain(),
        "number": plain(),
        "website": plain(),
        "name": texts,
        "purpose": texts,
        "hours": texts,
        "languages": code_list,
        "cost": plain(),
        "anonymity": plain(),
        "audience": plain(),
        "year": plain(default=None),
        "urgent": plain("is_urgent", False),
        "order": plain(default=0),
        "sources": code_list,
    },
    slot=slot_for(
        {
            "year": number("year"),
            "is_urgent": flag("is_urgent"),
            "order": slots.Column("order", 0),
            "languages": slots.Links("languages", Language.objects),
            "sources": slots.Links("sources", Source.objects, by="key"),
        }
    ),
    related=("languages", "sources"),
    expand=numbered,
)

KINDS = (LANGUAGE, SECTOR, SOURCE, TAXONOMY, TERM, ACTOR, PRACTICE, HELP_LINE)
