import pytest

from wording.sentences import count_words, sentences


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("nl", "Je mag bellen. Je hoeft niet zeker te zijn.", 2),
        ("nl", "Bij een dienst, bv. Het Huis, kun je terecht.", 1),
        ("nl", "Vraag het dr. Peeters of mevr. De Smet.", 1),
        ("nl", "Ouders, broers, zussen enz. Ook vrienden.", 2),
        ("nl", "De v.z.w. Arktos werkt in Gent.", 1),
        ("nl", "Bel 078 15 00 10. Het is gratis.", 2),
        ("nl", "Het kost 1.500 euro. Dat is veel.", 2),
        ("nl", "Dat was in 2018. Sindsdien weten we niets.", 2),
        ("nl", "1. Bel ons. 2. Kom langs.", 2),
        ("nl", "Ben je bang? Bel! Nu…", 3),
        ("fr", "Un service, p. ex. Le Figuier, vous aide.", 1),
        ("fr", "Demandez Mme. Dupont à la rue St. Jean.", 1),
        ("fr", "«\u00a0Puis-je appeler\u00a0?\u00a0» Oui, vous pouvez.", 2),
        ("fr", "Les parents, les proches, etc. Les amis aussi.", 2),
        ("en", "A service, e.g. The House, helps you.", 1),
        ("en", "Ask J. Smith. He listens.", 2),
        ("en", "See www.example.be. It is free.", 2),
        ("en", "He said “Come in.” Then we talked.", 2),
        ("en", "One line\nanother line", 2),
        ("en", "", 0),
        ("en", " \n ", 0),
        ("en", "...", 1),
    ],
)
def test_sentences_end_where_a_reader_would_stop(language, text, number):
    found = sentences(text, language)

    assert len(found) == number, found


def test_sentences_together_are_the_text():
    text = "Bel ons (bv. om 9.30 uur). Wij luisteren!  Je hoeft niets te zeggen."

    assert "".join("".join(sentences(text, "nl")).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Bel 078 15 00 10.", 2),
        ("Bel +32 (0)78 15 00 10 nu", 3),
        ("L'aide est là\u00a0: appelez-nous\u00a0!", 4),
        ("Van 9.30 tot 12 uur", 5),
        ("«\u00a0–\u00a0»", 0),
    ],
)
def test_words_are_counted_as_they_are_read(sentence, number):
    assert count_words(sentence) == number
