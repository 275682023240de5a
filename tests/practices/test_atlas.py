"""The map of Belgium and the small one of a practice."""

import re

import pytest

from network.publishing import EditorialStatus
from places.models import Place
from places.outlines import drawing
from practices.atlas import locator, provinces
from practices.facets import directory
from practices.models import PracticeContact
from search.version import current
from tests.factories import make_practice, make_source
from tests.pages import address, body, buttons, get, links, search, text, total

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
NAMES = {
    "nl": ("Antwerpen", "Henegouwen", "Brussel"),
    "fr": ("Anvers", "Hainaut", "Bruxelles"),
    "en": ("Antwerp", "Hainaut", "Brussels"),
}


def outline(code):
    (found,) = [outline for outline in drawing().outlines if outline.code == code]
    return found.path


def paths(*codes):
    return "".join(one.path for one in drawing().outlines if one.code in codes)


@pytest.fixture
def spread():
    """Practices for a town, a province, a region, a community, the country and nobody knows."""
    make_practice(coverage=["63079"])
    make_practice(coverage=["BE-VAN"])
    make_practice(coverage=["BE-VLG"])
    make_practice(coverage=["COM-DE"])
    make_practice(coverage=["BE"])
    make_practice()
    make_practice(coverage=["BE-VAN"], editorial_status=EditorialStatus.DRAFT)


# --- The map -----------------------------------------------------------------------------------


def test_number_of_each_province_is_that_of_its_list(spread):
    shown = provinces(directory(current()))

    assert len(shown) == 11
    assert {p.outline.code: p.count for p in shown} == {
        p.outline.code: total(get(p.address)) for p in shown
    }
    counts = {p.outline.code: p.count for p in shown}
    assert (counts["BE-VAN"], counts["BE-WLG"], counts["BE-WLX"]) == (4, 4, 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_leads_to_each_province_by_map_and_by_list(spread, language):
    response = get(address("home", language=language))

    path = address("practice_list", language=language)
    for code in drawing().codes:
        assert links(response).count(f"{path}?place={code}") == 2
    for name in NAMES[language]:
        assert f"<title>{name}, " in body(response)
        assert f">{name}</a>" in body(response)


def test_home_lists_provinces_in_the_order_of_the_reader(spread):
    listed = re.findall(r"<li><a[^>]*place=[^>]*>([^<]+)</a>", body(get("/nl/")))

    assert listed[:3] == ["Antwerpen", "Brussel", "Henegouwen"]
    assert listed == sorted(listed)


def test_province_without_practice_is_no_link():
    make_practice(coverage=["BE-VAN"])

    response = get("/en/")

    assert [link for link in links(response) if "place=" in link] == [
        "/en/practices/?place=BE-VAN"
    ] * 2
    assert body(response).count("<text") == 11
    assert "Antwerp, 1 practice<" in body(response)


def test_most_and_least_practices_have_the_darkest_and_lightest_shade(spread):
    shades = {p.outline.code: p.shade for p in provinces(directory(current()))}

    assert (shades["BE-VAN"], shades["BE-VLI"], shades["BE-WNA"]) == (4, 2, 1)


def test_where_all_provinces_have_as_many_all_are_light():
    make_practice(coverage=["BE"])

    assert {p.shade for p in provinces(directory(current()))} == {1}


def test_home_stands_without_practices():
    response = get("/en/")

    assert response.status_code == 200
    assert not [link for link in links(response) if "place=" in link]


def test_during_a_search_the_provinces_are_buttons():
    make_practice(coverage=["BE"], name_en="Sunflower circle")

    response = search("en", q="sunflower")

    chosen = {f"place={code}" for code in drawing().codes}
    assert chosen <= set(buttons(response))
    assert not [link for link in links(response) if "place=" in link]
    assert '<svg class="belgium"' not in body(response)


# --- The small map of a practice ---------------------------------------------------------------


def test_locator_of_a_municipality_shades_a_part_of_its_province():
    found = locator(["63079"], [])

    assert (found.wholly, found.partly) == ("", outline("BE-WLG"))
    assert found.seats == []


def test_locator_of_a_province_shades_it_wholly():
    found = locator(["BE-VAN"], [])

    assert (found.wholly, found.partly) == (outline("BE-VAN"), "")


def test_locator_of_a_region_shades_its_provinces():
    found = locator(["BE-VLG"], [])

    assert found.wholly == paths("BE-VAN", "BE-VBR", "BE-VLI", "BE-VOV", "BE-VWV")
    assert found.partly == ""


def test_locator_of_a_community_shades_a_part_where_another_shares_the_province():
    found = locator(["COM-FR"], [])

    assert found.wholly == paths("BE-WBR", "BE-WHT", "BE-WLX", "BE-WNA", "BE-BRU")
    assert found.partly == outline("BE-WLG")


def test_locator_of_the_country_shades_everything():
    found = locator(["BE"], [])

    assert found.wholly == paths(*drawing().codes)
    assert (found.partly, found.others) == ("", "")


def test_locator_shows_the_seats_that_have_a_point():
    found = locator(["BE"], ["11002", "BE-VAN"])

    assert found.seats == [drawing().point(Place.objects.get(code="11002"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_detail_shows_its_area_as_a_picture_with_words(language):
    make_practice("BE11", coverage=["BE-VAN"], seats=["11002"])

    response = get(address("practice_detail", f"be11-{language}", language=language))

    (title,) = re.findall(r'<title id="on-map">([^<]+)<', body(response))
    assert (
        title
        == {
            "nl": "Kaart van België: de provincie Antwerpen",
            "fr": "Carte de la Belgique – province\N{NO-BREAK SPACE}: Anvers",
            "en": "Map of Belgium: the province of Antwerp",
        }[language]
    )
    assert body(response).count("<circle") == 1


def test_detail_without_stated_area_has_no_picture():
    make_practice("BE11", seats=["11002"])

    assert "<figure" not in body(get(address("practice_detail", "be11-en")))


def test_detail_shows_no_point_for_a_protected_address():
    practice = make_practice("BE11", coverage=["BE-VAN"])
    PracticeContact.objects.create(
        practice=practice,
        kind="address",
        value="Kanariestraat 77",
        is_protected=True,
        municipality=Place.objects.get(code="11002"),
        source=make_source(),
    )

    response = get(address("practice_detail", "be11-en"))

    assert "<figure" in body(response)
    assert "<circle" not in body(response)
    assert "Dot" not in text(response)
