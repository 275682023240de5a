from contextlib import suppress

from django.db import Error
from django.utils.functional import SimpleLazyObject

from search import version
from search.caching import not_modified


class DataVersionMiddleware:
    """Gives a request its data version, asked once, and answers what the browser holds already."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.data_version = SimpleLazyObject(version.current)
        answer = None
        with suppress(Error):  # without a database the page itself says so
            answer = not_modified(request)
        return answer or self.get_response(request)
