"""Twenty forms a minute from one address, counted without keeping the address."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from care import limiter
from care.models import FormPost
from familysupport import urls
from tests.databases import copy_of_test_database
from tests.factories import make_help_line
from tests.pages import text

pytestmark = pytest.mark.django_db


@csrf_exempt
@limiter.limited
def form(request):
    return HttpResponse("stored")


urlpatterns = [*urls.urlpatterns, path("form/", form)]
handler404 = "familysupport.views.page_not_found"


@pytest.fixture(autouse=True)
def _site_with_a_form(settings):
    settings.ROOT_URLCONF = __name__


def post(number=1, sender="198.51.100.7"):
    client = Client(REMOTE_ADDR=sender)
    return [client.post("/form/").status_code for _ in range(number)]


def pass_time(monkeypatch, **passed):
    moment = timezone.now() + timedelta(**passed)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_the_twenty_first_form_within_a_minute_is_refused(monkeypatch):
    pass_time(monkeypatch, seconds=0)

    assert post(22) == [200] * 20 + [429] * 2


def test_a_minute_later_forms_are_taken_again(monkeypatch):
    pass_time(monkeypatch, seconds=0)
    post(21)
    pass_time(monkeypatch, seconds=59)
    assert post() == [429]
    pass_time(monkeypatch, seconds=2)

    assert post() == [200]


def test_no_minute_takes_more_than_twenty_wherever_it_begins(monkeypatch):
    pass_time(monkeypatch, seconds=0)
    post(10)
    pass_time(monkeypatch, seconds=50)
    post(10)
    pass_time(monkeypatch, seconds=20)

    assert post(12) == [200] * 10 + [429] * 2


def test_addresses_are_counted_apart(monkeypatch):
    pass_time(monkeypatch, seconds=0)
    post(20)

    assert post(sender="198.51.100.8") == [200]


def test_reading_is_not_counted():
    client = Client()
    assert {client.get("/form/").status_code for _ in range(25)} == {200}
    assert not FormPost.objects.exists()


def test_refusal_shows_the_help_numbers(monkeypatch):
    pass_time(monkeypatch, seconds=0)
    make_help_line(number="0800 11 222", is_urgent=True)
    post(20)

    response = Client(REMOTE_ADDR="198.51.100.7").post("/form/")

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert response.headers["Cache-Control"] == "no-store"
    assert "0800 11 222" in text(response).replace("\N{NO-BREAK SPACE}", " ")


def test_key_tells_no_address_and_changes_every_day(monkeypatch):
    post()
    pass_time(monkeypatch, days=1)
    FormPost.objects.update(at=timezone.now())  # else the older one is gone
    post()

    first, second = FormPost.objects.values_list("sender", flat=True)
    assert first != second
    assert len(first) == len(second) == 64
    assert {field.name for field in FormPost._meta.fields} == {"id", "sender", "at"}


def test_counts_are_kept_ten_minutes(monkeypatch):
    post()
    pass_time(monkeypatch, minutes=9, seconds=59)
    assert limiter.forget_old() == 0
    pass_time(monkeypatch, seconds=2)

    assert limiter.forget_old() == 1


def test_next_form_removes_old_counts_of_everybody(monkeypatch):
    post()
    pass_time(monkeypatch, minutes=11)
    post(sender="198.51.100.8")

    assert FormPost.objects.count() == 1


# --- Many at once ------------------------------------------------------------------------------

MANY = """
import django; django.setup()
from datetime import timedelta
from threading import Barrier, Thread
from django.db import connection
from care.models import FormPost

taken, start = [], Barrier(8)

def send():
    start.wait()
    for _ in range(5):
        taken.append(FormPost.objects.take("somebody", 20, timedelta(minutes=1)))
    connection.close()

threads = [Thread(target=send) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(taken), taken.count(True), FormPost.objects.count())
"""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("limiter")
    with django_db_blocker.unblock(), copy_of_test_database(folder, "limiter") as environment:
        yield environment


@pytest.mark.thorough
def test_of_forty_at_once_no_more_than_twenty_are_taken(site):
    environment = site | {"DJANGO_SETTINGS_MODULE": "familysupport.settings"}

    done = subprocess.run(
        [sys.executable, "-c", MANY],
        cwd=project.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    sent, taken, kept = map(int, done.stdout.split())
    assert sent == 40
    assert 0 < taken <= 20
    assert kept == taken
