"""From bytes to text: which encoding a spreadsheet wrote, or where it cannot be told."""

import codecs
import csv
import io
import re

from django.utils.translation import gettext as _

from curation.tables.problems import TableError

DELIMITERS = (",", ";", "\t")
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
SEVERAL_BYTES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
ONE_BYTE = re.compile(rb"[\x80-\xff]")


def decoded(data: bytes) -> str:
    data, encoding = recognised(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        start = data[: error.start].decode(encoding, "replace")
        row, column = position(start)
        message = _("A letter cannot be read. Save the file as UTF-8.")
        raise TableError.about(message, row, column) from None


def recognised(data):
    """The bytes without their mark, and their encoding."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :], encoding
    if b"\0" in data[:2]:
        return data, "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    return data, "utf-8" if is_mostly_utf8(data) else "cp1252"


def is_mostly_utf8(data):
    """A text in UTF-8 with a few broken letters is refused, not read as another encoding."""
    rest, whole = SEVERAL_BYTES.subn(b"", data)
    broken = len(ONE_BYTE.findall(rest))
    return broken == 0 or whole >= broken


def position(text):
    """Row and column in which the text ends."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)))
    if len(rows) < 2:
        return 1, ""
    place = len(rows[-1]) - 1
    return len(rows), rows[0][place] if 0 <= place < len(rows[0]) else ""


def delimiter_of(text):
    """The one that cuts the headings into most pieces; they hold no punctuation themselves."""
    headings = text.split("\n", 1)[0]
    return max(DELIMITERS, key=headings.count)
