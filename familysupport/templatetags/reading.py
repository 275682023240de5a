"""How records are read: texts with their language, dates as exact as they are known."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

register = template.Library()


@dataclass(frozen=True)
class Text:
    """A text of a record in the language it is read in."""

    value: str
    language: str
    is_fallback: bool

    def __str__(self):
        return self.value

    def __bool__(self):
        return bool(self.value)

    @property
    def language_name(self):
        return get_language_info(self.language)["name_translated"]


def reading_order(language):
    fallbacks = settings.MODELTRANSLATION_FALLBACK_LANGUAGES
    return (language, *fallbacks.get(language, fallbacks["default"]))


def read_text(record, field) -> Text:
    """The text in the reader's language, or in the first language that has one."""
    wanted = get_language() or settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    for language in reading_order(wanted):
        value = getattr(record, f"{field}_{language}", None)
        if value:
            return Text(value, language, language != wanted)
    return Text("", wanted, False)


@register.simple_tag
def text_of(record, field):
    return read_text(record, field)


@register.filter
def reduced_date(value):
    """2016, 2016-02 or 2016-02-15 in the reader's words."""
    value = str(value or "")
    if "-" not in value:
        return value
    if value.count("-") == 1:
        return formats.date_format(parse_date(f"{value}-01"), "YEAR_MONTH_FORMAT")
    return formats.date_format(parse_date(value), "DATE_FORMAT")


@register.filter
def unbroken(value):
    """A number that does not break over two lines."""
    return str(value).replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def spoken(language):
    """The name of a language inside a sentence; French writes it small."""
    name = get_language_info(language)["name_translated"]
    return name.lower() if get_language() == "fr" else name


@register.simple_tag
def text_state(record):
    """What readers are told of the text they read, when it may not be right; else nothing."""
    language = get_language() or settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    state = getattr(record, f"translation_state_{language}", "")
    if state == "outdated":
        named = {"language": spoken(record.source_language)}
        return _("The %(language)s text changed later than this one.") % named
    if state == "machine":
        return _("A machine translated this text, and nobody has checked all of it yet.")
    return _("This translation is not finished.") if state else ""
