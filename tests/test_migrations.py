"""Every migration can be taken back and made again, on a database that is full."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from tests.databases import own_database

ROOMS = ("curation", "guide", "practices", "network", "search", "places", "care")


@pytest.fixture(scope="module")
def manage(tmp_path_factory):
    """Runs manage.py on a database that holds the whole content."""
    with own_database(tmp_path_factory.mktemp("migrations"), "migrations") as environment:

        def run(*arguments):
            done = subprocess.run(
                [sys.executable, "manage.py", *arguments],
                cwd=settings.BASE_DIR,
                env=environment,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr
            return done.stdout

        for command in ("migrate", "load_places", "load_content"):
            run(command)
        yield run


def test_migrations_are_named():
    for room in ROOMS:
        for path in (settings.BASE_DIR / room / "migrations").glob("0*.py"):
            assert not re.fullmatch(r"\d+_(initial|auto_.*)", path.stem), path


def test_migrations_can_be_taken_back_and_made_again(manage):
    """The search tables alone, which are filled again, then all rooms."""
    manage("migrate", "search", "0001")
    manage("migrate")
    assert manage("rebuild_search") == "search: 63 records\n"

    for room in ROOMS:
        manage("migrate", room, "zero")
    manage("migrate")

    assert manage("load_places") == "places: 6255 created, 0 updated, 0 unchanged\n"
