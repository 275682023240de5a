import pytest
import yaml

from wording.words import REASONS, WORDS, avoided_words, find_avoided

LANGUAGES = ("nl", "fr", "en")


def found(text, language):
    return [written for _, written in find_avoided(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        ("nl", "Een RADICALISERINGSDOSSIER openen", ["RADICALISERINGSDOSSIER"]),
        ("nl", "onze hulpdossiers", ["hulpdossiers"]),
        ("nl", "het persdossier", []),
        ("nl", "De doelgroepen zijn jongeren.", ["doelgroepen"]),
        ("nl", "een cliente", ["cliente"]),
        ("nl", "clientèle en Syriëstrijders", ["clientèle", "Syriëstrijders"]),
        ("nl", "de eerste-lijn", ["eerste-lijn"]),
        ("nl", "de eerste lijn", ["eerste lijn"]),
        ("nl", "multi-stakeholderoverleg", ["multi-stakeholderoverleg"]),
        ("nl", "Project “Doelgroep in beeld”", []),
        ("nl", "Bel ons gerust.", []),
        ("fr", "l'empowerment des DJIHADISTES", ["empowerment", "DJIHADISTES"]),
        ("fr", "la premiere ligne, la Première Ligne", ["premiere ligne", "Première Ligne"]),
        ("fr", "la mise en oeuvre, la mise en œuvre", ["mise en oeuvre", "mise en œuvre"]),
        ("fr", "un dossier de radicalisation", ["dossier de radicalisation"]),
        ("fr", "un dossier de presse", []),
        ("fr", "Il se radicalise, dans ce cas appelez.", []),
        ("fr", "«\u00a0Public cible\u00a0»", []),
        ("en", "front-line workers and stakeholders", ["front-line", "stakeholders"]),
        ("en", "terrorists, after a terrorist attack", ["terrorists"]),
        ("en", "Case-management", ["Case-management"]),
        ("en", "In case you are worried", []),
    ],
)
def test_words_are_found_as_they_are_written(language, text, written):
    assert found(text, language) == written


def test_every_entry_finds_its_own_words():
    for language in LANGUAGES:
        for avoided in avoided_words(language):
            for word in avoided.words:
                assert found(f"x {word.replace('*', '')} x", language), (language, word)


def test_every_entry_has_a_reason_and_something_to_say_instead():
    entries = [entry for language in LANGUAGES for entry in avoided_words(language)]

    assert {entry.why for entry in entries} == set(REASONS)
    assert all(entry.say and all(entry.say) for entry in entries)


def test_no_word_stands_twice_in_a_language():
    for language, entries in yaml.safe_load(WORDS.read_text(encoding="utf-8")).items():
        words = [word for entry in entries for word in entry["words"]]
        assert len(words) == len(set(words)), language


def test_what_we_say_instead_holds_no_word_to_avoid():
    for language in LANGUAGES:
        for avoided in avoided_words(language):
            assert found(" / ".join(avoided.say), language) == []
