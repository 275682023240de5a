"""What readers see is never older than what stands in the database."""

import pytest
from django.apps import apps
from django.urls import reverse

from network.models import PublicAnswer, Sector
from search.version import Visible, VisibleQuerySet, current
from tests.factories import make_sector
from tests.staff import curator_client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_sector, lambda: PublicAnswer.objects.create()])
def test_rows_removed_in_the_list_of_the_admin_are_old_for_readers(make):
    made = make()
    client, before = curator_client(), current()
    path = reverse(f"admin:network_{made._meta.model_name}_changelist")

    chosen = {"action": "delete_selected", "_selected_action": [made.pk], "post": "yes"}
    client.post(path, chosen)

    assert not type(made).objects.filter(pk=made.pk).exists()
    assert current() != before


def test_rows_removed_together_are_old_for_readers():
    make_sector()
    before = current()

    Sector.objects.all().delete()

    assert current() != before


def test_no_visible_model_removes_rows_in_silence():
    visible = [model for model in apps.get_models() if issubclass(model, Visible)]

    told = {model for model in visible if isinstance(model._default_manager.all(), VisibleQuerySet)}

    assert visible
    assert set(visible) - told == set()
