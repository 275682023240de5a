from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.national import network
from network.requests.models import NetworkRequest
from network.requests.views import network_request, network_request_thanks

JOIN, PRACTICE = NetworkRequest.Kind.JOIN, NetworkRequest.Kind.PRACTICE

urlpatterns = [
    path("", network, name="network"),
    path(_("join/"), network_request, {"kind": JOIN}, name="network_join"),
    path(_("suggest-a-practice/"), network_request, {"kind": PRACTICE}, name="network_practice"),
    path(_("thank-you/"), network_request_thanks, name="network_request_thanks"),
]
