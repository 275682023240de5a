import re
from base64 import b32decode

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp import user_has_device
from django_otp.plugins.otp_totp.models import TOTPDevice

from care import second_factor
from care.models import SignInEvent
from tests.pages import address, text
from tests.staff import (
    PASSWORD,
    code_from,
    code_of,
    curator_client,
    is_inside,
    make_account,
    make_telephone,
    recovery_codes_on,
    secret_on,
    sign_in,
)

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
SET_UP = "admin:set_up_telephone"


@pytest.fixture
def els():
    return make_account("els")


def newcomer(username="els"):
    """A browser in which somebody without second factor has typed the password."""
    client = Client()
    sign_in(client, username)
    return client


def shown_key(client):
    return b32decode(secret_on(client.get(address(SET_UP))).replace(" ", ""))


def set_up(client, **typed):
    return client.post(address(SET_UP), {"code": code_from(shown_key(client))} | typed)


def kinds():
    return list(SignInEvent.objects.order_by("pk").values_list("kind", flat=True))


# --- The first time ----------------------------------------------------------------------------


def test_password_alone_leads_to_the_set_up_and_nowhere_else(client, els):
    wanted = reverse("admin:practices_practice_changelist")

    sign_in(client, "els")
    response = client.get(wanted, follow=True)

    assert [status for path, status in response.redirect_chain] == [302, 302]
    assert response.request["PATH_INFO"] == address(SET_UP)
    assert not is_inside(client)
    assert kinds() == ["password_only"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_set_up_shows_picture_and_secret(els, language):
    response = newcomer().get(address(SET_UP, language=language))

    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert page.count('class="qrline"') == 1
    assert re.search(r'<svg viewBox="0 0 \d+ \d+" class="segno">', page)
    assert len(secret_on(response).replace(" ", "")) == 32
    assert "no-store" in response.headers["Cache-Control"]


def test_picture_holds_the_secret(els):
    key = second_factor.new_key()

    uri = TOTPDevice(user=els, key=key).config_url

    assert uri.startswith("otpauth://totp/Family%20Support%3Aels?secret=")
    assert f"secret={second_factor.readable_secret(key).replace(' ', '')}&" in uri
    assert second_factor.qr_code(els, key) == second_factor.segno.make(uri, error="m", micro=False)


def test_first_code_opens_the_admin_and_shows_recovery_codes(els):
    client = newcomer()

    response = set_up(client)

    codes = recovery_codes_on(response)
    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {14}
    assert is_inside(client)
    assert kinds() == ["password_only", "set_up"]
    for code in (codes[0], codes[9]):
        sign_in(other := Client(), "els", code)
        assert is_inside(other)


def test_first_code_is_used_up(els):
    client = newcomer()
    code = code_from(shown_key(client))
    client.post(address(SET_UP), {"code": code})
    other = Client()

    sign_in(other, "els", code)

    assert not is_inside(other)


@pytest.mark.parametrize("code", ["000000", "", "abc", "12", "9" * 41])
def test_code_that_does_not_fit_keeps_the_secret(els, code, monkeypatch):
    client = newcomer()
    key = shown_key(client)
    monkeypatch.setattr("time.time", lambda: 1_700_000_000)  # its code is not 000000

    response = client.post(address(SET_UP), {"code": code})

    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()
    assert shown_key(client) == key
    assert not user_has_device(els)


def test_another_browser_that_knows_the_password_sees_another_secret(els):
    assert shown_key(newcomer()) != shown_key(newcomer())


def test_set_up_elsewhere_ends_the_browser_that_has_only_the_password(els):
    waiting, owner = newcomer(), newcomer()
    key = shown_key(waiting)
    set_up(owner)

    response = waiting.post(address(SET_UP), {"code": code_from(key)})

    assert "/admin/login/" in response.url
    assert "_auth_user_id" not in waiting.session
    assert is_inside(owner)


def test_set_up_changes_the_session_key(els):
    client = newcomer()
    before = client.session.session_key

    set_up(client)

    assert client.session.session_key != before


def test_set_up_leads_on_to_the_page_asked_for(els):
    client = newcomer()
    wanted = address("admin:practices_practice_changelist")

    path = f"{address(SET_UP)}?next={wanted}"
    response = client.post(path, {"code": code_from(shown_key(client))})

    assert f'href="{wanted}"' in response.content.decode()


@pytest.mark.parametrize("wanted", ["https://a.example/", "//a.example", "javascript:1"])
def test_set_up_never_leads_elsewhere(els, wanted):
    client = newcomer()

    path = f"{address(SET_UP)}?next={wanted}"
    response = client.post(path, {"code": code_from(shown_key(client))})

    assert response.context["next"] == "/en/admin/"


def test_who_does_not_want_to_set_it_up_now_can_leave(els):
    client = newcomer()

    response = client.post(address(SET_UP), {"leave": "1"})

    assert response.url == "/en/"
    assert "_auth_user_id" not in client.session
    assert kinds() == ["password_only", "signed_out"]


@pytest.mark.parametrize("values", [{"is_staff": False}, {"is_active": False}])
def test_set_up_is_for_staff_only(client, values):
    client.force_login(make_account("an", **values))

    assert "/admin/login/" in client.get(address(SET_UP)).url


# --- Later -------------------------------------------------------------------------------------


def test_other_telephone_needs_the_password(els):
    client = curator_client(els)
    telephone = second_factor.telephone_of(els)

    response = set_up(client, password="wrong")

    assert "This is not your password." in text(response)
    assert second_factor.telephone_of(els) == telephone
    assert kinds()[-1] == "wrong_password"


def test_other_telephone_ends_the_first_one_and_every_other_session(els):
    client, elsewhere = curator_client(els), curator_client(els)
    first = second_factor.telephone_of(els)
    old_codes = second_factor.renew_recovery_codes(els)

    response = set_up(client, password=PASSWORD)

    assert len(recovery_codes_on(response)) == 10
    assert is_inside(client)
    assert not is_inside(elsewhere)
    assert "_auth_user_id" not in elsewhere.session
    for code in (code_of(first), old_codes[0]):
        sign_in(other := Client(), "els", code)
        assert not is_inside(other)


def test_new_recovery_codes_take_the_place_of_the_older_ones(els):
    client = curator_client(els)
    old = second_factor.renew_recovery_codes(els)

    response = client.post(address("admin:second_factor"), {"password": PASSWORD})

    new = recovery_codes_on(response)
    assert len(new) == 10
    assert set(new).isdisjoint(old)
    sign_in(first := Client(), "els", old[0])
    sign_in(second := Client(), "els", new[0])
    assert (is_inside(first), is_inside(second)) == (False, True)


def test_new_recovery_codes_leave_who_signed_in_with_one_inside(els):
    make_telephone(els)
    client = Client()
    sign_in(client, "els", second_factor.renew_recovery_codes(els)[0])

    client.post(address("admin:second_factor"), {"password": PASSWORD})

    assert is_inside(client)


def test_new_recovery_codes_need_the_password(els):
    client = curator_client(els)
    second_factor.renew_recovery_codes(els)

    response = client.post(address("admin:second_factor"), {"password": "wrong"})

    assert recovery_codes_on(response) == []
    assert second_factor.recovery_codes_left(els) == 10


def test_password_of_an_open_session_cannot_be_guessed(els):
    client = curator_client(els)
    for _ in range(5):
        response = client.post(address("admin:second_factor"), {"password": "wrong"})

    assert response.status_code == 429
    assert client.post(address("admin:second_factor"), {"password": PASSWORD}).status_code == 429


@pytest.mark.parametrize("language", LANGUAGES)
def test_state_tells_what_there_is(els, language):
    client = curator_client(els)
    second_factor.renew_recovery_codes(els)

    response = client.get(address("admin:second_factor", language=language))

    assert f'<html lang="{language}"' in response.content.decode()
    assert "10 " in text(response)
    assert address(SET_UP, language=language) in response.content.decode()


# --- What others see ---------------------------------------------------------------------------


def test_list_of_accounts_tells_who_has_none(els):
    client = curator_client(els)
    make_account("an")

    page = client.get(reverse("admin:auth_user_changelist")).content.decode()

    cells = re.findall(r'field-second_factor"><img src="[^"]*icon-(\w+)', page)
    assert cells == ["no", "yes"]


def test_admin_never_shows_a_secret(els):
    client = curator_client(els)
    telephone = second_factor.telephone_of(els)
    code = second_factor.renew_recovery_codes(els)[0]
    paths = [
        reverse("admin:index"),
        reverse("admin:second_factor"),
        reverse("admin:auth_user_change", args=[els.pk]),
        reverse("admin:auth_user_delete", args=[els.pk]),
    ]

    pages = "".join(client.get(path).content.decode() for path in paths)

    for secret in (telephone.key, second_factor.readable_secret(telephone.key), code):
        assert secret not in pages
        assert secret.replace(" ", "") not in pages


# --- reset_second_factor -----------------------------------------------------------------------


def test_reset_takes_the_second_factor_away_and_ends_the_sessions(els, capsys):
    client = curator_client(els)
    codes = second_factor.renew_recovery_codes(els)

    call_command("reset_second_factor", "els")

    assert capsys.readouterr().out.startswith("The second factor of els is gone")
    assert not user_has_device(els)
    assert client.get(address(SET_UP)).status_code == 302
    assert "_auth_user_id" not in client.session
    assert kinds()[-1] == "signed_out"
    assert "reset" in kinds()
    owner = newcomer()
    assert set_up(owner).status_code == 200
    sign_in(other := Client(), "els", codes[0])
    assert not is_inside(other)


def test_reset_of_nobody_is_refused():
    with pytest.raises(CommandError, match=r"^There is no account nobody\.$"):
        call_command("reset_second_factor", "nobody")
