"""Two people edit one record."""

import pytest
from django.urls import reverse

from curation.conflicts import version_of
from tests.factories import make_actor, make_practice, make_term
from tests.practices.test_admin import CHANGE, typed
from tests.staff import curator_client

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def practice():
    return make_practice("BE11", summary_nl="Wij luisteren.", summary_fr="Nous écoutons.")


@pytest.fixture
def first():
    return curator_client()


@pytest.fixture
def second():
    return curator_client()


def opened(practice, **changes):
    """What a form posts that was opened now."""
    return typed(practice, **changes) | {"held": version_of(practice)}


def post(client, practice, form):
    response = client.post(reverse(CHANGE, args=[practice.pk]), form)
    practice.refresh_from_db()
    return response


def told(response):
    conflicts = response.context["adminform"].form.conflicts
    return [(str(c.label), c.theirs, c.yours, c.is_taken) for c in conflicts]


def values(response, *names):
    form = response.context["adminform"].form
    return [form[name].value() for name in names]


def test_page_carries_its_version(first, practice):
    page = first.get(reverse(CHANGE, args=[practice.pk])).content.decode()

    assert f'name="held" value="{version_of(practice)}"' in page


def test_second_save_is_shown_both_versions_and_stores_nothing(first, second, practice):
    form = opened(practice, summary_nl="Wij helpen.")
    post(first, practice, opened(practice, summary_nl="Wij zwijgen."))

    response = post(second, practice, form)

    assert response.status_code == 200
    assert practice.summary_nl == "Wij zwijgen."
    assert told(response) == [("summary [nl]", "Wij zwijgen.", "Wij helpen.", False)]
    assert values(response, "summary_nl", "held") == ["Wij helpen.", version_of(practice)]


def test_saving_again_after_having_seen_both_stores_yours(first, second, practice):
    form = opened(practice, summary_nl="Wij helpen.")
    post(first, practice, opened(practice, summary_nl="Wij zwijgen."))
    seen = post(second, practice, form)

    response = post(second, practice, form | {"held": values(seen, "held")[0]})

    assert response.status_code == 302
    assert practice.summary_nl == "Wij helpen."


def test_what_you_had_not_touched_becomes_theirs(first, second, practice):
    term, actor = make_term("target_group", "parents"), make_actor()
    form = opened(practice, summary_nl="Wij helpen.")
    theirs = {"summary_fr": "Nous aidons.", "terms": [term.pk], "lead_actor": actor.pk}
    post(first, practice, opened(practice, is_title_only="on", **theirs))

    response = post(second, practice, form)
    names = ("summary_nl", "summary_fr", "terms", "lead_actor", "is_title_only")

    assert values(response, *names) == [
        "Wij helpen.",
        "Nous aidons.",
        [str(term.pk)],
        str(actor.pk),
        True,
    ]
    assert [taken for *_, taken in told(response)] == [True] * 4


def test_own_save_in_between_is_no_conflict(first, practice):
    post(first, practice, opened(practice, summary_nl="Wij zwijgen."))

    response = post(first, practice, opened(practice, summary_nl="Wij helpen."))

    assert response.status_code == 302


@pytest.mark.parametrize("held", ["x", "0", "999999999999"])
def test_version_that_never_was_is_a_conflict_that_tells_no_field(first, practice, held):
    response = post(first, practice, typed(practice) | {"held": held})

    assert response.status_code == 200
    assert told(response) == []
