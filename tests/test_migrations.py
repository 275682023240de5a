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
    """Runs commands of manage.py, in one process, on a database that holds the whole content."""
    with own_database(tmp_path_factory.mktemp("migrations"), "migrations") as environment:

        def run(*commands):
            done = subprocess.run(
                [sys.executable, "manage.py", "shell", "--no-imports", "-c", script_of(commands)],
                cwd=settings.BASE_DIR,
                env=environment,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr
            return done.stdout

        run("migrate", "load_places", "load_content")
        yield run


def script_of(commands):
    calls = "; ".join(f"call(*{command.split()})" for command in commands)
    return f"from django.core.management import call_command as call; {calls}"


def test_migrations_are_named():
    for room in ROOMS:
        for path in (settings.BASE_DIR / room / "migrations").glob("0*.py"):
            assert not re.fullmatch(r"\d+_(initial|auto_.*)", path.stem), path


def test_migrations_can_be_taken_back_and_made_again(manage):
    """The search tables alone, which are filled again, then all rooms."""
    filled = manage("migrate search 0001", "migrate", "rebuild_search")
    made = manage(*(f"migrate {room} zero" for room in ROOMS), "migrate", "load_places")

    assert filled.endswith("search: 63 records\n")
    assert made.endswith("places: 6255 created, 0 updated, 0 unchanged\n")
