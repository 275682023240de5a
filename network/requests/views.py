"""The page on which an organisation asks to join, or somebody names a practice we do not have."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from care.limiter import limited
from care.traces import SeeOther, without_trace
from network.requests.forms import NetworkRequestForm


@without_trace
@limited
def network_request(request, kind):
    form = NetworkRequestForm(request.POST or None)
    if request.method == "POST" and (form.is_trapped or form.is_valid()):
        if not form.is_trapped:
            form.save(kind, get_language())
        return SeeOther(reverse("network_request_thanks"))
    return render(request, "network/request.html", {"kind": kind, "form": form})


@without_trace
def network_request_thanks(request):
    return render(request, "network/request_thanks.html")
