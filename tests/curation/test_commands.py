"""The commands that make an installation ready."""

import re
from base64 import b32decode

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections

from care import second_factor
from tests.staff import code_from, is_inside, sign_in

User = get_user_model()
STRONG = "een lange zin die niemand raadt"


@pytest.fixture
def password(monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", STRONG)


# --- create_admin ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("password")
def test_create_admin_creates_an_account_that_may_do_everything(capsys):
    call_command("create_admin", "els")

    account = User.objects.get()
    assert (account.username, account.is_active) == ("els", True)
    assert (account.is_staff, account.is_superuser) == (True, True)
    assert account.check_password(STRONG)
    assert capsys.readouterr().out.startswith(
        "The account els may sign in at /nl/admin/, /fr/admin/, /en/admin/.\n"
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("password")
def test_create_admin_without_a_name_is_admin():
    call_command("create_admin")

    assert [account.username for account in User.objects.all()] == ["admin"]


@pytest.mark.django_db
@pytest.mark.usefixtures("password")
def test_create_admin_shows_the_second_factor(capsys):
    call_command("create_admin", "els")

    shown = capsys.readouterr().out
    key = second_factor.telephone_of(User.objects.get()).key
    picture = second_factor.picture_for_terminal(User.objects.get(), key)
    assert picture in shown
    assert {len(line) for line in picture.splitlines()} == {len(picture.splitlines()[0])}
    assert f"Secret: {second_factor.readable_secret(key)}\n" in shown
    assert len(re.findall(r"^  \d{4} \d{4} \d{4}$", shown, re.MULTILINE)) == 10


@pytest.mark.django_db
@pytest.mark.usefixtures("password")
@pytest.mark.parametrize("factor", ["telephone", "recovery code"])
def test_created_admin_may_sign_in_with_what_was_shown(client, capsys, factor):
    call_command("create_admin", "els")
    shown = capsys.readouterr().out
    secret = re.search(r"Secret: ([A-Z2-7 ]+)", shown).group(1).replace(" ", "")
    recovery_codes = re.findall(r"^  (\d{4} \d{4} \d{4})$", shown, re.MULTILINE)
    code = code_from(b32decode(secret)) if factor == "telephone" else recovery_codes[7]

    sign_in(client, "els", code, password=STRONG)

    assert is_inside(client)


@pytest.mark.django_db
@pytest.mark.usefixtures("password")
def test_created_admin_cannot_sign_in_with_the_password_alone(client):
    call_command("create_admin", "els")

    sign_in(client, "els", password=STRONG)

    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.usefixtures("password")
def test_create_admin_makes_no_account_without_second_factor(monkeypatch):
    def fail(*args):
        raise OperationalError("disk is full")

    monkeypatch.setattr(second_factor, "set_up_telephone", fail)

    with pytest.raises(OperationalError):
        call_command("create_admin", "els")

    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("weak", "reason"),
    [
        (
            "short",
            "This password is too short. It must contain at least 8 characters.",
        ),
        ("password", "This password is too common."),
        ("58203958203", "This password is entirely numeric."),
        ("elisabethh", "The password is too similar to the username."),
    ],
)
def test_create_admin_with_a_weak_password_is_refused(weak, reason, monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", weak)

    with pytest.raises(CommandError) as refused:
        call_command("create_admin", "elisabeth")

    assert str(refused.value) == reason
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("password")
def test_create_admin_with_an_existing_name_is_refused():
    existing = User.objects.create_user("els", password="haar eigen wachtwoord")

    with pytest.raises(CommandError) as refused:
        call_command("create_admin", "els")

    assert str(refused.value) == (
        "The account els exists. Choose another name, or give it a new password: "
        "manage.py changepassword els"
    )
    assert User.objects.get() == existing
    assert User.objects.get().check_password("haar eigen wachtwoord")


# --- prepare -----------------------------------------------------------------------------------


def test_prepare_without_a_database_is_refused_in_one_line(monkeypatch):
    connection = connections["default"]
    place = "DATABASE_URL" if connection.vendor == "postgresql" else settings.VAR_DIR

    def refuse():
        raise OperationalError("connection refused\n\tIs the server running?")

    monkeypatch.setattr(connection, "ensure_connection", refuse)

    with pytest.raises(CommandError) as refused:
        call_command("prepare")

    assert str(refused.value) == (
        f"The database cannot be reached (connection refused). Check {place}."
    )
