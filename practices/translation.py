from modeltranslation.translator import TranslationOptions, register

from network.translation import STATE_OF_TEXT
from practices.models import TEXT_FIELDS, Practice, Taxonomy, TaxonomyTerm
from wording.check import Reader

FOR_FAMILIES = ("summary", "for_whom", "first_contact", "activities", "waiting", "status_note",
                "successor_note")  # fmt: skip


@register(Taxonomy)
class TaxonomyTranslation(TranslationOptions):
    fields = ("name", "description")
    readers = {"name": Reader.LABEL, "description": Reader.FAMILY}


@register(TaxonomyTerm)
class TaxonomyTermTranslation(TranslationOptions):
    fields = ("name", "description")
    readers = {"name": Reader.LABEL, "description": Reader.FAMILY}


@register(Practice)
class PracticeTranslation(TranslationOptions):
    fields = ("name", "sort_name", "slug", *TEXT_FIELDS, *STATE_OF_TEXT)
    readers = {"name": Reader.NAME, "slug": Reader.NAME} | {
        field: Reader.FAMILY if field in FOR_FAMILIES else Reader.PROFESSIONAL
        for field in TEXT_FIELDS
    }
