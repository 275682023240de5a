"""The handout of a list: whom to call, in large type, and a second sheet for the file."""

import json
from dataclasses import asdict, dataclass
from functools import cache

import segno
import typst
from django.template.loader import get_template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from familysupport.templatetags.reading import Text, read_text, text_state
from network.publishing import Certainty
from practices.cards import freshness
from practices.sheet import Sheet

ASKED_FIRST = ("coverage", "help_languages", "cost", "anonymity", "access")


@dataclass(frozen=True)
class Way:
    """A way to reach somebody, with the year of its source in words."""

    kind: str
    value: str
    href: str
    note: str


@dataclass(frozen=True)
class Entry:
    """One practice on paper. `rows` are (label, value); `qr` is a picture as inline SVG."""

    code: str
    name: Text
    organisation: str
    summary: Text
    has_ended: bool
    phones: list
    others: list
    rows: list
    unknown: str
    address: str
    qr: str
    freshness: str
    sources: list


def entry(practice, address) -> Entry:
    """`address` is the short one of the practice, whole, so that a telephone opens it."""
    sheet = Sheet(practice)
    actor = practice.public_lead_actor
    facts = {fact.field: fact for fact in sheet.practical if fact.field in ASKED_FIRST}
    missing = [sheet.plain_label(name) for name in ASKED_FIRST if name not in facts]
    ways = [] if practice.has_ended else [way(contact) for contact in contacts_of(practice)]
    return Entry(
        code=practice.code,
        name=read_text(practice, "name"),
        organisation=read_text(actor, "name").value if actor else "",
        summary=read_text(practice, "summary"),
        has_ended=practice.has_ended,
        phones=[each for each in ways if each.kind == "phone"],
        others=[each for each in ways if each.kind != "phone"],
        rows=[(labelled(fact.label), told_value(fact)) for fact in facts.values()],
        unknown=", ".join(missing),
        address=address.split("://")[-1],
        qr=segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True),
        freshness=told_freshness(practice),
        sources=list(dict.fromkeys(told_source(source) for source in sheet.sources)),
    )


def contacts_of(practice):
    """Its own, or those of its organisation."""
    own = list(practice.contacts.all())
    actor = practice.public_lead_actor
    return own or (list(actor.contacts.all()) if actor else [])


def way(contact) -> Way:
    note = told_year(contact.year)
    if contact.certainty != Certainty.STATED:
        note = f"{_('probably')} · {note}"
    return Way(contact.kind, contact.shown_value, contact.href, note)


def told_year(year):
    if not year:
        return _("source undated, check before use")
    return _("source of %(year)s, check before use") % {"year": year}


def labelled(word):
    return _("%(label)s:") % {"label": word}


def told_value(fact):
    return f"{fact.value} ({fact.doubt})" if fact.doubt else str(fact.value)


def told_freshness(practice):
    """How current it is, and whether the text in this language is."""
    return ". ".join(filter(None, [told_verification(practice), text_state(practice).rstrip(".")]))


def told_verification(practice):
    if practice.verified_on and not practice.is_overdue:
        return _("Verified %(day)s") % {"day": practice.verified_on.isoformat()}
    return freshness(practice)[1]


def told_source(source):
    parts = [source.publisher, source.title, str(source.year or _("undated"))]
    return ", ".join(part for part in parts if part)


def words():
    """All that stands on the sheets beside the facts."""
    return {
        "title": _("Useful numbers and addresses"),
        "say_title": _("What you can say when you call"),
        "say": [
            _("“I have a question about somebody in my family.”"),
            _("“Must I give my name? Who hears what I tell you?”"),
            _("“Can you help with this, or do you know who can?”"),
            _("“When can I reach you, and does it cost anything?”"),
        ],
        "no_phone": _("No phone number in our sources. Call a line below and ask for them."),
        "unknown": _("Not stated in our sources:"),
        "ended": _("This practice has ended."),
        "lines_title": _("Someone to talk to"),
        "file_title": _("For the file"),
        "sources": labelled(_("Sources")),
        "notes": _("Notes"),
        "notes_stay": _("What you write here stays on this paper."),
    }


def pdf(entries, lines, made_on) -> bytes:
    """Two sheets as tagged PDF (PDF/UA-1); more when the list is long."""
    data = {
        "language": get_language(),
        "words": words(),
        "entries": [asdict(each) for each in entries],
        "lines": lines,
        "made_on": made_on,
    }
    return typst.compile(
        document(),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


@cache
def document() -> bytes:
    return get_template("shortlist/handout.typ").template.source.encode()
