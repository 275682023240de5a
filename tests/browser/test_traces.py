"""Reading leaves nothing behind and tells nobody else."""

import pytest

from tests.browser.conftest import ERROR_KINDS, PAGE_KINDS, STATUS, listen, public_path, visit

EVERY_KIND = (*PAGE_KINDS, *ERROR_KINDS, "admin_login")
READER_KINDS = (*PAGE_KINDS, *ERROR_KINDS)
# Their forms store something.
STORING_KINDS = (
    *("suggestion", "suggestion_organisation", "network_join", "network_practice"),
    *("ask", "register"),
)

KEPT = """async () => ({
  localStorage: Object.keys(localStorage),
  sessionStorage: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(database => database.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).map(worker => worker.scope),
})"""
NOTHING = {
    "localStorage": [],
    "sessionStorage": [],
    "databases": [],
    "caches": [],
    "workers": [],
}
# Chromium itself writes this line for the answer to the page asked for.
STATUS_LINE = "console: Failed to load resource: the server responded with a status of "
FEATURES = "document.featurePolicy.allowedFeatures()"


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_page_involves_no_other_host_and_logs_no_error(page, base_url, kind, language):
    found = listen(page, base_url)

    visit(page, kind, language)
    links = page.eval_on_selector_all("link", "links => links.map(link => link.href)")

    status_lines = [] if STATUS.get(kind, 200) == 200 else [f"{STATUS_LINE}{STATUS[kind]}"]
    assert [line.split(" (")[0] for line in found] == status_lines
    assert [link for link in links if not link.startswith(f"{base_url}/")] == []


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_reading_keeps_nothing_in_the_browser(page, language):
    for kind in READER_KINDS:
        if kind not in STORING_KINDS:
            visit(page, kind, language)

    assert page.context.cookies() == []
    assert page.evaluate(KEPT) == NOTHING


@pytest.mark.parametrize("kind", STORING_KINDS)
def test_form_that_stores_keeps_one_cookie_until_the_browser_closes(page, kind):
    visit(page, kind, "nl")

    cookies = [(one["name"], one["expires"], one["httpOnly"]) for one in page.context.cookies()]
    assert cookies == [("csrftoken", -1, True)]
    assert page.evaluate(KEPT) == NOTHING


def test_leaving_keeps_the_mark_of_the_exit_only(page, destination):
    visit(page, "list", "nl")
    page.click("a.exit")
    page.wait_for_url(destination.url)

    # The same tab, at our site, before any script of ours can look at the mark.
    page.route("**/static/exit.*", lambda route: route.abort())
    visit(page, "about", "nl")

    assert page.evaluate(KEPT) == NOTHING | {"sessionStorage": ["exit"]}
    assert page.context.cookies() == []


def test_signing_in_page_keeps_the_cookie_of_its_form_only(page):
    visit(page, "admin_login", "nl")

    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]
    assert page.evaluate(KEPT) == NOTHING


@pytest.mark.parametrize("kind", ["home", "detail", "fault", "admin_login"])
def test_page_may_use_no_feature_of_the_browser(page, kind):
    visit(page, kind, "nl")

    # The scripts of the admin close their popups when a page is left.
    assert page.evaluate(FEATURES) == (["unload"] if kind == "admin_login" else [])


@pytest.mark.parametrize("path", ["/nl/", "/healthz", "/nl/nowhere/"])
def test_answers_do_not_tell_what_serves_them(page, path):
    headers = page.request.get(path).headers

    assert headers["server"] == "web"
    assert not [name for name in headers if name.startswith(("x-powered", "x-generator", "via"))]


def test_collected_files_may_be_kept_for_ever_under_their_name(page):
    visit(page, "home", "nl")
    address = page.locator("head script").first.get_attribute("src")

    headers = page.request.get(address).headers

    assert headers["cache-control"] == "max-age=315360000, public, immutable"
    assert "access-control-allow-origin" not in headers
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_root_leads_to_the_language_of_the_browser_without_cookie(new_context):
    page = new_context(locale="fr-BE").new_page()

    page.goto("/")

    assert page.url.endswith(public_path("home", "fr"))
    assert page.context.cookies() == []
