"""The page "Whom can I call" in a further language: the lines of the directory, in its words."""

from dataclasses import dataclass

from babel import Locale

from guide.call_texts import call_text
from guide.line_groups import by_need
from guide.models import HelpLine, NativeReading
from search.version import Remembered


@dataclass(frozen=True)
class ToldLine:
    """A line in the words of the page; without words it keeps those of the record."""

    line: HelpLine
    name: str
    what: str
    languages: list[str]
    year_note: str


def read_valid_readings():
    return {reading.language for reading in NativeReading.objects.all() if reading.is_valid}


remembered_readings = Remembered(read_valid_readings)


def sections(lines, language):
    """Urgent numbers, lines that speak the language, and the others by need."""
    text = call_text(language)
    lines = [line for line in lines if not line.is_for_professionals]
    urgent = [line for line in lines if line.is_urgent]
    speaking = [line for line in lines if line.speaks(language) and line not in urgent]
    others = [line for line in lines if line.code in text["lines"]]
    others = [line for line in others if line not in urgent and line not in speaking]
    return {
        "urgent": told(urgent, language),
        "speaking": told(speaking, language),
        "groups": [
            (text["needs"][group.need.code], told(group.lines, language))
            for group in by_need(others)
            if group.lines and group.need and group.need.code in text["needs"]
        ],
    }


def told(lines, language):
    return [told_line(line, language) for line in lines]


def told_line(line, language):
    text = call_text(language)
    words = text["lines"].get(line.code, {})
    return ToldLine(
        line=line,
        name=words.get("name", ""),
        what=words.get("what", ""),
        languages=[language_name(spoken, language) for spoken in line.languages.all()],
        year_note=text["year"] % line.year if line.year else text["undated"],
    )


def language_name(spoken, language):
    return Locale(language).languages.get(spoken.code) or spoken.name
