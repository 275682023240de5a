"""What a visitor typed or ticked, one filter per parameter."""

import django_filters
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from places import gazetteer
from practices.models import Practice
from search.query import search


class Sort(models.TextChoices):
    BEST = "best", _("best match")
    NEAREST = "nearest", _("nearest")
    VERIFIED = "verified", _("recently verified")
    NAME = "name", pgettext_lazy("sort by", "name")


class PracticeFilterSet(django_filters.FilterSet):
    """Filters published practices; the facets are those of the directory handed in."""

    q = django_filters.CharFilter(method="filter_words", strip=True)
    place = django_filters.CharFilter(method="filter_place", strip=True)
    status = django_filters.MultipleChoiceFilter(
        field_name="operating_status", choices=Practice.OperatingStatus.choices
    )
    help_language = django_filters.MultipleChoiceFilter(method="filter_language")
    sort = django_filters.ChoiceFilter(choices=Sort.choices, method="leave_unfiltered")

    class Meta:
        model = Practice
        fields = []

    def __init__(self, data, queryset, directory):
        super().__init__(data, queryset=queryset)
        self.directory = directory
        self.hits = None
        self.meanings = []
        self.filters["help_language"].extra["choices"] = choices(directory.languages)
        for taxonomy in directory.taxonomies:
            self.filters[taxonomy.code] = self.taxonomy_filter(taxonomy)

    def taxonomy_filter(self, taxonomy):
        terms = django_filters.MultipleChoiceFilter(
            field_name=taxonomy.code, choices=choices(taxonomy.values)
        )
        # What the class does for declared filters; a facet is data and joins later.
        terms.parent, terms.model, terms.method = self, Practice, "filter_terms"
        return terms

    def filter_words(self, queryset, name, value):
        self.hits = search("practice", value, get_language())
        return queryset.filter(code__in=[hit.key for hit in self.hits])

    def filter_place(self, queryset, name, value):
        """Practices that serve the place; an unknown place filters nothing."""
        self.meanings = gazetteer.understand(value)
        meant = self.chosen_places
        return queryset.covering(meant) if meant else queryset

    @property
    def chosen_places(self):
        """Codes of the places meant: the first meaning, and its equals by postal code."""
        if not self.meanings:
            return []
        first = self.meanings[0]
        if not first.postal_code:
            return [first.spot.code]
        same = [m.spot.code for m in self.meanings if m.postal_code == first.postal_code]
        return list(dict.fromkeys(same))

    def filter_language(self, queryset, name, value):
        return queryset.in_language(value) if value else queryset

    def filter_terms(self, queryset, name, value):
        return queryset.with_term(name, value) if value else queryset

    def leave_unfiltered(self, queryset, name, value):
        return queryset

    @property
    def choices(self):
        """Facet → chosen values, in a valid form."""
        cleaned = self.form.cleaned_data
        facets = [taxonomy.code for taxonomy in self.directory.taxonomies]
        return {name: cleaned.get(name) or [] for name in [*facets, "status", "help_language"]}


def choices(values):
    return [(value.code, value.code) for value in values]
