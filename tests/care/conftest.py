"""A site of its own, with a small content, whose database may be harmed."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from care import faults
from curation.content.load import load_content
from guide import call_page, strip
from network.offers import OFFERS
from practices import facets
from practices.actors import ACTORS
from tests.curation.content_folder import make_folder
from tests.databases import connected_to, copy_of_test_database
from tests.factories import make_help_line
from trainings.listing import TRAININGS


@pytest.fixture(autouse=True)
def _nothing_told_yet():
    """And nothing remembered: another database may be at the same state as the last one."""
    faults.last_told.clear()
    read = (facets.directory, strip.remembered_lines, call_page.remembered_readings)
    for remembered in (*read, ACTORS.directory, OFFERS.directory, TRAININGS.directory):
        remembered.held = (None, None)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """Environment of a site with content and a curator; this process works on its database."""
    folder = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), copy_of_test_database(folder, "site") as environment:
        with connected_to(environment, is_web=True):
            load_content(make_folder(tmp_path_factory.mktemp("content")))
            for number in ("112", "101"):
                make_help_line(number=number, is_urgent=True)
            get_user_model().objects.create_superuser("curator", password="a long sentence")
        yield environment


@pytest.fixture
def curator(connected):
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get())
    return client


@pytest.fixture
def connected(site):
    with connected_to(site, is_web=True) as connection:
        yield connection
