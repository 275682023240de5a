import pytest

from search import index
from search.danger import signals_danger
from search.models import SynonymGroup, Word
from search.query import answer
from search.version import bump

pytestmark = pytest.mark.django_db


def put(key, *, public=True, **texts):
    """`title_nl="Hulp"` and the like."""
    parts = {"title": {}, "label": {}, "place": {}, "body": {}}
    for name, text in texts.items():
        part, language = name.split("_")
        parts[part][language] = text
    index.put(index.Entry("thing", key, public, **parts))
    bump()


def asked(text, language="nl", **options):
    return answer("thing", text, language, **options)


def found(text, language="nl", **options):
    return [hit.key for hit in asked(text, language, **options).hits]


# --- Compounds ---------------------------------------------------------------------------------


def test_part_finds_the_compound_and_the_compound_its_parts():
    put("whole", body_nl="een moedergroep")
    put("parts", body_nl="een groep voor een moeder")
    put("other", body_nl="een groep")

    assert found("moedergroep")[:2] == ["whole", "parts"]
    assert "whole" in found("moeder")


def test_words_written_apart_find_the_compound():
    put("a", title_nl="Duobegeleiding")

    assert found("duo begeleiding") == ["a"]


def test_compound_without_its_linking_letter_finds_the_one_with_it():
    put("a", title_nl="Radicaliseringsdossiers")
    put("b", body_nl="radicalisering, en een dossier")

    assert found("radicaliseringdossier")[0] == "a"


# --- Misspelled words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("geweldloos verzt", "geweldloos verzet"),
        ("Geweldloos verzett!", "Geweldloos verzet!"),
        ("gweldlos verzet", "geweldloos verzet"),
    ],
)
def test_misspelled_word_is_corrected_and_said(typed, meant):
    put("a", title_nl="Geweldloos verzet")

    result = asked(typed)

    assert [hit.key for hit in result.hits] == ["a"]
    assert result.question.corrected_text == meant


def test_exact_takes_the_words_as_typed():
    put("a", title_nl="Geweldloos verzet")

    assert found("verzt", exact=True) == []


@pytest.mark.parametrize("typed", ["verz", "xerzzt", "internaat"])
def test_short_far_and_real_words_are_left_alone(typed):
    put("a", title_nl="Verzet op het internet")

    assert asked(typed).question.corrections == {}


def test_words_of_drafts_are_no_corrections_and_leave_with_the_last_public_record():
    put("a", public=False, title_nl="Kanariewoord")
    assert asked("kanariewoort").question.corrections == {}

    put("a", title_nl="Kanariewoord")
    put("b", title_nl="Kanariewoord")
    assert asked("kanariewoort").question.corrections == {"kanariewoort": "kanariewoord"}

    put("a", public=False, title_nl="Kanariewoord")
    index.remove("thing", ["b"])
    assert asked("kanariewoort").question.corrections == {}
    assert Word.objects.count() == 0


def test_each_of_many_words_is_counted_once_and_goes_again():
    many = " ".join(f"woord{number:04}" for number in range(1_300))

    put("a", body_nl=f"{many} {many}")
    assert list(Word.objects.values_list("language", "documents").distinct()) == [("nl", 1)]
    assert Word.objects.count() == 1_300

    put("a", body_nl="woord0007")
    assert list(Word.objects.values_list("token", flat=True)) == ["woord0007"]


# --- Synonyms ----------------------------------------------------------------------------------


def test_phrase_finds_a_phrase_that_stands_together():
    SynonymGroup.objects.create(code="line", words="hulplijn\nligne d'écoute")
    put("a", body_fr="une ligne d'écoute gratuite")
    put("b", body_fr="une écoute, et une autre ligne")

    assert found("hulplijn") == ["a"]


# --- Places ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hulp in Vilvoorde", "23088"),
        ("Liège", "62063"),
        ("averroes gand", "44021"),
        ("aide à Molenbeek-Saint-Jean", "21012"),
        ("hulp in Laken", "21004"),
        ("help 4800", "63079"),
    ],
)
def test_place_among_the_words_is_recognised(text, code):
    assert asked(text).question.places[0].spot.code == code


@pytest.mark.parametrize(
    "text",
    ["mère inquiète", "peer group", "geel", "14 ans", "een lijst van 2018", "my son", "boom"],
)
def test_everyday_word_is_no_place(text):
    assert asked(text).question.places == []


def test_place_is_not_demanded_as_a_word():
    for number in range(15):
        put(f"a{number:02d}", body_nl="steun")
    put("there", body_nl="steun", place_nl="Vilvoorde")

    assert len(found("steun in Vilvoorde")) == 16
    assert found("steun in Vilvoorde")[0] == "there"


def test_word_that_everybody_asks_for_tells_nothing_apart():
    put("a", body_nl="hulp")
    put("b", place_nl="Vilvoorde")

    assert found("ik zoek hulp in Vilvoorde") == ["b"]
    assert found("hulp") == ["a"]


# --- Nothing fits ------------------------------------------------------------------------------


def test_question_about_something_else_fits_nothing():
    for number in range(20):
        put(f"{number:02d}", body_en="support for parents")
    put("a", body_en="support after prison")

    assert asked("dyslexia support", "en").fits is False
    assert asked("prison support", "en").fits is True


def test_one_accidental_word_of_many_is_no_answer():
    put("a", title_nl="Steun aan ouders in de gevangenis")
    put("b", body_nl="ouders")

    assert found("steun ouders gevangenis") == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        *("zelfmoord", "Il veut me tuer", "he has a gun", "een BOM", "il a un couteau"),
        *("Hij wil dood", "il veut mourir", "mon fils va faire un attentat", "she wants to die"),
        *("hij wil een aanslag plegen", "hij wil zich opblazen"),
    ],
)
def test_words_of_danger_are_heard(text):
    assert signals_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "mijn zoon is boos", "soutien aux parents", "mes enfants", "die mannen"),
        *("mon mari est mort", "zijn vader is dood", "les attentats"),
    ],
)
def test_other_words_are_no_danger(text):
    assert not signals_danger(text)
