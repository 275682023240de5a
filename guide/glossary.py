"""The words of the field, in the order of the alphabet."""

from itertools import groupby

from django.shortcuts import render

from familysupport.templatetags.reading import read_text
from guide.models import GlossaryTerm
from guide.sourced import SourcedPage
from search.analysis import fold
from search.caching import unchanged_is_304
from search.version import Remembered

remembered_terms = Remembered(lambda: list(GlossaryTerm.objects.published().with_page_relations()))


def name_of(term):
    return str(read_text(term, "name"))


def in_alphabet(terms):
    return sorted(terms, key=lambda term: (fold(name_of(term)), term.code))


def by_letter(entries):
    """(letter, its words)."""
    letters = groupby(entries, key=lambda entry: fold(name_of(entry.record))[:1].upper())
    return [(letter, [*map(with_related, words)]) for letter, words in letters]


def with_related(entry):
    """A word, and the public words it is related to."""
    related = [term for term in entry.record.related.all() if term.is_published]
    return entry, in_alphabet(related)


@unchanged_is_304
def glossary(request):
    page = SourcedPage(in_alphabet(remembered_terms(request.data_version)))
    context = {"page": page, "letters": by_letter(page.entries)}
    return render(request, "guide/glossary.html", context)
