"""The mail with which somebody is invited."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from care.mail import queue


def send_invitation(invitation, request):
    context = {
        "invitation": invitation,
        "address": address_of(invitation, request),
        "host": request.get_host(),
    }
    queue(
        invitation.account.email,
        _("Your account for Family Support"),
        "curation/mail/invitation.txt",
        context,
        invitation.language,
    )


def address_of(invitation, request):
    """The key stands behind the question mark: what logs name of an address ends before it."""
    with override(invitation.language):
        path = reverse("accept_invitation")
    return request.build_absolute_uri(f"{path}?{urlencode({'key': invitation.key})}")
