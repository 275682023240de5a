"""Whether the texts of a record say the same in every language."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wording.records import readers_of

LANGUAGES = settings.MODELTRANSLATION_LANGUAGES


class Standing(models.TextChoices):
    """What a curator is told of a record in one language."""

    SOURCE = "source", _("written first in this language")
    CURRENT = "current", _("up to date")
    OUTDATED = "outdated", _("outdated")
    MACHINE = "machine", _("draft by a machine")
    HUMAN = "human", _("draft by a person")
    MISSING = "missing", _("something is missing")


def text_fields(model):
    """The fields a translator writes; an address is no text."""
    return [field for field in readers_of(model) if field != "slug"]


def text_columns(model, language):
    return [f"{field}_{language}" for field in text_fields(model)]


def standing(record, language):
    if language == record.source_language:
        return Standing.SOURCE
    if missing_fields(record, language):
        return Standing.MISSING
    return Standing(getattr(record, f"translation_state_{language}") or Standing.CURRENT)


def missing_fields(record, language):
    """Fields with a text in the source language and none in this one."""
    return [
        field
        for field in text_fields(type(record))
        if getattr(record, f"{field}_{record.source_language}")
        and not getattr(record, f"{field}_{language}")
    ]


def behind(model, language):
    """Condition: something is to be translated into this language, or to be looked at again."""
    noted = Q(**{f"translation_state_{language}__gt": ""})
    lacking = Q(pk__in=[])
    for source in LANGUAGES:
        if source != language:
            lacking |= Q(source_language=source) & lacks_text(model, source, language)
    return ~Q(source_language=language) & (noted | lacking)


def lacks_text(model, source, language):
    found = Q(pk__in=[])
    for field in text_fields(model):
        empty = Q(**{f"{field}_{language}": ""}) | Q(**{f"{field}_{language}__isnull": True})
        found |= Q(**{f"{field}_{source}__gt": ""}) & empty
    return found


# --- What a change means for the other languages ------------------------------------------------


def mark(record, columns, *, is_small=False):
    """Note what a change of these columns means; call it before the record is saved.

    A text that changes in the source language leaves the others outdated, unless they change in
    the same act or the change is small. A draft is nobody's reading yet: nothing is noted.
    """
    if not record.is_published or is_small:
        return
    source = changed_fields(record, columns, record.source_language)
    for language in LANGUAGES:
        if language != record.source_language and has_text(record, language):
            mark_language(record, language, source - changed_fields(record, columns, language))


def mark_language(record, language, left_behind):
    """Of a draft it is known already that it needs work."""
    if left_behind and not getattr(record, f"translation_state_{language}"):
        setattr(record, f"translation_state_{language}", Standing.OUTDATED)
        if not getattr(record, f"translated_at_{language}"):
            setattr(record, f"translated_at_{language}", record.updated_at)


def changed_fields(record, columns, language):
    return {field for field in text_fields(type(record)) if f"{field}_{language}" in columns}


def has_text(record, language):
    return any(getattr(record, column) for column in text_columns(type(record), language))


def settle(record, language, state=Standing.CURRENT):
    """A person says what the text in this language is now worth."""
    noted = "" if state == Standing.CURRENT else state
    setattr(record, f"translation_state_{language}", noted)
    if not noted:
        setattr(record, f"translated_at_{language}", timezone.now())
