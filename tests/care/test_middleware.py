import pytest

from tests.pages import get

pytestmark = pytest.mark.django_db


def test_nul_is_refused_at_the_door():
    for path in ("/en/practices/?q=%00", "/en/practices/?%00=a", "/en/a%00b/"):
        assert get(path).status_code == 400, path
