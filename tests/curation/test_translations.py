"""Which translation is behind, who is told, and how it comes up to date."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from curation.history.restore import restore
from network.publishing import EditorialStatus
from network.translations import Standing, standing
from practices.handout import entry
from practices.models import Practice
from tests.factories import make_actor, make_help_line, make_practice, make_suggestion
from tests.pages import address, body, get
from tests.practices.test_admin import CHANGE, typed
from tests.staff import curator_client, make_account

pytestmark = pytest.mark.django_db
TRANSLATE = "admin:practices_practice_translate"


@pytest.fixture
def curator():
    return curator_client()


@pytest.fixture
def practice():
    return make_practice("BE11", summary_nl="Wij luisteren.", summary_fr="Nous écoutons.")


def save(curator, practice, **changes):
    response = curator.post(reverse(CHANGE, args=[practice.pk]), typed(practice, **changes))
    assert response.status_code == 302, response.context["adminform"].form.errors
    practice.refresh_from_db()


def standings(record):
    return {language: standing(record, language).value for language in ("nl", "fr", "en")}


CURRENT = {"nl": "source", "fr": "current", "en": "current"}
BEHIND = {"nl": "source", "fr": "outdated", "en": "outdated"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"summary_nl": "Wij helpen."}, BEHIND),
        ({"summary_nl": "Wij helpen.", "is_small_change": "on"}, CURRENT),
        ({"summary_nl": "Wij helpen.", "summary_fr": "Nous aidons."}, BEHIND | {"fr": "current"}),
        ({"summary_nl": "Wij helpen.", "name_fr": "Aide"}, BEHIND),
        ({"summary_fr": "Nous aidons."}, CURRENT),
        ({"slug_nl": "anders", "cost": "free"}, CURRENT),
        ({"summary_nl": "Wij helpen.", "editorial_status": "draft"}, CURRENT),
    ],
)
def test_change_of_the_first_language_leaves_the_others_behind(
    curator, practice, changes, expected
):
    save(curator, practice, **changes)

    assert standings(practice) == expected


def test_first_language_may_be_french(curator):
    practice = make_practice("WB21", source_language="fr")

    save(curator, practice, summary_fr="Nous aidons.")

    assert standings(practice) == {"nl": "outdated", "fr": "source", "en": "outdated"}


def test_what_lacks_a_text_says_so():
    practice = make_practice("BE11", for_whom_nl="Ouders", for_whom_fr="Parents")

    assert standings(practice) == {"nl": "source", "fr": "current", "en": "missing"}


@pytest.mark.parametrize("make", [make_practice, make_actor, make_help_line])
def test_list_names_what_is_behind_by_language(curator, make):
    record = make(translation_state_fr=Standing.OUTDATED)
    make()
    archived = make(translation_state_fr=Standing.OUTDATED)
    archived.editorial_status = EditorialStatus.ARCHIVED
    archived.save()

    response = curator.get(reverse("translation_list"))

    told = {
        name: [(found, str(state)) for found, state, _ in waiting]
        for name, waiting in response.context["languages"]
    }
    assert told == {"Dutch": [], "French": [(record, "outdated")], "English": []}


def test_list_tells_what_is_missing(curator):
    practice = make_practice("BE11", for_whom_fr="Parents", source_language="fr")

    response = curator.get(reverse("translation_list"))

    assert [[entry[:2] for entry in waiting] for _, waiting in response.context["languages"]] == [
        [(practice, Standing.MISSING)],
        [],
        [(practice, Standing.MISSING)],
    ]


# --- Both texts beside each other ---------------------------------------------------------------


def translated(practice, language="fr", state="current", **texts):
    columns = ("name", "slug", "summary")
    held = {f"{name}_{language}": getattr(practice, f"{name}_{language}") for name in columns}
    return held | texts | {"state": state}


def translate(curator, practice, **posted):
    address = reverse(TRANSLATE, args=[practice.pk, "fr"])
    response = curator.post(address, translated(practice, **posted))
    practice.refresh_from_db()
    return response


def test_page_marks_what_changed_since_the_translation(curator, practice):
    save(curator, practice, summary_nl="Wij luisteren altijd.")

    page = curator.get(reverse(TRANSLATE, args=[practice.pk, "fr"])).content.decode()

    assert "Wij <del>luisteren.</del><ins>luisteren altijd.</ins>" in page
    assert page.count("has-changed") == 1


def test_second_change_is_still_measured_from_the_translation(curator, practice):
    save(curator, practice, summary_nl="Wij luisteren altijd.")
    save(curator, practice, summary_nl="Wij luisteren altijd en overal.")

    page = curator.get(reverse(TRANSLATE, args=[practice.pk, "fr"])).content.decode()

    assert "<ins>luisteren altijd en overal.</ins>" in page


@pytest.mark.parametrize(
    ("state", "expected"), [("current", "current"), ("human", "human"), ("machine", "machine")]
)
def test_translation_is_saved_with_what_it_is_worth(curator, practice, state, expected):
    save(curator, practice, summary_nl="Wij helpen.")

    translate(curator, practice, summary_fr="Nous aidons.", state=state)

    assert practice.summary_fr == "Nous aidons."
    assert standings(practice) == BEHIND | {"fr": expected}
    assert practice.history.first().history_change_reason == "translation: fr"


def test_next_change_is_measured_from_the_new_translation(curator, practice):
    save(curator, practice, summary_nl="Wij helpen.")
    translate(curator, practice, summary_fr="Nous aidons.")
    save(curator, practice, summary_nl="Wij helpen graag.")

    page = curator.get(reverse(TRANSLATE, args=[practice.pk, "fr"])).content.decode()

    assert "Wij <del>helpen.</del><ins>helpen graag.</ins>" in page


def test_bad_translation_keeps_what_was_typed(curator, practice):
    response = translate(curator, practice, summary_fr="é" * 301)

    assert response.status_code == 200
    assert "é" * 301 in response.content.decode()
    assert practice.summary_fr == "Nous écoutons."


@pytest.mark.parametrize("language", ["nl", "de"])
def test_there_is_no_translation_into_the_first_or_an_unknown_language(curator, practice, language):
    response = curator.get(reverse(TRANSLATE, args=[practice.pk, language]))

    assert response.status_code == 404


def test_who_may_only_look_translates_nothing(practice):
    looking = curator_client(make_account(is_superuser=False))

    assert translate(looking, practice, summary_fr="x").status_code == 403
    assert practice.summary_fr == "Nous écoutons."


# --- What readers are told ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("outdated", "The Dutch text changed later than this one."),
        ("machine", "A machine translated this text, and nobody has checked all of it yet."),
        ("human", "This translation is not finished."),
    ],
)
@pytest.mark.parametrize("make", [make_practice, make_actor])
def test_reader_is_told_what_the_text_is_worth(state, told, make):
    record = make(translation_state_en=state)

    page = body(get(record.get_absolute_url()))

    assert told in page
    assert re.search(r'<a href="/nl/[^"]+" hreflang="nl">Read it in Dutch</a>', page)


def test_reader_of_an_up_to_date_text_is_told_nothing():
    record = make_practice(translation_state_fr="outdated", translated_at_fr=timezone.now())

    page = body(get(record.get_absolute_url()))

    assert "changed later" not in page
    assert Practice.objects.count() == 1


def test_help_line_and_handout_tell_it_too():
    make_help_line(languages=["en"], translation_state_en="outdated")
    practice = make_practice(translation_state_en="outdated")

    page = body(get(address("help_line_list")))
    told = entry(Practice.objects.with_page_relations().get(pk=practice.pk), "x").freshness

    assert page.count("The Dutch text changed later than this one.") == 1
    assert told == "Not verified yet. The Dutch text changed later than this one"


def test_translation_that_lacks_what_readers_need_is_refused_with_the_reason(curator, practice):
    response = translate(curator, practice, name_fr="")

    assert response.status_code == 200
    assert "name is missing in FR." in response.content.decode()
    assert practice.name_fr == "Practice BE11 fr"


def test_address_of_a_page_stays_and_a_missing_one_can_be_given(curator, practice):
    translate(curator, practice, slug_fr="ailleurs")
    assert practice.slug_fr == "be11-fr"

    draft = make_practice("BE12", editorial_status="draft", slug_fr=None)
    translate(curator, draft, slug_fr="ailleurs")

    assert draft.slug_fr == "ailleurs"


def test_earlier_text_that_comes_back_leaves_the_others_behind(curator, practice):
    kept = practice.history.first()
    save(curator, practice, summary_nl="Wij helpen.", is_small_change="on")
    assert standings(practice) == CURRENT

    restore(practice, kept, ["summary_nl"], "")

    practice.refresh_from_db()
    assert standings(practice) == BEHIND


def test_accepted_text_of_an_organisation_leaves_the_others_behind(practice):
    proposal = make_suggestion(
        practice=practice, field="summary_nl", text="Wij helpen.", is_by_organisation=True
    )

    proposal.accept(make_account())

    practice.refresh_from_db()
    assert standings(practice) == BEHIND
