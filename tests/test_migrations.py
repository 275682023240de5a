"""Every migration can be taken back and made again, on a database that is full."""

import re
from contextlib import ExitStack
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from guide.models import HelpLine
from network.begin_history import REASON
from network.models import Actor, ActorCitation, ActorContact
from practices.models import (
    Citation,
    Practice,
    PracticeContact,
    SituationRule,
    Taxonomy,
    TaxonomyTerm,
)
from tests.databases import connected_to, copy_of_test_database
from tests.full_database import ROOMS, empty_tables, fill, own_models

BEFORE_HISTORY = [
    ("practices", "0004_translation_state_and_history"),
    ("network", "0002_translation_state_and_history"),
    ("guide", "0004_translation_state_and_history"),
]
OLDEST_SEARCH = ("search", "0001_index")  # the tables beside it are filled again


@pytest.fixture(scope="module")
def full(django_db_setup, django_db_blocker, tmp_path_factory):
    """Environment of a site with a row in every table."""
    folder = tmp_path_factory.mktemp("full")
    with django_db_blocker.unblock(), copy_of_test_database(folder, "full") as environment:
        with connected_to(environment):
            fill(tmp_path_factory.mktemp("content"))
            assert empty_tables() == []
        yield environment
    ContentType.objects.clear_cache()  # that of the other database


@pytest.fixture(scope="module")
def copy(full, tmp_path_factory):
    """The site before its history began, whose history is forgotten; gives a copy of it."""
    folder = tmp_path_factory.mktemp("copy")
    with ExitStack() as kept:
        with connected_to(full):
            forget_history()
            taken = take_back(*BEFORE_HISTORY, OLDEST_SEARCH)
            assert [migration.name[5:] for migration in taken].count("begin_history") == 3
            environment = kept.enter_context(copy_of_test_database(folder, "copy"))
        yield environment


def forget_history():
    for model in (model for room in ROOMS for model in own_models(room)):
        if model.__name__.startswith("Historical"):
            model._base_manager.all().delete()


def take_back(*targets):
    """What `migrate` does; but that makes the models of each state a second time beforehand."""
    executor = MigrationExecutor(connection)
    done = set(executor.loader.applied_migrations)
    taken = [migration for migration, _ in executor.migration_plan(targets)]
    for migration in taken:
        done.remove((migration.app_label, migration.name))
        before = executor.loader.project_state(list(done))
        before.apps  # noqa: B018  made once here, for all operations
        executor.unapply_migration(before, migration)
    return taken


def run(*command):
    said = StringIO()
    call_command(*command, stdout=said)
    return said.getvalue()


def test_migrations_are_named():
    for room in ROOMS:
        for path in (settings.BASE_DIR / room / "migrations").glob("0*.py"):
            assert not re.fullmatch(r"\d+_(initial|auto_.*)", path.stem), path


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.xdist_group("migrations")
def test_history_of_what_was_there_begins_with_what_it_says(full, copy):
    with connected_to(full):
        made = run("migrate")

        assert made.count("begin_history... OK") == 3  # in three rooms
        check_history()
        found = Practice.objects.count() + Actor.objects.count()
        assert run("rebuild_search") == f"search: {found} records\n"


def check_history():
    practices = (Practice, PracticeContact, Citation, Taxonomy, TaxonomyTerm, SituationRule)
    for model in (*practices, Actor, ActorContact, ActorCitation, HelpLine):
        begun = model.history.filter(history_change_reason=REASON)
        assert begun.count() == model.objects.count() > 0, model
    practice = Practice.objects.get(code="VB01")
    kept = practice.history.get()
    assert kept.summary_fr == practice.summary_fr == "Des parents parlent."
    terms = {row.taxonomyterm_id for row in kept.terms.all()}
    assert terms == set(practice.terms.values_list("pk", flat=True)) != set()


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.xdist_group("migrations")
def test_migrations_of_all_rooms_can_be_taken_back_and_made_again(copy):
    with connected_to(copy):
        taken = take_back(*((room, None) for room in ROOMS))
        assert tables_of_ours() == []

        MigrationExecutor(connection).migrate(None, plan=[(one, False) for one in reversed(taken)])
        assert run("load_places").endswith("places: 6255 created, 0 updated, 0 unchanged\n")


def tables_of_ours():
    names = connection.introspection.table_names()
    return [name for name in names if name.split("_")[0] in ROOMS]
