"""The trainings that the sources name, past ones too, as the content files tell them."""

import pytest
from django.test import Client

from network.models import Offer
from search.analysis import LANGUAGES
from tests.pages import address, codes
from trainings.models import Session, Training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

# What is also an offer of the expert pool, and is shown as that.
OFFERS = {
    "ceapire-training": "ceapire-training",
    "solentra-training": "solentra-training",
    "solentra-intervisie": "solentra-intervision",
    "solentra-coaching": "solentra-coaching",
    "caw-vorming": "caw-limburg-training",
    "nie-vorming": "netwerk-islamexperten-training",
    "nie-webinar": "netwerk-islamexperten-webinars",
    "nie-intervisie": "netwerk-islamexperten-intervision",
}
OTHERS = {
    *("fs-cbai-2018", "fs-cbai-2019", "fs-detouter-2018"),
    *("vvsg-lokale-aanpak", "vvsg-livcr-coaching", "gsob-bpv", "bounce-up"),
    *("crea-modules", "cerso-cert", "befus-csil", "prefer-formations"),
}
ENDED = {
    "fs-cbai-2018": ("2018", False),
    "fs-cbai-2019": ("2019-12", False),
    "fs-detouter-2018": ("", True),
    "cerso-cert": ("2018-06", False),
    "befus-csil": ("2024-11", False),
}
UNKNOWN = {
    *("vvsg-lokale-aanpak", "vvsg-livcr-coaching", "bounce-up", "crea-modules"),
    "prefer-formations",
}
TEXTS = (
    *("name", "summary", "contents", "provider_note", "audience_note", "length"),
    *("price_note", "status_note", "how_to_ask"),
)
VALUES = ("offer", "audiences", "forms", "channels", "cost", "status")
RELATIONS = ("providers", "languages", "coverage")


def trainings():
    return Training.objects.published()


def in_languages(record, field):
    return [getattr(record, f"{field}_{language}") or "" for language in LANGUAGES]


def filled_fields(training):
    """What the page states, by the names that citations use."""
    filled = {field for field in TEXTS if any(in_languages(training, field))}
    filled |= {field for field in VALUES if getattr(training, field)}
    return filled | {field for field in RELATIONS if getattr(training, field).exists()}


def test_every_training_of_the_sources_is_published():
    assert Training.objects.count() == 19
    assert {training.code for training in trainings()} == OTHERS | set(OFFERS)


@pytest.mark.parametrize("field", ["name", "summary", "status_note"])
def test_every_training_has_its_texts_in_three_languages(field):
    assert [
        training.code for training in trainings() if not all(in_languages(training, field))
    ] == []


def test_texts_are_in_all_languages_or_in_none():
    uneven = [
        (training.code, field)
        for training in trainings()
        for field in TEXTS
        if any(in_languages(training, field)) != all(in_languages(training, field))
    ]

    assert uneven == []


def test_summaries_fit_on_a_card():
    lengths = [len(text) for training in trainings() for text in in_languages(training, "summary")]

    assert max(lengths) <= 300


def test_every_training_can_be_checked_and_told():
    for training in trainings():
        training.full_clean()

        assert training.forms, training
        assert training.audiences, training
        assert training.themes.exists(), training
        assert training.providers.exists() or training.provider_note_nl, training


def test_what_the_expert_pool_offers_is_linked_one_to_one():
    linked = {t.code: t.offer.code for t in trainings().filter(offer__isnull=False)}

    assert linked == OFFERS
    assert len(set(OFFERS.values())) == Offer.objects.filter(code__in=OFFERS.values()).count()


def test_linked_training_is_given_by_the_organisation_of_the_offer():
    for training in trainings().filter(offer__isnull=False):
        assert [provider.code for provider in training.providers.all()] == [
            training.offer.actor.code
        ], training


def test_past_trainings_are_marked_as_ended():
    ended = {
        training.code: (training.status_date, training.is_status_date_unknown)
        for training in trainings().filter(status="ended")
    }

    assert ended == ENDED


def test_nothing_is_said_to_be_on_offer_without_a_date():
    offered = trainings().filter(status="offered")

    assert {training.code for training in offered} == {"gsob-bpv", *OFFERS}
    assert all(training.status_date for training in offered)
    assert {training.code for training in trainings().filter(status="unknown")} == UNKNOWN


TEACHERS = [
    *(("nl", words) for words in ("leerkracht", "leraar", "school")),
    *(("fr", words) for words in ("enseignant", "école", "professeur")),
    *(("en", words) for words in ("teacher", "school", "youth worker")),
]


@pytest.mark.parametrize(("language", "words"), TEACHERS)
def test_a_teacher_in_ghent_finds_what_is_for_first_line_workers(language, words):
    where = {"nl": "Gent", "fr": "Gand", "en": "Ghent"}[language]
    path = address("training_list", language=language)

    page = Client().post(path, {"q": words, "place": where}, follow=True)

    found = Training.objects.filter(code__in=codes(page))
    assert {"solentra-training", "solentra-intervisie"} <= {one.code for one in found}
    assert all({"first_line", "schools"} & {*one.audiences} for one in found), codes(page)
    assert not any("schools" in one.audiences for one in trainings())


def test_no_session_is_made_up():
    assert not Session.objects.exists()


def test_bounce_up_belongs_to_its_practice():
    tied = {
        training.code: [practice.code for practice in training.practices.all()]
        for training in trainings().filter(practices__isnull=False)
    }

    assert tied == {"bounce-up": ["VB02"]}


def test_what_is_not_offered_is_told_in_a_paragraph_of_its_own():
    training = trainings().get(code="vvsg-lokale-aanpak")

    assert {text.count("\n\n") for text in in_languages(training, "contents")} == {1}


def test_contacts_have_the_year_of_their_source():
    for training in trainings():
        for contact in training.contacts.all():
            assert contact.year == contact.source.year, contact


def test_every_filled_field_is_cited_and_nothing_else():
    differences = {
        training.code: filled_fields(training) ^ {c.field for c in training.citations.all()}
        for training in trainings()
    }

    assert {code: fields for code, fields in differences.items() if fields} == {}
