"""Databases of their own, for tests that run the product as another process."""

import os
import sqlite3
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import psycopg
from django.db import connection, connections, transaction
from psycopg import sql

from familysupport.settings import patience

OTHERS_SETTINGS = ("PRODUCTION", "DEBUG", "ALLOWED_HOSTS", "EXIT_URL", "DJANGO_SETTINGS_MODULE")


@contextmanager
def taken_back():
    """What is stored inside is gone afterwards; one may stand in another."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def own_database(folder, suffix, template=""):
    """Environment of a process that has a new database: SQLite in `folder`, or PostgreSQL."""
    environment = {**os.environ, "VAR_DIR": str(folder), "STATIC_ROOT": str(folder / "static")}
    for name in OTHERS_SETTINGS:
        environment.pop(name, None)
    url = environment.pop("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield environment
        return
    with database_beside(url, suffix, template) as own:
        yield environment | {"DATABASE_URL": own}


@contextmanager
def database_beside(url, suffix, template=""):
    """A new PostgreSQL database named after the one of `url`, one for each xdist worker."""
    parts = urlsplit(url)
    name = f"{parts.path.strip('/')}_{suffix}{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template or "template1")
    )
    maintenance = parts._replace(path="/postgres").geturl()
    with psycopg.connect(maintenance, autocommit=True) as opened:
        opened.execute(drop)
        opened.execute(create)
        yield parts._replace(path=f"/{name}").geturl()
        opened.execute(drop)


@contextmanager
def copy_of_test_database(folder, suffix):
    """Environment of a process whose database starts with what every test starts with."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "directory.sqlite3")) as copy:
            connection.connection.backup(copy)
        template = ""
    else:
        connection.close()  # a template has no visitors
        template = connection.settings_dict["NAME"]
    with own_database(folder, suffix, template) as environment:
        yield environment


@contextmanager
def records_of_a_module(django_db_blocker):
    """What is made inside is there for every test of a module; each takes back what it changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def connected_to(environment, *, is_web=False):
    """Lets this process work on that database, with real transactions."""
    before = connections["default"]
    url = environment.get("DATABASE_URL")
    stated = dict(before.settings_dict)
    if url:
        parts = urlsplit(url)
        stated |= {"NAME": parts.path[1:], "HOST": parts.hostname, "PORT": parts.port or 5432}
        stated["OPTIONS"] = patience({}, is_web=is_web)
    else:
        stated["NAME"] = f"{environment['VAR_DIR']}/directory.sqlite3"
    connections["default"] = own = type(before)(stated, "default")
    try:
        yield own
    finally:
        own.close()
        connections["default"] = before
