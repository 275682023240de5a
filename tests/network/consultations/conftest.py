import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings as project
from django.utils import timezone

from care import unhurried
from places import gazetteer
from tests.databases import copy_of_test_database
from tests.factories import TOLD, make_theme
from tests.staff import make_colleague


@pytest.fixture
def coordinator():
    return make_colleague("Coordinator", email="coordinator@a.example")


@pytest.fixture
def is_open(settings, coordinator):
    """The operator opened the platform, and somebody reads what is asked."""
    settings.CONSULTATIONS_OPEN = True


@pytest.fixture
def pass_time(monkeypatch):
    def pass_some(**passed):
        moment = timezone.now() + timedelta(**passed)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return pass_some


@pytest.fixture
def typed(pass_time):
    """What somebody sends half a minute after the form was shown."""
    shown_at = unhurried.stamp()
    pass_time(seconds=30)
    return {
        **TOLD,
        "language": "fr",
        "themes": [make_theme().pk],
        "audience": "parents",
        "urgency": "calm",
        "region": gazetteer.of_kinds(["region"])[0].code,
        "form_token": "a-token-of-the-form",
        "shown_at": shown_at,
    }


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """Environment of a process with a database of its own."""
    folder = tmp_path_factory.mktemp("questions")
    with django_db_blocker.unblock(), copy_of_test_database(folder, "questions") as environment:
        yield environment | {"DJANGO_SETTINGS_MODULE": "familysupport.settings"}


def run(script, environment):
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def everything():
    """Every row of every table, as text."""
    return "\n".join(
        json.dumps(list(model.objects.values()), default=str, ensure_ascii=False)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    )
