"""Tests on the real content, which is loaded once for all of them."""

from pathlib import Path

import pytest
from django.conf import settings

from curation.content.load import load_content
from tests.databases import records_of_a_module


@pytest.hookimpl(tryfirst=True)  # groups are read next
def pytest_collection_modifyitems(items):
    """One process loads the content, and runs all of them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.thorough)
            item.add_marker(pytest.mark.xdist_group("content"))


@pytest.fixture(scope="package", autouse=True)
def content(django_db_setup, django_db_blocker):
    """The content files in the database; gives what the loading counted."""
    with records_of_a_module(django_db_blocker):
        yield load_content(settings.CONTENT_DIR)
