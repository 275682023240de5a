"""The expert platform and its themes, with the practices and offers that a curated rule names."""

from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from familysupport.templatetags.reading import read_text
from network.consultations.gate import takes_questions
from network.models import ExpertTheme, Offer
from network.offers import OFFERS, OfferCard
from network.sheet import Numbered
from network.statements import CitedPage, Statement
from practices.models import Practice, ThemeRule
from search.caching import unchanged_is_304

MOST_SHOWN = 5
SAID = {
    "what": [
        Statement(
            gettext_lazy(
                "The expert platform Family Support was founded on 9 November 2017. It had 20 "
                "experts: 11 Dutch-speaking and 9 French-speaking."
            ),
            ("S001",),
        ),
        Statement(
            gettext_lazy(
                "They came from universities and from the field. They worked in mental health, "
                "family mediation, volunteering, the law, higher education or public institutions."
            ),
            ("S001",),
        ),
    ],
    "did": [
        Statement(
            gettext_lazy(
                "The experts wrote notes on three themes that the network had chosen. The guide "
                "of 2018 uses these notes. We found no public copy of them."
            ),
            ("S001",),
        ),
        Statement(gettext_lazy("They also gave tailored advice."), ("S000", "S001")),
    ],
    "asking": [
        Statement(
            gettext_lazy(
                "Members of the network, public authorities and civil society could ask for advice."
            ),
            ("S000", "S001"),
        ),
        Statement(
            gettext_lazy(
                "How they had to ask, no source says. Whether the platform still exists today is "
                "unknown too."
            ),
            ("S000", "S001"),
        ),
    ],
    "pool": [
        Statement(
            gettext_lazy(
                "The Flemish expert pool was announced on 8 November 2023. It consists of five "
                "organisations that support local authorities in Flanders, free of charge."
            ),
            ("S003", "NT-60", "NT-62"),
        ),
        Statement(
            gettext_lazy(
                "According to one of the five, the support ran from 2023 to 2025. Whether it goes "
                "on is unknown: check first."
            ),
            ("NT-20",),
        ),
    ],
}


def expert_platform(request):
    """Without a tag: whether it takes questions is no part of the data version."""
    context = {
        "page": CitedPage(SAID),
        "themes": ExpertTheme.objects.all(),
        "takes_questions": takes_questions(),
    }
    return render(request, "network/expert_platform.html", context)


@dataclass(frozen=True)
class Related:
    """What the rule of a theme names; nothing without a rule."""

    rule: ThemeRule | None

    @cached_property
    def terms(self):
        return [term for term in self.rule.terms.all() if not term.is_retired] if self.rule else []

    @cached_property
    def practices(self):
        return Practice.objects.published().carrying(self.terms).by_usefulness()

    @property
    def first_practices(self):
        return self.practices[:MOST_SHOWN]

    @cached_property
    def number_of_practices(self):
        return self.practices.count()

    @property
    def list_of_practices(self):
        pairs = [(term.taxonomy.code, term.code) for term in self.terms]
        return f"{reverse('practice_list')}?{urlencode(pairs)}"

    @cached_property
    def offers(self):
        kinds = self.rule.offer_kinds if self.rule else []
        return Offer.objects.public().filter(kind__in=kinds).with_card_relations()

    @property
    def first_offers(self):
        return [OfferCard(offer) for offer in self.offers[:MOST_SHOWN]]

    @cached_property
    def number_of_offers(self):
        return self.offers.count()

    @property
    def list_of_offers(self):
        pairs = [("kind", kind) for kind in self.rule.offer_kinds]
        return f"{OFFERS.address}?{urlencode(pairs)}"


@unchanged_is_304
def expert_theme(request, code):
    theme = get_object_or_404(ExpertTheme.objects.prefetch_related("sources"), code=code)
    numbered = Numbered(theme.sources.all())
    context = {
        "theme": theme,
        "description": read_text(theme, "description"),
        "references": [numbered.reference(source) for source in numbered.sources],
        "sources": numbered.sources,
        "answers": theme.answers.published(),
        "related": Related(ThemeRule.objects.with_terms().filter(theme=theme).first()),
    }
    return render(request, "network/expert_theme.html", context)
