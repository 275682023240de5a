import gc
import os
from importlib import import_module
from inspect import signature
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.template import Template
from django.test.utils import _TestState
from django.utils import translation

from guide import known_lines


def with_room(work):
    return work()


# Python keeps the frames of calls in pieces of 16 KB. At the end of one, each call maps the next
# piece and each return unmaps it: up to a fifth of the time of a page. One large piece has no end.
with_room.__code__ = with_room.__code__.replace(co_stacksize=1 << 16)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    wanted = signature(pyfuncitem.obj).parameters
    with_room(lambda: pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


# Rows that migrations make, where tables are made from the models.
ROWS = {
    "guide.migrations.0003_readings_by_native_speakers": "make_readings",
    "network.migrations.0005_consultations": "keep_the_one_row",
}


def pytest_terminal_summary(terminalreporter):
    if os.environ.get("BROWSER") != "1":
        terminalreporter.write_line("Skipped: what needs Chromium. make test-browser runs it.")


@pytest.fixture(scope="session")
def is_quick(request):
    """`make test`: tables come from the models. All other tests run on the migrations."""
    return request.config.option.markexpr == "not thorough"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, is_quick):
    if is_quick:
        migrated = {config.label for config in apps.get_app_configs()} - {"search"}
        settings.MIGRATION_MODULES = dict.fromkeys(migrated)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, is_quick):
    """Belgium is there in every test, as it is in every installation."""
    settings.MIGRATION_MODULES = {}
    with django_db_blocker.unblock():
        for migration, made in ROWS.items() if is_quick else ():
            getattr(import_module(migration), made)(apps, connection.schema_editor())
        call_command("load_places", stdout=StringIO())


@pytest.fixture(scope="session", autouse=True)
def own_var_dir(tmp_path_factory):
    """What the product keeps on disk is not that of the installation.

    No collected files: each client of a test would look at every one of them.
    """
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")
    settings.VAR_DIR = tmp_path_factory.mktemp("var")
    settings.BACKUP_DIR = settings.VAR_DIR / "backups"


@pytest.fixture(scope="session", autouse=True)
def _quick_process(django_test_environment):
    """Tests are told of whole templates, not of the thousands of parts they are made of.

    And the many objects that stay are not looked through again and again for what may go.
    """
    told, untold = Template._render, _TestState.saved_data.template_render
    Template._render = lambda part, context: (told if context.template is part else untold)(
        part, context
    )
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True)
def _fresh_worker():
    """What a worker keeps on disk, and the language it speaks, do not pass from test to test.

    What it remembers does: for one state of the data it is one answer.
    """
    known_lines.saved_file().unlink(missing_ok=True)
    with translation.override("en"):
        yield


@pytest.fixture
def languages():
    return ("nl", "fr", "en")
