import re

import pytest

from practices.models import Practice
from tests.factories import make_help_line
from tests.pages import address, body, get, links
from tests.staff import curator_client

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")


def style_page(language="en"):
    return curator_client().get(address("style_page", language=language))


def test_readers_are_led_to_sign_in():
    response = get(address("style_page"))

    assert response.status_code == 302
    assert response.url.startswith(address("admin:login"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_shows_every_part(language):
    make_help_line(number="112", is_urgent=True)
    page = body(style_page(language))

    parts = ("button second", "button urgent-call", "search", "facet", "chips", "card", "rung",
             "strip", "nothing", "pages", "note", "danger", "fallback", "doubt", "freshness stale",
             "freshness verified", "organisation", "reference", "thread", "table")  # fmt: skip
    assert [part for part in parts if f'class="{part}"' not in page] == []
    assert 'aria-invalid="true"' in page
    assert page.count("disabled") >= 4


def test_page_tells_the_contrast_of_every_pair():
    page = body(style_page())

    measured = [float(ratio) for ratio in re.findall(r"</svg> ([\d.]+) <span", page)]
    assert len(measured) == 2 * page.count('</th><td class="number"><svg')
    assert min(measured) >= 3
    assert "too little" not in page


def test_samples_are_no_records():
    style_page()

    assert Practice.objects.count() == 0


def test_page_of_curators_leads_there():
    response = curator_client().get(address("admin:how_we_write"))

    assert address("style_page") in links(response)


def test_readers_ask_for_one_sheet():
    assert body(get(address("home"))).count('rel="stylesheet"') == 1
    assert body(style_page()).count('rel="stylesheet"') == 2
