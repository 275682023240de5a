"""A link that shows a draft, or a change that waits, as readers will see it; it ends by itself."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from network.models import Actor
from practices.models import Practice

SALT = "preview"
LASTS = timedelta(days=7)
KINDS = {"practice": Practice, "actor": Actor}


class EndedPreviewError(Exception):
    pass


def token_of(record):
    return signing.dumps([record._meta.model_name, record.pk], salt=SALT)


def preview_links(record):
    """Language and address of the preview in each language."""
    token = token_of(record)
    return [
        {"language": str(name), "address": preview_address(token, code)}
        for code, name in settings.LANGUAGES
    ]


def preview_address(token, language):
    with override(language):
        return reverse("preview", args=[token])


def open_preview(token):
    """The record. Raises EndedPreviewError when the link has ended, was never ours, or is gone."""
    try:
        kind, pk = signing.loads(token, salt=SALT, max_age=LASTS)
        return KINDS[kind].objects.with_page_relations().get(pk=pk)
    except (signing.BadSignature, KeyError, Practice.DoesNotExist, Actor.DoesNotExist) as error:
        raise EndedPreviewError from error
