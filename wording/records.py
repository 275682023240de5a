"""The texts of a record, and who reads each of them: `readers` in its translation options."""

from django.conf import settings
from modeltranslation.translator import translator

from wording.check import check_languages

LANGUAGES = settings.MODELTRANSLATION_LANGUAGES


def readers_of(model):
    """Field → reader, in the order of the translation options."""
    return translator.get_options_for_model(model).readers


def texts_of(record, field):
    return {language: getattr(record, f"{field}_{language}") or "" for language in LANGUAGES}


def check_record(record):
    """(field, language, finding) for everything that could be better."""
    for field, reader in readers_of(type(record)).items():
        for language, findings in check_languages(texts_of(record, field), reader).items():
            yield from ((field, language, finding) for finding in findings)
