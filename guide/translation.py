from modeltranslation.translator import TranslationOptions, register

from guide.models import HelpLine, Need
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
