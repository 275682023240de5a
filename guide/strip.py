"""The numbers that stand on every page."""

from django.db import DatabaseError
from django.utils.translation import get_language

from guide.models import HelpLine
from search.version import Remembered

MOST_LINES = 5


def read_lines():
    return list(HelpLine.objects.published().with_page_relations())


remembered_lines = Remembered(read_lines)


def help_strip(request):
    """Urgent numbers, and the first lines that speak the page's language."""
    try:
        lines = remembered_lines(request.data_version)
    except (DatabaseError, AttributeError):
        # An error page must stand even when the database does not.
        return {"urgent": [], "lines": []}
    lines = [line for line in lines if not line.is_for_professionals]
    language = get_language()
    spoken = [line for line in lines if not line.is_urgent and line.speaks(language)]
    return {"urgent": [line for line in lines if line.is_urgent], "lines": spoken[:MOST_LINES]}
