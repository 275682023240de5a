"""The Flemish expert pool and the themes of the expert platform, as the content files tell them."""

from collections import Counter

import pytest
from django.test import Client

from network.models import ExpertTheme, Offer
from search.analysis import LANGUAGES
from tests.pages import address, codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

PER_ACTOR = {
    "ceapire": 3,
    "textgain": 5,
    "solentra": 6,
    "caw-limburg": 11,
    "netwerk-islamexperten": 6,
}
# What the sources state; a month or a year, never more.
AVAILABLE = {"caw-limburg": ("2024-01", ""), "solentra": ("2023", "2025")}
TEXTS = ("name", "summary", "length", "hours", "availability", "how_to_ask")
VALUES = ("kind", "audiences", "forms", "cost", "available_from", "available_until")
RELATIONS = ("languages", "coverage")


def offers():
    return Offer.objects.public().with_page_relations()


def in_languages(record, field):
    return [getattr(record, f"{field}_{language}") or "" for language in LANGUAGES]


def filled_fields(offer):
    """What the page states, by the names that citations use."""
    filled = {"actor"} | {field for field in TEXTS if any(in_languages(offer, field))}
    filled |= {field for field in VALUES if getattr(offer, field)}
    return filled | {field for field in RELATIONS if getattr(offer, field).exists()}


def test_every_service_of_the_pool_is_published():
    assert Offer.objects.count() == 31
    assert Counter(offer.actor.code for offer in offers()) == PER_ACTOR


@pytest.mark.parametrize("field", ["name", "summary", "availability", "how_to_ask"])
def test_every_offer_has_its_texts_in_three_languages(field):
    assert [offer.code for offer in offers() if not all(in_languages(offer, field))] == []


def test_texts_are_in_all_languages_or_in_none():
    uneven = [
        (offer.code, field)
        for offer in offers()
        for field in TEXTS
        if any(in_languages(offer, field)) != all(in_languages(offer, field))
    ]

    assert uneven == []


def test_summaries_fit_on_a_card():
    assert max(len(text) for offer in offers() for text in in_languages(offer, "summary")) <= 300


def test_every_offer_can_be_checked_and_told():
    for offer in offers():
        offer.full_clean()

        assert offer.audiences, offer
        assert "local_authorities" in offer.audiences, offer
        assert offer.cost == "free", offer
        assert [place.code for place in offer.coverage.all()] == ["BE-VLG"], offer


def test_no_language_is_claimed():
    assert not Offer.objects.filter(languages__isnull=False).exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "leerkracht"), ("nl", "school"), ("fr", "enseignant"), ("en", "teacher")],
)
def test_a_teacher_in_ghent_finds_what_is_for_first_line_workers(language, words):
    where = {"nl": "Gent", "fr": "Gand", "en": "Ghent"}[language]
    path = address("offer_list", language=language)

    found = codes(Client().post(path, {"q": words, "place": where}, follow=True))

    assert {"solentra-helpdesk", "solentra-training"} <= set(found)
    assert all("first_line" in Offer.objects.get(code=code).audiences for code in found), found


def test_offers_are_available_when_the_sources_say_so():
    wrong = [
        offer.code
        for offer in offers()
        if (offer.available_from, offer.available_until)
        != AVAILABLE.get(offer.actor.code, ("", ""))
    ]

    assert wrong == []


def test_every_offer_has_contacts_with_their_source():
    for offer in offers():
        contacts = offer.contacts.all()

        assert contacts, offer
        assert {(contact.source.key, contact.year) for contact in contacts} == {("S003", None)}


def test_every_filled_field_is_cited_and_nothing_else():
    differences = {
        offer.code: filled_fields(offer) ^ {c.field for c in offer.citations.all()}
        for offer in offers()
    }

    assert {code: fields for code, fields in differences.items() if fields} == {}


def test_three_themes_have_texts_in_three_languages():
    themes = ExpertTheme.objects.all()

    assert [theme.code for theme in themes] == ["competences", "accessibility", "chain_approach"]
    for theme in themes:
        for field in ("name", "summary", "description"):
            assert all(in_languages(theme, field)), (theme, field)
        assert max(len(text) for text in in_languages(theme, "summary")) <= 300
        assert theme.sources.exists(), theme


def test_a_theme_has_as_many_paragraphs_in_every_language():
    for theme in ExpertTheme.objects.all():
        paragraphs = {text.count("\n\n") for text in in_languages(theme, "description")}

        assert len(paragraphs) == 1, theme
        assert paragraphs.pop() >= 3, theme
