"""What curators do to accounts and vocabularies, in a browser."""

import re
from base64 import b32decode

import pytest

from tests.browser.conftest import PASSWORD, follow, listen, path_of
from tests.browser.test_accessibility import violations
from tests.staff import code_from

ROLE = "Editor (English)"
INVITE, ORDER = "admin:curation_invitation_add", "admin:practices_taxonomy_order"
LATEST_MAIL = (
    "import json; from post_office.models import Email; from tests.letters import text_of; "
    "mail = Email.objects.latest('pk'); print(json.dumps([mail.to, text_of(mail)]))"
)


@pytest.fixture
def latest_mail(inside):
    """Reads the queue of the server under test: (addresses, text)."""
    return lambda: inside(LATEST_MAIL)


def invite(curator, email, language):
    curator.goto(path_of(INVITE, "en"))
    curator.fill("#id_email", email)
    curator.fill("#id_name", "Els Peeters")
    curator.locator("label", has_text=ROLE).locator("[name=roles]").check()
    curator.select_option("#id_language", language)
    follow(curator.locator("[name=_save]"))
    assert curator.locator(".messagelist .success").is_visible()


@pytest.mark.parametrize("with_script", [True, False])
def test_invited_person_comes_in(curator, new_context, base_url, latest_mail, with_script):
    email = f"els-{str(with_script).lower()}@a.example"
    invite(curator, email, "fr")
    addresses, text = latest_mail()
    assert addresses == [email]
    (link,) = re.findall(r"http://\S+key=\S+", text)
    page = new_context(java_script_enabled=with_script).new_page()
    found, asked = listen(page, base_url), []
    page.on("request", lambda request: asked.append(request.headers.get("referer", "")))

    page.goto(link)
    assert page.url.startswith(base_url + path_of("accept_invitation", "fr"))
    page.fill("#id_new_password1", "kort")
    page.fill("#id_new_password2", "kort")
    follow(page.locator("#invitation-form [type=submit]"))
    assert page.locator(".errorlist").is_visible()
    page.fill("#id_new_password1", PASSWORD)
    page.fill("#id_new_password2", PASSWORD)
    follow(page.locator("#invitation-form [type=submit]"))
    assert page.url == base_url + path_of("admin:set_up_telephone", "fr")
    page.goto(path_of("admin:index", "fr"))
    assert "/login/" in page.url or "/second-factor/" in page.url
    page.goto(path_of("admin:set_up_telephone", "fr"))
    key = b32decode(page.inner_text("#secret").replace(" ", ""))
    page.fill("#id_code", code_from(key))
    follow(page.locator("#set-up-form [type=submit]"))
    follow(page.locator(".on-screen a"))

    assert page.url == base_url + path_of("admin:index", "fr")
    assert page.locator("#content-main tr.model-practice").is_visible()
    assert not any("key=" in referrer for referrer in asked)
    assert found == []

    again = new_context().new_page()
    assert again.goto(link).status == 410


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_pages_of_an_invitation(curator, page, latest_mail, width):
    page.set_viewport_size({"width": width, "height": 2000})
    invite(curator, f"axe-{width}@a.example", "nl")
    (link,) = re.findall(r"http://\S+key=\S+", latest_mail()[1])

    page.goto(link)
    found = violations(page, context="#content")
    page.goto(path_of("accept_invitation", "nl"))
    found += violations(page, context="#content")

    assert not found, "\n".join(found)


# --- The order of the taxonomies -----------------------------------------------------------------


def rows(page):
    return page.locator(".order li > span").all_inner_texts()


def focused_name(page):
    return page.evaluate("document.activeElement.value")


def test_keyboard_alone_puts_taxonomies_in_order(curator, base_url):
    found = listen(curator, base_url)
    curator.goto(path_of(ORDER, "en"))
    before = rows(curator)
    first = curator.locator(".order input").first.input_value()

    curator.locator(".order li:first-child button:enabled").focus()
    for _ in range(2):  # the focus is still on the row that moves
        with curator.expect_navigation():
            curator.keyboard.press("Enter")
    assert rows(curator) == [before[1], before[2], before[0], *before[3:]]
    assert focused_name(curator) == f"{first}:down"

    curator.keyboard.press("Shift+Tab")
    for _ in range(2):
        with curator.expect_navigation():
            curator.keyboard.press("Space")
    assert rows(curator) == before
    assert focused_name(curator) == f"{first}:down"  # on top: only down is left
    assert found == []


def test_buttons_work_without_script(new_context, signed_in):
    page = new_context(storage_state=signed_in, java_script_enabled=False).new_page()
    page.goto(path_of(ORDER, "en"))
    before = rows(page)

    follow(page.locator(".order li:nth-child(2) button").first)
    assert rows(page) == [before[1], before[0], *before[2:]]
    follow(page.locator(".order li:nth-child(2) button").first)
    assert rows(page) == before


def grip(page, number):
    box = page.locator(".order b").nth(number).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_row_is_dragged(curator, base_url):
    found = listen(curator, base_url)
    curator.goto(path_of(ORDER, "en"))
    before = rows(curator)

    for source, target in ((2, 0), (0, 3)):  # before a row: there and back
        curator.mouse.move(*grip(curator, source))
        curator.mouse.down()
        curator.mouse.move(*grip(curator, target), steps=5)
        with curator.expect_navigation():
            curator.mouse.up()
        if target == 0:
            assert rows(curator) == [before[2], before[0], before[1], *before[3:]]

    assert rows(curator) == before
    assert found == []


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_pages_of_terms(curator, width):
    curator.set_viewport_size({"width": width, "height": 3000})
    curator.goto(path_of("admin:practices_taxonomyterm_changelist", "en"))
    follow(curator.locator("#result_list tbody th a").first)
    term = re.search(r"/(\d+)/change/", curator.url).group(1)
    found = []

    for name, arguments in ((ORDER, ()), ("admin:practices_taxonomyterm_retire", (term,))):
        curator.goto(path_of(name, "en", *arguments))
        found += violations(curator, context="#content")
    curator.goto(path_of("admin:practices_taxonomyterm_merge", "en", term))
    curator.select_option("#id_into", index=1)
    follow(curator.locator("#merge-form input[type=submit]"))
    assert curator.locator("button[name=merge]").is_visible()
    found += violations(curator, context="#content")

    assert not found, "\n".join(found)
