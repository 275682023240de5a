"""The page of one practice: its facts with their references, and what is not known."""

from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from familysupport.templatetags.reading import read_text
from network import sheet
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


class Sheet(sheet.Sheet):
    def __init__(self, practice):
        super().__init__(practice)
        self.practice = practice

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
