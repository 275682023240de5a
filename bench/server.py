"""The product under gunicorn, on a database of its own, for as long as the block lasts."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from bench import NotMeasuredError
from bench.load import ask_once
from bench.pages import Page

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_SECONDS = 30
STOP_SECONDS = 10
LONGEST_NAME = 63  # PostgreSQL cuts off the rest, and the name would be that of another database
PLAIN_SETTINGS = {"PRODUCTION": "", "DEBUG": "", "ALLOWED_HOSTS": HOST, "GUNICORN_CMD_ARGS": ""}


@contextmanager
def running_site():
    """The address at which the site answers. Sets this process's environment to the same site."""
    with TemporaryDirectory(prefix="bench-") as folder, own_database() as database_url:
        os.environ.update(
            PLAIN_SETTINGS,
            VAR_DIR=folder,
            STATIC_ROOT=f"{folder}/static",
            DATABASE_URL=database_url,
            DJANGO_SETTINGS_MODULE="familysupport.settings",
        )
        prepare()
        with served() as address:
            yield address


@contextmanager
def own_database():
    """The address of a fresh PostgreSQL database, or nothing for SQLite in VAR_DIR."""
    url = os.environ.get("DATABASE_URL", "")
    if not url or url.startswith("sqlite"):
        yield ""
        return
    if not url.startswith("postgres"):
        raise NotMeasuredError("DATABASE_URL names neither SQLite nor PostgreSQL")
    name = unquote(urlsplit(url).path.lstrip("/")) + "_bench"
    if len(name.encode()) > LONGEST_NAME:
        raise NotMeasuredError(f"{name} is too long for the name of a database")
    maintain(url, "DROP DATABASE IF EXISTS {}", name)
    maintain(url, "CREATE DATABASE {}", name)
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        maintain(url, "DROP DATABASE {} WITH (FORCE)", name)


def maintain(url, statement, name):
    try:
        with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
            connection.execute(SQL(statement).format(Identifier(name)))
    except psycopg.Error as error:
        raise NotMeasuredError(f"PostgreSQL says: {error}") from error


def prepare():
    command = [sys.executable, "manage.py", "prepare"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise NotMeasuredError(f"manage.py prepare failed.\n{done.stderr.strip()}")


@contextmanager
def served():
    address = (HOST, free_port())
    bind = f"{HOST}:{address[1]}"
    command = [sys.executable, "-m", "gunicorn", "--bind", bind, "familysupport.wsgi"]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603
    try:
        wait_until_ready(process, address)
        yield address
    finally:
        stop(process)


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def wait_until_ready(process, address):
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError):
            return ask_once(address, Page("ready", "/readyz"))
        time.sleep(0.1)
    raise NotMeasuredError("gunicorn did not start")


def stop(process):
    for kind in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, kind)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
