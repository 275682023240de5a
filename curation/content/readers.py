"""How one entry of a block becomes fields: a reader yields (field, value) pairs.

It refuses what is incomplete, of the wrong type, or not understood; nothing is dropped in silence.
"""

import re

from django.core.exceptions import ValidationError

from curation.content.files import Block
from network.publishing import Certainty, validate_reduced_date
from search.analysis import LANGUAGES

CITED = ("sources", "certainty", "note")
REQUIRED_OF_CONTACT = ("kind", "value", "year", "source")
OPTIONAL_OF_CONTACT = {"certainty": "stated", "is_protected": False, "municipality": ""}
FIELDS_OF_TERM = ("code", "name", "description", "sources")
LAST_YEAR = 9999
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


# --- One value ---------------------------------------------------------------------------------


def text(name=None):
    def read(block, entry, content):
        if not isinstance(content, str):
            raise block.error(entry, "give one text (a number or a date in quotes)")
        yield name or entry, content

    return read


def number(block, entry, content):
    """A year or a rank; null when it is not known."""
    if content is not None and not is_number(content):
        raise block.error(entry, "give a whole number, or null")
    yield entry, content


def is_number(content):
    is_whole = isinstance(content, int) and not isinstance(content, bool)
    return is_whole and 0 <= content <= LAST_YEAR


def flag(name):
    def read(block, entry, content):
        if not isinstance(content, bool):
            raise block.error(entry, "give true or false")
        yield name, content

    return read


def reduced_date(name):
    def read(block, entry, content):
        yield name, checked_date(block, entry, content)

    return read


def checked_date(block, entry, content):
    given = str(content)
    try:
        validate_reduced_date(given)
    except ValidationError as error:
        raise block.error(entry, str(error.message)) from None
    return given


def code_list(block, entry, content):
    yield entry, sorted(text_list(block, entry, content))


def text_list(block, entry, content):
    """Texts, each once."""
    if not isinstance(content, list) or not all(is_filled(value) for value in content):
        raise block.error(entry, "give a list of texts (codes of digits in quotes)")
    return list(dict.fromkeys(content))


def one_a_line(block, entry, content):
    yield entry, "\n".join(text_list(block, entry, content))


def is_filled(content):
    return isinstance(content, str) and bool(content.strip())


# --- Texts in three languages ------------------------------------------------------------------


def texts(block, entry, content, others=()):
    """The same text in every language, or a refusal."""
    if not isinstance(content, Block):
        raise block.error(entry, "give the text as nl, fr and en")
    content.refuse_others((*LANGUAGES, *others))
    for language in LANGUAGES:
        if not is_filled(content.get(language)):
            raise block.error(entry, f"the text in {language} is missing")
        yield f"{entry}_{language}", content[language].strip()


def lines_in_languages(block, entry, content):
    """For each language a list of texts, one a line; a language without any has an empty list."""
    if not isinstance(content, Block):
        raise block.error(entry, "give the texts as nl, fr and en")
    content.refuse_others(LANGUAGES)
    for language in LANGUAGES:
        yield f"{entry}_{language}", "\n".join(text_list(content, language, content.get(language)))


def text_or_texts(block, entry, content):
    """A proper name stands once; a name that is translated stands three times."""
    if is_filled(content):
        content = Block(dict.fromkeys(LANGUAGES, content))
    yield from texts(block, entry, content)


def slugs(block, entry, content):
    for name, value in texts(block, entry, content):
        if not SLUG.fullmatch(value):
            raise block.error(entry, f"{value!r} may hold a-z, 0-9 and hyphens only")
        yield name, value


def sourced_texts(block, entry, content):
    yield from texts(block, entry, content, CITED)
    yield from citations(block, entry, content)


def successor(block, entry, content):
    for name, value in sourced_texts(block, entry, content):
        yield name.replace("successor", "successor_note"), value


def texts_of_help_line(block, entry, content):
    """A help line keeps sources for the record as a whole: a text names some of them."""
    yield from texts(block, entry, content, ("sources",))
    for key in text_list(content, "sources", content.get("sources", [])):
        if key not in (block.get("sources") or ()):
            raise content.error("sources", f"{key!r} is not among the sources of the record")


# --- Values with their sources -----------------------------------------------------------------


def citations(block, entry, content):
    sources = content.get("sources")
    if not sources:
        raise block.error(entry, "a filled field names its sources")
    certainty, note = content.get("certainty", "stated"), content.get("note", "")
    if certainty not in Certainty.values:
        raise block.error(entry, f"certainty is one of {', '.join(Certainty.values)}")
    if not isinstance(note, str):
        raise block.error(entry, "the note is one text")
    keys = text_list(content, "sources", sources)
    yield f"citations.{entry}", sorted([key, certainty, note] for key in keys)


def sourced(block, entry, content, known):
    """The block of a value, when it holds nothing but that value and its sources."""
    if not isinstance(content, Block):
        raise block.error(entry, f"give {known[0]} and sources")
    content.refuse_others((*known, *CITED))
    return content


def one(block, entry, content):
    value = sourced(block, entry, content, ["value"]).get("value")
    if not is_filled(value):
        raise block.error(entry, "give one text as value (a code of digits in quotes)")
    yield entry, value
    yield from citations(block, entry, content)


def one_date(block, entry, content):
    found = dict(one(block, entry, content))
    checked_date(content, "value", found[entry])
    yield from found.items()


def many(block, entry, content):
    yield entry, sorted(values(block, entry, content))
    yield from citations(block, entry, content)


def lines(block, entry, content):
    yield entry, "\n".join(values(block, entry, content))
    yield from citations(block, entry, content)


def values(block, entry, content):
    found = sourced(block, entry, content, ["values"]).get("values")
    if not found:
        raise block.error(entry, "give at least one of values, or leave the field out")
    return text_list(block, entry, found)


def operating_status(block, entry, content):
    content = sourced(block, entry, content, ["value", "date", "date_unknown"])
    if not is_filled(content.get("value")):
        raise block.error(entry, "give one text as value")
    known = checked_date(content, "date", content.get("date", ""))
    is_unknown = content.get("date_unknown", False)
    if not isinstance(is_unknown, bool):
        raise content.error("date_unknown", "give true or false")
    yield entry, [content["value"], known, is_unknown]
    yield from citations(block, entry, content)


def terms(block, entry, content):
    if not isinstance(content, Block):
        raise block.error(entry, "give taxonomies and their terms")
    for taxonomy, chosen in content.items():
        yield f"terms.{taxonomy}", sorted(values(content, taxonomy, chosen))
        for _, cited in citations(content, taxonomy, chosen):
            yield f"citations.terms.{taxonomy}", cited


def plain_terms(block, entry, content):
    """Terms by taxonomy that are a choice of ours, so that no source stands beside them."""
    if not isinstance(content, Block):
        raise block.error(entry, "give taxonomies and their terms")
    for taxonomy, chosen in content.items():
        yield f"terms.{taxonomy}", sorted(text_list(content, taxonomy, chosen))


def listed_terms(block, entry, content):
    """The terms of a taxonomy file yield no field here: they are loaded as records of their own."""
    if not isinstance(content, list) or not all(isinstance(term, Block) for term in content):
        raise block.error(entry, "give a list of terms")
    for term in content:
        term.refuse_others(FIELDS_OF_TERM)
        if not is_filled(term.get("code")):
            raise term.error("code", "is missing")
    return ()


# --- Links -------------------------------------------------------------------------------------


def links(block, entry, content):
    """Each an address and the language of what stands there."""
    if not isinstance(content, list) or not all(isinstance(item, Block) for item in content):
        raise block.error(entry, "give a list of links, each with url and language")
    yield entry, [link(item) for item in content]


def link(item):
    item.refuse_others(("url", "language"))
    for name in ("url", "language"):
        if not is_filled(item.get(name)):
            raise item.error(name, "is missing: a link has url and language")
    return dict(item)


# --- Relations ---------------------------------------------------------------------------------


def relations(block, entry, content):
    """One [kind, other, source, certainty, note, period] a relation; it names one source."""
    if not isinstance(content, list) or not all(isinstance(item, Block) for item in content):
        raise block.error(entry, "give a list of relations, each with kind, to and sources")
    yield entry, sorted(relation(item) for item in content)


def relation(item):
    item.refuse_others(("kind", "to", "period", *CITED))
    for name in ("kind", "to"):
        if not is_filled(item.get(name)):
            raise item.error(name, "is missing: a relation has kind, to and sources")
    ((_, cited),) = citations(item, "sources", item)
    if len(cited) > 1:
        raise item.error("sources", "a relation names one source")
    period = item.get("period", "")
    if not isinstance(period, str):
        raise item.error("period", "give one text (a year in quotes)")
    return [item["kind"], item["to"], *cited[0], period]


# --- Contacts ----------------------------------------------------------------------------------


def contacts(block, entry, content):
    if not isinstance(content, list) or not all(isinstance(item, Block) for item in content):
        raise block.error(entry, "give a list of contacts, each with kind, value, year and source")
    yield entry, [contact(item) for item in content]


def contact(item):
    item.refuse_others(READERS_OF_CONTACT)
    for name in REQUIRED_OF_CONTACT:
        if name not in item:
            raise item.error(name, "is missing: a contact has kind, value, year and source")
    stated = {}
    for name, content in item.items():
        stated |= dict(READERS_OF_CONTACT[name](item, name, content))
    return OPTIONAL_OF_CONTACT | stated


READERS_OF_CONTACT = {
    "kind": text(),
    "value": text(),
    "year": number,
    "source": text(),
    "certainty": text(),
    "is_protected": flag("is_protected"),
    "municipality": text(),
}
