"""The words of the filters, explained, with how many practices carry each."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from network.statements import CitedPage, Statement
from practices.facets import directory
from practices.models import Taxonomy
from search.caching import unchanged_is_304

EXPLAINED = ("prevention_level", "work_form", "method")
SAID = {
    "what": [
        Statement(
            gettext_lazy(
                "The guide also places practices in a grid, after Koehler (2017). One side says "
                "what is done, the other says with whom."
            ),
            ("S001",),
        ),
        Statement(
            gettext_lazy(
                "Most practices of the mapping are prevention at meso or macro level, or "
                "intervention at meso level. Some are intervention at micro level that draws in "
                "the family."
            ),
            ("S001",),
        ),
        Statement(
            gettext_lazy(
                "The levels of prevention run into each other, and many practices work on several "
                "of them."
            ),
            ("S001",),
        ),
        Statement(
            gettext_lazy(
                "Our sources place none of these practices in a cell of the grid. So this site "
                "counts none by cell."
            ),
            (),
        ),
    ],
    "done": [
        Statement(
            gettext_lazy("Prevention: for everyone, or for people and groups at risk."), ("S001",)
        ),
        Statement(
            gettext_lazy("Intervention: working on radicalisation that is already there."),
            ("S001",),
        ),
    ],
    "with_whom": [
        Statement(
            gettext_lazy(
                "Macro: the world, a country, a region or a city. For example general prevention "
                "for families."
            ),
            ("S001",),
        ),
        Statement(
            gettext_lazy(
                "Meso: the people around somebody, such as the family. For example parenting "
                "support, or help for families of somebody who is radicalised."
            ),
            ("S001",),
        ),
        Statement(
            gettext_lazy(
                "Micro: one person, with those who are closest. For example starting from the "
                "radicalised person and working with relatives."
            ),
            ("S001",),
        ),
    ],
}


@dataclass(frozen=True)
class Explained:
    """A term with its sources on the page and the practices that carry it."""

    term: object
    references: list
    number: int

    @property
    def list_of_practices(self):
        asked = urlencode({self.term.taxonomy.code: self.term.code})
        return f"{reverse('practice_list')}?{asked}"


class VocabularyPage(CitedPage):
    def __init__(self, taxonomies, held):
        self.held = held
        self.taxonomies = list(taxonomies)
        terms = [term for taxonomy in self.taxonomies for term in self.terms_of(taxonomy)]
        sourced = [*self.taxonomies, *terms]
        super().__init__(SAID, [one for row in sourced for one in row.sources.all()])

    @staticmethod
    def terms_of(taxonomy):
        return [term for term in taxonomy.terms.all() if not term.is_retired]

    @property
    def sections(self):
        """(taxonomy, references, its terms)."""
        return [
            (taxonomy, self.references(taxonomy), [*map(self.explained, self.terms_of(taxonomy))])
            for taxonomy in self.taxonomies
        ]

    def references(self, row):
        return [self.numbered.reference(source) for source in row.sources.all()]

    def explained(self, term):
        carried = self.held.snapshot.masks.get(term.taxonomy.code, {})
        return Explained(term, self.references(term), carried.get(term.code, 0).bit_count())


@unchanged_is_304
def vocabulary(request):
    explained = Taxonomy.objects.filter(code__in=EXPLAINED)
    with_terms = explained.prefetch_related("sources", "terms__sources", "terms__taxonomy")
    context = {"page": VocabularyPage(with_terms, directory(request.data_version))}
    return render(request, "guide/vocabulary.html", context)
