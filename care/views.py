"""The pages of the second factor, inside the admin, and the answer to too many tries."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login, user_has_device

from care import second_factor
from care.forms import PasswordAgainForm, TelephoneForm
from care.models import SignInEvent
from care.sign_ins import note

NEW_KEY = "new_telephone_key"  # in the session: nobody else who knows the password sees this secret


@sensitive_post_parameters()
def second_factor_state(request):
    form = PasswordAgainForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        note(SignInEvent.Kind.RECOVERY_CODES_RENEWED, request.user.get_username(), request)
        return recovery_codes_page(request)
    context = {
        "title": _("Second factor"),
        "form": form,
        "telephone": second_factor.telephone_of(request.user),
        "left": second_factor.recovery_codes_left(request.user),
    }
    return page(request, "admin/second_factor/state.html", context)


@never_cache
@csrf_protect
@sensitive_post_parameters()
def set_up_telephone(request):
    if not may_set_up(request.user):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if "leave" in request.POST:
        logout(request)
        return redirect("home")
    key = request.session.setdefault(NEW_KEY, second_factor.new_key())
    form = TelephoneForm(request.POST or None, request=request, key=key)
    if request.method == "POST" and form.is_valid():
        begin_with_telephone(request, key, form.clock)
        return recovery_codes_page(request)
    context = {
        "title": _("Set up the second factor"),
        "form": form,
        "secret": second_factor.readable_secret(key),
        "picture": second_factor.picture_for_page(request.user, key),
    }
    return page(request, "admin/second_factor/set_up.html", context)


def may_set_up(user):
    """Staff with a second factor, and staff who have none yet."""
    if not (user.is_active and user.is_staff):
        return False
    return user.is_verified() or not user_has_device(user)


def begin_with_telephone(request, key, clock):
    device = second_factor.set_up_telephone(request.user, key, clock)
    del request.session[NEW_KEY]
    login(request, device)
    request.session.cycle_key()
    note(SignInEvent.Kind.SECOND_FACTOR_SET_UP, request.user.get_username(), request)


def recovery_codes_page(request):
    context = {
        "title": _("Your recovery codes"),
        "codes": second_factor.renew_recovery_codes(request.user),
        "next": safe_next(request),
    }
    return page(request, "admin/second_factor/recovery_codes.html", context)


def safe_next(request):
    """Where somebody was going before the set-up, if that is a page of this site."""
    wanted = request.GET.get("next", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if is_ours else reverse("admin:index")


def page(request, template, context):
    return render(request, template, admin.site.each_context(request) | context)


def locked_out(request, response, credentials):
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    context = {"title": _("Too many tries"), "minutes": seconds // 60}
    answer = page(request, "admin/locked_out.html", context)
    answer.status_code = 429
    answer.headers["Retry-After"] = str(seconds)
    return answer
