from django.utils.functional import SimpleLazyObject

from search import version


class DataVersionMiddleware:
    """Gives a request its data version, asked once and only when something needs it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.data_version = SimpleLazyObject(version.current)
        return self.get_response(request)
