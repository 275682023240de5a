"""The worst page has the best grade, with every bonus that needs no cookie and no list."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client

from practices import facets
from tests.factories import make_actor, make_practice
from tests.observatory import POINTS, judge
from tests.staff import come_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),  # of collected files
]

# Left out: cookies-secure-with-httponly-sessions-and-samesite (5) and hsts-preloaded (5).
BONUSES = {
    "csp-implemented-with-no-unsafe-default-src-none",
    "referrer-policy-private",
    "sri-implemented-and-all-scripts-loaded-securely",
    "x-frame-options-implemented-via-csp",
    "cross-origin-resource-policy-implemented-with-same-origin",
}
PUBLIC = [
    "/en/",
    "/nl/praktijken/",
    "/fr/pratiques/?sort=zzz",
    "/en/practices/found/",
    "/en/organisations/somebody/",
    "/en/help-lines/",
    "/en/about/",
    "/en/nothing/",
    "/en/practices/?q=%00",
    "/en/practices/?q=" + "a" * 8_001,
]


@pytest.fixture
def client(settings):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.WHITENOISE_USE_FINDERS = True
    make_practice(slug_en="found")
    make_actor(code="somebody")
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize("address", PUBLIC, ids=[address[:40] for address in PUBLIC])
def test_public_page_has_every_bonus_within_reach(client, address):
    score, grade, results = judge(client.get(address, secure=True))

    assert results >= BONUSES
    assert (score, grade) == (135, "A+")


def test_refused_form_and_fault_have_every_bonus_within_reach(client, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    refused = judge(client.post("/en/", secure=True))
    monkeypatch.setattr(facets.directory, "build", fail)
    fault = judge(client.get("/en/", secure=True))

    assert refused[:2] == fault[:2] == (135, "A+")


def test_admin_has_the_bonus_for_its_cookies_too(client):
    login = judge(client.get("/en/admin/login/", secure=True))
    come_in(client, User.objects.create_superuser("curator"))
    index = judge(client.get("/en/admin/", secure=True))

    assert login[:2] == index[:2] == (140, "A+")


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/static/site.css", "/static/exit.js"])
def test_answer_without_scripts_has_every_other_bonus(client, address):
    score, grade, results = judge(client.get(address, secure=True))

    assert results >= BONUSES - {"sri-implemented-and-all-scripts-loaded-securely"}
    assert (score, grade) == (130, "A+")


def test_scale_is_the_published_one():
    bare = HttpResponse("<script src='a.js'></script>")

    assert judge(bare) == (
        30,
        "D",
        {
            "csp-not-implemented",
            "cookies-not-found",
            "cross-origin-resource-sharing-not-implemented",
            "referrer-policy-not-implemented",
            "hsts-not-implemented",
            "sri-not-implemented-but-all-scripts-loaded-from-secure-origin",
            "x-content-type-options-not-implemented",
            "x-frame-options-not-implemented",
            "cross-origin-resource-policy-not-implemented",
        },
    )


def test_no_bonus_is_forgotten():
    with_cookies = {"cookies-secure-with-httponly-sessions-and-samesite"}

    assert {result for result, points in POINTS.items() if points > 0} - with_cookies == BONUSES | {
        "csp-implemented-with-no-unsafe"  # the lesser of the two for a policy
    }


@pytest.mark.parametrize(
    ("policy", "result"),
    [
        ("script-src 'self'", "csp-implemented-with-unsafe-inline"),
        ("default-src 'self'", "csp-implemented-with-no-unsafe"),
        ("default-src 'none'; script-src data:", "csp-implemented-with-unsafe-inline"),
        (
            "default-src 'none'; style-src 'unsafe-inline'",
            "csp-implemented-with-unsafe-inline-in-style-src-only",
        ),
        ("default-src 'none'; script-src 'self' 'unsafe-eval'", "csp-implemented-with-unsafe-eval"),
        ("default-src 'none'; script-src http://a.example", "csp-implemented-with-insecure-scheme"),
    ],
)
def test_weak_policies_are_told_from_strong_ones(policy, result):
    assert result in judge(HttpResponse("", headers={"Content-Security-Policy": policy}))[2]
