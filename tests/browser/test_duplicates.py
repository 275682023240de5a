"""Tables and duplicates in the curator's browser, under the policy of the site."""

from tests.browser.conftest import follow, listen, path_of
from tests.curation.tables.sheets import sheet_of

CHECKED = {"name": "table.csv", "mimeType": "text/csv"}


def test_typed_name_shows_what_looks_like_it(curator, base_url):
    found = listen(curator, base_url)
    curator.goto(path_of("admin:practices_practice_add", "nl"))

    curator.locator("#id_name_nl").press_sequentially("Hoedzaam")
    told = curator.locator("#id_name_nl + [role=status]")
    told.locator("a").wait_for()

    assert told.locator("a").all_inner_texts()[0].startswith("VB07 Hoedsaam (")
    curator.locator("#id_name_nl").fill("Qwertz")
    told.locator("a").wait_for(state="detached")
    assert told.inner_text() == ""
    assert found == []


def test_pages_of_tables_and_merges_obey_the_policy(curator, base_url):
    found = listen(curator, base_url)
    table = sheet_of([["code", "name_nl", "slug_nl", "summary_nl"], ["XB11", "Hoedsaam", "x", "S"]])

    curator.goto(path_of("admin:practices_practice_import", "en"))
    curator.locator("input[type=file]").set_input_files(CHECKED | {"buffer": table})
    follow(curator.locator("#content input[type=submit]"))
    assert "XB11 new" in curator.locator("#content h2").inner_text()
    assert "VB07" in curator.locator("#content h2 + p").inner_text()

    curator.goto(path_of("admin:practices_practice_duplicates", "en"))
    follow(curator.locator("tr.pair a[href*=merge]").first)
    follow(curator.locator("#content form input[type=submit]"))
    assert "Nothing is written yet" in curator.locator("#content").inner_text()
    assert found == []
