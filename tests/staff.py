"""Accounts of staff, signed in or about to, and the codes of their telephones."""

import re
from itertools import count

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from care import second_factor
from care.sessions import begin_session
from tests.pages import address

PASSWORD = "een lange zin die niemand raadt"
numbers = count(1)


def make_account(username=None, **values):
    """A superuser, unless told otherwise."""
    defaults = {"is_staff": True, "is_superuser": True}
    username = username or f"account-{next(numbers)}"
    return get_user_model().objects.create_user(username, password=PASSWORD, **defaults | values)


def make_colleague(*roles, **values):
    """An account with roles, and nothing else."""
    account = make_account(is_superuser=False, **values)
    account.groups.set([Group.objects.get(name=role) for role in roles])
    return account


def make_telephone(account):
    return second_factor.set_up_telephone(account, second_factor.new_key())


def code_of(telephone, later=0):
    """What the app shows, now or some half minutes later."""
    return code_from(telephone.bin_key, later)


def code_from(key, later=0):
    return f"{totp(key, drift=later):06d}"


def wrong_code(telephone):
    near = {code_of(telephone, later) for later in range(-2, 4)}
    return next(code for code in ("000000", "111111", *map(str, range(222222, 222232)))
                if code not in near)  # fmt: skip


def curator_client(account=None):
    """A browser of somebody who has signed in with both factors."""
    return come_in(Client(), account or make_account())


def come_in(client, account):
    """Signs in with both factors, without the form and what follows from it."""
    telephone = second_factor.telephone_of(account) or TOTPDevice.objects.create(user=account)
    session = SessionStore()
    session[SESSION_KEY] = account._meta.pk.value_to_string(account)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[DEVICE_ID_SESSION_KEY] = telephone.persistent_id
    begin_session(session)
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def sign_in(client, username, code="", password=PASSWORD, language="en", **headers):
    """Types everything into the form; `headers` are those of the request."""
    typed = {"username": username, "password": password, "code": code}
    return client.post(address("admin:login", language=language), typed, **headers)


def is_inside(client, language="en"):
    path = address("admin:password_change_done", language=language)
    return client.get(path).status_code == 200


def recovery_codes_on(response):
    return re.findall(r"<li><code>([\d ]+)</code></li>", response.content.decode())


def secret_on(response):
    return re.search(r'<code id="secret">([A-Z2-7 ]+)</code>', response.content.decode()).group(1)
