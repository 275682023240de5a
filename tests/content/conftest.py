"""Tests on the real content, which is loaded once for all of them."""

import pytest
from django.conf import settings
from django.db import transaction

from curation.content.load import load_content


@pytest.fixture(scope="package", autouse=True)
def content(django_db_setup, django_db_blocker):
    """The content files in the database; gives what the loading counted."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_content(settings.CONTENT_DIR)
        transaction.set_rollback(True)
