"""The numbers that stand on every page."""

from django.db import Error
from django.utils.translation import get_language

from guide.known_lines import known_lines, save_lines
from guide.models import HelpLine
from search.version import Remembered

MOST_LINES = 5


class Lines(list):
    """All lines at one data version, and the strips that were made of them."""

    def __init__(self, lines):
        super().__init__(lines)
        self.strips = {}  # (language, language wanted) → strip


def read_lines():
    lines = Lines(HelpLine.objects.published().with_page_relations())
    save_lines(lines)
    return lines


remembered_lines = Remembered(read_lines)


def lines_for(request):
    """The lines of today, or without the database those that were known last."""
    if not getattr(request, "database_is_away", False):
        try:
            return remembered_lines(request.data_version)
        except (Error, AttributeError):  # refused before it had a data version
            request.database_is_away = True
    return known_lines(remembered_lines.held[1])


def help_strip(request):
    """Kept ready for the next reader of the same language, unless the database is away."""
    lines = lines_for(request)
    wanted = getattr(request, "help_language", get_language())
    if getattr(request, "database_is_away", False):
        return strip_of(lines, wanted) | {"is_last_known": True}
    key = (get_language(), wanted)
    if key not in lines.strips:
        lines.strips[key] = strip_of(lines, wanted)
    return lines.strips[key]


def strip_of(lines, wanted):
    """Urgent numbers, and the first lines that speak the language wanted, or else the page's."""
    lines = [line for line in lines if not line.is_for_professionals]
    spoken = speaking(lines, wanted)
    return {
        "speaks_wanted": bool(spoken),
        "urgent": [line for line in lines if line.is_urgent],
        "lines": (spoken or speaking(lines, get_language()))[:MOST_LINES],
        "is_last_known": False,
        "bodies": {},  # heading → finished text
    }


def speaking(lines, language):
    return [line for line in lines if not line.is_urgent and line.speaks(language)]
