"""Every page on which curators work: nothing of it breaks the policy, and axe finds nothing."""

import pytest

from tests.browser.conftest import listen
from tests.browser.made_up import PAGES, open_page
from tests.browser.test_accessibility import violations

SAMPLED = ("dashboard", "record", "translate", "copy review", "import preview", "suggestion")
# Django's own: its autocomplete, its box for a moment, its search, a heading above no column.
OF_DJANGO = [".select2", ".select2-container", ".datetime", "#searchbar", "th.original"]
EVERY = [(name, "nl") for name in PAGES]
SOME = [(name, language) for name in SAMPLED for language in ("fr", "en")]


@pytest.mark.parametrize(("name", "language"), EVERY + SOME)
def test_page_of_curators_obeys_the_policy_and_axe_finds_nothing(
    curator, base_url, made_up, name, language
):
    curator.set_viewport_size({"width": 1280, "height": 10_000})
    found = listen(curator, base_url)

    open_page(curator, name, made_up, language)
    curator.evaluate("new Promise(requestAnimationFrame)")
    wrong = list(found)  # before axe comes, which brings styles of its own
    blamed = violations(curator, context={"exclude": [[one] for one in OF_DJANGO]})

    assert wrong == []
    assert not blamed, "\n".join(blamed)
