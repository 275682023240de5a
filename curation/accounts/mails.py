"""The mail with which somebody is invited."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from post_office import mail


def queue_mail(address, subject, template, context, language):
    with override(language):
        text = render_to_string(template, context)
        mail.send(address, settings.DEFAULT_FROM_EMAIL, subject=str(subject), message=text)


def send_invitation(invitation, request):
    context = {
        "invitation": invitation,
        "address": address_of(invitation, request),
        "host": request.get_host(),
    }
    queue_mail(
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
