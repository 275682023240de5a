from modeltranslation.translator import TranslationOptions, register

from guide.models import (
    Event,
    GlossaryTerm,
    HelpLine,
    Need,
    Publication,
    Recommendation,
    RecommendationPart,
)
from network.translation import STATE_OF_TEXT
from wording.check import Reader


@register(HelpLine)
class HelpLineTranslation(TranslationOptions):
    fields = ("name", "purpose", "hours", *STATE_OF_TEXT)
    readers = {"name": Reader.NAME, "purpose": Reader.FAMILY, "hours": Reader.LABEL}


@register(Need)
class NeedTranslation(TranslationOptions):
    fields = ("name",)
    readers = {"name": Reader.LABEL}


@register(Publication)
class PublicationTranslation(TranslationOptions):
    fields = ("title", "summary", "authors", "publisher", *STATE_OF_TEXT)
    readers = {
        "title": Reader.NAME,
        "summary": Reader.PROFESSIONAL,
        "authors": Reader.NAME,
        "publisher": Reader.NAME,
    }


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("name", "summary", "place_note", *STATE_OF_TEXT)
    readers = {"name": Reader.LABEL, "summary": Reader.PROFESSIONAL, "place_note": Reader.LABEL}


@register(RecommendationPart)
class RecommendationPartTranslation(TranslationOptions):
    fields = ("title",)
    readers = {"title": Reader.LABEL}


@register(Recommendation)
class RecommendationTranslation(TranslationOptions):
    fields = ("statement", "is_answered_by_site", *STATE_OF_TEXT)
    readers = {"statement": Reader.PROFESSIONAL, "is_answered_by_site": Reader.PROFESSIONAL}


@register(GlossaryTerm)
class GlossaryTermTranslation(TranslationOptions):
    fields = ("name", "forms", "definition", "note", *STATE_OF_TEXT)
    readers = {
        "name": Reader.NAME,
        "forms": Reader.NAME,
        "definition": Reader.FAMILY,
        "note": Reader.FAMILY,
    }
