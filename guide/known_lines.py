"""The help lines as they were known last: for when the database is gone.

`VAR_DIR/help_lines.json` is written whenever lines are read anew or changed, so that every worker
of this machine, a fresh one too, shows what was published last. Where there is no such file yet,
the lines that come with the release stand in.
"""

import logging
import os
from contextlib import suppress
from functools import cache
from tempfile import NamedTemporaryFile

import yaml
from django.conf import settings
from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.utils.translation import override

from guide.models import HelpLine

logger = logging.getLogger(__name__)


def known_lines(remembered=None):
    """The saved lines, or else those this worker remembers, or else those of the release."""
    try:
        return saved_lines()
    except FileNotFoundError:
        pass
    except (OSError, ValueError, DeserializationError) as error:
        logger.warning("The saved help lines cannot be read: %s", type(error).__name__)
    return shipped_lines() if remembered is None else remembered


# --- Those that were published last ------------------------------------------------------------


def saved_file():
    return settings.VAR_DIR / "help_lines.json"


def save_lines(lines):
    """A full disk takes no page away: the file, which would grow old, goes, and it is told."""
    try:
        write_anew(saved_file(), as_text(lines))
    except OSError as error:
        logger.warning("The help lines cannot be kept for an outage: %s", error.strerror)
        with suppress(OSError):
            saved_file().unlink()


def write_anew(path, text):
    """The whole file or none of it; nothing when it already says this."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        try:
            file.write(text)
            file.flush()
            os.replace(file.name, path)
        except OSError:
            os.unlink(file.name)
            raise


def as_text(lines):
    """Lines, and the rows they lead to."""
    rows = {row for line in lines for name in relations() for row in getattr(line, name).all()}
    related = sorted(rows, key=lambda row: (row._meta.label, row.pk))
    with override(settings.MODELTRANSLATION_DEFAULT_LANGUAGE):
        return serializers.serialize("json", [*related, *lines], indent=1)


def saved_lines():
    with override(settings.MODELTRANSLATION_DEFAULT_LANGUAGE):
        text = saved_file().read_text(encoding="utf-8")
        read = list(serializers.deserialize("json", text, ignorenonexistent=True))
    rows = {(type(one.object), one.object.pk): one.object for one in read}
    lines = [one for one in read if isinstance(one.object, HelpLine)]
    for line in lines:
        for name in relations():
            model = HelpLine._meta.get_field(name).related_model
            found = [rows.get((model, pk)) for pk in line.m2m_data.get(name, [])]
            relate(line.object, name, list(filter(None, found)))
    return [line.object for line in lines]


def relations():
    return [field.name for field in HelpLine._meta.many_to_many]


def relate(line, name, rows):
    """What `line.<name>.all()` gives without asking the database, as a prefetch would."""
    queryset = getattr(line, name).get_queryset()
    queryset._result_cache, queryset._prefetch_done = rows, True
    line.__dict__.setdefault("_prefetched_objects_cache", {})[name] = queryset


# --- Those that come with the release ----------------------------------------------------------


@cache
def shipped_lines():
    blocks = shipped("help_lines.yaml")
    return [line_of(block, number) for number, block in enumerate(blocks, start=1)]


def shipped(name):
    return yaml.safe_load((settings.CONTENT_DIR / name).read_text(encoding="utf-8"))


def line_of(block, number):
    """A line that is in no database; the reader's notes on years hold for it as well."""
    columns = {field.name for field in HelpLine._meta.concrete_fields}
    plain = {name: value for name, value in block.items() if name in columns}
    line = HelpLine(pk=number, is_urgent=block.get("urgent", False))
    for name, value in plain.items():
        for column, text in translated(name, value) if isinstance(value, dict) else [(name, value)]:
            setattr(line, column, text)
    for name in relations():
        relate(line, name, [])
    for name in ("languages", "needs"):
        relate(line, name, [shipped_rows(name)[code] for code in block.get(name, [])])
    return line


@cache
def shipped_rows(name):
    """Code → row of a relation, in the order of its file."""
    model = HelpLine._meta.get_field(name).related_model
    return {
        block["code"]: model(
            pk=number, code=block["code"], **dict(translated("name", block["name"]))
        )
        for number, block in enumerate(shipped(f"{name}.yaml"), start=1)
    }


def translated(name, texts):
    return [(f"{name}_{code}", texts.get(code, "")) for code, _ in settings.LANGUAGES]
