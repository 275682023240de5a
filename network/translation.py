from modeltranslation.translator import TranslationOptions, register

from network.models import Actor, Language, Sector, Source
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
