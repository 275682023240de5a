from modeltranslation.translator import TranslationOptions, register

from network.models import Actor, Language, Sector, Source


@register(Language)
class LanguageTranslation(TranslationOptions):
    fields = ("name",)


@register(Sector)
class SectorTranslation(TranslationOptions):
    fields = ("name",)


@register(Source)
class SourceTranslation(TranslationOptions):
    fields = ("publisher",)


@register(Actor)
class ActorTranslation(TranslationOptions):
    fields = ("name", "description")
