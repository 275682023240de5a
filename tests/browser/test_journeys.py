"""What a curator changes, a reader sees at once."""

import pytest

from tests.browser.conftest import follow, list_path, path_of, practice_path
from tests.browser.test_admin import open_practice

LANGUAGES = ("nl", "fr", "en")


@pytest.fixture
def reader(new_context):
    return new_context().new_page()


def codes_found(reader, language, words):
    reader.goto(list_path(language, q=words))
    return [card.get_attribute("data-code") for card in reader.locator("[data-code]").all()]


def test_changed_phone_number_shows_at_once_in_every_language(curator, reader):
    pages = [practice_path("VB13", language) for language in LANGUAGES]
    before, after = [], []
    for page in pages:
        reader.goto(page)
        before.append(reader.locator("li.phone a[href='tel:025550123']").count())

    open_practice(curator, "VB13")
    row = curator.locator("#contacts-group tr:has(option[value=phone][selected])").first
    row.locator("[name$=-value]").fill("02 555 01 23")
    follow(curator.locator("[name=_save]").first)

    for page in pages:
        reader.goto(page)
        after.append(reader.locator("li.phone a[href='tel:025550123']").count())
    assert before == [0, 0, 0]
    assert after == [1, 1, 1]


def test_draft_is_found_once_it_is_published_in_bulk(curator, reader):
    curator.goto(path_of("admin:practices_practice_add", "en"))
    curator.click(".language-tabs button[value='*']")
    curator.fill("#id_code", "VB90")
    for language in LANGUAGES:
        curator.fill(f"#id_name_{language}", f"Zonnebloemlijn {language}")
        curator.fill(f"#id_slug_{language}", f"zonnebloemlijn-{language}")
        curator.fill(f"#id_summary_{language}", f"Summary {language}")
    follow(curator.locator("[name=_save]").first)
    before = [codes_found(reader, language, "zonnebloemlijn") for language in LANGUAGES]

    curator.goto(path_of("admin:practices_practice_changelist", "en") + "?code=VB90")
    curator.check("#result_list .action-select")
    curator.select_option("[name=action]", "publish")
    follow(curator.locator("#changelist-form .actions [type=submit]"))
    follow(curator.locator(".acts button.default"))

    after = [codes_found(reader, language, "zonnebloemlijn") for language in LANGUAGES]
    assert before == [[], [], []]
    assert after == [["VB90"], ["VB90"], ["VB90"]]
