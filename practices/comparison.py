"""Practices side by side: one row for each thing a reader asks."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from familysupport.templatetags.reading import read_text, reduced_date
from practices.cards import terms_of
from practices.handout import ASKED_FIRST, contacts_of, told_value, way
from practices.models import Taxonomy
from practices.sheet import Sheet

MOST_COMPARED = 4
TEXTS = ("first_contact", "activities", "waiting")
TERMS = ("activity_type", "work_form", "prevention_level", "method")


@dataclass(frozen=True)
class Row:
    """A text for each practice, in their order; an empty one means that no source says."""

    label: str
    values: list


def comparison(practices):
    """Rows for what is asked first, and those texts and terms that at least one practice has."""
    sheets = [Sheet(practice) for practice in practices]
    rows = [
        contacts_row(practices),
        for_whom_row(sheets),
        *(practical_row(name, sheets) for name in ASKED_FIRST),
    ]
    further = [*(text_row(name, sheets) for name in TEXTS), *term_rows(practices)]
    return [*rows, *(row for row in further if any(row.values)), status_row(sheets)]


def contacts_row(practices):
    return Row(capfirst(_("phone, e-mail or website")), [reached_by(each) for each in practices])


def reached_by(practice):
    if practice.has_ended:
        return _("This practice has ended.")
    return "\n".join(told_way(way(contact)) for contact in contacts_of(practice))


def told_way(way):
    return f"{way.value} ({way.note})"


def for_whom_row(sheets):
    """In words, or by its terms where there are none."""
    row = text_row("for_whom", sheets)
    terms = [", ".join(map(str, terms_of(each.practice, "target_group"))) for each in sheets]
    return Row(row.label, [words or named for words, named in zip(row.values, terms, strict=True)])


def practical_row(name, sheets):
    found = [{fact.field: fact for fact in sheet.practical}.get(name) for sheet in sheets]
    return Row(sheets[0].label(name), [told_value(fact) if fact else "" for fact in found])


def text_row(name, sheets):
    return Row(sheets[0].label(name), [read_text(sheet.practice, name) for sheet in sheets])


def term_rows(practices):
    for taxonomy in Taxonomy.objects.filter(code__in=TERMS):
        found = [terms_of(practice, taxonomy.code) for practice in practices]
        yield Row(capfirst(str(taxonomy)), [", ".join(map(str, terms)) for terms in found])


def status_row(sheets):
    return Row(_("Still working?"), [status_of(sheet) for sheet in sheets])


def status_of(sheet):
    """With the date of the source."""
    told, date = told_value(sheet.status), sheet.practice.operating_status_date
    return f"{told}, {reduced_date(date)}" if date else told
