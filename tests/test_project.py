"""What must hold for the whole project."""

import ast
import gzip
import re
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver

from familysupport.release import release_of

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


@pytest.mark.parametrize("room", ROOMS)
def test_changed_code_of_a_room_is_another_release(tmp_path, room):
    before = release_of(tmp_path)

    (tmp_path / room).mkdir()
    (tmp_path / room / "views.py").write_text("changed")

    assert release_of(tmp_path) != before


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
