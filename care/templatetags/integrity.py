"""Scripts are named with the digest of what they hold: a browser runs no other."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

register = template.Library()


@register.simple_tag
def integrity(name):
    return digest(name) if settings.DEBUG else remembered_digest(name)


def digest(name):
    sha384 = hashlib.sha384(path_as_served(name).read_bytes()).digest()
    return f"sha384-{base64.b64encode(sha384).decode()}"


remembered_digest = cache(digest)


def path_as_served(name):
    """The collected file where files are collected, the one in its folder elsewhere."""
    if hasattr(staticfiles_storage, "stored_name"):
        return Path(staticfiles_storage.path(staticfiles_storage.stored_name(name)))
    return Path(finders.find(name))
