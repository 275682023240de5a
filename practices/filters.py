"""What a visitor typed or ticked, one filter per parameter."""

from functools import cached_property

import django_filters
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from practices.models import Practice


class Sort(models.TextChoices):
    BEST = "best", _("best match")
    NEAREST = "nearest", _("nearest")
    VERIFIED = "verified", _("recently verified")
    NAME = "name", pgettext_lazy("sort by", "name")


class View(models.TextChoices):
    """How a result is shown: short for families, full for professionals, or in a row."""

    CARDS = "cards", _("cards")
    FULL = "full", _("cards with professional details")
    ROWS = "rows", _("rows")


class PracticeFilterSet(django_filters.FilterSet):
    """Reads and checks what was asked; the facets are those of the directory handed in.

    Which practices follow from it is counted in memory, see `results.py`.
    """

    q = django_filters.CharFilter(strip=True, max_length=1_000)
    place = django_filters.CharFilter(strip=True, max_length=100)
    status = django_filters.MultipleChoiceFilter(choices=Practice.OperatingStatus.choices)
    help_language = django_filters.MultipleChoiceFilter()
    sort = django_filters.ChoiceFilter(choices=Sort.choices)
    view = django_filters.ChoiceFilter(choices=View.choices)
    exact = django_filters.ChoiceFilter(choices=[("1", "1")])  # take every word as it was typed

    class Meta:
        model = Practice
        fields = []

    def __init__(self, data, directory):
        super().__init__(of_today(data, directory.former), queryset=Practice.objects.none())
        self.directory = directory
        self.filters["help_language"].extra["choices"] = choices(directory.languages)
        for taxonomy in directory.taxonomies:
            self.filters[taxonomy.code] = self.taxonomy_filter(taxonomy)

    def taxonomy_filter(self, taxonomy):
        terms = django_filters.MultipleChoiceFilter(choices=choices(taxonomy.values))
        # What the class does for declared filters; a facet is data and joins later.
        terms.parent, terms.model = self, Practice
        return terms

    def get_form_class(self):
        """One for all who ask a directory: its fields tell nothing of what was asked."""
        if self.directory.form_class is None:
            self.directory.form_class = super().get_form_class()
        return self.directory.form_class

    @cached_property
    def choices(self):
        """Facet → chosen values, in a valid form."""
        cleaned = self.form.cleaned_data
        facets = [taxonomy.code for taxonomy in self.directory.taxonomies]
        return {name: cleaned.get(name) or [] for name in [*facets, "status", "help_language"]}


def of_today(asked, former):
    """What is asked, with the codes of terms that were merged as they are today."""
    renamed = former.keys() & asked.keys()
    if not renamed:
        return asked
    asked = asked.copy()
    for facet in renamed:
        values = [former[facet].get(value, value) for value in asked.getlist(facet)]
        asked.setlist(facet, list(dict.fromkeys(values)))
    return asked


def choices(values):
    """As a function: a form copies what it may choose from, and lists are long."""
    pairs = [(value.code, value.code) for value in values]
    return lambda: pairs
