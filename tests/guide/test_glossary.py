"""The glossary, and its words in the texts of other pages."""

import re

import pytest

from network.publishing import EditorialStatus
from tests.factories import (
    in_all,
    make_actor,
    make_event,
    make_offer,
    make_practice,
    make_publication,
    make_recommendation,
    make_source,
    make_term,
    make_theme,
    make_training,
    make_word,
)
from tests.pages import address, body, get, text

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
CANARY = "zwaluwnest"


def glossary(language="en"):
    return get(address("glossary", language=language))


def practice_page(language="en", **texts):
    make_practice("BE11", **{f"{name}_{language}": words for name, words in texts.items()})
    return get(address("practice_detail", f"be11-{language}", language=language))


def notes(page):
    return re.findall(r'<div id="word-\d"[^>]*>(.*?)</div>', body(page), re.DOTALL)


# --- The page ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_stands_without_a_word(language):
    assert glossary(language).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_stand_by_letter_with_definition_note_sources_and_related_words(language):
    trust = make_word("trust", code="trust", sources=[make_source()], **in_all("note", "Debated"))
    make_word("Élan", code="elan", related=[trust])

    page = glossary(language)

    assert re.findall(r'<h2 id="letter-(\w)"', body(page)) == ["E", "T"]
    assert re.findall(r'<article class="word" id="(\w+)"', body(page)) == ["elan", "trust"]
    assert f"What trust means {language}" in text(page)
    assert f"Debated {language}" in text(page)
    assert 'href="#source-1"' in body(page)
    assert '<a href="#trust">trust</a>' in body(page)


@pytest.mark.parametrize("status", [EditorialStatus.DRAFT, EditorialStatus.ARCHIVED])
def test_hidden_word_shows_nowhere(status):
    hidden = make_word(CANARY, code=CANARY, editorial_status=status)
    make_word("trust", code="trust", related=[hidden])

    assert CANARY not in body(glossary())
    assert 'class="term"' not in body(practice_page(summary=f"About {CANARY}."))


# --- In the texts of other pages ---------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_occurrence_on_a_practice_page_leads_to_a_note_and_back(language):
    make_word("trust", code="trust")

    page = practice_page(language, summary="It is about Trust.", activities="trust, again")

    link = '<a class="term" role="doc-noteref" id="word-1-in-text" href="#word-1">Trust</a>'
    assert body(page).count('class="term"') == 1
    assert f"<p>It is about {link}.</p>" in body(page)
    (note,) = notes(page)
    assert f"What trust means {language}" in note
    assert 'href="#word-1-in-text"' in note
    assert f'href="{address("glossary", language=language)}#trust"' in note


def test_names_and_headings_explain_nothing():
    make_word("trust")

    page = practice_page(name="House of trust")

    assert 'class="term"' not in body(page)
    assert notes(page) == []


def test_text_in_another_language_is_read_with_its_own_forms():
    make_word("vertrouwen", forms_en="trust", forms_nl="vertrouwen", forms_fr="confiance")
    make_practice("BE11", summary_en="", summary_fr="", summary_nl="Trust is vertrouwen.")

    page = get(address("practice_detail", "be11-en"))

    assert '<a class="term"' in body(page)
    assert ">vertrouwen</a>" in body(page)
    assert "What vertrouwen means en" in notes(page)[0]


def test_what_a_curator_wrote_as_markup_stays_text():
    make_word("trust", **in_all("definition", "<script>alert(1)</script>"))

    page = body(practice_page(summary='<b>trust</b> & "trust"'))

    assert "<script>alert" not in page
    assert "&lt;b&gt;" in page


def test_theme_and_recommendations_explain_too():
    make_word("trust")
    make_theme(description_en="It takes trust.")
    make_recommendation(statement_en="Build trust.")

    for path in (address("expert_theme", "competences"), address("recommendations")):
        assert body(get(path)).count('class="term"') == 1, path


def test_trainings_organisations_and_offers_explain_too():
    make_word("trust")
    records = (
        make_training(summary_en="You learn about trust."),
        make_actor(description_en="A house of trust."),
        make_offer(summary_en="Advice on trust."),
    )

    for record in records:
        page = get(record.get_absolute_url())
        assert body(page).count('class="term"') == 1, record
        assert "What trust means en" in notes(page)[0]


def test_pages_of_the_guide_explain_too():
    make_word("trust")
    make_event(summary_en="People spoke of trust.")
    make_publication(summary_en="A book on trust.")
    make_term("work_form", "group", description_en="With <trust> in each other.")

    for name in ("timeline", "guide", "vocabulary"):
        page = get(address(name))
        assert body(page).count('class="term"') == 1, name
        assert "What trust means en" in notes(page)[0]
    assert "&lt;<a " in body(get(address("vocabulary")))


def test_a_word_that_changes_shows_at_once():
    word = make_word("trust")
    make_practice("BE11", summary_en="About trust.")
    path = address("practice_detail", "be11-en")
    get(path)

    word.definition_en = "Counting on somebody."
    word.save()

    assert "Counting on somebody." in text(get(path))


@pytest.mark.parametrize("number", [1, 3])
def test_practice_page_costs_the_same_queries_however_many_words(number, django_assert_num_queries):
    for count in range(number):
        make_word(f"trust{count}")
    practice = make_practice("BE11", summary_en="About trust0, trust1 and trust2.")
    for _count in range(number):
        make_training().practices.add(practice)
    path = address("practice_detail", "be11-en")
    get(path)

    with django_assert_num_queries(10):
        get(path)
