import pytest
from django.utils.translation import override

from places import gazetteer
from places.models import Place, PlaceAlias, PostalCode

pytestmark = pytest.mark.django_db

NINE_GERMAN_SPEAKING = {
    "63001", "63012", "63013", "63023", "63040", "63048", "63061", "63067", "63087",
}  # fmt: skip


def meant(text):
    return [meaning.spot.code for meaning in gazetteer.understand(text)]


def test_places_are_all_there():
    counts = {kind: Place.objects.filter(kind=kind).count() for kind in Place.Kind.values}

    assert counts == {
        "country": 1,
        "region": 3,
        "community": 3,
        "province": 10,
        "arrondissement": 43,
        "municipality": 565,
        "locality": 2773,
    }
    assert PostalCode.objects.count() == 2790
    assert PostalCode.objects.values("code").distinct().count() == 1147
    assert PlaceAlias.objects.count() == 67


def test_places_are_named_in_four_languages():
    for place in Place.objects.all():
        assert all([place.name_nl, place.name_fr, place.name_de, place.name_en]), place.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Luik", "62063"),
        ("liege", "62063"),
        ("LIÈGE", "62063"),
        ("Lüttich", "62063"),
        ("1080", "21012"),
        ("1080 Molenbeek", "21012"),
        ("Sint-Jans-Molenbeek", "21012"),
        ("st jans molenbeek", "21012"),
        ("Molenbeek-Saint-Jean", "21012"),
        ("Laken", "21004"),
        ("Laeken", "21004"),
        ("Borgerhout", "11002"),
        ("Anvers", "11002"),
        ("Ghent", "44021"),
        ("Ville de Bruxelles", "21004"),
        ("Malmünd", "63049"),
        ("St. Vith", "63067"),
        ("St-Gilles", "21013"),
        ("Verviers", "63079"),
        ("21012", "21012"),
        ("BE-WLG", "BE-WLG"),
        ("be-wlg", "BE-WLG"),
        ("COM-DE", "COM-DE"),
        ("Ostbelgien", "COM-DE"),
        ("Wallonie", "BE-WAL"),
        ("België", "BE"),
    ],
)
def test_understand_names_and_codes(text, code):
    assert meant(text)[0] == code


@pytest.mark.parametrize("text", ["Borsbeek", "Gooik", "Looz", "Kruishoutem", "Bertogne"])
def test_understand_former_municipalities(text):
    alias = PlaceAlias.objects.get(name=text)

    assert meant(text)[0] == alias.place.code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Aalst", ["41002", "71053", "41000"]),
        ("Hamme", ["42008", "23052"]),
        ("Saint-Nicolas", ["46021", "62093", "46000"]),
        ("Luik", ["62063", "62000", "BE-WLG"]),
        ("Vlaanderen", ["BE-VLG", "COM-NL"]),
    ],
)
def test_understand_offers_every_meaning(text, codes):
    assert meant(text) == codes


def test_understand_puts_a_small_namesake_behind_the_province():
    assert meant("Limburg")[:2] == ["BE-VLI", "63046"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Limburg (provincie)", ["BE-VLI"]),
        ("Limbourg (Liège)", ["63046"]),
        ("luik (PROVINCE)", ["BE-WLG"]),
        ("Saint-Nicolas (Liège)", ["62093"]),
        ("Saint-Nicolas (Flandre orientale)", ["46021", "46000"]),
        ("Aalst (arrondissement)", ["41000"]),
        ("Halle (Zoersel)", ["11055"]),
        ("Gooik (Pajottegem)", ["23106"]),
        ("Halle (Liège)", []),
        ("Halle (", ["23027", "11055"]),
        ("(Halle)", ["23027", "11055"]),
    ],
)
def test_understand_takes_what_stands_in_brackets_behind_a_name(text, codes):
    assert meant(text) == codes


@pytest.mark.parametrize(
    ("code", "municipalities"),
    [("1040", ["21005", "21004"]), ("1050", ["21009", "21004"]), ("1060", ["21013", "21004"])],
)
def test_postal_code_in_two_municipalities_gives_the_main_one_first(code, municipalities):
    assert meant(code) == municipalities


@pytest.mark.parametrize(
    ("text", "code"), [("Molenbeek", "21012"), ("verv", "63079"), ("Woluwe-Saint-P", "21019")]
)
def test_understand_completes_the_start_of_a_name(text, code):
    assert meant(text)[0] == code


@pytest.mark.parametrize(
    "text", ["", "  ", "xyz", "9999", "12", "-", "😀", "a" * 5000, "99999", "\x00", "%", "'"]
)
def test_understand_says_nothing_of_what_it_does_not_know(text):
    assert meant(text) == []


def test_understand_tells_the_locality_that_was_named():
    with override("nl"):
        meaning = gazetteer.understand("Laken")[0]

        assert meaning.label == "Laken (Brussel)"
    assert meaning.latitude == pytest.approx(50.8759)


def test_complete_offers_codes_and_names():
    assert {meaning.postal_code for meaning in gazetteer.complete("108")} >= {"1080", "1081"}
    assert gazetteer.complete("eup")[0].spot.code == "63023"
    assert gazetteer.complete("e") == []


def test_similar_offers_what_was_misspelled():
    assert gazetteer.similar("Vilvorde2")[0].spot.code == "23088"
    assert gazetteer.similar("qqqqqq") == []


def test_containers_of_a_brussels_municipality_are_two_communities():
    assert gazetteer.containers("21012") == ["21000", "BE-BRU", "COM-FR", "COM-NL", "BE"]


def test_containers_of_a_flemish_municipality():
    assert gazetteer.containers("44021") == ["44000", "BE-VOV", "BE-VLG", "COM-NL", "BE"]


def test_containers_of_the_german_speaking_municipalities():
    inside = {
        spot.code
        for spot in gazetteer.of_kinds(["municipality"])
        if "COM-DE" in gazetteer.containers(spot.code)
    }

    assert inside == NINE_GERMAN_SPEAKING
    assert gazetteer.containers("63023") == ["63000", "BE-WLG", "BE-WAL", "COM-DE", "BE"]


def test_containers_of_wider_places():
    assert gazetteer.containers("23000") == ["BE-VBR", "BE-VLG", "COM-NL", "BE"]
    assert gazetteer.containers("BE-WLG") == ["BE-WAL", "BE"]
    assert gazetteer.containers("BE-WNA") == ["BE-WAL", "COM-FR", "BE"]
    assert gazetteer.containers("BE") == []


def test_containers_of_a_locality_start_with_its_municipality():
    assert gazetteer.containers("21004-laeken")[:2] == ["21004", "21000"]


def test_every_municipality_lies_in_the_places_it_should():
    for spot in gazetteer.of_kinds(["municipality"]):
        kinds = [gazetteer.get(code).kind for code in gazetteer.containers(spot.code)]
        brussels = spot.code.startswith("21")

        assert kinds.count("arrondissement") == kinds.count("region") == 1
        assert kinds.count("province") == (0 if brussels else 1)
        assert kinds.count("community") == (2 if brussels else 1)
        assert kinds[-1] == "country"


def test_related_places_share_ground():
    related = gazetteer.related("63023")

    assert {"63023", "63000", "BE-WLG", "BE-WAL", "COM-DE", "BE", "63023-eupen"} <= related
    assert not {"63079", "COM-FR", "BE-VLG"} & related
    assert {"BE-WLG", "62063", "COM-DE", "COM-FR"} <= gazetteer.related("BE-WLG")


def test_distance_is_along_the_great_circle():
    brussels, liege = gazetteer.get("21004"), gazetteer.get("62063")

    assert gazetteer.distance_km(brussels, liege) == pytest.approx(89.1, abs=0.5)
    assert gazetteer.distance_km(brussels, brussels) == 0
    assert gazetteer.distance_km(liege, brussels) == gazetteer.distance_km(brussels, liege)


def test_questions_cost_no_query(django_assert_num_queries):
    gazetteer.memory()

    with django_assert_num_queries(0):
        gazetteer.understand("Luik")
        gazetteer.containers("62063")
        gazetteer.related("BE-WLG")
        gazetteer.similar("Luikk")
