"""The drill: copy, lose everything, put back, compare; and what is refused on the way."""

import io
import json
import stat
import zipfile
from contextlib import contextmanager
from datetime import datetime

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import close_old_connections, connection
from django.test import Client

from curation.backups import BackupError, archive, postgresql, sqlite
from curation.backups.acts import configured_database
from curation.content.load import load_content
from practices.models import Practice
from tests.curation.content_folder import make_folder
from tests.databases import connected_to, copy_of_test_database, database_beside

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    with django_db_blocker.unblock(), copy_of_test_database(folder, "kept") as environment:
        with connected_to(environment):
            load_content(make_folder(tmp_path_factory.mktemp("content")))
        yield environment


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    return settings.BACKUP_DIR


@pytest.fixture
def full(site, settings):
    """The commands work on a database with content."""
    with working_on(site, settings):
        yield


@contextmanager
def working_on(environment, settings):
    with connected_to(environment) as own:
        before = settings.DATABASES["default"]["NAME"]
        settings.DATABASES["default"]["NAME"] = own.settings_dict["NAME"]
        try:
            yield own
        finally:
            settings.DATABASES["default"]["NAME"] = before


@pytest.fixture
def empty(site, tmp_path):
    """A site whose database has nothing in it."""
    environment = site | {"VAR_DIR": str(tmp_path / "empty")}
    if "DATABASE_URL" not in site:
        yield environment
        return
    with database_beside(site["DATABASE_URL"], "empty") as url:
        yield environment | {"DATABASE_URL": url}


def run(*arguments, **options):
    said = io.StringIO()
    call_command(*arguments, stdout=said, **options)
    return said.getvalue().splitlines()


def refused(*arguments, **options):
    with pytest.raises(CommandError) as error:
        run(*arguments, **options)
    return str(error.value)


def newest(folder):
    return max(folder.glob("family-support-*.zip"), key=lambda path: path.stat().st_mtime)


def make(folder):
    run("backup")
    return newest(folder)


def manifest(path):
    with zipfile.ZipFile(path) as opened:
        return json.loads(opened.read("manifest.json"))


def rename(code="VB01", name="Kortstondig"):
    practice = Practice.objects.get(code=code)
    before, practice.name_nl = practice.name_nl, name
    practice.save()
    return before


def name_now(code="VB01"):
    close_old_connections()
    return Practice.objects.get(code=code).name_nl


# --- A backup ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("full")
def test_backup_is_one_dated_file_that_only_its_owner_reads(folder):
    (said,) = run("backup")

    (path,) = folder.iterdir()
    datetime.strptime(path.stem, "family-support-%Y-%m-%d-%H%M%S")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert said.startswith(f"backup: {path}, ")
    assert said.endswith(", read back and equal")


@pytest.mark.usefixtures("full")
def test_manifest_says_what_is_in_it(folder):
    stated = manifest(make(folder))

    assert (stated["format"], stated["release"]) == (1, settings.RELEASE)
    assert stated["database"] == connection.vendor
    assert stated["tables"]["practices_practice"]["rows"] == Practice.objects.count() == 1
    assert stated["tables"]["places_place"]["rows"] > 3000
    assert "practices.0001_practices" in stated["migrations"]
    assert all(len(table["hash"]) == 64 for table in stated["tables"].values())


@pytest.mark.usefixtures("full")
def test_hash_of_a_table_changes_with_one_letter(folder):
    before = manifest(make(folder))["tables"]
    old = rename()

    after = manifest(make(folder))["tables"]
    rename(name=old)

    changed = {name for name in before if before[name] != after[name]}
    assert "practices_practice" in changed
    assert "places_place" not in changed


@pytest.mark.usefixtures("full")
def test_keep_removes_all_but_the_newest(folder):
    first, second = make(folder), make(folder)
    kept_apart = folder / "before-restore-2026-01-01-000000.zip"
    kept_apart.write_bytes(b"")

    (said,) = run("backup", keep=2)

    assert said.endswith("; 1 older removed")
    assert not first.exists()
    assert sorted(folder.glob("*.zip")) == sorted([kept_apart, second, newest(folder)])
    assert refused("backup", keep=0) == "KEEP=0 would keep no backup: give 1 or more."


@pytest.mark.usefixtures("full")
def test_backup_that_cannot_be_written_leaves_nothing(folder, monkeypatch):
    def full_disk(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.os, "fsync", full_disk)

    assert refused("backup") == f"No backup was made in {folder}: No space left on device."
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("full")
def test_backup_that_does_not_read_back_is_removed(folder, monkeypatch):
    hashes = iter("ab")  # of what was written, and of what is read
    monkeypatch.setattr(archive, "sha256_of", lambda path: next(hashes))

    assert refused("backup").endswith(" is damaged.")
    assert list(folder.iterdir()) == []


def test_empty_database_is_not_kept(empty, settings):
    with working_on(empty, settings) as own:
        if own.vendor == "postgresql":
            assert refused("backup") == "The database is empty: there is nothing to keep."
        else:
            assert refused("backup").startswith("There is no database at ")


# --- The drill ---------------------------------------------------------------------------------


def test_restore_on_an_empty_target_gives_equal_rows_and_hashes(site, empty, settings, folder):
    with working_on(site, settings):
        path = make(folder)
    stated = manifest(path)

    with working_on(empty, settings):
        said = run("restore", path)
        there = configured_database().contents()
        page = Client().get("/en/practices/")
        call_command("migrate", check_unapplied=True, verbosity=0)
        rename()  # sequences and the search index go on where they were

    rows = sum(table["rows"] for table in stated["tables"].values())
    assert said == [
        f"restored: {len(stated['tables'])} tables, {rows} rows; row counts and hashes are equal"
    ]
    assert (there.tables, there.migrations) == (stated["tables"], stated["migrations"])
    assert "Talking table" in page.content.decode()


@pytest.mark.usefixtures("full")
def test_restore_on_a_filled_target_is_refused(folder):
    path = make(folder)
    old = rename()

    said = refused("restore", path)

    assert said.startswith("The database holds records: nothing was changed. With FORCE=1")
    assert name_now() == "Kortstondig"
    rename(name=old)


@pytest.mark.usefixtures("full")
def test_forced_restore_keeps_what_was_there_and_can_be_undone(folder):
    path = make(folder)
    old = rename()
    assert Client().get("/nl/praktijken/").status_code == 200

    kept, told = run("restore", path, force=True)

    (safety,) = folder.glob("before-restore-*.zip")
    assert kept == f"What was there before is kept in {safety}"
    assert told.endswith("row counts and hashes are equal")
    assert name_now() == old
    assert old in Client().get("/nl/praktijken/").content.decode()
    run("restore", safety, force=True)
    assert name_now() == "Kortstondig"
    rename(name=old)


@pytest.mark.usefixtures("full")
def test_restore_that_fails_leaves_the_old_database(folder, monkeypatch):
    path = make(folder)
    old = rename()
    before = configured_database().contents()
    module = type(configured_database()).__module__

    with monkeypatch.context() as patched:
        fail_while_writing(patched, module)
        said = refused("restore", path, force=True)

    assert said
    assert configured_database().contents().tables == before.tables
    assert name_now() == "Kortstondig"
    rename(name=old)


def fail_while_writing(monkeypatch, module):
    """PostgreSQL breaks off in the middle of the rows; SQLite in the middle of its pages."""
    if module == postgresql.__name__:
        pieces = postgresql.pieces

        def broken(script):
            for number, piece in enumerate(pieces(script)):
                yield piece if number != 2000 else ("sql", b"SELECT no_such_thing")

        monkeypatch.setattr(postgresql, "pieces", count_from_second_call(pieces, broken))
    else:
        monkeypatch.setattr("curation.backups.sqlite.Sqlite.replace_with", break_off)


def count_from_second_call(first, later):
    """The first reading is the check of the copy, the second the restore itself."""
    calls = iter([first, first, later])
    return lambda script: next(calls, later)(script)


class EnoughError(Exception):
    pass


def break_off(database, copy_path, expected):
    def stop(status, remaining, total):
        if remaining < total / 2:
            raise EnoughError

    with sqlite.connected(copy_path) as copy, sqlite.connected(database.path) as live:
        try:
            copy.backup(live, pages=10, progress=stop)
        except EnoughError:
            raise BackupError("broken off") from None


# --- What is refused ---------------------------------------------------------------------------


@pytest.fixture
def good(full, folder):
    return make(folder)


def rewritten(path, **changes):
    """The same backup with another manifest."""
    other = path.with_name("other.zip")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(other, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | changes).encode()
            after.writestr(name, content)
    return other


def test_missing_file_is_refused(full, tmp_path):
    assert refused("restore", tmp_path / "no.zip") == f"There is no file {tmp_path / 'no.zip'}."


@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_truncated_file_is_refused(good, share):
    whole = good.read_bytes()
    good.write_bytes(whole[: int(len(whole) * share)])

    assert refused("restore", good) == f"{good} is not a backup, or not a whole one."


def test_damaged_file_is_refused(good):
    whole = bytearray(good.read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 8] = bytes(byte ^ 0xFF for byte in whole[middle : middle + 8])
    good.write_bytes(whole)

    assert refused("restore", good, force=True) == f"{good} is not a backup, or not a whole one."


def test_foreign_files_are_refused(full, tmp_path):
    text, other_zip = tmp_path / "notes.txt", tmp_path / "photos.zip"
    text.write_text("no backup")
    with zipfile.ZipFile(other_zip, "w") as opened:
        opened.writestr("photo", b"")

    assert refused("restore", text) == f"{text} is not a backup, or not a whole one."
    assert refused("restore", other_zip) == f"{other_zip} is not a backup of this directory."
    assert refused("restore", tmp_path) == f"{tmp_path} cannot be read: Is a directory."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": 2}, "This backup has format 2, this release reads 1."),
        ({"database": "other"}, "This is a backup of other, the database here is "),
        ({"tables": None}, "The manifest of this file cannot be read."),
        ({"tables": {}}, "The copy differs from its manifest in: "),
        ({"sha256": ""}, "other.zip is damaged."),
        (
            {"migrations": ["practices.9999_later"]},
            "This backup was made by another release: it has had the migration "
            "practices.9999_later, which this release does not know.",
        ),
    ],
    ids=str,
)
def test_manifest_that_does_not_fit_is_refused(good, changes, said):
    old = name_now()

    assert said in refused("restore", rewritten(good, **changes), force=True)
    assert name_now() == old


def test_backup_of_an_older_release_says_what_to_do_next(good, empty, settings):
    stated = [name for name in manifest(good)["migrations"] if not name.startswith("curation.")]

    with working_on(empty, settings):
        said = run("restore", rewritten(good, migrations=stated))

    assert said[-1] == "It is of an older release: now run manage.py migrate"


# --- Each database -----------------------------------------------------------------------------


def test_file_that_is_no_database_is_put_aside_when_forced(good, empty, settings):
    if connection.vendor != "sqlite":
        pytest.skip("about the file of SQLite")
    with working_on(empty, settings):
        path = configured_database().path
        path.parent.mkdir()
        path.write_bytes(b"no database " * 1000)

        said = refused("restore", good)
        kept, told = run("restore", good, force=True)

        assert said == (
            f"SQLite says of {path.name}: file is not a database. "
            "FORCE=1 puts it aside and restores."
        )
        assert kept.startswith(f"What was there before is kept in {path}.damaged-")
        assert told.endswith("equal")
        assert name_now() == "Praattafel"


@pytest.fixture
def tools(monkeypatch, full, tmp_path):
    """A folder in front of the tools of PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("about the tools of PostgreSQL")
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_missing_tool_is_told(tools):
    assert refused("backup") == (
        "pg_dump is not installed. It comes with the client of PostgreSQL "
        "(Debian: postgresql-client)."
    )


def test_tool_that_is_too_old_is_told(tools):
    old = tools / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)

    assert refused("backup").startswith("pg_dump is of PostgreSQL 9, the server of ")


def test_database_that_is_away_is_told(full, settings, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("about the server of PostgreSQL")

    def refuse(**parameters):
        raise psycopg.OperationalError("connection refused\n\tIs the server running?")

    monkeypatch.setattr(postgresql.psycopg, "connect", refuse)

    assert refused("backup") == "PostgreSQL says: connection refused"
