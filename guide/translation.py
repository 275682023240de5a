from modeltranslation.translator import TranslationOptions, register

from guide.models import HelpLine, Need


@register(HelpLine)
class HelpLineTranslation(TranslationOptions):
    fields = ("name", "purpose", "hours")


@register(Need)
class NeedTranslation(TranslationOptions):
    fields = ("name",)
