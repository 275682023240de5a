from modeltranslation.translator import TranslationOptions, register

from network.models import (
    Actor,
    ExpertTheme,
    Language,
    NetworkRole,
    Offer,
    PublicAnswer,
    SecrecyArticle,
    Sector,
    Source,
)
from wording.check import Reader

STATE_OF_TEXT = ("translation_state", "translated_at")  # read by language, never by its fallback


@register(Language)
class LanguageTranslation(TranslationOptions):
    fields = ("name",)
    readers = {"name": Reader.LABEL}


@register(Sector)
class SectorTranslation(TranslationOptions):
    fields = ("name",)
    readers = {"name": Reader.LABEL}


@register(Source)
class SourceTranslation(TranslationOptions):
    fields = ("publisher",)
    readers = {"publisher": Reader.NAME}


@register(Actor)
class ActorTranslation(TranslationOptions):
    fields = ("name", "description", *STATE_OF_TEXT)
    readers = {"name": Reader.NAME, "description": Reader.FAMILY}


@register(NetworkRole)
class NetworkRoleTranslation(TranslationOptions):
    fields = ("name", "description")
    readers = {"name": Reader.LABEL, "description": Reader.PROFESSIONAL}


@register(ExpertTheme)
class ExpertThemeTranslation(TranslationOptions):
    fields = ("name", "summary", "description")
    readers = {
        "name": Reader.LABEL,
        "summary": Reader.PROFESSIONAL,
        "description": Reader.PROFESSIONAL,
    }


@register(Offer)
class OfferTranslation(TranslationOptions):
    fields = (
        *("name", "summary", "length", "hours", "availability", "how_to_ask"),
        *STATE_OF_TEXT,
    )
    readers = {
        "name": Reader.NAME,
        "summary": Reader.PROFESSIONAL,
        "length": Reader.LABEL,
        "hours": Reader.LABEL,
        "availability": Reader.PROFESSIONAL,
        "how_to_ask": Reader.PROFESSIONAL,
    }


@register(PublicAnswer)
class PublicAnswerTranslation(TranslationOptions):
    fields = ("question", "answer")
    readers = {"question": Reader.PROFESSIONAL, "answer": Reader.PROFESSIONAL}


@register(SecrecyArticle)
class SecrecyArticleTranslation(TranslationOptions):
    fields = ("law",)
    readers = {"law": Reader.NAME}
