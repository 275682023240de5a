"""From an invitation to an account with both factors."""

import logging
import re
from base64 import b32decode
from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import signing
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from curation.accounts.models import KEY_LASTS, Invitation
from tests.letters import text_of
from tests.pages import address, text
from tests.staff import (
    PASSWORD,
    code_from,
    curator_client,
    is_inside,
    make_account,
    make_colleague,
    secret_on,
)

pytestmark = pytest.mark.django_db
ADD, LIST = "admin:curation_invitation_add", "admin:curation_invitation_changelist"
NEW = "heel lang en van niemand anders"
ADDRESS = re.compile(r"http://testserver(/\S+)\?key=(\S+)")


@pytest.fixture
def superuser():
    return curator_client(make_account("owner"))


def typed(**changes):
    role = Group.objects.get(name="Editor fr")
    person = {"email": "Els@a.example", "name": "Els Peeters"}
    return person | {"roles": [role.pk], "language": "fr"} | changes


def invite(client, **changes):
    response = client.post(address(ADD), typed(**changes))
    assert response.status_code == 302, response.context["adminform"].form.errors
    return Invitation.objects.get()


def key_in_mail():
    """Of the latest mail: (path, key)."""
    ((path, key),) = ADDRESS.findall(text_of(Email.objects.latest("pk")))
    return path, unquote(key)


def account():
    return get_user_model().objects.get(username="els@a.example")


def choose(client, key, password=NEW, **changes):
    form = {"key": key, "new_password1": password, "new_password2": password} | changes
    return client.post(address("accept_invitation", language="fr"), form)


# --- Inviting ------------------------------------------------------------------------------------


def test_invitation_makes_an_account_without_password_and_queues_a_mail(superuser):
    invitation = invite(superuser)

    made = account()
    assert (made.first_name, made.email) == ("Els Peeters", "els@a.example")
    assert (made.is_staff, made.is_superuser, made.has_usable_password()) == (True, False, False)
    assert [group.name for group in made.groups.all()] == ["Editor fr"]
    assert invitation.invited_by.username == "owner"
    mail = Email.objects.get()
    assert mail.to == ["els@a.example"]
    assert text_of(mail).count("/fr/invitation/?key=") == 1
    assert "els@a.example" in text_of(mail)


def test_mail_is_sent_from_the_queue(superuser, mailoutbox):
    invite(superuser)

    Email.objects.get().dispatch()

    (mail,) = mailoutbox
    assert mail.to == ["els@a.example"]
    assert quote(key_in_mail()[1]) in mail.body


@pytest.mark.parametrize("taken", [{"username": "ELS@a.example"}, {"email": "els@A.example"}])
def test_an_address_is_invited_once(superuser, taken):
    make_account(**taken)

    response = superuser.post(address(ADD), typed())

    assert response.context["adminform"].form.errors == {
        "email": ["There is an account with this address."]
    }
    assert not Invitation.objects.exists()
    assert not Email.objects.exists()


@pytest.mark.parametrize("role", ["Editor nl", "Publisher", "Translator"])
def test_only_who_may_add_accounts_invites(role):
    response = curator_client(make_colleague(role)).post(address(ADD), typed())

    assert response.status_code == 403
    assert not Invitation.objects.exists()


def test_who_may_add_accounts_invites_without_being_superuser():
    keeper = make_account(is_superuser=False)
    keeper.user_permissions.add(Permission.objects.get(codename="add_user"))

    invite(curator_client(keeper))

    assert not account().is_superuser


# --- Coming in -----------------------------------------------------------------------------------


def test_invited_person_chooses_a_password_sets_up_the_factor_and_is_inside(superuser):
    invite(superuser)
    path, key = key_in_mail()
    client = Client()

    page = client.get(path, {"key": key})
    assert page.status_code == 200
    answer = choose(client, key)
    assert answer.headers["Location"] == address("admin:set_up_telephone", language="fr")
    assert not is_inside(client)
    shown = client.get(address("admin:set_up_telephone"))
    secret = b32decode(secret_on(shown).replace(" ", ""))
    client.post(address("admin:set_up_telephone"), {"code": code_from(secret)})

    assert is_inside(client)
    assert account().check_password(NEW)
    assert not Invitation.objects.open().exists()


def test_looking_changes_nothing(superuser):
    invite(superuser)
    path, key = key_in_mail()
    before = get_user_model().objects.filter(username="els@a.example").values().get()

    for client in (Client(), Client()):
        assert client.get(path, {"key": key}).status_code == 200
        assert "sessionid" not in client.cookies

    after = get_user_model().objects.filter(username="els@a.example").values().get()
    assert after == before
    assert choose(Client(), key).status_code == 302


def test_key_works_once(superuser):
    invite(superuser)
    _, key = key_in_mail()

    met = [
        choose(Client(), key).status_code,
        choose(Client(), key, "nog een lange zin").status_code,
    ]

    assert met == [302, 410]
    assert account().check_password(NEW)


def test_key_lasts_72_hours(superuser, monkeypatch):
    invite(superuser)
    _, key = key_in_mail()
    now = signing.time.time()
    assert timedelta(hours=72) == KEY_LASTS
    for later, met in ((72 * 3600 - 60, 200), (72 * 3600 + 60, 410)):
        monkeypatch.setattr(signing.time, "time", lambda later=later: now + later)
        response = Client().get(address("accept_invitation"), {"key": key})
        assert response.status_code == met
    monkeypatch.undo()
    assert not account().has_usable_password()


def test_weak_or_mistyped_passwords_are_refused_and_the_key_goes_on_working(superuser):
    invite(superuser)
    _, key = key_in_mail()
    client = Client()

    weak, common, different = (
        choose(client, key, "kort"),
        choose(client, key, "password"),
        choose(client, key, new_password2="iets anders"),
    )

    for response in (weak, common, different):
        assert response.status_code == 200
        assert response.context["form"].errors
        assert NEW not in response.content.decode()
    assert choose(client, key).status_code == 302


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "other@a.example"}])
def test_key_is_bound_to_the_account(superuser, change):
    invite(superuser)
    _, key = key_in_mail()
    get_user_model().objects.filter(username="els@a.example").update(**change)

    assert choose(Client(), key).status_code == 410


def test_key_of_one_account_opens_no_other(superuser):
    invite(superuser)
    _, key = key_in_mail()
    other = make_account("other")

    choose(Client(), key, username="other", account=other.pk)

    other.refresh_from_db()
    assert other.check_password(PASSWORD)


# --- Keys that open nothing ----------------------------------------------------------------------


def test_every_refusal_is_the_same(superuser):
    invite(superuser)
    path, key = key_in_mail()
    choose(Client(), key)

    pages = [
        Client().get(path, {"key": wrong}) for wrong in ("", "nothing", key, key[:-1], key + "x")
    ]

    assert {page.status_code for page in pages} == {410}
    words = {text(page) for page in pages}
    assert len(words) == 1
    assert "els" not in words.pop().lower()


def test_refusal_says_whom_to_ask(settings):
    settings.OPERATOR = settings.OPERATOR | {"OPERATOR_EMAIL": "info@a.example"}

    told = text(Client().get(address("accept_invitation")))

    assert "Ask the person who invited you to send it again." in told
    assert "Or write to info@a.example." in told


def test_guessing_is_slowed_down_for_one_address_only(superuser):
    invite(superuser)
    _, key = key_in_mail()
    guesser, other = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

    met = [choose(guesser, f"guess-{number}").status_code for number in range(6)]

    assert met == [410] * 4 + [429, 429]
    assert choose(guesser, key).status_code == 429
    assert choose(other, key).status_code == 302


def test_key_stays_out_of_referrers_caches_and_logs(superuser, caplog):
    invite(superuser)
    path, key = key_in_mail()
    client = Client()

    with caplog.at_level(logging.DEBUG):
        pages = [client.get(path, {"key": key}), client.get(path, {"key": key + "x"})]
        pages.append(choose(client, key + "x"))
        pages.append(choose(client, key, "kort"))

    for page in pages:
        assert page.headers["Referrer-Policy"] == "strict-origin"
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert "require-trusted-types-for" in page.headers["Content-Security-Policy"]
    assert key not in caplog.text
    assert f'href="{path}?key={key}' not in pages[0].content.decode()


# --- Open invitations ----------------------------------------------------------------------------


def act(client, action, invitation):
    return client.post(address(LIST), {"action": action, "_selected_action": [invitation.pk]})


def test_renewing_sends_a_new_key_and_closes_the_old_one(superuser):
    invitation = invite(superuser)
    _, old = key_in_mail()
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=4))
    assert Invitation.objects.get().has_expired

    act(superuser, "renew", invitation)

    _, new = key_in_mail()
    assert Email.objects.count() == 2
    assert not Invitation.objects.get().has_expired
    assert choose(Client(), old).status_code == 410
    assert choose(Client(), new).status_code == 302


def test_withdrawing_takes_the_account_away(superuser):
    invitation = invite(superuser)
    _, key = key_in_mail()

    act(superuser, "withdraw", invitation)

    assert not get_user_model().objects.filter(username="els@a.example").exists()
    assert choose(Client(), key).status_code == 410


def test_what_was_accepted_is_neither_listed_nor_withdrawn(superuser):
    invitation = invite(superuser)
    assert "Els Peeters" in text(superuser.get(address(LIST)))
    choose(Client(), key_in_mail()[1])

    act(superuser, "withdraw", invitation)
    act(superuser, "renew", invitation)

    assert "Els Peeters" not in text(superuser.get(address(LIST)))
    assert account().has_usable_password()
    assert Email.objects.count() == 1


def test_account_that_got_a_password_otherwise_is_not_withdrawn(superuser):
    invitation = invite(superuser)
    made = account()
    made.set_password(PASSWORD)
    made.save()

    act(superuser, "withdraw", invitation)

    assert account().check_password(PASSWORD)
    assert not Invitation.objects.open().exists()
