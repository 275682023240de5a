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
            return run.shell(script_of(commands))

        def shell(script):
            done = subprocess.run(
                [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
                cwd=settings.BASE_DIR,
                env=environment,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr
            return done.stdout

        run.shell = shell
        run.shell = shell
        run("migrate", "load_places", "load_content")
        yield run


def script_of(commands):
    calls = "; ".join(f"call(*{command.split()})" for command in commands)
    return f"from django.core.management import call_command as call; {calls}"


def test_migrations_are_named():
    for room in ROOMS:
        for path in (settings.BASE_DIR / room / "migrations").glob("0*.py"):
            assert not re.fullmatch(r"\d+_(initial|auto_.*)", path.stem), path


FORGET_HISTORY = """
from django.apps import apps
for model in apps.get_models():
    if model.__name__.startswith("Historical"):
        model.objects.all().delete()
"""
COUNT_HISTORY = """
from practices.models import Citation, Practice
from guide.models import HelpLine
from network.models import Actor
for model in (Practice, Actor, HelpLine, Citation):
    assert model.history.filter(history_change_reason="before the history began").count() == (
        model.objects.count()
    ), model
practice = Practice.objects.get(code="VB07")
kept = practice.history.get()
assert kept.summary_fr == practice.summary_fr
assert {row.taxonomyterm_id for row in kept.terms.all()} == set(
    practice.terms.values_list("pk", flat=True)
)
assert kept.terms.exists()
print("history begun")
"""


def test_history_of_what_was_there_begins_with_what_it_says(manage):
    manage.shell(FORGET_HISTORY)
    made = manage("migrate practices 0004", "migrate network 0002", "migrate guide 0004", "migrate")

    assert "history begun" in manage.shell(COUNT_HISTORY)
    assert made.count("begin_history... OK") == 6  # taken back and made again, in three rooms


def test_migrations_can_be_taken_back_and_made_again(manage):
    """The search tables alone, which are filled again, then all rooms."""
    filled = manage("migrate search 0001", "migrate", "rebuild_search")
    made = manage(*(f"migrate {room} zero" for room in ROOMS), "migrate", "load_places")

    assert filled.endswith("search: 109 records\n")
    assert made.endswith("places: 6255 created, 0 updated, 0 unchanged\n")
