"""A new account of the admin, from its first sign-in to its recovery codes."""

from base64 import b32decode

import pytest

from tests.browser.conftest import PASSWORD, follow, listen, path_of, sign_in
from tests.browser.test_accessibility import violations
from tests.staff import code_from

LANGUAGES = ("nl", "fr", "en")
PHONE = {"width": 320, "height": 2000}
INDEX, LOGIN, SET_UP = "admin:index", "admin:login", "admin:set_up_telephone"


def make_account(curator, name):
    """A superuser makes an account of staff, as a curator would in the admin."""
    curator.goto(path_of("admin:auth_user_add", "nl"))
    curator.fill("#id_username", name)
    curator.fill("#id_password1", PASSWORD)
    curator.fill("#id_password2", PASSWORD)
    follow(curator.locator("[name=_save]"))
    curator.check("#id_is_staff")
    follow(curator.locator("[name=_save]"))
    assert curator.locator(".messagelist .success").is_visible()


def shown_key(page):
    return b32decode(page.inner_text("#secret").replace(" ", ""))


def type_code(page, code):
    page.fill("#id_code", code)
    follow(page.locator("#set-up-form [type=submit]"))


def shown_recovery_codes(page):
    return page.locator(".recovery-codes code").all_inner_texts()


def sign_out(page):
    follow(page.locator("#logout-form button"))


@pytest.mark.parametrize(
    ("language", "with_script"), [("nl", True), ("fr", True), ("en", True), ("nl", False)]
)
def test_new_account_sets_up_its_second_factor(
    curator, new_context, base_url, language, with_script
):
    name = f"new-{language}-{with_script}"
    make_account(curator, name)
    page = new_context(java_script_enabled=with_script).new_page()
    found = listen(page, base_url)

    page.goto(path_of(INDEX, language))
    sign_in(page, name)
    assert page.url.startswith(base_url + path_of(SET_UP, language))
    assert page.locator(".qr svg").bounding_box()["width"] > 150
    key = shown_key(page)
    type_code(page, code_from(key, later=1000))
    assert page.locator(".errorlist").count() == 1
    assert shown_key(page) == key
    type_code(page, code_from(key))
    recovery_codes = shown_recovery_codes(page)
    assert len(set(recovery_codes)) == 10
    follow(page.locator(".on-screen a"))
    assert page.url == base_url + path_of(INDEX, language)

    sign_out(page)
    page.goto(path_of(INDEX, language))
    sign_in(page, name, code_from(key, later=1000))
    assert page.locator(".errornote").is_visible()
    assert page.input_value("#id_username") == name
    assert page.input_value("#id_password") == ""
    sign_in(page, name, recovery_codes[0])
    assert page.url == base_url + path_of(INDEX, language)

    sign_out(page)
    page.goto(path_of(INDEX, language))
    sign_in(page, name, recovery_codes[0])
    assert page.locator(".errornote").is_visible()
    assert found == []


def test_code_of_the_app_signs_in(curator, page, base_url):
    make_account(curator, "with-app")
    page.goto(path_of(INDEX, "nl"))
    sign_in(page, "with-app")
    key = shown_key(page)
    type_code(page, code_from(key))
    follow(page.locator(".on-screen a"))
    sign_out(page)

    page.goto(path_of(INDEX, "nl"))
    sign_in(page, "with-app", code_from(key, later=1))  # the first one is used up

    assert page.url == base_url + path_of(INDEX, "nl")


def test_fifth_failure_locks_this_name_only(page, new_context, recovery_codes):
    for _ in range(5):
        page.goto(path_of(LOGIN, "en"))
        sign_in(page, "somebody", password="wrong")

    assert "Wait 15 minutes" in page.inner_text("#content")
    other = new_context().new_page()
    other.goto(path_of(LOGIN, "en"))
    sign_in(other, "curator", next(recovery_codes))
    assert other.locator("#user-tools").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(curator, page, language):
    """In what is ours: the frame around it is Django's."""
    page.set_viewport_size(PHONE)
    curator.set_viewport_size(PHONE)
    found = []

    page.goto(path_of(LOGIN, language))
    found += violations(page)
    for name in (SET_UP, "admin:second_factor"):
        curator.goto(path_of(name, language))
        found += violations(curator, context="#content")

    assert not found, "\n".join(found)


def test_recovery_codes_can_be_printed(curator):
    curator.goto(path_of("admin:second_factor", "nl"))
    curator.emulate_media(media="print")

    assert curator.locator("#header").is_hidden()
    assert curator.locator("#content-main").is_visible()
