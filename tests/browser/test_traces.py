"""Reading leaves nothing behind and tells nobody else."""

import pytest

from tests.browser.conftest import PAGE_KINDS, STATUS, listen, public_path, visit

KEPT = """async () => ({
  localStorage: Object.keys(localStorage),
  sessionStorage: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(database => database.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).map(worker => worker.scope),
})"""
# Chromium itself writes this line for the answer to the page asked for.
STATUS_LINES = {
    200: [],
    400: [
        "console: Failed to load resource: the server responded with a status of 400 (Bad Request)"
    ],
    404: [
        "console: Failed to load resource: the server responded with a status of 404 (Not Found)"
    ],
}


@pytest.mark.parametrize("kind", PAGE_KINDS)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_page_involves_no_other_host_and_logs_no_error(page, base_url, kind, language):
    found = listen(page, base_url)

    visit(page, kind, language)
    links = page.eval_on_selector_all("link", "links => links.map(link => link.href)")

    assert found == STATUS_LINES[STATUS.get(kind, 200)]
    assert [link for link in links if not link.startswith(f"{base_url}/")] == []


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_reading_keeps_nothing_in_the_browser(page, language):
    for kind in PAGE_KINDS:
        visit(page, kind, language)

    assert page.context.cookies() == []
    assert page.evaluate(KEPT) == {
        "localStorage": [],
        "sessionStorage": [],
        "databases": [],
        "caches": [],
        "workers": [],
    }


def test_root_leads_to_the_language_of_the_browser_without_cookie(new_context):
    page = new_context(locale="fr-BE").new_page()

    page.goto("/")

    assert page.url.endswith(public_path("home", "fr"))
    assert page.context.cookies() == []
