"""What somebody meets who follows the link of an invitation."""

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from care.headers import ORIGIN_ONLY
from care.traces import without_trace
from care.views import locked_out
from curation.accounts.models import Invitation

NOBODY = {"username": "the key of an invitation"}  # no account may have a name with spaces
BACKEND = "django.contrib.auth.backends.ModelBackend"


@without_trace
@csrf_protect
@sensitive_post_parameters()
@transaction.atomic
def accept_invitation(request):
    """Looking at it changes nothing: programs of mail servers look at every link."""
    is_sent = request.method == "POST"
    if is_sent and not AxesProxyHandler.is_allowed(request, NOBODY):
        return locked_out(request, None, NOBODY)
    key = (request.POST if is_sent else request.GET).get("key", "")
    # Locked, so that a key that is sent twice at once sets one password.
    invitation = Invitation.objects.select_for_update(of=["self"]).opened_by(key)
    if invitation is None:
        return refuse(request, is_try=is_sent)
    form = SetPasswordForm(invitation.account, request.POST or None)
    if is_sent and form.is_valid():
        return begin(request, invitation, form)
    context = {"title": _("Choose a password"), "form": form, "key": key}
    return page(request, "admin/invitation.html", context | {"invitation": invitation})


def begin(request, invitation, form):
    """Signs in, and leads to the only thing that is open without a second factor: setting it up."""
    account = form.save()
    invitation.accept()
    login(request, account, backend=BACKEND)
    return redirect("admin:set_up_telephone")


def refuse(request, *, is_try):
    """One answer for every key that opens nothing; a try counts as a failed sign-in."""
    if is_try:
        user_login_failed.send(sender=__name__, credentials=NOBODY, request=request)
    context = {"title": _("This link no longer works"), "operator": settings.OPERATOR}
    return page(request, "admin/invitation_refused.html", context, status=410)


def page(request, template, context, status=200):
    response = render(request, template, admin.site.each_context(request) | context, status=status)
    response.headers["Referrer-Policy"] = ORIGIN_ONLY
    return response
