"""Answers that hold what somebody searched."""

from functools import wraps

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """The answer to a form is another address; the form is not sent again."""

    status_code = 303


def keep_no_trace(response):
    """No cache keeps it, no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def without_trace(view):
    @wraps(view)
    def traceless(request, *args, **kwargs):
        return keep_no_trace(view(request, *args, **kwargs))

    return traceless
