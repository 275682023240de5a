"""How large a table may be, and how much may come out of a packed one. All asked before reading."""

import re
import zipfile
from dataclasses import dataclass

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from curation.tables.problems import TableError

MOST_COLUMNS = 300
MOST_ENTRIES = 200  # a workbook of one sheet packs about ten files
UNPACKED_TIMES = 20  # of the largest file that is accepted
MOST_EXPANSION = 200  # text packs to a tenth, a workbook of one repeated word to a hundredth
PIECE = 1024 * 1024
DECLARES_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    size: int
    rows: int

    @property
    def unpacked(self):
        return self.size * UNPACKED_TIMES


def browser_limits():
    return Limits(settings.TABLE_SIZE, settings.TABLE_ROWS)


def command_limits():
    return Limits(settings.TABLE_SIZE_OF_COMMAND, settings.TABLE_ROWS_OF_COMMAND)


def refuse_large(size, limits):
    if size > limits.size:
        sizes = {"size": filesizeformat(size), "most": filesizeformat(limits.size)}
        raise TableError.about(_("The file is too large: %(size)s. The most is %(most)s.") % sizes)


def refuse_bombs(stream, limits):
    """Looks at what the archive says of itself; reading stops at these sizes in any case."""
    packed = zipfile.ZipFile(stream)
    entries = packed.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed_size = max(1, sum(entry.compress_size for entry in entries))
    is_bomb = (
        len(entries) > MOST_ENTRIES
        or unpacked > limits.unpacked
        or unpacked > MOST_EXPANSION * packed_size
    )
    if is_bomb:
        raise TableError.about(_("The file unpacks to far more than a table holds."))
    refuse_entities(packed, entries)


def refuse_entities(packed, entries):
    """No workbook declares a document type; in two bytes a letter it could hide from us."""
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")) and declares(packed, entry):
            raise TableError.about(_("The workbook holds declarations that no table needs."))


def declares(packed, entry):
    """Read in pieces, each with the end of the one before."""
    end = b""
    with packed.open(entry) as content:
        while piece := content.read(PIECE):
            if b"\0" in piece or DECLARES_ENTITIES.search(end + piece):
                return True
            end = piece[-10:]
    return False


def is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")
