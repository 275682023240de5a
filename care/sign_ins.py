"""Writes down who came in and who was refused. Never a password, a code or a query string."""

from importlib import import_module

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils.translation import ngettext

from care import second_factor
from care.addresses import client_address
from care.models import SignInEvent
from care.sessions import begin_session

Kind = SignInEvent.Kind


def note(kind, account, request=None):
    address = client_address(request) if request else None
    SignInEvent.objects.create(kind=kind, account=account, address=address)


def refuse(request, user, kind):
    """Counts as a failed sign-in, as a wrong password does."""
    credentials = {"username": user.get_username(), "refused": kind}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)


@receiver(user_logged_in)
def begin(sender, request, user, **kwargs):
    begin_session(request.session)
    kind = kind_of_sign_in(getattr(user, "otp_device", None))
    note(kind, user.get_username(), request)
    if kind == Kind.SIGNED_IN_WITH_RECOVERY_CODE:
        tell_recovery_codes_left(request, user)
    forget_what_is_old()


def kind_of_sign_in(device):
    if device is None:
        return Kind.SIGNED_IN_TO_SET_UP
    if second_factor.is_recovery(device):
        return Kind.SIGNED_IN_WITH_RECOVERY_CODE
    return Kind.SIGNED_IN


def tell_recovery_codes_left(request, user):
    left = second_factor.recovery_codes_left(user)
    told = ngettext(
        "You used a recovery code. %(left)s code is left.",
        "You used a recovery code. %(left)s codes are left.",
        left,
    )
    messages.warning(request, told % {"left": left}, fail_silently=True)


def forget_what_is_old():
    SignInEvent.objects.too_old().delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@receiver(user_logged_out)
def end(sender, request, user, **kwargs):
    if user is not None:
        note(Kind.SIGNED_OUT, user.get_username(), request)


@receiver(user_login_failed)
def refused(sender, credentials, request=None, **kwargs):
    if is_locked_already(request):
        return
    typed = credentials.get("username") or ""
    kind = credentials.get("refused", Kind.WRONG_PASSWORD)
    note(kind, name_of_account(typed), request)


@receiver(user_locked_out)
def locked(sender, request, username, **kwargs):
    if not is_locked_already(request):
        note(Kind.LOCKED_OUT, name_of_account(username or ""), request)


def is_locked_already(request):
    """Tries during the cool-off were neither looked at nor counted: one line told of them all."""
    return bool(
        getattr(request, "axes_locked_out", False) and request.axes_failures_since_start is None
    )


def name_of_account(typed):
    """The name, if an account has it: people type their password in the wrong box."""
    return typed if get_user_model().objects.filter(username=typed).exists() else ""
