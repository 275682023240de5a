import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.check import Reader, check, check_languages

LONG = "Dit is een zin van " + "heel " * 20 + "veel woorden."


def kinds(text, language="nl", reader=Reader.FAMILY):
    return [finding.kind for finding in check(text, language, reader)]


def test_long_sentence_is_told_with_its_beginning():
    (finding,) = check(f"Kort. {LONG}", "nl", Reader.FAMILY)

    assert finding.message == "A sentence of 27 words; 20 is enough."
    assert finding.excerpt.startswith("Dit is een zin van heel")
    assert len(finding.excerpt) <= 62


def test_sentences_for_professionals_may_be_longer():
    assert kinds(LONG, reader=Reader.PROFESSIONAL) == []
    assert kinds(LONG.replace("heel", "heel heel"), reader=Reader.PROFESSIONAL) == ["long"]


def test_trade_words_are_fine_for_professionals_and_labels_are_not():
    text = "De doelgroep en de terroristen."

    assert kinds(text) == ["word", "word"]
    assert kinds(text, reader=Reader.PROFESSIONAL) == ["word"]


def test_word_that_stands_often_is_told_once():
    assert kinds("Een traject, en nog een traject.") == ["word"]


def test_word_is_told_with_what_to_say_instead():
    (finding,) = check("Voor wie deel is van de doelgroep.".capitalize(), "nl", Reader.FAMILY)

    assert finding.message == (
        "“doelgroep”: A word of our trade: families do not use it. Say: voor wie"
    )


def test_names_are_left_as_they_are():
    assert kinds("vzw  De Doelgroep", reader=Reader.NAME) == []


def test_labels_need_no_capital():
    assert kinds("ouders en familie", reader=Reader.LABEL) == []
    assert kinds("ouders en familie") == ["capital"]


@pytest.mark.parametrize("text", ["www.a.be helpt je.", "info@a.be antwoordt.", "112 helpt."])
def test_address_at_the_beginning_needs_no_capital(text):
    assert kinds(text) == []


@pytest.mark.parametrize("text", ["Twee  spaties.", "Twee \u00a0spaties."])
def test_doubled_space_is_told(text):
    assert kinds(text) == ["space"]


@pytest.mark.parametrize(
    "text",
    ["Vraiment ?", "Vraiment?", "Appelez : 112.", "Appelez: 112.", "Oui !", "Un ; deux.",
     "Dites « oui\u00a0».", "Dites «oui\u00a0».", "Dites «\u00a0oui »."],
)  # fmt: skip
def test_french_mark_without_a_no_break_space_is_told(text):
    assert kinds(text, "fr") == ["french"]
    assert kinds(text, "en") == []


@pytest.mark.parametrize(
    "text",
    ["Vraiment\u00a0?", "Dites «\u00a0oui\u00a0».", "À 10:30.", "Voir https://a.be/.",
     "Vraiment\u00a0?!", "Vraiment\u202f?"],
)  # fmt: skip
def test_french_mark_that_is_right_is_not_told(text):
    assert kinds(text, "fr") == []


def test_missing_language_is_an_error_where_another_has_the_text():
    found = check_languages({"nl": "Bel ons.", "fr": " ", "en": ""}, Reader.FAMILY)

    assert {language: [one.kind for one in told] for language, told in found.items()} == {
        "nl": [],
        "fr": ["missing"],
        "en": ["missing"],
    }
    assert found["fr"][0].is_error


def test_text_that_no_language_has_is_no_finding():
    assert check_languages({"nl": "", "fr": "", "en": ""}, Reader.FAMILY) == {
        "nl": [],
        "fr": [],
        "en": [],
    }


@given(st.text(), st.sampled_from(["nl", "fr", "en"]), st.sampled_from(Reader))
def test_no_text_is_too_strange_to_check(text, language, reader):
    for finding in check(text, language, reader):
        assert finding.message
