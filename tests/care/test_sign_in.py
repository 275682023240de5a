import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from care import second_factor
from care.models import SignInEvent
from tests.pages import address, text
from tests.staff import (
    PASSWORD,
    code_of,
    curator_client,
    is_inside,
    make_account,
    make_telephone,
    sign_in,
    wrong_code,
)

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
REFUSED = "The name, the password or the code is not right."
OTHER_ADDRESS = "203.0.113.9"


@pytest.fixture
def els():
    account = make_account("els")
    account.telephone = make_telephone(account)
    return account


def events():
    """What is written down, oldest first."""
    return list(SignInEvent.objects.order_by("pk").values_list("kind", "account", "address"))


def kinds():
    return [kind for kind, account, address in events()]


def fail(times, username="els", **headers):
    for _ in range(times):
        response = sign_in(Client(), username, password="wrong", **headers)
    return response


# --- Name, password and code -------------------------------------------------------------------


def test_password_and_code_open_the_admin(client, els):
    response = sign_in(client, "els", code_of(els.telephone))

    assert (response.status_code, response.url) == (302, "/en/admin/")
    assert is_inside(client)
    assert events() == [("signed_in", "els", "127.0.0.1")]


def test_code_may_be_typed_with_spaces(client, els):
    code = code_of(els.telephone)

    sign_in(client, "els", f" {code[:3]} {code[3:]} ")

    assert is_inside(client)


@pytest.mark.parametrize("code", ["wrong", "", "12345", "١٢٣٤٥٦", "-12345", "0" * 12, "0" * 40])
def test_password_with_another_code_is_refused(client, els, code):
    typed = wrong_code(els.telephone) if code == "wrong" else code

    response = sign_in(client, "els", typed)

    assert response.status_code == 200
    assert REFUSED in text(response)
    assert not is_inside(client)
    assert events() == [("wrong_code", "els", "127.0.0.1")]


def test_refusals_do_not_tell_what_was_wrong(els):
    make_account("volunteer", is_staff=False)
    pages = {
        text(sign_in(Client(), "els", password="wrong", REMOTE_ADDR="192.0.2.1")),
        text(sign_in(Client(), "els", wrong_code(els.telephone), REMOTE_ADDR="192.0.2.2")),
        text(sign_in(Client(), "els", REMOTE_ADDR="192.0.2.3")),
    }

    assert len(pages) == 1
    assert kinds() == ["wrong_password", "wrong_code", "wrong_code"]
    assert REFUSED in text(sign_in(Client(), "volunteer"))
    assert kinds()[-1] == "not_staff"


def test_code_works_once(els):
    code = code_of(els.telephone)
    sign_in(Client(), "els", code)
    second = Client()

    sign_in(second, "els", code)

    assert not is_inside(second)
    assert kinds() == ["signed_in", "wrong_code"]


def test_wrong_code_makes_the_next_one_wait(els):
    sign_in(Client(), "els", wrong_code(els.telephone))
    early, later = Client(), Client()

    sign_in(early, "els", code_of(els.telephone), REMOTE_ADDR=OTHER_ADDRESS)
    els.telephone.refresh_from_db()
    els.telephone.throttling_failure_timestamp -= timedelta(seconds=1)
    els.telephone.save()
    sign_in(later, "els", code_of(els.telephone), REMOTE_ADDR=OTHER_ADDRESS)

    assert not is_inside(early)
    assert is_inside(later)


def test_recovery_code_works_once(els):
    codes = second_factor.renew_recovery_codes(els)
    first, second = Client(), Client()

    sign_in(first, "els", codes[3])
    sign_in(second, "els", codes[3])

    assert "You used a recovery code. 9 codes are left." in text(first.get("/en/admin/"))
    assert not is_inside(second)
    assert second_factor.recovery_codes_left(els) == 9
    assert kinds() == ["recovery_code", "wrong_code"]


def test_recovery_code_works_while_codes_must_wait(els):
    """Who knows the password can make the app's codes wait, and never the owner stay out."""
    codes = second_factor.renew_recovery_codes(els)
    for number in range(4):
        sign_in(Client(), "els", "0" * 12, REMOTE_ADDR=f"192.0.2.{number}")
        sign_in(Client(), "els", wrong_code(els.telephone), REMOTE_ADDR=f"192.0.2.{number}")
    owner = Client()

    sign_in(owner, "els", codes[0])

    assert is_inside(owner)


def test_code_of_somebody_else_is_refused(client, els):
    other = make_telephone(make_account("an"))

    sign_in(client, "els", code_of(other))

    assert not is_inside(client)


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_keeps_the_name_and_forgets_the_rest(client, els, language):
    response = sign_in(client, "els", "123123", password="zeer geheim", language=language)

    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert 'name="username" value="els"' in page
    assert "zeer geheim" not in page
    assert "123123" not in page
    for attribute in ('autocomplete="one-time-code"', 'inputmode="numeric"'):
        assert attribute in page


@pytest.mark.parametrize("name", ["x" * 300, "\0", "é😀", "' OR 1=1", "\u202e"])
def test_odd_name_is_no_fault(name):
    assert sign_in(Client(), name).status_code == 200


def test_page_asked_for_comes_after_signing_in(client, els):
    wanted = reverse("admin:practices_practice_changelist")
    asked = client.get(wanted)

    typed = {"username": "els", "password": PASSWORD, "code": code_of(els.telephone)}
    response = client.post(asked.url, typed | {"next": wanted})

    assert response.url == wanted


# --- Too many tries ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_fifth_failure_is_told_how_long_to_wait(els, language):
    assert fail(4, language=language).status_code == 200

    response = fail(1, language=language)

    assert (response.status_code, response.headers["Retry-After"]) == (429, "900")
    assert f'<html lang="{language}"' in response.content.decode()
    assert "Family Support" in text(response)
    assert " 15 " in text(response)
    assert sorted(kinds()) == ["locked_out"] + ["wrong_password"] * 5


def test_right_password_and_code_are_refused_while_locked(client, els):
    fail(5)

    response = sign_in(client, "els", code_of(els.telephone))

    assert response.status_code == 429
    assert not is_inside(client)


def test_wrong_codes_count_as_failures(els):
    for _ in range(5):
        response = sign_in(Client(), "els")

    assert response.status_code == 429


def test_owner_comes_in_from_another_address(client, els):
    fail(5)

    sign_in(client, "els", code_of(els.telephone), REMOTE_ADDR=OTHER_ADDRESS)

    assert is_inside(client)


def test_other_account_comes_in_from_the_same_address(client, els):
    fail(5, "an")

    sign_in(client, "els", code_of(els.telephone))

    assert is_inside(client)


def test_made_up_header_does_not_open_the_lock(els):
    for number in range(5):
        fail(1, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")

    assert fail(1, HTTP_X_FORWARDED_FOR="192.0.2.99").status_code == 429


def test_made_up_hop_does_not_open_the_lock_behind_a_proxy(els, settings):
    settings.BEHIND_PROXY = True
    for number in range(5):
        fail(1, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, {OTHER_ADDRESS}")

    assert fail(1, HTTP_X_FORWARDED_FOR=f"192.0.2.99, {OTHER_ADDRESS}").status_code == 429
    assert fail(1, HTTP_X_FORWARDED_FOR="192.0.2.99").status_code == 200


def test_lock_opens_after_fifteen_minutes_whatever_was_tried(client, els):
    fail(5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert fail(1).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15))

    sign_in(client, "els", code_of(els.telephone))

    assert is_inside(client)


def test_tries_while_locked_write_nothing(els):
    fail(5)
    before = (kinds(), list(AccessAttempt.objects.values()))

    fail(3)

    assert (kinds(), list(AccessAttempt.objects.values())) == before


def test_signing_in_forgets_the_failures(els):
    fail(4)
    sign_in(Client(), "els", code_of(els.telephone))

    assert fail(4).status_code == 200


# --- What is written down ----------------------------------------------------------------------


def test_signing_out_is_written_down(els):
    client = curator_client(els)

    client.post(reverse("admin:logout"))

    assert events()[-1] == ("signed_out", "els", "127.0.0.1")
    assert not is_inside(client)


def test_name_that_no_account_has_is_not_kept():
    sign_in(Client(), "my password by mistake", password="wrong")

    assert events() == [("wrong_password", "", "127.0.0.1")]


def test_no_secret_is_written_down(els, caplog):
    caplog.set_level(logging.DEBUG)
    path = reverse("admin:login") + "?next=/en/admin/%3Fq%3Dcanary-question"
    typed = {"username": "els", "password": "canary-password", "code": "909090"}

    Client().post(path, typed | {"next": "/en/admin/?q=canary-question"})
    Client().post(path, typed | {"password": PASSWORD})

    stored = [*AccessAttempt.objects.values(), *SignInEvent.objects.values()]
    told = repr(stored) + caplog.text
    assert kinds() == ["wrong_password", "wrong_code"]
    for secret in ("canary", "909090", PASSWORD):
        assert secret not in told


def test_events_older_than_the_setting_are_forgotten_at_the_next_sign_in(els, settings):
    settings.SIGN_INS_KEPT = timedelta(days=30)
    for days in (29, 31):
        SignInEvent.objects.create(
            kind="signed_in", account=f"{days}", at=timezone.now() - timedelta(days=days)
        )

    sign_in(Client(), "els", code_of(els.telephone))

    assert [account for kind, account, address in events()] == ["29", "els"]


def test_superuser_reads_the_sign_ins_and_changes_nothing(els):
    sign_in(Client(), "els", password="wrong")
    event = SignInEvent.objects.get()
    client = curator_client(els)

    page = text(client.get(reverse("admin:care_signinevent_changelist"), {"q": "els"}))
    detail = client.get(reverse("admin:care_signinevent_change", args=[event.pk]))

    assert "els refused: name or password 127.0.0.1" in page
    assert b'name="_save"' not in detail.content
    assert b"deletelink" not in detail.content


# --- Readers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "about", "help_line_list", "practice_list"])
def test_reading_writes_nothing_and_sets_no_cookie(name):
    """Not even with a cookie of a session that does not exist."""
    client = Client()
    client.cookies["sessionid"] = "m" * 32

    response = client.get(address(name))

    assert response.status_code == 200
    assert [cookie.key for cookie in response.cookies.values() if cookie.value] == []
    assert not Session.objects.exists()
    assert not SignInEvent.objects.exists()
    assert not AccessAttempt.objects.exists()
