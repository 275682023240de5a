"""The page of one practice: its facts with their references, and what is not known."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from familysupport.templatetags.reading import read_text
from network.publishing import Certainty
from practices.atlas import locator
from practices.cards import coverage_in_words, freshness, terms_of

FAMILY_FIELDS = ("first_contact", "for_whom", "activities", "waiting")
PROFESSIONAL_FIELDS = (
    "aims",
    "method",
    "period",
    "partner_note",
    "reach",
    "evaluation",
    "funding",
    "context",
)


@dataclass(frozen=True)
class Fact:
    field: str
    label: str
    value: object
    references: list = field(default_factory=list)

    @property
    def is_doubtful(self):
        return any(reference.certainty != Certainty.STATED for reference in self.references)

    @property
    def doubt(self):
        doubts = {
            Certainty.PROBABLE: _("probably"),
            Certainty.INFERRED: _("probably"),
            Certainty.TITLE: _("read off the name only"),
        }
        found = [doubts[r.certainty] for r in self.references if r.certainty in doubts]
        return found[0] if found else ""


@dataclass(frozen=True)
class Reference:
    number: int
    source: object
    certainty: str


class Sheet:
    def __init__(self, practice):
        self.practice = practice

    @cached_property
    def sources(self):
        """All sources of the record, numbered in the order of their keys."""
        by_key = {citation.source.key: citation.source for citation in self.citations}
        for contact in self.contacts:
            by_key[contact.source.key] = contact.source
        return [by_key[key] for key in sorted(by_key)]

    @cached_property
    def numbers(self):
        return {source.key: number for number, source in enumerate(self.sources, start=1)}

    @cached_property
    def citations(self):
        return list(self.practice.citations.all())

    @cached_property
    def contacts(self):
        return list(self.practice.contacts.all())

    def references(self, name):
        return [
            Reference(self.numbers[c.source.key], c.source, c.certainty)
            for c in self.citations
            if c.field == name
        ]

    def fact(self, name, value, label=None):
        label = label or self.label(name)
        return Fact(name, label, value, self.references(name))

    def label(self, name):
        return capfirst(self.plain_label(name))

    def plain_label(self, name):
        return str(self.practice._meta.get_field(name).verbose_name)

    def text_facts(self, names):
        facts = [self.fact(name, read_text(self.practice, name)) for name in names]
        return [fact for fact in facts if fact.value]

    @property
    def for_families(self):
        return self.text_facts(FAMILY_FIELDS)

    @property
    def for_professionals(self):
        return self.text_facts(PROFESSIONAL_FIELDS)

    @property
    def practical(self):
        """Short facts a caller wants: where, languages, cost, name, how to come in."""
        practice = self.practice
        languages = ", ".join(str(language) for language in practice.help_languages.all())
        facts = [
            self.coverage,
            self.fact("seats", ", ".join(place.name for place in practice.seats.all())),
            self.fact("help_languages", languages),
            self.fact("cost", practice.get_cost_display()),
            self.fact("anonymity", practice.get_anonymity_display()),
            self.fact("access", practice.get_access_display()),
        ]
        return [fact for fact in facts if fact.value]

    @property
    def coverage(self):
        return self.fact("coverage", coverage_in_words(self.practice))

    @property
    def locator(self):
        coverage, seats = self.practice.coverage.all(), self.practice.seats.all()
        return locator([place.code for place in coverage], [place.code for place in seats])

    @property
    def status(self):
        return self.fact("operating_status", self.practice.get_operating_status_display())

    @property
    def status_note(self):
        return self.text_facts(["status_note", "successor_note"])

    @cached_property
    def terms(self):
        """Facts by taxonomy, for the words professionals use."""
        facts = [
            self.fact(
                f"terms.{taxonomy.code}",
                terms_of(self.practice, taxonomy.code),
                capfirst(str(taxonomy)),
            )
            for taxonomy in sorted(self.taxonomies, key=lambda taxonomy: taxonomy.order)
        ]
        return [fact for fact in facts if fact.value]

    @property
    def taxonomies(self):
        return {term.taxonomy for term in self.practice.terms.all()}

    @property
    def partners(self):
        return [actor for actor in self.practice.partners.all() if actor.is_published]

    @property
    def unknown(self):
        """What a reader would want to know and no source says."""
        practice = self.practice
        missing = {
            "lead_actor": not practice.public_lead_actor,
            "contacts": not self.contacts,
            "for_whom": not read_text(practice, "for_whom"),
            "first_contact": not read_text(practice, "first_contact"),
            "coverage": not practice.coverage.all(),
            "help_languages": not practice.help_languages.all(),
            "cost": not practice.cost,
            "anonymity": not practice.anonymity,
            "waiting": not read_text(practice, "waiting"),
        }
        labels = {"contacts": _("phone, e-mail or website")}
        names = [name for name, is_missing in missing.items() if is_missing]
        return [labels.get(name) or self.plain_label(name) for name in names]

    @property
    def freshness(self):
        return freshness(self.practice)
