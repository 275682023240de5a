"""Copies of an SQLite database, through SQLite's own backup: whole, also while the site runs."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from curation.backups import BackupError
from curation.backups.contents import Contents, Table

BUSY_SECONDS = 20
TABLES = """
    SELECT name FROM sqlite_master WHERE type = 'table'
    AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name
"""


class Sqlite:
    vendor = "sqlite"
    dump_name = "database.sqlite3"

    def __init__(self, path):
        self.path = Path(path)

    def dump_to(self, copy_path) -> Contents:
        """Copies one moment of the database; returns what it held at that moment."""
        if not self.path.exists():
            raise BackupError(f"There is no database at {self.path}.")
        with connected(self.path) as live:
            live.execute("BEGIN")
            contents = contents_of(live)
            with connected(copy_path) as copy:
                live.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        return contents

    def contents_of_dump(self, copy_path) -> Contents:
        with connected(copy_path) as copy:
            (verdict, *_), *_ = copy.execute("PRAGMA integrity_check")
            if verdict != "ok":
                raise BackupError(f"The copy is damaged: {verdict}.")
            return contents_of(copy)

    def contents(self) -> Contents:
        if not self.path.exists():
            return Contents()
        with connected(self.path) as live:
            return contents_of(live)

    def put_aside(self, mark):
        """Moves a database that cannot be read out of the way; returns where it went."""
        aside = self.path.with_name(f"{self.path.name}.damaged-{mark}")
        for ending in ("-wal", "-shm"):
            log = self.path.with_name(self.path.name + ending)
            if log.exists():
                log.rename(aside.with_name(aside.name + ending))
        return self.path.rename(aside)

    def replace_with(self, copy_path, expected: Contents):
        """One transaction of SQLite: whoever has the file open sees the old or the new whole."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with connected(copy_path) as copy, connected(self.path) as live:
            copy.backup(live)
            live.execute("PRAGMA journal_mode=WAL")
            if contents_of(live).differences(expected):
                raise BackupError("The database does not hold what the backup holds.")


@contextmanager
def connected(path):
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as opened:
            yield opened
    except sqlite3.Error as error:
        raise BackupError(f"SQLite says of {Path(path).name}: {error}.") from error


def contents_of(opened):
    names = [name for (name,) in opened.execute(TABLES)]
    tables = {name: table_of(opened, name).as_json() for name in names}
    return Contents(tables, migrations_of(opened) if "django_migrations" in names else [])


def table_of(opened, name):
    table = Table()
    for row in opened.execute(f'SELECT * FROM "{name}"'):  # noqa: S608
        table.add(repr(row).encode("utf-8", "surrogatepass"))
    return table


def migrations_of(opened):
    found = opened.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [name for (name,) in found]
