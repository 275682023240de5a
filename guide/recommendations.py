"""What the guide recommends, what in the directory works on it, and which record works on what."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from familysupport.templatetags.reading import read_text
from guide.models import Recommendation
from guide.sourced import SourcedPage
from network.offers import OFFERS
from practices.facets import directory
from search.caching import unchanged_is_304
from search.version import Remembered


class Statements:
    """All public statements of the guide at one data version, in the order of the page."""

    def __init__(self, recommendations):
        self.all = [Asked(recommendation) for recommendation in recommendations]
        self.by_code = {asked.code: asked for asked in self.all}

    def by_part(self):
        """(part, its statements)."""
        parts = groupby(self.all, key=lambda asked: asked.recommendation.part)
        return [(part, list(statements)) for part, statements in parts]

    def of_theme(self, theme):
        return [asked for asked in self.all if theme.pk in asked.themes]

    def of_offer(self, offer):
        return [asked for asked in self.all if offer.kind in asked.recommendation.offer_kinds]

    def of_training(self, training):
        return [asked for asked in self.all if training in asked.trainings]

    def of_practice(self, practice, held):
        """`held`: the directory of the same data version; a hidden practice works on nothing."""
        position = held.snapshot.positions.get(practice.code)
        if position is None:
            return []
        return [asked for asked in self.all if asked.practices_in(held) >> position & 1]


class Asked:
    """One statement: what it asks, and by which terms and kinds something answers it."""

    def __init__(self, recommendation):
        self.recommendation = recommendation
        self.code = recommendation.code
        self.themes = {theme.pk for theme in recommendation.themes.all()}
        self.terms = [term for term in recommendation.terms.all() if not term.is_retired]
        self.trainings = recommendation.public_trainings

    @property
    def statement(self):
        return read_text(self.recommendation, "statement")

    @property
    def done_by_site(self):
        return read_text(self.recommendation, "is_answered_by_site")

    @cached_property
    def codes_by_taxonomy(self):
        found = {}
        for term in self.terms:
            found.setdefault(term.taxonomy.code, []).append(term.code)
        return found

    def practices_in(self, held):
        """The mask of the practices that carry one of the terms of each taxonomy."""
        if not self.terms:
            return 0
        snapshot = held.snapshot
        chosen = {name: snapshot.chosen(name, codes) for name, codes in self.by_taxonomy}
        return snapshot.others(None, chosen)

    @property
    def by_taxonomy(self):
        return self.codes_by_taxonomy.items()

    @property
    def list_of_practices(self):
        return f"{reverse('practice_list')}?{urlencode(self.codes_by_taxonomy, doseq=True)}"

    @property
    def list_of_offers(self):
        kinds = {"kind": self.recommendation.offer_kinds}
        return f"{OFFERS.address}?{urlencode(kinds, doseq=True)}"


def read_statements():
    return Statements(Recommendation.objects.published().with_page_relations())


remembered_statements = Remembered(read_statements)


@dataclass(frozen=True)
class Answered:
    """A statement on its page, with what works on it and the sources only some of its part have."""

    asked: Asked
    references: list
    number_of_practices: int
    number_of_offers: int

    @property
    def is_answered(self):
        counted = self.number_of_practices or self.number_of_offers
        return bool(counted or self.asked.trainings or self.asked.done_by_site)


class RecommendationsPage:
    def __init__(self, statements, version):
        self.statements = statements
        self.practices = directory(version)
        self.offers = OFFERS.directory(version).snapshot
        self.sourced = SourcedPage(asked.recommendation for asked in statements.all)

    @property
    def sources(self):
        return self.sourced.sources

    @property
    def parts(self):
        """(part, the references that all its statements share, its statements)."""
        return [
            (part, shared, [self.answered(asked, shared) for asked in asked_of_part])
            for part, asked_of_part in self.statements.by_part()
            for shared in [self.shared(asked_of_part)]
        ]

    @cached_property
    def references(self):
        return {one.record.code: one.references for one in self.sourced.entries}

    def shared(self, asked_of_part):
        first, *others = [self.references[asked.code] for asked in asked_of_part]
        return [one for one in first if all(one in references for references in others)]

    def answered(self, asked, shared):
        references = [one for one in self.references[asked.code] if one not in shared]
        kinds = asked.recommendation.offer_kinds
        offers = self.offers.chosen("kind", kinds) if kinds else 0
        practices = asked.practices_in(self.practices)
        return Answered(asked, references, practices.bit_count(), offers.bit_count())


@unchanged_is_304
def recommendations(request):
    statements = remembered_statements(request.data_version)
    context = {"page": RecommendationsPage(statements, request.data_version)}
    return render(request, "guide/recommendations.html", context)
