import pytest

from network.models import ActorContact
from network.publishing import EditorialStatus
from places.models import Place
from tests.factories import in_all, make_actor, make_contact
from tests.pages import address, body, get, links

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_actor(code="house", **in_all("name", "Open house"))


def card(language="en"):
    return get(address("actor_vcard", "house", language=language))


def lines(response):
    return body(response).split("\r\n")


def test_card_holds_every_kind_of_contact(house):
    make_contact(house, "phone", "02 111 22 33")
    make_contact(house, "phone", "+32 470 11 22 33")
    make_contact(house, "email", "info@house.example")
    make_contact(house, "website", "https://house.example/")
    make_contact(house, "address", "Straat 7, 1000 Brussel")

    found = lines(card())

    assert found[:5] == ["BEGIN:VCARD", "VERSION:3.0", "N:Open house en", "FN:Open house en",
                         "ORG:Open house en"]  # fmt: skip
    assert {"TEL:02 111 22 33", "TEL:+32 470 11 22 33", "EMAIL:info@house.example"} <= set(found)
    assert r"ADR:;;Straat 7\, 1000 Brussel;;;;" in found
    assert any(line.startswith("URL:https") for line in found)
    assert found[-2:] == ["END:VCARD", ""]


def test_card_is_a_file_of_that_name(house):
    make_contact(house)

    response = card()

    assert response.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="house.vcf"'


@pytest.mark.parametrize(("language", "told"), [
    ("nl", "bron uit 2018, controleer eerst"),
    ("fr", "source de 2018"),
    ("en", "source of 2018, check before use"),
])  # fmt: skip
def test_card_tells_the_year_of_each_contact(house, language, told):
    make_contact(house, value="02 111 22 33")

    note = next(line for line in lines(card(language)) if line.startswith("NOTE:"))

    assert note.startswith("NOTE:02 111 22 33: ")
    assert told in note.replace("\\,", ",")


def test_card_tells_what_is_probable_and_what_is_undated(house):
    make_contact(house, certainty="probable", year=None)

    assert r"probably\, source undated" in body(card())


def test_card_of_a_protected_address_holds_the_municipality_only(house):
    vilvoorde = Place.objects.get(code="23088")
    make_contact(house, "address", "Kanariestraat 77", is_protected=True, municipality=vilvoorde)

    found = body(card())

    assert "Kanariestraat" not in found
    assert "ADR:;;;Vilvoorde;;;" in found


def test_name_cannot_add_a_line_or_a_part(house):
    ActorContact.objects.all().delete()
    house.name_en = "Open; house\r\nTEL:1"
    house.save()
    make_contact(house)

    assert "N:Open, house TEL:1" in lines(card())


def test_page_offers_the_card_where_there_is_a_contact(house):
    page = address("actor_detail", "house")
    assert address("actor_vcard", "house") not in links(get(page))
    assert card().status_code == 404

    make_contact(house)
    house.save()

    assert address("actor_vcard", "house") in links(get(page))


@pytest.mark.parametrize("status", [EditorialStatus.DRAFT, EditorialStatus.ARCHIVED])
def test_organisation_that_is_not_public_has_no_card(house, status):
    make_contact(house)
    house.editorial_status = status
    house.save()

    assert card().status_code == 404
