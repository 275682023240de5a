from modeltranslation.translator import TranslationOptions, register

from network.translation import STATE_OF_TEXT
from trainings.models import Training
from wording.check import Reader


@register(Training)
class TrainingTranslation(TranslationOptions):
    fields = (
        *("name", "summary", "contents", "provider_note", "audience_note", "length"),
        *("price_note", "status_note", "how_to_ask"),
        *STATE_OF_TEXT,
    )
    readers = {
        "name": Reader.NAME,
        "summary": Reader.PROFESSIONAL,
        "contents": Reader.PROFESSIONAL,
        "provider_note": Reader.PROFESSIONAL,
        "audience_note": Reader.PROFESSIONAL,
        "length": Reader.LABEL,
        "price_note": Reader.LABEL,
        "status_note": Reader.PROFESSIONAL,
        "how_to_ask": Reader.PROFESSIONAL,
    }
