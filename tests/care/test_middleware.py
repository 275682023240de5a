import pytest
from django.test import Client

from tests.factories import make_term
from tests.pages import get

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def test_nul_is_refused_at_the_door():
    for path in ("/en/practices/?q=%00", "/en/practices/?%00=a", "/en/a%00b/"):
        assert get(path).status_code == 400, path


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "ÉTÉ"])
def test_methods_that_nothing_of_ours_uses_are_refused(method):
    response = Client().generic(method, "/en/practices/")

    assert response.status_code == 405
    assert "PUT" not in response.headers["Allow"]


def test_one_name_again_and_again_is_refused():
    repeated = "&".join(["target_group=parents"] * 50)

    assert get(f"/en/practices/?{repeated}").status_code == 400
    assert Client().post("/en/practices/", repeated, FORM).status_code == 400


def test_every_term_of_the_largest_facet_may_be_ticked():
    terms = [make_term("activity_type", f"term-{number}") for number in range(25)]

    asked = {"activity_type": [term.code for term in terms]}

    assert get("/en/practices/", asked).status_code == 200
    assert Client().post("/en/practices/", asked).status_code == 303


def test_foreign_host_is_refused(settings):
    settings.ALLOWED_HOSTS = ["directory.example"]

    for host in ("elsewhere.example", "", "directory.example:x", "a" * 300, "[::1"):
        assert Client().get("/en/", headers={"host": host}).status_code == 400, host
