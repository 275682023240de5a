"""What the product refuses to start with, each in a process of its own."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.thorough


def test_exit_must_lead_to_a_page(tmp_path):
    code, said = start(EXIT_URL="javascript:alert(1)", VAR_DIR=str(tmp_path))

    assert (code, len(said.splitlines())) == (1, 1)
    assert "EXIT_URL" in said


def start(**environment):
    """Starts the settings in a process of their own; returns what is said and the exit code."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={"PATH": "/usr/bin:/bin"} | environment,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr.strip()


OPERATOR = {
    "OPERATOR_NAME": "Example",
    "OPERATOR_ADDRESS": "1 Example Street",
    "OPERATOR_EMAIL": "info@a.example",
    "PRIVACY_EMAIL": "privacy@a.example",
    "SECURITY_EMAIL": "security@a.example",
    "SUPERVISOR": "Example Authority",
}
STATE_KEYS = {"STATE_KEYS": "a" * 43 + "=", "CONFIDENTIAL_KEYS": "b" * 43 + "="}


def test_production_refuses_to_start_without_a_secret_key(tmp_path):
    code, said = start(
        PRODUCTION="1", ALLOWED_HOSTS="example.org", VAR_DIR=str(tmp_path), **OPERATOR
    )

    assert (code, len(said.splitlines())) == (1, 1)
    assert "SECRET_KEY" in said


def test_production_refuses_to_start_with_debug(tmp_path):
    values = {"PRODUCTION": "1", "DEBUG": "1", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "a.example"}

    code, said = start(VAR_DIR=str(tmp_path), **values, **OPERATOR)

    assert (code, len(said.splitlines())) == (1, 1)
    assert "DEBUG" in said


@pytest.mark.parametrize("keys", ["", "short"])
def test_production_refuses_to_start_without_a_key_for_searches(tmp_path, keys):
    values = {"PRODUCTION": "1", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "a.example"}

    code, said = start(VAR_DIR=str(tmp_path), STATE_KEYS=keys, **values, **OPERATOR)

    assert (code, len(said.splitlines())) == (1, 1)
    assert "STATE_KEYS" in said
    assert "make_state_key" in said


@pytest.mark.parametrize("keys", ["", "short"])
def test_production_refuses_to_start_without_a_key_for_what_is_confided(tmp_path, keys):
    values = {"PRODUCTION": "1", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "a.example"}
    values |= STATE_KEYS | {"CONFIDENTIAL_KEYS": keys}

    code, said = start(VAR_DIR=str(tmp_path), **values, **OPERATOR)

    assert (code, len(said.splitlines())) == (1, 1)
    assert "CONFIDENTIAL_KEYS" in said


def test_question_is_not_removed_before_it_is_anonymous(tmp_path):
    months = {"CONSULTATION_MONTHS": "12", "CONSULTATION_MONTHS_TO_REMOVAL": "6"}

    code, said = start(VAR_DIR=str(tmp_path), **months)

    assert (code, len(said.splitlines())) == (1, 1)
    assert "CONSULTATION_MONTHS_TO_REMOVAL" in said


def test_production_refuses_to_start_without_its_operator_and_names_all_that_is_missing(tmp_path):
    values = {"PRODUCTION": "1", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "a.example"}
    known = {"OPERATOR_NAME": "Example", "SUPERVISOR": " "} | STATE_KEYS

    code, said = start(VAR_DIR=str(tmp_path), **values, **known)

    assert (code, len(said.splitlines())) == (1, 1)
    assert "OPERATOR_NAME" not in said
    assert all(name in said for name in OPERATOR if name != "OPERATOR_NAME")


def test_production_passes_the_deployment_checks(tmp_path):
    secret = "".join(chr(33 + number % 90) for number in range(60))
    values = {"PRODUCTION": "1", "SECRET_KEY": secret, "ALLOWED_HOSTS": "a.example"} | STATE_KEYS

    code, said = start(VAR_DIR=str(tmp_path), **values, **OPERATOR)

    assert (code, said.count("WARNING")) == (0, 0), said


def test_settings_of_the_manual_start_production(tmp_path):
    manual = (settings.BASE_DIR / "DEPLOY.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```sh\n(PRODUCTION=1\n.*?)```", manual, re.DOTALL)
    values = dict(line.split("=", 1) for line in block.splitlines() if line)
    values = {name: value.strip("'") for name, value in values.items()}
    values |= {"SECRET_KEY": "".join(chr(33 + number) for number in range(60))} | STATE_KEYS
    del values["DATABASE_URL"]

    code, said = start(**values | {"VAR_DIR": str(tmp_path), "STATIC_ROOT": str(tmp_path)})

    assert (code, said.count("WARNING")) == (0, 0), said


@pytest.mark.parametrize("url", ["nonsense", "mysql//", "postgres"])
def test_database_address_that_is_none_is_refused_in_one_line(url, tmp_path):
    code, said = start(DATABASE_URL=url, VAR_DIR=str(tmp_path))

    assert (code, len(said.splitlines())) == (1, 1)
    assert "DATABASE_URL" in said


@pytest.mark.parametrize("days", ["many", "0", "-3", "1.5", "9" * 30])
def test_sign_in_log_days_that_are_no_number_are_refused_in_one_line(days, tmp_path):
    code, said = start(SIGN_IN_LOG_DAYS=days, VAR_DIR=str(tmp_path))

    assert (code, len(said.splitlines())) == (1, 1)
    assert "SIGN_IN_LOG_DAYS" in said
