import shutil
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from places import gazetteer
from places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget():
    yield
    gazetteer.forget()


def load(**options):
    output = StringIO()
    call_command("load_places", stdout=output, **options)
    return output.getvalue()


def test_loading_again_changes_nothing():
    assert load() == "places: 0 created, 0 updated, 6255 unchanged\n"


def test_loading_repairs_what_differs():
    Place.objects.filter(code="62063").update(name_nl="Luuk")

    assert load() == "places: 0 created, 1 updated, 6254 unchanged\n"
    assert Place.objects.get(code="62063").name_nl == "Luik"


def test_loading_follows_a_municipality_that_moves(tmp_path):
    folder = shutil.copytree(settings.CONTENT_DIR / "places", tmp_path / "places")
    path = folder / "municipalities.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("nl,BE-VAN,BE-VLG,51.13412", "nl,BE-VLI,BE-VLG,51.13412"))

    load(folder=folder)

    assert "BE-VLI" in gazetteer.containers("11001")
    assert "BE-VAN" not in gazetteer.containers("11001")
