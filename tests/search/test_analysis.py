import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis


@pytest.mark.parametrize(
    ("text", "folded"),
    [("École", "ecole"), ("SŒUR", "soeur"), ("Straße", "strasse"), ("ﬁn", "fin"), ("É", "e")],
)
def test_fold_drops_case_accents_and_ligatures(text, folded):
    assert analysis.fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'école d'aujourd'hui", ["ecole", "aujourd", "hui", "aujourdhui"]),
        ("qu’une sœur", ["une", "soeur"]),
        ("Project-R", ["project", "r", "projectr"]),
        ("Sint-Jans-Molenbeek", ["sint", "jans", "molenbeek", "sintjansmolenbeek"]),
        ("moeder/kind, 2016!", ["moeder", "kind", "2016"]),
        ("", []),
        ("…", []),
    ],
)
def test_words_split_elisions_and_hyphens(text, words):
    assert analysis.words(text) == words


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nl", "moeder", "moeders"),
        ("nl", "begeleiding", "begeleidingen"),
        ("fr", "mère", "meres"),
        ("fr", "accompagnement", "accompagnements"),
        ("en", "families", "family"),
        ("en", "listening", "listen"),
    ],
)
def test_tokens_of_two_forms_are_one(language, one, other):
    assert analysis.tokens(one, language) == analysis.tokens(other, language)


def test_tokens_leave_out_small_words_of_their_language_only():
    assert analysis.tokens("de moeder", "nl") == ["moeder"]
    assert len(analysis.tokens("de moeder", "en")) == 2


def test_query_words_keep_a_word_that_is_small_in_another_language_only():
    assert analysis.query_words("my son has changed", "en") == ["son", "changed"]
    assert "son" not in analysis.query_words("son frère a changé", "fr")


def test_query_words_follow_the_language_of_the_question():
    assert analysis.query_words("mijn zoon is veranderd", "fr") == ["zoon", "veranderd"]


def test_query_words_keep_small_words_when_there_is_nothing_else():
    assert analysis.query_words("de het een", "nl") == ["de", "het", "een"]


@given(st.text())
def test_analysis_never_fails_and_gives_plain_tokens(text):
    for language in analysis.LANGUAGES:
        for token in analysis.tokens(text, language):
            assert token.isalnum(), token
            assert len(token) <= analysis.LONGEST_WORD


@given(st.text())
def test_analysis_of_folded_text_is_the_same(text):
    assert analysis.words(analysis.fold(text)) == analysis.words(text)
