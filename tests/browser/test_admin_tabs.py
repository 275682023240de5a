"""One language of a record at a time, all of them without script."""

import pytest

from tests.browser.conftest import follow, path_of
from tests.browser.test_admin import LANGUAGES, open_practice, paths

NAMES = "fields => fields.map(field => field.name)"
MARKED = "buttons => buttons.map(button => button.value)"


def fields(page, *languages):
    """Names of the translated fields of the form, of some languages."""
    names = page.eval_on_selector_all("#practice_form .mt", NAMES)
    return [name for name in names if name.endswith(languages)]


def shown(page):
    return page.locator("#practice_form .mt").filter(visible=True).evaluate_all(NAMES)


def press(page, value):
    page.click(f".language-tabs button[value='{value}']")


def marked(page):
    return page.eval_on_selector_all(".language-tabs .has-errors", MARKED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tabs_start_with_the_language_of_the_page(curator, language):
    open_practice(curator, "VB17", language)

    assert shown(curator) == fields(curator, f"_{language}") != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_tab_shows_the_fields_of_its_language_only(curator, language):
    open_practice(curator, "VB17", "nl")

    press(curator, "*")
    press(curator, language)

    pressed = curator.locator(".language-tabs [aria-pressed=true]")
    assert shown(curator) == fields(curator, f"_{language}")
    assert pressed.evaluate_all(MARKED) == [language]


def test_last_tab_shows_all_languages(curator):
    open_practice(curator, "VB17")

    press(curator, "*")

    assert shown(curator) == fields(curator, "_nl", "_fr", "_en")


def test_without_script_all_languages_show(new_context, signed_in):
    page = new_context(storage_state=signed_in, java_script_enabled=False).new_page()

    open_practice(page, "VB17")

    assert page.locator(".language-tabs").count() == 0
    assert shown(page) == fields(page, "_nl", "_fr", "_en")


def test_missing_summary_of_published_practice_is_told(curator):
    open_practice(curator, "VB17", "en")
    press(curator, "fr")
    curator.fill("#id_summary_fr", "")

    follow(curator.locator("[name=_save]").first)

    errors = curator.locator(".errorlist").filter(visible=True)
    assert [error.inner_text() for error in errors.all()] != []
    assert "FR" in errors.last.inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_in_hidden_language_comes_into_view(curator, language):
    other = {"nl": "fr", "fr": "en", "en": "nl"}[language]
    open_practice(curator, "VB17", language)
    press(curator, other)
    curator.fill(f"#id_slug_{other}", "not a slug!")

    follow(curator.locator("[name=_save]").first)

    assert marked(curator) == [other]
    assert curator.locator(f"#id_slug_{other}").is_visible()
    assert curator.locator(f".errorlist[id=id_slug_{other}_error]").is_visible()


@pytest.mark.parametrize("tab", [*LANGUAGES, "*"])
def test_tab_keeps_cells_of_a_table_under_their_headings(curator, tab):
    curator.goto(path_of("admin:practices_taxonomy_changelist", "nl"))
    curator.goto(paths(curator, "#result_list tbody th a")[0])

    press(curator, tab)

    table = curator.locator("#terms-group table")
    headings = table.locator("thead th").filter(visible=True)
    cells = table.locator("tr.has_original").first.locator("td").filter(visible=True)
    assert headings.count() == cells.count()
