"""What every answer carries, and what is refused before anything is looked up."""

from django.core.exceptions import SuspiciousOperation
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

LONGEST_QUERY_STRING = 8_000


class ReaderHeadersMiddleware(MiddlewareMixin):
    def process_response(self, request, response):
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"
        )
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class HeadWithoutBodyMiddleware(MiddlewareMixin):
    """A HEAD answer is all headers: the server complains of a body and drops it."""

    def process_response(self, request, response):
        if request.method == "HEAD" and not response.streaming:
            length = response.headers.get("Content-Length", str(len(response.content)))
            response.content = b""
            response.headers["Content-Length"] = length
        return response


class RefuseBrokenInputMiddleware(MiddlewareMixin):
    """NUL is the one character no database takes; an endless address is no question."""

    def process_request(self, request):
        query_string = request.META.get("QUERY_STRING", "")
        if len(query_string) > LONGEST_QUERY_STRING:
            return render(request, "414.html", status=414)
        if "\0" in request.path_info or "\0" in query_string or "%00" in query_string:
            raise SuspiciousOperation("NUL in the address")
        return None
