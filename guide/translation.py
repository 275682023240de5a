from modeltranslation.translator import TranslationOptions, register

from guide.models import HelpLine


@register(HelpLine)
class HelpLineTranslation(TranslationOptions):
    fields = ("name", "purpose", "hours")
