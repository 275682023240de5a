"""Databases of their own, for tests that run the product as another process."""

import os
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


@contextmanager
def own_database(folder, suffix):
    """Environment of a process that has a new database: SQLite in `folder`, or PostgreSQL."""
    environment = {**os.environ, "VAR_DIR": str(folder), "STATIC_ROOT": str(folder / "static")}
    for name in ("PRODUCTION", "DEBUG", "ALLOWED_HOSTS", "EXIT_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    url = environment.pop("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield environment
        return
    with database_beside(url, suffix) as own:
        yield environment | {"DATABASE_URL": own}


@contextmanager
def database_beside(url, suffix):
    """A new PostgreSQL database named after the one of `url`, one for each xdist worker."""
    parts = urlsplit(url)
    name = f"{parts.path.strip('/')}_{suffix}{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    maintenance = parts._replace(path="/postgres").geturl()
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(create)
        yield parts._replace(path=f"/{name}").geturl()
        connection.execute(drop)
