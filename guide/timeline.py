"""What happened when: a drawing, and a list that says the same and more."""

from itertools import groupby

from django.shortcuts import render
from django.utils.translation import gettext as _

from familysupport.templatetags.reading import read_text
from guide.models import Event
from guide.sourced import SourcedPage
from network import picture
from search.caching import unchanged_is_304


@unchanged_is_304
def timeline(request):
    page = SourcedPage(Event.objects.published().with_page_relations())
    years = by_year(page.entries)
    context = {"page": page, "years": years, "drawing": drawing_of(years)}
    return render(request, "guide/timeline.html", context)


def by_year(entries):
    """(year in words, its events), in the order of the page."""
    years = groupby(entries, key=lambda entry: entry.record.year)
    return [(year or _("year not known"), list(events)) for year, events in years]


def drawing_of(years):
    """A column for each year, and a line from each event to the next; names lead to the list."""
    columns = [(year, [box_of(entry.record) for entry in entries]) for year, entries in years]
    codes = [code for _year, boxes in columns for code, _name, _address in boxes]
    return picture.columns(columns, list(zip(codes, codes[1:], strict=False)))


def box_of(event):
    return event.code, str(read_text(event, "name")), f"#{event.code}"
