"""The pages of a curator in a directory that grows: milliseconds, and questions to the database."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY

from care import second_factor
from care.sessions import begin_session
from practices.models import Practice


def curator_cookie():
    """A session of a superuser with both factors, made for this database alone."""
    name = "bench-curator"
    user = get_user_model().objects.filter(username=name).first()
    user = user or get_user_model().objects.create_superuser(name)
    telephone = second_factor.telephone_of(user) or second_factor.set_up_telephone(
        user, second_factor.new_key()
    )
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[DEVICE_ID_SESSION_KEY] = telephone.persistent_id
    begin_session(session)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def admin_addresses():
    """The first page, the list of practices, and the form with the most rows below it."""
    fullest = Practice.objects.get(code="VB07")
    return {
        "first page": reverse("admin:index"),
        "list": reverse("admin:practices_practice_changelist"),
        "form": reverse("admin:practices_practice_change", args=[fullest.pk]),
    }


def number_of_questions(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)
