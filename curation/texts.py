"""Every text that readers meet, with what could be better in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import override
from modeltranslation.translator import translator

from curation.content.kinds import KINDS
from network.publishing import Publishable
from practices.models import Situation
from wording.check import Finding, Reader, check_languages
from wording.records import LANGUAGES, check_record


@dataclass(frozen=True)
class Remark:
    """A finding, and where it stands."""

    kind: str
    record: str
    field: str
    language: str
    finding: Finding


MODELS = {
    kind.name: kind.model
    for kind in KINDS
    if kind.model in translator.get_registered_models()
    and kind.name not in {"actor_relations", "related_terms"}
}


def remarks(kind, *, with_drafts=False) -> Iterator[Remark]:
    if kind in WITHOUT_RECORDS:
        yield from WITHOUT_RECORDS[kind](kind)
        return
    for record in read_records(MODELS[kind], with_drafts):
        for field, language, finding in check_record(record):
            yield Remark(kind, str(record), field, language, finding)


def read_records(model, with_drafts):
    is_all = with_drafts or not issubclass(model, Publishable)
    return model.objects.all() if is_all else model.objects.published()


def situations(kind):
    """What a family answers to the first question of the finder."""
    for situation in Situation:
        texts = {language: told(situation.label, language) for language in LANGUAGES}
        yield from of_texts(kind, situation.value, texts, Reader.LABEL)


def told(text, language):
    with override(language):
        return str(text)


def interface(kind):
    """The texts of the public pages, from the catalogues."""
    catalogues = {language: catalogue(language) for language in LANGUAGES}
    for number, messages in enumerate(zip(*catalogues.values(), strict=True)):
        if is_public(messages[0]):
            yield from interface_text(kind, number, dict(zip(catalogues, messages, strict=True)))


def interface_text(kind, number, messages):
    for texts in zip(*map(forms, messages.values()), strict=True):
        name = f"{number} {next(iter(messages.values())).id!s:.40}"
        yield from of_texts(kind, name, dict(zip(messages, texts, strict=True)), Reader.INTERFACE)


def catalogue(language):
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return sorted(
            (message for message in read_po(file, locale=language) if message.id),
            key=lambda message: (message.context or "", str(message.id)),
        )


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def is_public(message):
    """Stands on a page for readers; the pages of curators have words of their own."""
    paths = [path for path, _ in message.locations]
    return any(path.startswith("templates/") and "/admin/" not in path for path in paths)


def of_texts(kind, record, texts, reader):
    for language, findings in check_languages(texts, reader).items():
        yield from (Remark(kind, record, "", language, finding) for finding in findings)


WITHOUT_RECORDS = {"situation": situations, "interface": interface}
ALL_KINDS = (*MODELS, *WITHOUT_RECORDS)
