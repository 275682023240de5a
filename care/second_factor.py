"""The second factor of an account: an app on a telephone that makes codes, and recovery codes."""

import secrets
import time
from base64 import b32encode
from binascii import unhexlify
from io import StringIO

import segno
from django.db import transaction
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

APP_CODE_LENGTH = 6
RECOVERY_CODE_LENGTH = 12  # digits only: the keyboard of a telephone then shows digits only
RECOVERY_CODES = 10
DEVICES = {APP_CODE_LENGTH: TOTPDevice, RECOVERY_CODE_LENGTH: StaticDevice}


# --- The telephone -----------------------------------------------------------------------------


def new_key() -> str:
    return random_hex(20)


def readable_secret(key) -> str:
    return in_fours(b32encode(unhexlify(key)).decode())


def qr_code(user, key):
    return segno.make(TOTPDevice(user=user, key=key).config_url, error="m", micro=False)


def picture_for_page(user, key) -> str:
    """White below and around: it is also read from a dark page."""
    title = _("Picture for the app on your telephone")
    drawing = qr_code(user, key).svg_inline(omitsize=True, light="#fff", title=title)
    return mark_safe(drawing)  # squares made here; the title is escaped


def picture_for_terminal(user, key) -> str:
    text = StringIO()
    qr_code(user, key).terminal(out=text, border=2, compact=True)
    return text.getvalue()


def clock_that_made(code, key):
    """The clock of the telephone, if the code comes from the key and from now."""
    clock = TOTP(unhexlify(key))
    clock.time = time.time()
    is_right = len(code) == APP_CODE_LENGTH and clock.verify(int(code), tolerance=1)
    return clock if is_right else None


@transaction.atomic
def set_up_telephone(user, key, clock=None):
    """Takes the place of whatever the account had; a first code that was shown is used up."""
    take_away(user)
    used = {"last_t": clock.t(), "drift": clock.drift} if clock else {}
    return TOTPDevice.objects.create(user=user, name="telephone", key=key, **used)


def take_away(user):
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def telephone_of(user):
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


# --- Recovery codes ----------------------------------------------------------------------------


@transaction.atomic
def renew_recovery_codes(user) -> list[str]:
    """Ten new ones, to be shown once; the older ones no longer work."""
    device, is_new = StaticDevice.objects.get_or_create(user=user, name="recovery codes")
    device.token_set.all().delete()
    codes = [random_digits() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [in_fours(code) for code in codes]


def random_digits():
    return "".join(secrets.choice("0123456789") for _ in range(RECOVERY_CODE_LENGTH))


def recovery_codes_left(user) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def is_recovery(device):
    return isinstance(device, StaticDevice)


# --- Codes that are typed ----------------------------------------------------------------------


def device_that_takes(code, user):
    """The device of the account whose code this is; the code is then used up."""
    model = DEVICES.get(len(code))
    device = model and model.objects.devices_for_user(user, confirmed=True).first()
    return verify_token(user, device.persistent_id, code) if device else None


def only_digits(typed) -> str:
    """Codes are shown with spaces and typed with or without."""
    digits = "".join(typed.split()).replace("-", "")
    return digits if digits.isascii() and digits.isdigit() else ""


def in_fours(text) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
