"""Mail waits, is sent at least once under one Message-ID, and is forgotten."""

import fcntl
import logging
import re
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as project
from django.core import mail as outgoing
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext_lazy
from post_office.models import STATUS, Email, Log

from care import mail
from care.reporting import WordlessFormatter
from tests.care.mail_backends import TakesAndBreaks
from tests.databases import connected_to, copy_of_test_database

pytestmark = pytest.mark.django_db
SUBJECT = gettext_lazy("Privacy")  # a text that every catalogue has


def queue(address="mother@a.example", language="en", **context):
    context = {"name": "A & B", "answer": "Fine."} | context
    mail.queue(address, SUBJECT, "mail/answer.txt", context, language)


def statuses():
    return list(Email.objects.order_by("pk").values_list("status", flat=True))


def message_ids():
    return [message.message()["Message-ID"] for message in outgoing.outbox]


def later(monkeypatch, **passed):
    moment = timezone.now() + timedelta(**passed)
    monkeypatch.setattr(timezone, "now", lambda: moment)


# --- What is queued ----------------------------------------------------------------------------


def test_mail_waits_until_it_is_sent():
    queue()
    assert outgoing.outbox == []

    assert mail.send_waiting() == 1

    (message,) = outgoing.outbox
    assert message.to == ["mother@a.example"]
    assert message.from_email == project.DEFAULT_FROM_EMAIL
    assert message.content_subtype == "plain"
    assert statuses() == [STATUS.sent]
    assert mail.send_waiting() == 0
    assert len(outgoing.outbox) == 1


@pytest.mark.parametrize(("language", "subject"), [
    ("nl", "Privacy"), ("fr", "Vie privée"), ("en", "Privacy"),
])  # fmt: skip
def test_subject_is_in_the_language_asked_for(language, subject):
    queue(language=language)
    mail.send_waiting()

    assert outgoing.outbox[0].subject == subject


def test_text_is_plain_and_no_template():
    typed = "<b>l'été</b> & {% now 'Y' %} {{ site_url }} 100%"

    queue(answer=typed)
    mail.send_waiting()

    assert typed in outgoing.outbox[0].body
    assert "“A & B”" in outgoing.outbox[0].body


def test_subject_may_name_what_is_told_and_stays_one_line():
    mail.queue("a@a.example", "About\n%(name)s", "mail/answer.txt", {"name": "B\r\nBcc: c"}, "en")
    mail.send_waiting()

    assert outgoing.outbox[0].subject == "About B Bcc: c"


# --- At least once -----------------------------------------------------------------------------


def test_mail_that_may_have_arrived_is_sent_again_with_the_same_id(settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.care.mail_backends.TakesAndBreaks"
    monkeypatch.setattr(TakesAndBreaks, "broken", False)
    queue()

    assert mail.send_waiting() == 0
    assert statuses() == [STATUS.requeued]
    assert mail.send_waiting() == 0  # not before its time
    later(monkeypatch, minutes=16)
    assert mail.send_waiting() == 1

    first, second = message_ids()
    assert first == second
    assert re.fullmatch(r"<[^@>]+@localhost>", first)
    assert statuses() == [STATUS.sent]


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mail")
    with django_db_blocker.unblock(), copy_of_test_database(folder, "mail") as environment:
        yield environment


@pytest.mark.thorough
def test_killed_between_sending_and_noting_sends_again_with_the_same_id(site, tmp_path):
    with connected_to(site):
        queue()
    environment = site | {
        "DJANGO_SETTINGS_MODULE": "tests.care.mail_settings",
        "MAIL_FOLDER": str(tmp_path / "mails"),
    }

    codes = [tick(environment) for _ in range(3)]

    arrived = [path.read_text() for path in (tmp_path / "mails").glob("*.log")]
    ids = re.findall(r"^Message-ID: (.+)$", "\n".join(arrived), re.MULTILINE)
    assert codes == [-signal.SIGKILL, 0, 0]
    assert len(ids) == 2
    assert ids[0] == ids[1]


def tick(environment):
    command = [sys.executable, "manage.py", "tick"]
    return subprocess.run(command, cwd=project.BASE_DIR, env=environment).returncode


def test_two_mails_have_two_ids():
    queue()
    queue()
    assert mail.send_waiting() == 2

    assert len(set(message_ids())) == 2


def test_address_that_is_refused_keeps_no_other_mail(settings):
    settings.EMAIL_BACKEND = "tests.care.mail_backends.RefusesOne"
    queue("refused@a.example")
    queue("father@a.example")

    assert mail.send_waiting() == 1

    assert statuses() == [STATUS.requeued, STATUS.sent]


def test_mail_is_tried_until_shortly_before_it_is_removed():
    tried = project.POST_OFFICE["MAX_RETRIES"] * project.POST_OFFICE["RETRY_INTERVAL"]

    assert project.MAILS_KEPT - timedelta(hours=1) < tried < project.MAILS_KEPT


def test_mail_refused_too_often_is_given_up_and_the_operator_is_told(settings, monkeypatch, caplog):
    settings.EMAIL_BACKEND = "tests.care.mail_backends.RefusesOne"
    settings.POST_OFFICE = {**project.POST_OFFICE, "MAX_RETRIES": 3}
    queue("refused@a.example")

    for _ in range(4):
        mail.send_waiting()
        later(monkeypatch, minutes=16)

    assert statuses() == [STATUS.failed]
    told = [record for record in caplog.records if record.name == "care.mail"]
    assert [(record.levelno, record.getMessage()) for record in told] == [
        (logging.ERROR, "1 mails were refused for too long and given up")
    ]


def test_second_process_leaves_the_queue_to_the_first():
    queue()
    with (project.VAR_DIR / "mail.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert mail.send_waiting() == 0

    assert mail.send_waiting() == 1


# --- What a copy of the database tells ---------------------------------------------------------


def test_text_waits_encrypted_and_is_sent_open():
    queue(answer="een geheim")

    assert "geheim" not in str(Email.objects.values().get())
    mail.send_waiting()
    assert "een geheim" in outgoing.outbox[0].body


def test_text_of_a_lost_key_waits_on(settings):
    queue()
    settings.CONFIDENTIAL_KEYS = [Fernet.generate_key().decode()]

    assert mail.send_waiting() == 0
    assert statuses() == [STATUS.requeued]
    assert outgoing.outbox == []


def test_text_that_waited_before_texts_were_encrypted_is_sent():
    queue()
    Email.objects.update(message="Fine.")

    mail.send_waiting()

    assert outgoing.outbox[0].body == "Fine."


# --- What is written down ----------------------------------------------------------------------


def test_neither_log_nor_table_tells_an_address_or_a_text(settings):
    settings.EMAIL_BACKEND = "tests.care.mail_backends.RefusesOne"
    handlers = logging.getLogger("post_office").handlers
    (handler,) = [one for one in handlers if isinstance(one.formatter, WordlessFormatter)]
    written = []
    original, handler.emit = handler.emit, lambda record: written.append(handler.format(record))

    try:
        queue("refused@a.example", answer="een geheim")
        mail.send_waiting()
    finally:
        handler.emit = original

    (told,) = written
    assert told.startswith("Failed to send email #")
    assert "builtins.ValueError" in told
    assert "refused@a" not in told
    assert "geheim" not in told
    assert not Log.objects.exists()


def test_old_mails_are_removed_sent_or_not(settings, monkeypatch):
    settings.MAILS_KEPT = timedelta(days=7)
    queue()
    mail.send_waiting()
    queue("second@a.example")
    later(monkeypatch, days=6, hours=23)
    queue("new@a.example")
    assert mail.forget_old() == 0
    later(monkeypatch, hours=2)

    assert mail.forget_old() == 2
    assert [email.to for email in Email.objects.all()] == [["new@a.example"]]


def test_tick_sends_and_forgets(capsys, monkeypatch):
    queue()
    later(monkeypatch, days=8)
    queue("new@a.example")

    call_command("tick")

    lines = capsys.readouterr().out.splitlines()
    assert {"old mails removed: 1", "mails sent: 1"} <= set(lines)
    assert [message.to for message in outgoing.outbox] == [["new@a.example"]]
