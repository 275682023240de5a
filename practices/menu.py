"""The facets of the list of practices."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from search.listing import menu
from search.listing.menu import Facet

FIRST_FACETS = ("target_group", "activity_type", "prevention_level")


class Menu(menu.Menu):
    def __init__(self, results, page):
        self.filterset = results.filterset
        super().__init__("practice_list", results, page, asked_parameters(results.filterset))

    def all_facets(self):
        language = get_language()
        for one in self.directory.taxonomies:
            description = one.descriptions[language]
            yield self.facet(one.code, one.names[language], named(one.values), description)
        spoken = named(self.directory.languages)
        yield self.facet("help_language", _("Language of help"), spoken)
        statuses = self.filterset.filters["status"].extra["choices"]
        told = [(value, label, "") for value, label in statuses]
        yield self.facet("status", _("Still working?"), told)

    def facet(self, code, label, values, description=""):
        choices = self.choices(code, values)
        return Facet(code, label, description, choices, is_first=code in FIRST_FACETS)


def named(values):
    """(code, name, description) in the reader's language."""
    language = get_language()
    return [(one.code, one.names[language], one.descriptions.get(language, "")) for one in values]


def asked_parameters(filterset):
    """What was asked, known parameters only and in a fixed order; the page number is not kept."""
    cleaned = filterset.form.cleaned_data
    single = {name: cleaned.get(name) or "" for name in ("q", "place", "sort", "view", "exact")}
    return {**single, **filterset.choices}
