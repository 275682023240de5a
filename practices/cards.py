"""What a result says at a glance, kept ready for the next reader of the same language."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from places.labels import area_in_words
from practices.models import Practice

SHORT_LIST = 4
MOST_KEPT = 2_000


PRACTICAL = ("help_languages", "cost", "anonymity")
NOT_FOR_CARDS = ("target_group", "situation", "ideology", "question_kind")


class Depth(StrEnum):
    """How much a card tells: at a glance, all that a family asks, or what professionals ask."""

    SHORT = "short"
    FAMILY = "family"
    FULL = "full"
    ROW = "row"


@dataclass
class Card:
    practice: Practice
    bodies: dict = field(default_factory=dict)

    def body(self, depth=Depth.SHORT):
        """The finished text of the card; what depends on the visitor stands beside it."""
        if depth not in self.bodies:
            self.bodies[depth] = self.marked({}, depth)
        return self.bodies[depth]

    def marked(self, found, depth=Depth.SHORT):
        """The same with the words marked that were found: language → stems."""
        is_row = depth == Depth.ROW
        template = "practices/_row_body.html" if is_row else "practices/_card_body.html"
        context = {"card": self, "found": found, "depth": depth}
        return render_to_string(template, context)

    @cached_property
    def name(self):
        return self.practice.name

    @property
    def actor(self):
        return self.practice.public_lead_actor

    @property
    def target_groups(self):
        return terms_of(self.practice, "target_group")[:SHORT_LIST]

    @property
    def practical(self):
        """(label, value) of languages, cost and name, as far as a source says."""
        languages = ", ".join(str(language) for language in self.practice.help_languages.all())
        values = (
            languages,
            self.practice.get_cost_display(),
            self.practice.get_anonymity_display(),
        )
        return [(self.label(name), value) for name, value in zip(PRACTICAL, values, strict=True)]

    @property
    def stated(self):
        return [(label, value) for label, value in self.practical if value]

    @property
    def unstated(self):
        """What a family asks and no source says, as labels in running text."""
        return [label for label, value in self.practical if not value]

    def label(self, name):
        return str(self.practice._meta.get_field(name).verbose_name)

    @property
    def professional(self):
        """(taxonomy, its terms) in the words of professionals."""
        taxonomies = {term.taxonomy for term in self.practice.terms.all()}
        shown = [each for each in taxonomies if each.code not in NOT_FOR_CARDS]
        ordered = sorted(shown, key=lambda taxonomy: taxonomy.order)
        return [(str(each), terms_of(self.practice, each.code)) for each in ordered]

    @property
    def coverage(self):
        return coverage_in_words(self.practice)

    @property
    def phone(self):
        phones = [c for c in self.practice.contacts.all() if c.kind == c.Kind.PHONE]
        return phones[0] if phones and not self.practice.has_ended else None

    @property
    def freshness(self):
        return freshness(self.practice)


def cards(directory, codes):
    """The cards of these practices, in the order of the codes; only new ones are read."""
    kept = directory.cards.setdefault(get_language(), {})
    missing = [code for code in codes if code not in kept]
    if missing:
        if len(kept) > MOST_KEPT:
            kept.clear()
            missing = codes
        found = Practice.objects.published().with_card_relations().filter(code__in=missing)
        kept.update((practice.code, Card(practice)) for practice in found)
    return [kept[code] for code in codes if code in kept]


def terms_of(practice, taxonomy):
    terms = [term for term in practice.terms.all() if term.taxonomy.code == taxonomy]
    return sorted(terms, key=lambda term: term.order)


def coverage_in_words(practice):
    return area_in_words(place.code for place in practice.coverage.all())


def freshness(practice):
    """How current the record is, as (word for the style, sentence)."""
    if practice.is_overdue:
        return "stale", told_overdue(practice)
    if practice.verified_on:
        return "verified", None
    year = getattr(practice, "latest_source_year", None)
    if year:
        return "stale", _("From sources up to %(year)s, not verified since") % {"year": year}
    return "stale", _("Not verified yet")


def told_overdue(practice):
    months = practice.verification_months
    told = ngettext(
        "Last checked more than %(months)s month ago, on %(day)s",
        "Last checked more than %(months)s months ago, on %(day)s",
        months,
    )
    return told % {"months": months, "day": date_format(practice.verified_on)}
