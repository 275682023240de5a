"""Which files there are, and how their blocks become fields of which model."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from curation.content import slots
from curation.content.files import Block
from curation.content.readers import (
    code_list,
    contacts,
    flag,
    lines,
    lines_in_languages,
    links,
    listed_terms,
    many,
    number,
    one,
    one_a_line,
    one_date,
    operating_status,
    plain_terms,
    reduced_date,
    relations,
    slugs,
    sourced_texts,
    successor,
    terms,
    text,
    text_or_texts,
    texts,
    texts_of_help_line,
)
from guide.models import (
    Event,
    GlossaryTerm,
    HelpLine,
    Need,
    Publication,
    Recommendation,
    RecommendationPart,
)
from network.models import Actor, ExpertTheme, Language, NetworkRole, Offer, Sector, Source
from places.models import Place
from practices.models import TEXT_FIELDS, Practice, SituationRule, Taxonomy, TaxonomyTerm, ThemeRule
from search.models import SynonymGroup
from trainings.models import Training


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
    bound: str = ""  # the entry that the rules about several columns are about
    expand: Callable = field(default=lambda records: records)

    def fields(self, block: Block):
        """(field, value, file entry) for everything the block states."""
        block.refuse_others(self.readers)
        for entry, content in block.items():
            for name, value in self.readers[entry](block, entry, content):
                yield name, value, entry


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


def flag_column(name):
    return slots.Column(name, empty=False)


def number_column(name):
    return slots.Column(name, empty=None)


# --- The kinds, in the order they are loaded ---------------------------------------------------


def vocabulary(name, model):
    return Kind(
        name=name,
        pattern=f"{name}s.yaml",
        model=model,
        key="code",
        readers={"code": text(), "name": texts, "order": number},
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


def only(entry):
    """The records again, now that all are there, with this entry alone."""

    def reduced(records: Iterable[Block]):
        for record in records:
            for name in set(record) - {"code", entry}:
                del record[name]
            record.setdefault(entry, [])
            yield record

    return reduced


LANGUAGE = vocabulary("language", Language)
SECTOR = vocabulary("sector", Sector)
NEED = vocabulary("need", Need)

NETWORK_ROLE = Kind(
    name="network_role",
    pattern="network_roles.yaml",
    model=NetworkRole,
    key="code",
    readers={"code": text(), "name": texts, "description": texts, "order": number},
    slot=slot_for({"order": slots.Column("order", 0)}),
    expand=numbered,
)

SOURCE = Kind(
    name="source",
    pattern="sources/*.yaml",
    model=Source,
    key="key",
    readers={
        "key": text(),
        "publisher": text_or_texts,
        "kind": text(),
        "title": text(),
        "url": text(),
        "language": text(),
        "year": number,
        "year_inferred": flag("is_year_inferred"),
        "date": reduced_date("dated_on"),
    },
    slot=slot_for(
        {
            "kind": slots.Column("kind", Source.Kind.WEBSITE),
            "year": number_column("year"),
            "is_year_inferred": flag_column("is_year_inferred"),
        }
    ),
    bound="year_inferred",
)

EXPERT_THEME = Kind(
    name="expert_theme",
    pattern="expert_themes.yaml",
    model=ExpertTheme,
    key="code",
    readers={
        "code": text(),
        "name": texts,
        "summary": texts,
        "description": texts,
        "sources": code_list,
        "order": number,
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

TAXONOMY = Kind(
    name="taxonomy",
    pattern="taxonomies.yaml",
    model=Taxonomy,
    key="code",
    readers={
        "code": text(),
        "name": texts,
        "description": texts,
        "sources": code_list,
        "order": number,
        "terms": listed_terms,
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
        "code": text(),
        "taxonomy": text(),
        "name": texts,
        "description": texts,
        "sources": code_list,
        "order": number,
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
        "code": text(),
        "name": sourced_texts,
        "also_known_as": lines,
        "description": sourced_texts,
        "legal_form": one,
        "level": one,
        "sectors": many,
        "languages": many,
        "seat": one,
        "coverage": many,
        "roles": many,
        "contacts": contacts,
        "relations": lambda *_: (),  # when every organisation is there: see RELATIONS
    },
    slot=slot_for(
        {
            "sectors": slots.Links("sectors", Sector.objects),
            "languages": slots.Links("languages", Language.objects),
            "seat": slots.Link("seat", Place.objects),
            "coverage": slots.Links("coverage", Place.objects),
            "roles": slots.Links("roles", NetworkRole.objects),
            "contacts": slots.Contacts(),
        }
    ),
    related=(
        "contacts__source",
        "contacts__municipality",
        "citations__source",
        "sectors",
        "languages",
        "coverage",
        "roles",
    ),
)

RELATIONS = Kind(
    name="actor_relations",
    pattern="actors/*.yaml",
    model=Actor,
    key="code",
    readers={"code": lambda *_: (), "relations": relations},
    slot=slot_for({"relations": slots.Relations()}),
    related=("relations__other", "relations__source"),
    expand=only("relations"),
)

OFFER = Kind(
    name="offer",
    pattern="offers/*.yaml",
    model=Offer,
    key="code",
    readers={
        "code": text(),
        "actor": one,
        "name": sourced_texts,
        "summary": sourced_texts,
        "kind": one,
        "audiences": many,
        "forms": many,
        "length": sourced_texts,
        "hours": sourced_texts,
        "cost": one,
        "languages": many,
        "coverage": many,
        "available_from": one_date,
        "available_until": one_date,
        "availability": sourced_texts,
        "how_to_ask": sourced_texts,
        "contacts": contacts,
    },
    slot=slot_for(
        {
            "actor": slots.Link("actor", Actor.objects),
            "audiences": slots.Column("audiences", []),
            "forms": slots.Column("forms", []),
            "languages": slots.Links("languages", Language.objects),
            "coverage": slots.Links("coverage", Place.objects),
            "contacts": slots.Contacts(),
        }
    ),
    related=(
        "contacts__source",
        "contacts__municipality",
        "citations__source",
        "languages",
        "coverage",
    ),
)

PRACTICE = Kind(
    name="practice",
    pattern="practices/*.yaml",
    model=Practice,
    key="code",
    readers={
        "code": text(),
        "title_only": flag("is_title_only"),
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
            "is_title_only": flag_column("is_title_only"),
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
    bound="operating_status",
)

TRAINING = Kind(
    name="training",
    pattern="trainings/*.yaml",
    model=Training,
    key="code",
    readers={
        "code": text(),
        "name": sourced_texts,
        "summary": sourced_texts,
        "contents": sourced_texts,
        "providers": many,
        "provider_note": sourced_texts,
        "offer": one,
        "audiences": many,
        "audience_note": sourced_texts,
        "forms": many,
        "channels": many,
        "length": sourced_texts,
        "languages": many,
        "cost": one,
        "price_note": sourced_texts,
        "coverage": many,
        "status": operating_status,
        "status_note": sourced_texts,
        "how_to_ask": sourced_texts,
        "themes": code_list,
        "practices": code_list,
        "contacts": contacts,
    },
    slot=slot_for(
        {
            "providers": slots.Links("providers", Actor.objects),
            "offer": slots.Link("offer", Offer.objects),
            "audiences": slots.Column("audiences", []),
            "forms": slots.Column("forms", []),
            "channels": slots.Column("channels", []),
            "languages": slots.Links("languages", Language.objects),
            "coverage": slots.Links("coverage", Place.objects),
            "status": slots.Columns(
                ("status", "status_date", "is_status_date_unknown"), ["unknown", "", False]
            ),
            "themes": slots.Links("themes", ExpertTheme.objects),
            "practices": slots.Links("practices", Practice.objects),
            "contacts": slots.Contacts(),
        }
    ),
    related=(
        "contacts__source",
        "contacts__municipality",
        "citations__source",
        "providers",
        "languages",
        "coverage",
        "themes",
        "practices",
    ),
    bound="status",
)

HELP_LINE = Kind(
    name="help_line",
    pattern="help_lines.yaml",
    model=HelpLine,
    key="code",
    readers={
        "code": text(),
        "number": text(),
        "website": text(),
        "name": texts_of_help_line,
        "purpose": texts_of_help_line,
        "hours": texts_of_help_line,
        "languages": code_list,
        "needs": code_list,
        "cost": text(),
        "anonymity": text(),
        "audience": text(),
        "year": number,
        "urgent": flag("is_urgent"),
        "order": number,
        "sources": code_list,
    },
    slot=slot_for(
        {
            "audience": slots.Column("audience", HelpLine.Audience.FAMILIES),
            "year": number_column("year"),
            "is_urgent": flag_column("is_urgent"),
            "order": slots.Column("order", 0),
            "languages": slots.Links("languages", Language.objects),
            "needs": slots.Links("needs", Need.objects),
            "sources": slots.Links("sources", Source.objects, by="key"),
        }
    ),
    related=("languages", "needs", "sources"),
    expand=numbered,
)

PUBLICATION = Kind(
    name="publication",
    pattern="publications.yaml",
    model=Publication,
    key="code",
    readers={
        "code": text(),
        "title": texts,
        "summary": texts,
        "kind": text(),
        "authors": texts,
        "publisher": texts,
        "publishers": code_list,
        "year": number,
        "dated_on": reduced_date("dated_on"),
        "legal_deposit": text(),
        "languages": code_list,
        "links": links,
        "is_public": flag("is_public"),
        "sources": code_list,
        "order": number,
    },
    slot=slot_for(
        {
            "publishers": slots.Links("publishers", Actor.objects),
            "year": number_column("year"),
            "languages": slots.Links("languages", Language.objects),
            "links": slots.Column("links", []),
            "is_public": slots.Column("is_public", empty=True),
            "sources": slots.Links("sources", Source.objects, by="key"),
            "order": slots.Column("order", 0),
        }
    ),
    related=("publishers", "languages", "sources"),
    expand=numbered,
)

EVENT = Kind(
    name="event",
    pattern="events.yaml",
    model=Event,
    key="code",
    readers={
        "code": text(),
        "name": texts,
        "summary": texts,
        "starts_on": reduced_date("starts_on"),
        "ends_on": reduced_date("ends_on"),
        "order_on": reduced_date("order_on"),
        "place": text(),
        "place_note": texts,
        "kind": text(),
        "sources": code_list,
        "order": number,
    },
    slot=slot_for(
        {
            "place": slots.Link("place", Place.objects),
            "sources": slots.Links("sources", Source.objects, by="key"),
            "order": slots.Column("order", 0),
        }
    ),
    related=("place", "sources"),
    expand=numbered,
)

RECOMMENDATION_PART = Kind(
    name="recommendation_part",
    pattern="recommendation_parts.yaml",
    model=RecommendationPart,
    key="code",
    readers={"code": text(), "title": texts, "order": number},
    slot=slot_for({"order": slots.Column("order", 0)}),
    expand=numbered,
)

RECOMMENDATION = Kind(
    name="recommendation",
    pattern="recommendations.yaml",
    model=Recommendation,
    key="code",
    readers={
        "code": text(),
        "part": text(),
        "kind": text(),
        "statement": texts,
        "audiences": code_list,
        "themes": code_list,
        "terms": plain_terms,
        "offer_kinds": code_list,
        "trainings": code_list,
        "is_answered_by_site": texts,
        "sources": code_list,
        "order": number,
    },
    slot=slot_for(
        {
            "part": slots.Link("part", RecommendationPart.objects),
            "audiences": slots.Column("audiences", []),
            "themes": slots.Links("themes", ExpertTheme.objects),
            "offer_kinds": slots.Column("offer_kinds", []),
            "trainings": slots.Links("trainings", Training.objects),
            "sources": slots.Links("sources", Source.objects, by="key"),
            "order": slots.Column("order", 0),
        }
    ),
    related=("part", "themes", "terms__taxonomy", "trainings", "sources"),
    expand=numbered,
)

GLOSSARY_TERM = Kind(
    name="glossary_term",
    pattern="glossary.yaml",
    model=GlossaryTerm,
    key="code",
    readers={
        "code": text(),
        "kind": text(),
        "name": texts,
        "forms": lines_in_languages,
        "definition": texts,
        "note": texts,
        "related": lambda *_: (),  # when every word is there: see RELATED_TERMS
        "sources": code_list,
        "order": number,
    },
    slot=slot_for(
        {
            "sources": slots.Links("sources", Source.objects, by="key"),
            "order": slots.Column("order", 0),
        }
    ),
    related=("sources",),
    expand=numbered,
)

RELATED_TERMS = Kind(
    name="related_terms",
    pattern="glossary.yaml",
    model=GlossaryTerm,
    key="code",
    readers={"code": lambda *_: (), "related": code_list},
    slot=slot_for({"related": slots.Links("related", GlossaryTerm.objects)}),
    related=("related",),
    expand=only("related"),
)

SYNONYM_GROUP = Kind(
    name="synonym_group",
    pattern="synonyms.yaml",
    model=SynonymGroup,
    key="code",
    readers={"code": text(), "language": text(), "words": one_a_line, "leads_to": one_a_line},
    slot=slot_for({}),
)

SITUATION_RULE = Kind(
    name="situation_rule",
    pattern="situation_rules.yaml",
    model=SituationRule,
    key="code",
    readers={"code": text(), "terms": plain_terms},
    slot=slot_for({}),
    related=("terms__taxonomy",),
)

THEME_RULE = Kind(
    name="theme_rule",
    pattern="theme_rules.yaml",
    model=ThemeRule,
    key="theme",
    readers={"theme": text(), "terms": plain_terms, "offer_kinds": code_list},
    slot=slot_for(
        {
            "theme": slots.Link("theme", ExpertTheme.objects),
            "offer_kinds": slots.Column("offer_kinds", []),
        }
    ),
    related=("theme", "terms__taxonomy"),
)

KINDS = (
    LANGUAGE,
    SECTOR,
    NEED,
    NETWORK_ROLE,
    SOURCE,
    EXPERT_THEME,
    TAXONOMY,
    TERM,
    SITUATION_RULE,
    THEME_RULE,
    ACTOR,
    RELATIONS,
    OFFER,
    PRACTICE,
    TRAINING,
    HELP_LINE,
    PUBLICATION,
    EVENT,
    RECOMMENDATION_PART,
    RECOMMENDATION,
    GLOSSARY_TERM,
    RELATED_TERMS,
    SYNONYM_GROUP,
)
