"""What the guide and the project left behind, as the content files tell it."""

from collections import Counter

import pytest

from guide.models import Event, GlossaryTerm, Publication, Recommendation, RecommendationPart
from network.models import Offer
from search.analysis import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

PARTS = {
    "fn11": 1,
    **{"6a": 10, "6b": 4, "6c": 8, "6d": 8, "6e": 3},
    **{"5a": 1, "5b": 3, "5c": 3, "5d": 3, "5e": 3, "5f": 2, "5g": 2, "5h": 3, "5i": 2, "5j": 1},
}
ANNEX = [
    "counter-radicalisation",
    "disengagement",
    "deradicalisation",
    "jihadism",
    "violent-extremism",
    "foreign-terrorist-fighter",
    "polarisation",
    "prevention",
    "radicalisation",
    "violent-radicalisation",
    "reintegration",
    "family-support",
    "terrorism",
]
EXTRA = [
    "local-integral-security-cell",
    "shared-professional-secrecy",
    "family",
    "parenting-support",
    "chain-approach",
]
# For those who make policy or write; nothing in the directory answers them.
UNANSWERED = {"6a-new-posts", "6b-spread-secrecy", "6e-compare"}
ALWAYS_FILLED = [
    (Publication, "title"),
    (Publication, "summary"),
    (Event, "name"),
    (Event, "summary"),
    (RecommendationPart, "title"),
    (Recommendation, "statement"),
    (GlossaryTerm, "name"),
    (GlossaryTerm, "definition"),
]
SOMETIMES_FILLED = [
    (Publication, "authors"),
    (Publication, "publisher"),
    (Event, "place_note"),
    (Recommendation, "is_answered_by_site"),
    (GlossaryTerm, "note"),
]


def in_languages(record, field):
    return [getattr(record, f"{field}_{language}") or "" for language in LANGUAGES]


def forms(term):
    return {form for field in in_languages(term, "forms") for form in field.splitlines()}


def codes(related):
    return set(related.values_list("code", flat=True))


# --- All of them -------------------------------------------------------------------------------


@pytest.mark.parametrize(("model", "field"), ALWAYS_FILLED)
def test_texts_stand_in_three_languages(model, field):
    assert [record for record in model.objects.all() if not all(in_languages(record, field))] == []


@pytest.mark.parametrize(("model", "field"), SOMETIMES_FILLED)
def test_texts_are_in_all_languages_or_in_none(model, field):
    uneven = [
        record
        for record in model.objects.all()
        if any(in_languages(record, field)) != all(in_languages(record, field))
    ]

    assert uneven == []


@pytest.mark.parametrize("model", [Publication, Event, Recommendation, GlossaryTerm])
def test_every_record_has_sources_and_can_be_checked(model):
    assert not model.objects.filter(sources=None).exists()
    for record in model.objects.all():
        record.full_clean()


# --- Publications ------------------------------------------------------------------------------


def test_publications_are_those_of_the_dossier():
    assert Publication.objects.count() == 16
    assert Counter(Publication.objects.values_list("kind", flat=True)) == {
        **{"guide": 5, "report": 2, "manual": 2, "mapping": 1, "handbook": 1},
        **{"database": 1, "notes": 1, "video": 1, "tool": 1, "evaluation": 1},
    }


def test_the_guide_is_there_in_three_languages():
    editions = Publication.objects.filter(code__in=["guide-2018", "guide-fr", "guide-en"])

    assert {codes(edition.languages).pop() for edition in editions} == set(LANGUAGES)


def test_publications_name_their_languages():
    assert not Publication.objects.filter(languages=None).exists()


def test_only_the_expert_notes_have_no_public_copy():
    assert list(Publication.objects.filter(is_public=False).values_list("code", flat=True)) == [
        "expert-notes"
    ]


def test_links_are_those_that_a_source_gives():
    publications = Publication.objects.all()

    assert sum(len(publication.links) for publication in publications) == 15
    assert {publication.code for publication in publications if not publication.links} == {
        *("expert-notes", "polarisation-2011", "parenting-2012")
    }
    for publication in publications:
        for link in publication.links:
            assert set(link) == {"url", "language"}, publication
            assert link["url"].startswith(("https://", "http://")), publication


def test_the_mapping_is_dated_and_deposited():
    mapping = Publication.objects.get(code="mapping-2018")

    assert (mapping.year, mapping.dated_on) == (2018, "2018-03")
    assert mapping.legal_deposit == "D/2893/2018/08"
    assert codes(mapping.publishers) == {"kbs-frb", "fod-ibz-advp"}


def test_only_the_mapping_has_a_known_legal_deposit():
    assert Publication.objects.exclude(legal_deposit="").count() == 1


def test_a_year_is_the_year_of_the_date():
    wrong = [
        publication
        for publication in Publication.objects.exclude(dated_on="")
        if publication.dated_on[:4] != str(publication.year)
    ]

    assert wrong == []


def test_years_that_no_source_gives_are_empty():
    assert set(Publication.objects.filter(year=None).values_list("code", flat=True)) == {
        *("guide-fr", "besafe-projects", "expert-notes", "project-r"),
        *("rien-a-faire", "flemish-offer", "safer-conspiracy"),
    }


# --- Events ------------------------------------------------------------------------------------


def test_events_stand_in_the_order_of_time():
    events = list(Event.objects.all())
    moments = [event.order_on or event.starts_on for event in events]

    assert [event.code for event in events] == [
        "kbf-call-2015",
        "kbf-seminars-2015",
        "expert-platform-2017",
        "network-meeting-2017",
        "trainings-2018",
        "mapping-2018",
        "guide-2018",
        "closing-conference",
        "trainings-2019",
        "radix-2021",
    ]
    assert moments == sorted(moments)


def test_an_event_ends_after_it_starts():
    for event in Event.objects.exclude(ends_on=""):
        assert event.starts_on <= event.ends_on, event


def test_the_day_of_the_closing_conference_is_not_known():
    conference = Event.objects.get(code="closing-conference")

    assert (conference.starts_on, conference.order_on) == ("", "2019-01")
    assert conference.place is None
    assert all("2019" in text for text in in_languages(conference, "summary"))


def test_the_network_met_in_brussels():
    meeting = Event.objects.get(code="network-meeting-2017")

    assert (meeting.starts_on, meeting.place.code) == ("2017-11-23", "21004")


# --- Recommendations ---------------------------------------------------------------------------


def test_every_part_has_its_statements():
    found = Counter(Recommendation.objects.values_list("part__code", flat=True))

    assert found == PARTS
    assert list(RecommendationPart.objects.values_list("code", flat=True)) == list(PARTS)


def test_part_five_asks_attention_and_the_rest_recommends():
    kinds = Counter(Recommendation.objects.values_list("kind", flat=True))

    assert kinds == {"recommendation": 34, "attention": 23}
    for recommendation in Recommendation.objects.select_related("part"):
        is_attention = recommendation.kind == "attention"
        assert is_attention == recommendation.part.code.startswith("5"), recommendation


def test_codes_begin_with_the_part():
    for recommendation in Recommendation.objects.select_related("part"):
        assert recommendation.code.startswith(f"{recommendation.part.code}-"), recommendation


def test_statements_are_short():
    longest = max(
        len(text)
        for recommendation in Recommendation.objects.all()
        for text in in_languages(recommendation, "statement")
    )

    assert longest <= 260


def test_statements_say_whom_they_are_for():
    for recommendation in Recommendation.objects.all():
        assert recommendation.audiences, recommendation
        assert set(recommendation.audiences) <= {"policy", "organisations", "workers"}


def test_statements_are_answered_by_terms_offers_or_the_site():
    unanswered = {
        recommendation.code
        for recommendation in Recommendation.objects.all()
        if not recommendation.terms.exists()
        and not recommendation.offer_kinds
        and not recommendation.trainings.exists()
        and not recommendation.is_answered_by_site
    }

    assert unanswered == UNANSWERED


def test_kinds_of_offers_that_answer_are_offered():
    offered = set(Offer.objects.public().values_list("kind", flat=True))

    for recommendation in Recommendation.objects.all():
        assert set(recommendation.offer_kinds) <= offered, recommendation


def test_statements_on_training_name_the_trainings_that_fit():
    """Case-based, intercultural, with people who tell their own story: as the dossier has it."""
    fitting = {
        "6a-cases": {
            *("befus-csil", "fs-cbai-2018", "fs-detouter-2018"),
            *("nie-intervisie", "solentra-intervisie"),
        },
        "6a-intercultural": {"fs-cbai-2018", "fs-cbai-2019", "fs-detouter-2018"},
        "6a-repetition": {"fs-cbai-2018", "fs-detouter-2018"},
        "5d-expert": {"cerso-cert", "prefer-formations"},
    }

    for code, trainings in fitting.items():
        assert codes(Recommendation.objects.get(code=code).trainings) == trainings, code


def test_every_theme_of_the_platform_is_touched():
    themes = Recommendation.objects.exclude(themes=None).values_list("themes__code", flat=True)

    assert set(themes) == {"competences", "accessibility", "chain_approach"}


# --- Glossary ----------------------------------------------------------------------------------


def test_thirteen_terms_of_the_annex_come_first():
    terms = list(GlossaryTerm.objects.values_list("code", "kind"))

    assert terms == [*((code, "annex") for code in ANNEX), *((code, "extra") for code in EXTRA)]


def test_related_terms_exist_and_relate_back():
    for term in GlossaryTerm.objects.all():
        assert term.related.exists(), term
        for other in term.related.all():
            assert term in other.related.all(), (term, other)
            assert term != other


def test_a_form_means_one_term_only():
    owners = Counter(form for term in GlossaryTerm.objects.all() for form in forms(term))

    assert [form for form, number in owners.items() if number > 1] == []


def test_forms_are_lower_case():
    for term in GlossaryTerm.objects.all():
        assert {form for form in forms(term) if form != form.strip().lower()} == set(), term


def test_everyday_words_are_never_marked():
    everyday = {"gezin", "famille", "family", "preventie", "prévention", "prevention"}
    everyday |= {"family support", "gezinsondersteuning"}  # the project, and help for all families

    marked = set().union(*(forms(term) for term in GlossaryTerm.objects.all()))

    assert marked & everyday == set()
    assert [term.code for term in GlossaryTerm.objects.all() if not forms(term)] == ["family"]


def test_a_circular_definition_is_told():
    assert all(in_languages(GlossaryTerm.objects.get(code="violent-extremism"), "note"))
