"""What must hold for the whole project."""

import ast
import gzip
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver

ROOMS = (
    "curation",
    "guide",
    "trainings",
    "practices",
    "network",
    "wording",
    "search",
    "places",
    "care",
)
LANGUAGES = ("nl", "fr", "en")


def catalogue(language):
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete(language):
    for message in catalogue(language):
        if not message.id:
            continue
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(texts), message.id
        assert not message.fuzzy, message.id


def test_catalogues_hold_the_same_texts():
    ids = {language: {message.id for message in catalogue(language)} for language in LANGUAGES}

    assert ids["nl"] == ids["fr"] == ids["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_keeps_the_placeholders(language):
    placeholder = re.compile(r"%\(\w+\)s|<[^>]+>")
    for message in catalogue(language):
        if message.pluralizable or not message.id:
            continue
        wanted, found = placeholder.findall(message.id), placeholder.findall(message.string)
        assert sorted(wanted) == sorted(found), message.id


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_one_way(room):
    allowed = ROOMS[ROOMS.index(room) :]
    for path in (settings.BASE_DIR / room).rglob("*.py"):
        back = set(imports_of(path)) & set(ROOMS) - set(allowed)
        assert not back, f"{path} imports {back}"


def test_every_template_is_used():
    folder = settings.BASE_DIR / "templates"
    names = {str(path.relative_to(folder)) for path in folder.rglob("*.*")}
    sources = [
        path.read_text(encoding="utf-8")
        for place in ("templates", *ROOMS, "familysupport")
        for path in (settings.BASE_DIR / place).rglob("*")
        if path.suffix in {".html", ".py"}
    ]

    unused = {name for name in names if not any(f'"{name}"' in source for source in sources)}

    assert unused <= {"404.html"}


def test_no_template_has_inline_style_or_script():
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", text), path


EXIT_RULES = re.compile(r"/\* The exit: [^*]*\*/\n(.*)/\* The exit ends here", re.DOTALL)


LOADED = {
    "readers": {"exit.js", "suggest.js"},
    "curators with a record": {"exit.js", "admin_tabs.js", "curation.js", "look_alikes.js"},
    "curators with an order": {"exit.js", "order.js"},
}


@pytest.mark.parametrize("page", LOADED)
def test_scripts_that_one_page_loads_stay_small(page):
    scripts = sorted((settings.BASE_DIR / "familysupport" / "static").glob("*.js"))

    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in scripts}

    assert set(sizes) == set().union(*LOADED.values())
    assert sum(sizes[name] for name in LOADED[page]) <= 5_000, sizes


def test_exit_looks_the_same_for_readers_and_curators():
    """Each page asks for one sheet, so the rules of the exit stand in two."""
    found = [EXIT_RULES.findall(sheet(name)) for name in ("site.css", "admin_exit.css")]

    assert found[0] == found[1]
    assert len(found[0]) == 1


def sheet(name):
    return (settings.BASE_DIR / "familysupport" / "static" / name).read_text(encoding="utf-8")


def test_scripts_write_no_html():
    """So that trusted types forbid nothing that a script of ours does."""
    writes = re.compile(r"(inner|outer|Adjacent)HTML|document\.write|eval\(|srcdoc|\.src =")
    for path in (settings.BASE_DIR / "familysupport" / "static").glob("*.js"):
        assert not writes.search(path.read_text(encoding="utf-8")), path


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


def test_addresses_are_prefixed_by_language():
    outside = {
        str(pattern.pattern) for pattern in get_resolver().url_patterns if hasattr(pattern, "name")
    }

    assert outside == {"", "healthz", "readyz", ".well-known/security.txt", "de/", "ar/",
                       "p/<slug:code>"}  # fmt: skip


def test_product_speaks_of_itself_alone():
    words = re.compile(r"\bTODO\b|\bFIXME\b|/root/|/work/|/home/")
    for pattern in ("*.py", "*.html", "*.md", "*.yaml", "Makefile"):
        for path in Path(settings.BASE_DIR).rglob(pattern):
            parts = path.relative_to(settings.BASE_DIR).parts
            if parts[0] in {".venv", "var", "staticfiles"} or path == Path(__file__):
                continue
            assert not words.search(path.read_text(encoding="utf-8")), path
