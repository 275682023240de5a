"""One page of a long list."""

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404

PAGE_SIZE = 20


def page_of(found, number, size=PAGE_SIZE):
    """A page that does not exist is not found, never quietly the first."""
    try:
        return Paginator(found, size).page(number or 1)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
