"""What every answer carries, and what is refused before anything is looked up."""

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from care.headers import headers_for

LONGEST_QUERY_STRING = 8_000
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
MOST_VALUES = 40  # of one name; no facet has as many


class HeadersMiddleware:
    """The outermost one: decides the headers of faults, refusals and static files as well."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.https = strict_transport_security()

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in headers_for(request, response).items():
            response.headers[name] = value
        if self.https and request.is_secure():
            response.headers["Strict-Transport-Security"] = self.https
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def strict_transport_security():
    if not settings.SECURE_HSTS_SECONDS:
        return ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"


class HeadWithoutBodyMiddleware(MiddlewareMixin):
    """A HEAD answer is all headers: the server complains of a body and drops it."""

    def process_response(self, request, response):
        if request.method == "HEAD" and not response.streaming:
            length = response.headers.get("Content-Length", str(len(response.content)))
            response.content = b""
            response.headers["Content-Length"] = length
        return response


class RefuseBrokenInputMiddleware(MiddlewareMixin):
    """What no form and no link of ours sends: nothing is looked up for it.

    NUL is the one character no database takes; an endless address is no question.
    """

    def process_request(self, request):
        query_string = request.META.get("QUERY_STRING", "")
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if len(query_string) > LONGEST_QUERY_STRING:
            return render(request, "414.html", status=414)
        if "\0" in request.path_info or "\0" in query_string or "%00" in query_string:
            raise SuspiciousOperation("NUL in the address")
        if repeats_too_much(request.GET):
            raise SuspiciousOperation("one name again and again")
        return None


def repeats_too_much(asked):
    return any(len(values) > MOST_VALUES for _, values in asked.lists())
