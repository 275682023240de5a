import pytest
from django.test import Client
from django.utils.translation import override

from network.publishing import EditorialStatus
from places import gazetteer
from practices.suggestions import is_named_after_its_town, place_label
from tests.factories import make_actor, make_practice, make_term
from tests.hostile import HOSTILE
from tests.pages import address, codes, get, search

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
FORM = "application/x-www-form-urlencoded"


def post(text, box="words", language="en"):
    return Client().post(address("suggest", language=language), {"text": text, "box": box})


def suggested(text, box="words", language="en"):
    return post(text, box, language).json()["suggestions"]


def labels(text, box="words", language="en"):
    return [suggestion["label"] for suggestion in suggested(text, box, language)]


def named(name):
    return {f"name_{language}": name for language in LANGUAGES}


# --- Answer ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "path"),
    [
        ("nl", "/nl/praktijken/suggest/"),
        ("fr", "/fr/pratiques/suggest/"),
        ("en", "/en/practices/suggest/"),
    ],
)
def test_suggest_answers_in_the_language_of_its_address(language, path):
    make_practice("BE11", **{f"name_{code}": f"Harbour {code}" for code in LANGUAGES})

    response = Client().post(path, {"text": "harb", "box": "words"})

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {
        "suggestions": [
            {
                "kind": "practice",
                "label": f"Harbour {language}",
                "value": f"Harbour {language}",
                "url": address("practice_detail", f"be11-{language}", language=language),
            }
        ]
    }


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_suggest_takes_post_only(method):
    response = getattr(Client(), method)(address("suggest"))

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert response.headers["Cache-Control"] == "no-store"


def test_suggest_needs_no_token_sets_no_cookie_and_is_kept_nowhere():
    make_practice("BE11", **named("Harbour"))

    response = Client(enforce_csrf_checks=True).post(address("suggest"), {"text": "harb"})

    assert response.status_code == 200
    assert len(response.json()["suggestions"]) == 1
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_leads_where_it_should(language):
    make_actor(code="lin", name_nl="Linde nl", name_fr="Linde fr", name_en="Linde en")
    make_practice("BE11", terms=[make_term("aim", "link", **named("linked"))], **named("Line"))

    found = suggested("lin", language=language)

    practice = address("practice_detail", f"be11-{language}", language=language)
    actor = address("actor_detail", "lin", language=language)
    assert found[:3] == [
        {"kind": "practice", "label": "Line", "value": "Line", "url": practice},
        {"kind": "term", "label": "linked", "value": "linked", "change": "aim=link"},
        {"kind": "organisation", "label": f"Linde {language}", "value": f"Linde {language}"}
        | {"url": actor},
    ]
    assert {one["kind"] for one in found[3:]} == {"place"}
    for one in found:
        assert page_of(one, language).status_code == 200


def test_term_leads_to_the_practices_that_carry_it():
    make_practice("BE11", terms=[make_term("aim", "calm", **named("calm at home"))])
    make_practice("BE12")

    (term,) = suggested("calm")

    assert codes(page_of(term)) == ["BE11"]


def page_of(suggestion, language="en"):
    if "url" in suggestion:
        return get(suggestion["url"])
    return search(language, change=suggestion["change"])


# --- What stays hidden -------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "status", [EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW, EditorialStatus.ARCHIVED]
)
def test_only_published_records_and_terms_they_carry_are_suggested(status, language):
    hidden = {"editorial_status": status, "also_known_as": "Willow other name"}
    actor = make_actor(**named("Willow organisation"), **hidden)
    term = make_term("aim", "hidden", **named("Willow of a draft"))
    make_practice("BE11", terms=[term], lead_actor=actor, **named("Willow practice"), **hidden)
    make_term("aim", "unused", **named("Willow of nobody"))
    shown = make_term("aim", "shown", **named("Willow of a published one"))
    make_practice("BE12", terms=[shown], **named("Willow shown"))

    assert labels("willow", language=language) == ["Willow shown", "Willow of a published one"]


def test_published_organisation_is_suggested_without_any_practice():
    make_actor(code="oak", **named("Oak"))

    assert labels("oak") == ["Oak"]


def test_change_shows_at_the_next_letter():
    practice = make_practice("BE11", **named("Harbour"))
    before = labels("harb")

    practice.editorial_status = EditorialStatus.ARCHIVED
    practice.save()

    assert before == ["Harbour"]
    assert labels("harb") == []


# --- What fits ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["ecoute", "ÉCOUTE", "écoute  ", " info", "RADI", "l'info", "éc"])
def test_start_of_any_word_fits_without_case_or_accents(text):
    make_practice("BE11", **named("Écoute l’Info-Radicalisme"))

    assert labels(text) == ["Écoute l’Info-Radicalisme"]


@pytest.mark.parametrize(
    "text", ["coute", "dicalisme", "info écoute", "e", "é", "", " ", "-e", "."]
)
def test_middle_of_a_word_or_a_single_letter_fits_nothing(text):
    make_practice("BE11", **named("Écoute l’Info-Radicalisme"))

    assert labels(text) == []


def test_labels_that_start_so_come_first_then_kinds_then_the_alphabet():
    term = make_term("aim", "x", **named("Zebra finch"))
    make_actor(code="z", **named("Zebra organisation"))
    make_practice("BE11", terms=[term], **named("The zebra"))
    make_practice("BE12", **named("Zebra stripes"))
    make_practice("BE13", **named("Zebra crossing"))

    found = labels("zebra")

    assert found == [
        "Zebra crossing",
        "Zebra stripes",
        "Zebra finch",
        "Zebra organisation",
        "The zebra",
    ]
    assert labels("zebra") == found


def test_places_come_last_among_labels_that_start_so():
    make_actor(code="m", **named("Mons helps"))
    make_practice("BE11", **named("Mons listens"))
    make_practice("BE12", **named("Listening in Mons"))

    found = labels("mons")

    assert found[:3] == ["Mons listens", "Mons helps", "Mons"]
    assert "Listening in Mons" in found


def test_other_name_is_suggested_with_the_name_of_the_page():
    make_practice("BE11", also_known_as="SLIM\n\n Living Together ", **named("Shelter"))
    make_actor(code="a", also_known_as="SLIMMER", **named("Keeper"))

    assert labels("living") == ["Living Together – Shelter"]
    assert labels("slim") == ["SLIM – Shelter", "SLIMMER – Keeper"]
    assert labels("shelter") == ["Shelter"]


def test_page_is_suggested_once_with_its_own_name_first():
    make_practice("BE11", also_known_as="Shelter of hope", **named("Shelter"))

    assert labels("shelter") == ["Shelter"]


def test_name_is_read_in_another_language_when_it_has_none():
    make_actor(code="a", name_nl="Vuurtoren", name_fr="", name_en="")

    assert labels("vuur", language="fr") == ["Vuurtoren"]


def test_term_named_alike_in_two_taxonomies_says_in_which():
    both = [make_term("aim", "duo", **named("duo")), make_term("method", "duo", **named("duo"))]
    make_practice("BE11", terms=both)

    found = suggested("duo")

    assert [one["label"] for one in found] == ["duo (aim en)", "duo (method en)"]
    assert {one["value"] for one in found} == {"duo"}


def test_suggestions_are_eight_at_most():
    for number in range(10, 22):
        make_practice(f"BE{number}", **named(f"Harbour {number}"))

    assert labels("harbour") == [f"Harbour {number}" for number in range(10, 18)]


def test_text_is_cut_at_sixty_characters():
    make_practice("BE11", **named("a" * 60 + "b"))

    assert len(labels("a" * 60 + "zzz")) == 1
    assert labels("a" * 59 + "z") == []


# --- Places ------------------------------------------------------------------------------------


def test_place_box_suggests_places_only():
    make_practice("BE11", **named("Gent helpt"))

    assert suggested("gent", language="nl")[0]["kind"] == "practice"
    assert {one["kind"] for one in suggested("gent", "place", "nl")} == {"place"}
    assert labels("gent", "place", "nl")[0] == "Gent"


@pytest.mark.parametrize(("language", "name"), [("nl", "Luik"), ("fr", "Liège"), ("en", "Liège")])
@pytest.mark.parametrize("text", ["luik", "LIEG", "lütt"])
def test_place_is_found_by_a_name_in_any_language(text, language, name):
    assert name in labels(text, "place", language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("saint-nic", "fr", ["Saint-Nicolas (Flandre orientale)", "Saint-Nicolas (Liège)"]),
        ("saint-nic", "nl", ["Saint-Nicolas (Luik)", "Sint-Niklaas"]),
        ("antwer", "nl", ["Antwerpen", "Antwerpen (provincie)"]),
        ("laken", "nl", ["Laken (Brussel)"]),
        ("halle-v", "nl", ["Halle-Vilvoorde (arrondissement)"]),
        ("1040", "nl", ["1040 Etterbeek, Brussel"]),
    ],
)
def test_place_that_could_be_another_says_where_or_what_it_is(text, language, expected):
    assert labels(text, "place", language) == expected


def test_postal_code_fills_the_box_with_the_code():
    found = suggested("104", "place", "fr")

    assert [(one["label"], one["value"]) for one in found] == [
        ("1040 Etterbeek, Bruxelles", "1040")
    ]


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_value_of_every_place_is_understood_as_that_place(language):
    with override(language):
        for spot in gazetteer.memory().spots.values():
            meaning = gazetteer.meaning_of(spot)
            if is_named_after_its_town(meaning):
                continue

            meant = gazetteer.understand(place_label(meaning))

            assert meant[0].spot == meaning.spot, place_label(meaning)


# --- Cost and robustness -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("records", [1, 3])
def test_warm_worker_asks_for_the_data_version_only(language, records, django_assert_num_queries):
    for number in range(records):
        make_practice(f"BE{number + 10}", terms=[make_term()], **named(f"Harbour {number}"))
        make_actor(**named(f"Harbour {number}"))
    suggested("harb", language=language)

    with django_assert_num_queries(1):
        found = suggested("harb", language=language)

    assert len(found) == 2 * records


@pytest.mark.parametrize("records", [1, 3])
def test_names_of_a_language_are_read_in_two_queries(records, django_assert_num_queries):
    for number in range(records):
        make_practice(f"BE{number + 10}", **named(f"Harbour {number}"))
        make_actor(name_nl=f"Harbour {number}", name_fr="", name_en="")
    suggested("harb", language="nl")  # the directory is remembered from here on

    with django_assert_num_queries(3):
        found = suggested("harb", language="fr")

    assert len(found) == 2 * records


@pytest.mark.thorough
@pytest.mark.parametrize("box", ["words", "place"])
def test_hostile_text_is_answered_with_a_list(box):
    make_practice("BE11", **named("a b c"))
    for text in HOSTILE:
        response = post(text, box)

        assert response.status_code == 200, text
        assert isinstance(response.json()["suggestions"], list), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"text=%00", FORM),
        (b"text=a%00b&box=%00", FORM),
        (b"text=\xff\xfe%ff%c3&box=words", FORM),
        (b"text=%ed%a0%80", FORM),
        (b"\x00\x01\x02", FORM),
        (b"text=", FORM),
        (b"", FORM),
        (b"&" * 5000, FORM),
        (b"a=1&" * 5000, FORM),
        (b"text=" + b"a" * 3_000_000, FORM),
        (b"text=abc", f"{FORM}; charset=latin-1"),
        (b"text=abc", f"{FORM}; charset=nonsense"),
        (b'{"text": "abc"}', "application/json"),
        (b"text=abc", ""),
        (b"no boundary", "multipart/form-data"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"text=abc&box=elsewhere", FORM),
    ],
)
def test_broken_body_is_answered_or_refused(body, kind, language):
    path = address("suggest", language=language)

    response = Client().generic("POST", path, body, content_type=kind)

    assert response.status_code in {200, 400, 413}
