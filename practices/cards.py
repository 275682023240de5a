"""What a result says at a glance, kept ready for the next reader of the same language."""

from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from places import gazetteer
from practices.models import Practice

SHORT_LIST = 4
MOST_KEPT = 2_000


@dataclass
class Card:
    practice: Practice

    @cached_property
    def body(self):
        """The finished text of the card; what depends on the visitor stands beside it."""
        return self.marked({})

    def marked(self, found):
        """The same with the words marked that were found: language → stems."""
        return render_to_string("practices/_card_body.html", {"card": self, "found": found})

    @property
    def actor(self):
        return self.practice.public_lead_actor

    @property
    def target_groups(self):
        return terms_of(self.practice, "target_group")[:SHORT_LIST]

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
    """Where the people live whom it serves; empty when no source says."""
    names = [place_in_words(place.code) for place in practice.coverage.all()]
    if not names:
        return ""
    more = len(names) - SHORT_LIST
    shown = ", ".join(names[:SHORT_LIST])
    if more > 0:
        shown += " " + ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more}
    return shown


def place_in_words(code):
    spot = gazetteer.get(code)
    if spot.kind in {"region", "country"}:
        return _("all of %(place)s") % {"place": spot.short_name}
    if spot.kind == "community":
        return _("the whole %(place)s") % {"place": spot.name}
    if spot.kind == "province":
        return _("the province of %(place)s") % {"place": spot.name}
    if spot.kind == "arrondissement":
        return _("the arrondissement of %(place)s") % {"place": spot.name}
    return spot.name


def freshness(practice):
    """How current the record is, as (word for the style, sentence)."""
    if practice.verified_on:
        return "verified", None
    year = getattr(practice, "latest_source_year", None)
    if year:
        return "stale", _("From sources up to %(year)s, not verified since") % {"year": year}
    return "stale", _("Not verified yet")
