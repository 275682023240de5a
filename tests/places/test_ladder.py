import pytest

from places import gazetteer
from places.ladder import RUNGS, Ladder
from practices.facets import directory
from search.version import current
from tests.factories import make_practice
from tests.pages import codes, practice_list, text

pytestmark = pytest.mark.django_db
DATA_RUNG = "data-rung"


def rungs_of(place):
    """Rung → codes, for the place a visitor types."""
    meanings = gazetteer.understand(place)
    known = directory(current())
    ladder = Ladder(known, [meanings[0].spot.code], meanings[0])
    found = {rung: known.snapshot.keys_in(mask, known.keys) for rung, mask in ladder.masks.items()}
    return {rung: keys for rung, keys in found.items() if keys}


def test_rung_is_the_smallest_coverage_that_contains_the_place():
    make_practice("BE11", coverage=["BE", "63079"])
    make_practice("BE12", coverage=["63000", "BE-WAL"])
    make_practice("BE13", coverage=["BE-WLG"])
    make_practice("BE14", coverage=["COM-FR"])
    make_practice("BE15", coverage=["BE-WAL"])
    make_practice("BE16", coverage=["BE"])
    make_practice("BE17")

    assert rungs_of("Verviers") == {
        "municipality": ["BE11"],
        "arrondissement": ["BE12"],
        "province": ["BE13"],
        "region": ["BE14", "BE15"],
        "national": ["BE16"],
        "unstated": ["BE17"],
    }


def test_nearby_holds_services_for_others_within_25_km():
    make_practice("BE11", coverage=["62063"], seats=["62063"])
    make_practice("BE12", coverage=["21004"], seats=["21004"])
    make_practice("BE13", seats=["62063"])

    assert rungs_of("Verviers") == {"nearby": ["BE11"], "unstated": ["BE13"]}


def test_service_of_another_municipality_is_never_shown_as_local():
    make_practice("BE11", coverage=["21004"])

    assert rungs_of("Verviers") == {}


def test_wide_place_starts_at_its_own_rung():
    make_practice("BE11", coverage=["63079"])
    make_practice("BE12", coverage=["BE-WLG"])
    make_practice("BE13", coverage=["COM-DE"])
    make_practice("BE14", coverage=["BE"])
    make_practice("BE15", coverage=["BE-VLG"])

    assert rungs_of("BE-WLG") == {
        "province": ["BE11", "BE12"],
        "region": ["BE13"],
        "national": ["BE14"],
    }


def test_wide_place_shows_what_lies_wholly_inside_first():
    make_practice("BE11", coverage=["63079", "21004"], operating_status="active")
    make_practice("BE12", coverage=["63079"])

    assert codes(practice_list(place="BE-WLG")) == ["BE12", "BE11"]


def test_page_marks_group_and_result_with_the_rung_in_order():
    make_practice("BE11", coverage=["BE"])
    make_practice("BE12", coverage=["63079"])
    make_practice("BE13")

    response = practice_list(place="Verviers")
    page = response.content.decode()

    found = [piece.split('"')[1] for piece in page.split(DATA_RUNG)[1:]]
    assert found == [rung for rung in ("municipality", "national", "unstated") for _ in range(2)]
    assert codes(response) == ["BE12", "BE11", "BE13"]
    assert "For people in Verviers" in text(response)


def test_page_of_services_close_by_says_whom_they_are_meant_for():
    make_practice("BE11", coverage=["62063"], seats=["62063"])

    page = text(practice_list(place="Verviers"))

    assert "Close by, but meant for residents of Liège" in page


def test_list_without_a_place_has_no_rungs():
    make_practice("BE11", coverage=["BE"])

    assert DATA_RUNG not in practice_list().content.decode()


def test_rungs_are_in_the_order_of_the_design():
    assert RUNGS == (
        "municipality",
        "arrondissement",
        "province",
        "region",
        "national",
        "nearby",
        "unstated",
    )
