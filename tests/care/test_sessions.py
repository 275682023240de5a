from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.pages import address
from tests.staff import (
    PASSWORD,
    code_of,
    curator_client,
    is_inside,
    make_account,
    make_telephone,
    sign_in,
)

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "een andere zin die niemand raadt"


@pytest.fixture
def clock(monkeypatch):
    """Moves the time of everything that asks for it."""
    real, moved = timezone.now, timedelta()

    def move(**duration):
        nonlocal moved
        moved += timedelta(**duration)

    monkeypatch.setattr(timezone, "now", lambda: real() + moved)
    return move


def test_session_ends_after_thirty_minutes_without_a_page(clock):
    client = curator_client()
    assert is_inside(client)
    clock(minutes=29)
    assert is_inside(client)
    clock(minutes=29)
    assert is_inside(client)

    clock(minutes=31)

    assert not is_inside(client)


def test_session_ends_after_eight_hours_of_work(clock):
    client = curator_client()
    for _ in range(19):
        clock(minutes=25)
        assert is_inside(client)

    clock(minutes=25)

    assert not is_inside(client)
    assert "_auth_user_id" not in client.session


def test_pages_within_a_minute_write_once(clock):
    client = curator_client()
    is_inside(client)
    before = Session.objects.get().expire_date

    clock(seconds=50)
    is_inside(client)
    within = Session.objects.get().expire_date
    clock(seconds=20)
    is_inside(client)

    assert within == before
    assert Session.objects.get().expire_date > before


def test_session_that_does_not_tell_its_age_ends():
    client = curator_client()
    session = client.session
    del session["signed_in_at"]
    session.save()

    assert not is_inside(client)


def test_signing_in_gives_a_new_session():
    telephone = make_telephone(make_account("els"))
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key

    sign_in(client, "els", code_of(telephone))

    assert is_inside(client)
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_new_password_ends_the_other_sessions():
    account = make_account()
    client, elsewhere = curator_client(account), curator_client(account)
    typed = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}

    client.post(reverse("admin:password_change"), typed | {"old_password": PASSWORD})

    assert is_inside(client)
    assert not is_inside(elsewhere)


def test_password_given_by_a_superuser_ends_all_sessions():
    account = make_account()
    client = curator_client(account)
    typed = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true"}

    curator_client().post(reverse("admin:auth_user_password_change", args=[account.pk]), typed)

    account.refresh_from_db()
    assert account.check_password(NEW_PASSWORD)
    assert not is_inside(client)


def test_account_that_is_no_longer_staff_is_outside_at_once():
    account = make_account()
    client = curator_client(account)
    account.is_staff = False
    account.save()

    assert not is_inside(client)


def test_sign_in_removes_sessions_that_are_over(clock):
    account = make_account()
    curator_client(account)
    clock(hours=1)

    Client().force_login(account)

    assert Session.objects.count() == 1


def test_curator_reads_the_site_like_everybody_else():
    client = curator_client()

    response = client.get(address("practice_list"))

    assert response.status_code == 200
    assert "Second factor" not in response.content.decode()
