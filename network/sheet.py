"""The page of one record: its facts, each with the numbers of the sources that say it."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from familysupport.templatetags.reading import read_text
from network.publishing import Certainty


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
        return next((told for told in map(doubt_of, self.references) if told), "")


@dataclass(frozen=True)
class Reference:
    number: int
    source: object
    certainty: str = Certainty.STATED


def doubt_of(cited):
    doubts = {
        Certainty.PROBABLE: _("probably"),
        Certainty.INFERRED: _("probably"),
        Certainty.TITLE: _("read off the name only"),
    }
    return doubts.get(cited.certainty, "")


class Numbered:
    """Sources in the order of their keys, each with its number on the page."""

    def __init__(self, sources):
        by_key = {source.key: source for source in sources}
        self.sources = [by_key[key] for key in sorted(by_key)]
        self.numbers = {source.key: number for number, source in enumerate(self.sources, start=1)}

    def reference(self, source, certainty=Certainty.STATED):
        return Reference(self.numbers[source.key], source, certainty)


class Sheet:
    """What readers see of a record with citations and contacts."""

    def __init__(self, record):
        self.record = record

    @cached_property
    def numbered(self):
        cited = [citation.source for citation in self.citations]
        return Numbered([*cited, *(c.source for c in self.contacts), *self.further_sources])

    @property
    def further_sources(self):
        """Of what stands on the page beside the record's own fields."""
        return []

    @property
    def sources(self):
        return self.numbered.sources

    @cached_property
    def citations(self):
        return list(self.record.citations.all())

    @cached_property
    def contacts(self):
        return list(self.record.contacts.all())

    def references(self, name):
        cited = (citation for citation in self.citations if citation.field == name)
        return [self.numbered.reference(one.source, one.certainty) for one in cited]

    def fact(self, name, value, label=None):
        label = label or self.label(name)
        return Fact(name, label, value, self.references(name))

    def label(self, name):
        return capfirst(self.plain_label(name))

    def plain_label(self, name):
        return str(self.record._meta.get_field(name).verbose_name)

    def text_facts(self, names):
        facts = [self.fact(name, read_text(self.record, name)) for name in names]
        return [fact for fact in facts if fact.value]
