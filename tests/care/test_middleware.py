import pytest

from tests.factories import make_practice
from tests.pages import get

pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/en/practices/", "/en/nothing/", "/en/practices/?sort=zzz", "/healthz"]
)
def test_every_answer_carries_the_headers(path):
    make_practice()

    response = get(path)

    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_nul_is_refused_at_the_door():
    for path in ("/en/practices/?q=%00", "/en/practices/?%00=a", "/en/a%00b/"):
        assert get(path).status_code == 400, path
