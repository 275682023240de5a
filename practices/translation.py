from modeltranslation.translator import TranslationOptions, register

from practices.models import TEXT_FIELDS, Practice, Taxonomy, TaxonomyTerm


@register(Taxonomy)
class TaxonomyTranslation(TranslationOptions):
    fields = ("name", "description")


@register(TaxonomyTerm)
class TaxonomyTermTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Practice)
class PracticeTranslation(TranslationOptions):
    fields = ("name", "sort_name", "slug", *TEXT_FIELDS)
