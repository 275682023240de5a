"""The whole set of headers of every kind of answer: one more or one less fails."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path

from care.headers import EVERYWHERE
from curation.verification.reminders import sealed
from practices import facets
from practices.models import Practice
from tests.factories import make_actor, make_contact, make_practice, make_question
from tests.staff import come_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),  # of collected files
]

ALWAYS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": EVERYWHERE["Permissions-Policy"],
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-cache",
}
OWN_FILES = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
    "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
)
NO_FILES = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types 'none'"
PAGE = {"Content-Security-Policy": OWN_FILES + TRUSTED_TYPES, "Referrer-Policy": "no-referrer"}
TOKEN_PAGE = PAGE | {"Referrer-Policy": "same-origin"}
ADMIN = {
    "Content-Security-Policy": OWN_FILES,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": EVERYWHERE["Permissions-Policy"].replace("unload=(), ", ""),
}
FILE = {"Content-Security-Policy": NO_FILES + TRUSTED_TYPES, "Referrer-Policy": "no-referrer"}

HTML = {"Content-Type": "text/html; charset=utf-8"}
MEASURED = {"Content-Length": "*"}
ENGLISH = {"Content-Language": "en"}
TAGGED = {"ETag": "*"}
PACKED = {"Vary": "Accept-Encoding"}
FULL = {**HTML, **MEASURED, **ENGLISH, **PACKED}
# What is refused before the common middleware has nobody who measures it.
EARLY = {**HTML, **ENGLISH, **PACKED}
BY_BROWSER_LANGUAGE = {"Vary": "Accept-Language"}
BY_LANGUAGE_PACKED = {"Vary": "Accept-Language, Accept-Encoding"}
BY_COOKIE = {"Vary": "Cookie, Accept-Encoding"}
BY_SIGN_IN = {"Vary": "Cookie", "Expires": "*"}
BY_SIGN_IN_PACKED = {"Vary": "Cookie, Accept-Encoding", "Expires": "*"}
STYLE = {"Content-Type": 'text/css; charset="utf-8"'}
SCRIPT = {"Content-Type": 'text/javascript; charset="utf-8"'}
NEVER = {"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}
STATIC = {
    **MEASURED,
    **TAGGED,
    "Last-Modified": "*",
    "Cache-Control": "max-age=3600, public",
}
TRACELESS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
READ_ONLY = {"Allow": "GET, HEAD"}
VOLATILE = ("ETag", "Content-Length", "Last-Modified", "Expires")

LIST, DETAIL = "/en/practices/", "/en/practices/found/"
VCARD = "/en/organisations/house/contact.vcf"
SUGGEST, THANKS = "/en/something-wrong/practice/BE07/", "/en/something-wrong/thank-you/"
LOGIN = "/en/admin/login/"
TOO_LONG = f"{LIST}?q={'a' * 8_001}"
REFUSED_FORM = {**PAGE, **FULL}
TO_LOGIN = {**ADMIN, **HTML, **MEASURED, **ENGLISH, **BY_SIGN_IN, **NEVER}

TABLE = [
    ("GET HEAD", "/en/", 200, {**PAGE, **FULL, **TAGGED}),
    ("OPTIONS", "/en/", 200, {**PAGE, **FULL}),
    ("POST", "/en/", 403, REFUSED_FORM),
    ("GET HEAD", LIST, 200, {**PAGE, **FULL, **TAGGED}),
    ("OPTIONS", LIST, 200, {**PAGE, **FULL}),
    ("POST", LIST, 303, {**PAGE, **HTML, **MEASURED, **ENGLISH, **TRACELESS, "Location": LIST}),
    ("GET HEAD", f"{LIST}?q=found", 200, {**PAGE, **FULL, **TRACELESS}),
    ("GET HEAD POST", f"{LIST}r/nobody/", 404, {**PAGE, **FULL, **TRACELESS}),
    ("GET HEAD", DETAIL, 200, {**PAGE, **FULL, **TAGGED}),
    ("OPTIONS", DETAIL, 200, {**PAGE, **FULL}),
    ("POST", DETAIL, 403, REFUSED_FORM),
    (
        "GET HEAD OPTIONS",
        "/p/BE07",
        302,
        {**PAGE, **HTML, **MEASURED, **ENGLISH, **BY_BROWSER_LANGUAGE, "Location": DETAIL},
    ),
    (
        "GET HEAD",
        VCARD,
        200,
        {**FILE, **MEASURED, **ENGLISH, **TAGGED, "Content-Type": "text/vcard; charset=utf-8",
         "Content-Disposition": 'attachment; filename="house.vcf"'},
    ),
    ("GET HEAD", SUGGEST, 200, {**TOKEN_PAGE, **FULL, **TRACELESS, **BY_COOKIE}),
    ("OPTIONS", SUGGEST, 200, {**TOKEN_PAGE, **FULL, **TRACELESS, **BY_COOKIE}),
    ("POST", SUGGEST, 403, REFUSED_FORM),
    ("GET HEAD POST", "/en/still-right/nobody/", 404, {**PAGE, **FULL, **TRACELESS}),
    ("GET HEAD", THANKS, 200, {**PAGE, **FULL, **TRACELESS}),
    ("GET HEAD", f"{LIST}?sort=zzz", 400, {**PAGE, **FULL, **TRACELESS}),
    ("GET POST OPTIONS", f"{LIST}?q=%00", 400, {**PAGE, **EARLY}),
    ("HEAD", f"{LIST}?q=%00", 400, {**PAGE, **EARLY, **MEASURED}),
    ("GET HEAD POST OPTIONS", "/en/nothing/", 404, {**PAGE, **FULL}),
    ("GET HEAD POST OPTIONS", "/nothing", 404, {**PAGE, **FULL, **BY_LANGUAGE_PACKED}),
    ("GET POST OPTIONS", TOO_LONG, 414, {**PAGE, **EARLY}),
    ("HEAD", TOO_LONG, 414, {**PAGE, **EARLY, **MEASURED}),
    (
        "GET HEAD OPTIONS",
        "/",
        302,
        {**PAGE, **HTML, **MEASURED, **ENGLISH, **BY_BROWSER_LANGUAGE, "Location": "/en/"},
    ),
    ("POST", "/", 403, {**PAGE, **FULL, **BY_LANGUAGE_PACKED}),
    ("GET OPTIONS", "/en/practices", 301, {**PAGE, **HTML, **ENGLISH, "Location": LIST}),
    (
        "GET HEAD OPTIONS",
        "/healthz",
        200,
        {**FILE, **MEASURED, **ENGLISH, **BY_BROWSER_LANGUAGE, "Content-Type": "text/plain"},
    ),
    (
        "GET HEAD OPTIONS",
        "/readyz",
        200,
        {**FILE, **MEASURED, **ENGLISH, **BY_BROWSER_LANGUAGE, "Content-Type": "application/json"},
    ),
    ("POST", "/healthz", 403, {**PAGE, **FULL, **BY_LANGUAGE_PACKED}),
    (
        "GET HEAD OPTIONS",
        "/en/practices/suggest/",
        405,
        {**PAGE, **HTML, **MEASURED, **ENGLISH, "Allow": "POST", "Cache-Control": "no-store"},
    ),
    (
        "POST",
        "/en/practices/suggest/",
        200,
        {
            **FILE,
            **MEASURED,
            **ENGLISH,
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
        },
    ),
    ("GET HEAD", LOGIN, 200, {**ADMIN, **FULL, **NEVER, **BY_SIGN_IN_PACKED}),
    ("POST", LOGIN, 403, {**ADMIN, **FULL}),
    ("GET HEAD", "/en/admin/", 302, {**TO_LOGIN, "Location": f"{LOGIN}?next=/en/admin/"}),
    ("GET HEAD", "/static/site.css", 200, {**FILE, **STATIC, **STYLE}),
    ("GET HEAD", "/static/exit.js", 200, {**FILE, **STATIC, **SCRIPT}),
    ("GET HEAD", "/static/thread.svg", 200, {**FILE, **STATIC, "Content-Type": "image/svg+xml"}),
    ("POST OPTIONS", "/static/site.css", 405, {**FILE, **READ_ONLY}),
    ("GET HEAD POST OPTIONS", "/static/nothing.css", 404, {**PAGE, **FULL, **BY_LANGUAGE_PACKED}),
]  # fmt: skip
CASES = [
    pytest.param(method, address, status, headers, id=f"{method} {address[:30]}")
    for methods, address, status, headers in TABLE
    for method in methods.split()
]


@pytest.fixture
def client(settings):
    """A visitor whose answers come through every middleware, static files included."""
    settings.WHITENOISE_USE_FINDERS = True
    make_practice("BE07", slug_en="found")
    make_contact(make_actor(code="house"))
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def curator(client):
    return come_in(client, User.objects.create_superuser("curator"))


def headers_of(response):
    return {
        name: "*" if name in VOLATILE and value else value
        for name, value in response.headers.items()
    }


def check(response, status, headers):
    assert response.status_code == status
    assert headers_of(response) == ALWAYS | headers


@pytest.mark.thorough
@pytest.mark.parametrize(("method", "address", "status", "headers"), CASES)
def test_answer_carries_exactly_its_headers(client, method, address, status, headers):
    response = client.generic(method, address)

    check(response, status, headers)


@pytest.mark.parametrize("address", ["/en/", LIST, DETAIL])
def test_unchanged_page_carries_the_policies_of_a_page(client, address):
    etag = client.get(address).headers["ETag"]

    response = client.get(address, headers={"If-None-Match": etag})

    check(response, 304, {**PAGE, **TAGGED})


def test_unchanged_file_carries_the_policies_of_a_file(client):
    etag = client.get("/static/site.css").headers["ETag"]

    response = client.get("/static/site.css", headers={"If-None-Match": etag})

    check(response, 304, {**FILE, **TAGGED, "Cache-Control": "max-age=3600, public"})


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_fault_carries_the_headers_of_a_page(client, method, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(facets.directory, "build", fail)

    check(client.generic(method, "/en/"), 500, {**PAGE, **FULL})


def test_fault_in_a_middleware_carries_the_headers_of_a_page(client, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("care.middleware.RefuseBrokenInputMiddleware.process_request", fail)

    check(client.get("/en/"), 500, {**PAGE, **EARLY})


def test_missing_database_carries_the_headers_of_data(client, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("search.models.DataVersion.objects.get", fail)

    json = {"Content-Type": "application/json"}
    check(
        client.get("/readyz"), 503, {**FILE, **MEASURED, **ENGLISH, **BY_BROWSER_LANGUAGE, **json}
    )


def test_too_large_form_is_413_with_the_headers_of_a_page(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    response = client.post("/en/practices/suggest/", {"text": "a" * 200})

    check(response, 413, {**PAGE, **FULL})
    assert "more than we can take in" in response.content.decode()


def test_form_with_too_many_fields_is_413(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    response = client.post(
        "/en/practices/suggest/", "a=1&b=2&c=3", "application/x-www-form-urlencoded"
    )

    check(response, 413, {**PAGE, **FULL})


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_page_of_a_curator_carries_the_headers_of_the_admin(curator, method):
    response = curator.generic(method, "/en/admin/")

    check(response, 200, {**ADMIN, **FULL, **NEVER, **BY_SIGN_IN_PACKED})


def test_page_closed_to_an_account_carries_the_headers_of_the_admin(client):
    come_in(client, User.objects.create_user("helper", is_staff=True))

    response = client.get("/en/admin/auth/user/")

    check(response, 403, {**ADMIN, **FULL, "Vary": "Cookie, Accept-Encoding"})
    assert "not open to your account" in response.content.decode()


def test_curator_reads_public_pages_like_everybody(curator):
    curator.get(LOGIN)

    headers = {**PAGE, **FULL, **TAGGED, "Vary": "Cookie, Accept-Encoding"}
    check(curator.get("/en/about/"), 200, headers)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_link_of_an_organisation_carries_the_headers_of_a_page_without_a_token(client, method):
    question = make_question(Practice.objects.get(code="BE07"))

    response = client.generic(method, f"/en/still-right/{sealed(question)}/")

    check(response, 200, {**PAGE, **FULL, **TRACELESS})


# --- A site of two pages, one of them with a form ----------------------------------------------


def with_form(request):
    return HttpResponse(get_token(request))


def with_choice_of_its_own(request):
    return HttpResponse("", headers={"Cache-Control": "no-store", "Referrer-Policy": "unsafe-url"})


urlpatterns = [
    path("form/", with_form),
    path("own/", with_choice_of_its_own),
]


def test_page_with_a_token_lets_the_browser_tell_where_it_comes_from(client, settings):
    settings.ROOT_URLCONF = __name__

    response = client.get("/form/")

    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Content-Security-Policy"] == OWN_FILES + TRUSTED_TYPES


def test_view_decides_how_long_its_answer_is_kept_and_nothing_else(client, settings):
    settings.ROOT_URLCONF = __name__

    response = client.get("/own/")

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"


# --- HTTPS -------------------------------------------------------------------------------------

STRICT = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload"}


@pytest.fixture
def production(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.ALLOWED_HOSTS = ["testserver"]


def test_https_is_asked_for_on_every_kind_of_answer(production, client):
    check(client.get("/en/about/", secure=True), 200, {**PAGE, **FULL, **TAGGED, **STRICT})
    check(client.get("/en/nothing/", secure=True), 404, {**PAGE, **FULL, **STRICT})
    check(client.get("/static/site.css", secure=True), 200, {**FILE, **STATIC, **STYLE, **STRICT})


def test_http_leads_to_https_with_all_headers(production, client):
    response = client.get("/en/about/")

    check(response, 301, {**PAGE, **HTML, "Location": "https://testserver/en/about/"})


@pytest.mark.parametrize("secure", [True, False])
def test_foreign_host_is_refused_with_all_headers(production, client, secure):
    response = client.get("/en/about/", headers={"Host": "a.example"}, secure=secure)

    assert response.status_code == 400
    names = set(ALWAYS | PAGE | (STRICT if secure else {}))
    assert names <= set(response.headers)


def test_developer_sees_the_page_about_a_fault_with_its_style(client, settings):
    settings.DEBUG = True

    response = client.get("/en/nothing/")

    assert "Content-Security-Policy" not in response.headers
    assert response.headers["X-Frame-Options"] == "DENY"


# --- What the values say -----------------------------------------------------------------------


def test_every_feature_is_off_and_named_once():
    features = EVERYWHERE["Permissions-Policy"].split(", ")

    assert all(re.fullmatch(r"[a-z0-9-]+=\(\)", feature) for feature in features)
    assert len(features) == len(set(features)) > 70
    assert {"camera=()", "geolocation=()", "unload=()"} <= set(features)
