"""What somebody typed or ticked in a list."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.listing.results import BEST

SORTS = [(BEST, _("best match")), ("name", pgettext_lazy("sort by", "name"))]


class ListForm(forms.Form):
    """The facets are those of the directory handed in; a value that does not exist is refused."""

    single = ("q", "place", "sort", "exact")
    q = forms.CharField(max_length=1_000, required=False)
    place = forms.CharField(max_length=100, required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)
    exact = forms.ChoiceField(choices=[("1", "1")], required=False)  # every word as it was typed

    def __init__(self, asked, directory):
        super().__init__(asked)
        self.facets = list(directory.values)
        for facet, values in directory.values.items():
            known = [(value, value) for value, _label in values]
            self.fields[facet] = forms.MultipleChoiceField(choices=known, required=False)

    @property
    def choices(self):
        """Facet → chosen values, in a valid form."""
        return {facet: self.cleaned_data[facet] for facet in self.facets}

    @property
    def asked(self):
        """What was asked in a valid form, in a fixed order."""
        return {name: self.cleaned_data[name] for name in self.single} | self.choices
