"""Answers that a browser may keep: an ETag from the data version, so a 304 costs one query."""

import hashlib
from functools import wraps

from django.conf import settings
from django.http import HttpResponseNotModified
from django.utils import timezone

READING = ("GET", "HEAD")


def page_etag(request):
    """One data version, one release, one day (pages speak of dates), one address."""
    parts = (request.data_version, settings.RELEASE, timezone.localdate(), request.get_full_path())
    return '"' + hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:32] + '"'


def unchanged_is_304(view):
    """For pages that depend on the data and the address alone: they carry their ETag."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        is_page = request.method in READING and response.status_code == 200
        if is_page and not response.has_header("Cache-Control"):
            response.headers["ETag"] = page_etag(request)
        return response

    return kept


def not_modified(request):
    """The 304 for a page that the browser holds as it is now, else None.

    Whoever knows the tag of an address got it from that page, so no page has to be looked up.
    """
    held = request.META.get("HTTP_IF_NONE_MATCH")
    if not held or request.method not in READING:
        return None
    etag = page_etag(request)
    return HttpResponseNotModified(headers={"ETag": etag}) if etag in held else None
