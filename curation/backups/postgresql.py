"""Copies of a PostgreSQL database, through pg_dump and pg_restore.

What pg_restore says is run here, in one transaction: either the whole backup is there afterwards,
with every row counted, or everything is as it was.
"""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from curation.backups import BackupError
from curation.backups.contents import Contents, Table

ALIKE = (  # how values are written, as pg_dump sets it
    "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; "
    "SET extra_float_digits = 3; SET lock_timeout = '20s'"
)
OWN_FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
    "AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')"  # those of extensions
)
PLAIN = {"--no-owner", "--no-privileges"}
COPY = re.compile(rb'COPY public\.("?)(?P<table>.+?)\1 \(.*\) FROM stdin;\n')
# Commands of psql, and a setting that older servers do not know.
NOT_SQL = (b"\\", b"SET transaction_timeout")


class Postgres:
    vendor = "postgresql"
    dump_name = "database.dump"

    def __init__(self, **connection_parameters):
        self.parameters = connection_parameters

    def dump_to(self, copy_path) -> Contents:
        """Dumps one moment of the database; returns what it held at that moment."""
        with self.connected() as live:
            live.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            live.read_only = True
            (snapshot,) = live.execute("SELECT pg_export_snapshot()").fetchone()
            contents = contents_of(live)
            self.check_tool("pg_dump", live.info.server_version // 10_000)
            self.pg_dump(snapshot, copy_path)
        return contents

    def pg_dump(self, snapshot, copy_path):
        without_password = {k: v for k, v in self.parameters.items() if k != "password"}
        dump = [
            "pg_dump", "--format=custom", *PLAIN, f"--snapshot={snapshot}",
            f"--file={copy_path}", make_conninfo(**without_password),
        ]  # fmt: skip
        password = {"PGPASSWORD": str(self.parameters.get("password") or "")}
        with tool(dump, password if password["PGPASSWORD"] else {}):
            pass

    def contents_of_dump(self, copy_path) -> Contents:
        tables, migrations = {}, []
        script = self.script(copy_path)
        for kind, text in script:
            if kind == "copy":
                name = COPY.fullmatch(text)["table"].decode()
                table = Table()
                for row in rows_of(script):
                    table.add(row)
                    if name == "django_migrations":
                        migrations.append(migration_of(row))
                tables[name] = table.as_json()
        return Contents(tables, sorted(migrations))

    def contents(self) -> Contents:
        with self.connected() as live:
            return contents_of(live)

    def put_aside(self, mark):
        raise BackupError("PostgreSQL does not let its database be read. Repair it first.")

    def replace_with(self, copy_path, expected: Contents):
        with self.connected() as live:
            for name in table_names(live):
                live.execute(SQL("DROP TABLE public.{} CASCADE").format(Identifier(name)))
            for (signature,) in live.execute(OWN_FUNCTIONS).fetchall():
                live.execute(f"DROP FUNCTION {signature}")
            run(live, self.script(copy_path))
            if contents_of(live).differences(expected):
                raise BackupError(
                    "The database does not hold what the backup holds: nothing was changed."
                )

    def script(self, copy_path):
        """Pieces of what pg_restore would run."""
        self.check_tool("pg_restore")
        with tool(["pg_restore", *PLAIN, "--file=-", str(copy_path)]) as lines:
            yield from pieces(lines)

    @contextmanager
    def connected(self):
        """One transaction."""
        try:
            with psycopg.connect(**self.parameters) as opened:
                opened.execute(ALIKE)
                opened.commit()
                yield opened
        except psycopg.Error as error:
            raise BackupError(f"PostgreSQL says: {first_line(error)}") from error

    @staticmethod
    def check_tool(name, server_version=0):
        if shutil.which(name) is None:
            raise BackupError(
                f"{name} is not installed. It comes with the client of PostgreSQL "
                "(Debian: postgresql-client)."
            )
        said = subprocess.run([name, "--version"], capture_output=True, text=True).stdout  # noqa: S603
        (version,) = re.findall(r"\) (\d+)", said) or ["0"]
        if int(version) < server_version:
            raise BackupError(
                f"{name} is of PostgreSQL {version}, the server of {server_version}. "
                f"Install the client of version {server_version} or newer."
            )


# --- What the tools say ------------------------------------------------------------------------


@contextmanager
def tool(command, environment=()):
    """The lines that a tool writes; raises what it complains of."""
    started = subprocess.Popen(  # noqa: S603
        command,
        env={**os.environ, "PGTZ": "UTC", **dict(environment)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with started:
        try:
            yield started.stdout
        except BaseException:
            started.kill()
            raise
        complaint = started.stderr.read().decode(errors="replace").strip()
    if started.returncode:
        raise BackupError(f"{command[0]} failed: {first_line(complaint)}")


def pieces(script):
    """("sql", statements), or a table: ("copy", statement), ("row", line) each, ("end", b"")."""
    statements, in_table = [], False
    for line in script:
        if in_table:
            in_table = line != b"\\.\n"
            yield ("row", line) if in_table else ("end", b"")
        elif COPY.fullmatch(line):
            yield "sql", b"".join(statements)
            statements, in_table = [], True
            yield "copy", line
        elif not line.startswith(NOT_SQL):
            statements.append(line)
    yield "sql", b"".join(statements)


def rows_of(script):
    """The rows of the table that has just begun."""
    for kind, text in script:
        if kind == "end":
            return
        yield text


def run(live, script):
    for kind, text in script:
        if kind == "copy":
            with live.cursor().copy(text) as table:
                for row in rows_of(script):
                    table.write(row)
        elif text.strip():
            live.execute(text)


def first_line(error):
    return (str(error).strip() or type(error).__name__).splitlines()[0]


# --- What is in it -----------------------------------------------------------------------------


def table_names(live):
    found = live.execute(
        "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = 'public' ORDER BY 1"
    )
    return [name for (name,) in found]


def contents_of(live):
    names = table_names(live)
    tables = {name: table_of(live, name).as_json() for name in names}
    return Contents(tables, migrations_of(live) if "django_migrations" in names else [])


def table_of(live, name):
    table = Table()
    with live.cursor().copy(SQL("COPY public.{} TO STDOUT").format(Identifier(name))) as rows:
        for row in rows:
            table.add(bytes(row))
    return table


def migrations_of(live):
    found = live.execute("SELECT app || '.' || name FROM public.django_migrations")
    return sorted(name for (name,) in found)


def migration_of(row):
    _, app, name, _ = row.decode().split("\t")
    return f"{app}.{name}"
