"""Answers that a browser may keep: an ETag from the data version, so a 304 costs one query."""

import hashlib

from django.conf import settings
from django.utils import timezone
from django.views.decorators.http import condition


def page_etag(request, *args, **kwargs):
    """One data version, one release, one day (pages speak of dates), one address."""
    parts = (request.data_version, settings.RELEASE, timezone.localdate(), request.get_full_path())
    return '"' + hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:32] + '"'


unchanged_is_304 = condition(etag_func=page_etag)
