"""Cookies: none for readers; on the sign-in page one for its form, then one for the session."""

import re
import runpy

import pytest
from django.conf import settings as project
from django.test import Client, override_settings
from django.urls import reverse

from care import second_factor
from familysupport.management.commands import serve
from tests.pages import text
from tests.staff import PASSWORD, code_of, make_account, make_telephone, sign_in

pytestmark = pytest.mark.django_db
OWN = ("SESSION_", "CSRF_", "SECURE_", "MESSAGE_", "PRODUCTION")
NOTICE = "Local mode: cookies without encryption."


@pytest.fixture
def production(monkeypatch):
    """The settings as PRODUCTION=1 makes them, as far as they concern cookies."""
    for name, value in {
        "PRODUCTION": "1",
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": "testserver",
        "STATE_KEYS": "a" * 43 + "=",
        "CONFIDENTIAL_KEYS": "b" * 43 + "=",
        **dict.fromkeys(project.OPERATOR, "example"),
    }.items():
        monkeypatch.setenv(name, value)
    made = runpy.run_path(str(project.BASE_DIR / "familysupport" / "settings.py"))
    with override_settings(**{name: made[name] for name in made if name.startswith(OWN)}):
        yield


def sign_in_by_form(secure):
    """All cookies that the browser got on the way, by name."""
    telephone = make_telephone(make_account("els"))
    client = Client(enforce_csrf_checks=True)
    headers = {"referer": "https://testserver/"} if secure else {}
    path = reverse("admin:login")
    page = client.get(path, secure=secure)
    first = set(page.cookies)
    typed = {
        "username": "els",
        "password": PASSWORD,
        "code": code_of(telephone),
        "csrfmiddlewaretoken": re.search(
            r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode()
        ).group(1),
    }
    response = client.post(path, typed, secure=secure, headers=headers)
    assert response.status_code == 302
    assert client.get(reverse("admin:index"), secure=secure).status_code == 200
    return first, response.cookies


@pytest.mark.usefixtures("production")
def test_production_uses_host_bound_cookies():
    first, cookies = sign_in_by_form(secure=True)

    assert first == {"__Host-csrftoken"}
    assert set(cookies) == {"__Host-csrftoken", "__Host-sessionid"}
    for cookie in cookies.values():
        assert {name: value for name, value in cookie.items() if value} == {
            "path": "/",
            "secure": True,
            "httponly": True,
            "samesite": "Strict",
        }


def test_local_mode_uses_plain_names_until_the_browser_closes():
    first, cookies = sign_in_by_form(secure=False)

    assert first == {"csrftoken"}
    assert set(cookies) == {"csrftoken", "sessionid"}
    for cookie in cookies.values():
        assert {name: value for name, value in cookie.items() if value} == {
            "path": "/",
            "httponly": True,
            "samesite": "Strict",
        }


def test_local_mode_says_so_on_the_sign_in_page(client):
    assert NOTICE in text(client.get(reverse("admin:login")))


@pytest.mark.usefixtures("production")
def test_production_has_nothing_to_say_there(client):
    assert NOTICE not in text(client.get(reverse("admin:login"), secure=True))


def test_messages_need_no_cookie_of_their_own(client):
    account = make_account("els")
    make_telephone(account)

    response = sign_in(client, "els", second_factor.renew_recovery_codes(account)[0])

    assert set(response.cookies) == {"csrftoken", "sessionid"}
    assert "You used a recovery code." in text(client.get(reverse("admin:index")))


@pytest.mark.parametrize("in_production", [False, True])
def test_serve_tells_the_local_mode_in_one_line(settings, monkeypatch, capsys, in_production):
    settings.PRODUCTION = in_production
    monkeypatch.setattr(serve, "check_port", lambda host, port: None)
    monkeypatch.setattr(serve, "call_command", lambda name: None)
    monkeypatch.setattr(serve.os, "execv", lambda *arguments: None)

    serve.Command().handle(host="127.0.0.1", port="8000")

    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith(NOTICE) for line in lines) == (not in_production)
