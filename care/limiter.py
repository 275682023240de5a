"""How often one address may send a form that stores something."""

from datetime import timedelta
from functools import wraps

from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from care.addresses import client_address
from care.models import FormPost
from care.traces import keep_no_trace

MOST = 20
WITHIN = timedelta(minutes=1)


def limited(view):
    """At most 20 forms a minute from one address; beyond that the help numbers, nothing stored."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and not FormPost.objects.take(sender(request), MOST, WITHIN):
            return too_many(request)
        return view(request, *args, **kwargs)

    return guarded


def sender(request) -> str:
    """Who cannot be told apart from the same address of another day, nor led back to an address."""
    day = timezone.localdate().isoformat()
    address = client_address(request) or ""
    return salted_hmac(f"care.limiter {day}", address, algorithm="sha256").hexdigest()


def too_many(request):
    response = keep_no_trace(render(request, "429.html", status=429))
    response.headers["Retry-After"] = str(int(WITHIN.total_seconds()))
    return response


def forget_old():
    """Removes what is older than ten minutes."""
    return FormPost.objects.old().delete()[0]
