"""How long staff stay signed in."""

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY, user_has_device

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SEEN_EVERY = 60  # seconds: a page more often need not write


class StaffSessionMiddleware:
    """Ends sessions that are too old or have lost their second factor; readers have none.

    The idle limit is Django's: SESSION_COOKIE_AGE after the session was written last.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            keep_or_end(request)
        return self.get_response(request)


def begin_session(session):
    session[SIGNED_IN_AT] = session[SEEN_AT] = timezone.now().timestamp()


def keep_or_end(request):
    was_verified = DEVICE_ID_SESSION_KEY in request.session  # reading the user forgets a lost one
    if not request.user.is_authenticated:
        return
    if is_too_old(request.session) or has_lost_factor(request.user, was_verified):
        logout(request)
    else:
        keep(request.session)


def is_too_old(session):
    age = timezone.now().timestamp() - session.get(SIGNED_IN_AT, 0)
    return age > settings.STAFF_SESSION_LASTS.total_seconds()


def has_lost_factor(user, was_verified):
    """Its second factor was replaced or taken away, or was set up in another session."""
    return not user.is_verified() and (was_verified or user_has_device(user))


def keep(session):
    now = timezone.now().timestamp()
    if now - session.get(SEEN_AT, 0) > SEEN_EVERY:
        session[SEEN_AT] = now
