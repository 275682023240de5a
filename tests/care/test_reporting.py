"""No word of a visitor reaches the log or an error mail, and no mail server holds up an answer."""

import io
import logging
import socket
import time

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.utils.log import configure_logging

from care.confidential import new_token
from care.reporting import WordlessReporter
from care.sealing import seal
from curation import previews
from practices import facets
from tests.pages import address

pytestmark = pytest.mark.django_db
CANARY = "canary-word"
SENT = {"HTTP_REFERER": f"/?q={CANARY}", "HTTP_USER_AGENT": CANARY, "HTTP_X_NAME": CANARY}


@pytest.fixture
def log(settings):
    """What the console gets, under the logging of the settings."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    (console,) = [one for one in logging.getLogger().handlers if one.name == "console"]
    lines = io.StringIO()
    before = console.setStream(lines)
    yield lines
    console.setStream(before)


@pytest.fixture
def admin_mail(log, settings):
    """The handler that mails errors, with somebody to mail to."""
    settings.ADMINS = [("", "operator@example.org")]
    (handler,) = logging.getLogger("django.request").handlers
    yield handler
    if handler.thread:
        handler.thread.join(5)


@pytest.fixture
def broken(monkeypatch):
    """A page with a fault of ours, whose text holds what the visitor asked."""

    def fail():
        raise ValueError(f"cannot read {CANARY}") from KeyError(CANARY)

    monkeypatch.setattr(facets.directory, "build", fail)


def visitor():
    client = Client(raise_request_exception=False)
    client.cookies["seen"] = CANARY
    return client


def break_down():
    return visitor().get("/en/practices/", {"q": CANARY}, **SENT)


@pytest.mark.usefixtures("broken")
def test_error_mail_tells_where_and_nothing_of_the_visitor(admin_mail):
    response = break_down()
    admin_mail.thread.join(5)

    (message,) = mail.outbox
    assert response.status_code == 500
    assert message.to == ["operator@example.org"]
    assert message.subject.endswith("Internal Server Error: /en/practices/")
    assert "GET /en/practices/" in message.body
    assert "practices/views.py" in message.body
    assert "builtins.KeyError" in message.body
    assert "builtins.ValueError" in message.body
    assert CANARY not in message.subject + message.body


@pytest.mark.usefixtures("broken")
def test_error_mail_of_a_form_holds_nothing_that_was_typed(admin_mail, monkeypatch):
    monkeypatch.setattr("practices.views.suggestions", lambda *asked: {}[CANARY])

    response = visitor().post("/en/practices/suggest/", {"text": CANARY}, **SENT)
    admin_mail.thread.join(5)

    (message,) = mail.outbox
    assert response.status_code == 500
    assert "POST /en/practices/suggest/" in message.body
    assert CANARY not in message.subject + message.body


@pytest.mark.usefixtures("broken")
def test_log_tells_where_and_nothing_of_the_visitor(log):
    break_down()

    assert "Internal Server Error: /en/practices/" in log.getvalue()
    assert "practices/views.py" in log.getvalue()
    assert CANARY not in log.getvalue()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/en/nothing/", "Not Found: /en/nothing/"),
        ("/en/practices/?sort=no", "Bad Request: /en/practices/"),
        ("/en/practices/?page=no", "Not Found: /en/practices/"),
        ("/en/practices/?a=%00", "NUL in the address"),
    ],
)
def test_warnings_hold_no_question(path, said, log):
    joint = "&" if "?" in path else "?"

    visitor().get(f"{path}{joint}q={CANARY}", **SENT)

    assert said in log.getvalue()
    assert CANARY not in log.getvalue()


LINKS = [
    pytest.param("consultation", new_token(), id="question"),
    pytest.param("registration", new_token(), id="registration"),
    pytest.param("preview", previews.signing.dumps(["practice", 1], salt="x"), id="preview"),
    pytest.param("organisation_check", previews.signing.dumps(1, salt="x"), id="check"),
    pytest.param("sealed_list", seal("q=x"), id="search"),
]


@pytest.mark.parametrize(("name", "token"), LINKS)
def test_log_holds_no_link_that_opens_something(name, token, log):
    visitor().get(address(name, token))
    logging.getLogger("django.request").error("Internal Server Error: %s", address(name, token))

    assert "Internal Server Error: /" in log.getvalue()
    assert token not in log.getvalue()
    assert token[:30] not in log.getvalue()


@pytest.mark.parametrize(("name", "token"), LINKS)
def test_error_mail_holds_no_link_that_opens_something(name, token):
    request = RequestFactory().get(address(name, token))

    told = WordlessReporter(request, ValueError, ValueError(), None).get_traceback_text()

    assert "GET /" in told
    assert token not in told


@pytest.mark.usefixtures("broken")
def test_one_mail_a_minute(admin_mail):
    for _ in range(3):
        break_down()
        admin_mail.thread.join(5)

    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("broken")
def test_without_somebody_to_mail_to_nothing_is_sent(admin_mail, settings):
    settings.ADMINS = []

    assert break_down().status_code == 500
    assert (admin_mail.thread, mail.outbox) == (None, [])


@pytest.mark.usefixtures("broken")
def test_mail_server_that_refuses_changes_nothing(admin_mail, settings):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = unused.getsockname()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

        response = break_down()
        admin_mail.thread.join(5)

    assert (response.status_code, admin_mail.thread.is_alive()) == (500, False)


@pytest.mark.usefixtures("broken")
def test_mail_server_that_is_silent_holds_up_no_answer(admin_mail, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_TIMEOUT = 0.5

        started = time.monotonic()
        response = break_down()
        waited = time.monotonic() - started
        was_sending = admin_mail.thread.is_alive()
        admin_mail.thread.join(5)

    assert (response.status_code, was_sending) == (500, True)
    assert waited < 0.5
    assert not admin_mail.thread.is_alive()
