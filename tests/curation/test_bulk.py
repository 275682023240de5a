"""Acts on many records, and the filters a curator keeps."""

import pytest
from django.urls import reverse

from curation.models import SavedSelection
from practices.models import Practice
from tests.factories import make_practice
from tests.practices.test_admin import LIST
from tests.staff import curator_client, make_account

pytestmark = pytest.mark.django_db
KEEP = "admin:practices_practice_selections"


@pytest.fixture
def account():
    return make_account()


@pytest.fixture
def curator(account):
    return curator_client(account)


def choose(curator, act, practices, **posted):
    chosen = [practice.pk for practice in practices]
    return curator.post(reverse(LIST), {"action": act, "_selected_action": chosen} | posted)


def statuses():
    return dict(Practice.objects.values_list("code", "editorial_status"))


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        ("publish", "draft", "published"),
        ("unpublish", "published", "draft"),
        ("archive", "published", "archived"),
        ("archive", "draft", "archived"),
    ],
)
def test_act_first_says_what_it_will_do_and_then_does_it(curator, act, before, after):
    chosen = [make_practice(code, editorial_status=before) for code in ("BE11", "BE12")]
    make_practice("BE13", editorial_status=before)

    page = choose(curator, act, chosen)
    unchanged = statuses()
    choose(curator, act, chosen, confirmed="1", change_reason="closed its doors")

    assert [one.record for one in page.context["foreseen"]] == chosen
    assert set(unchanged.values()) == {before}
    assert statuses() == {"BE11": after, "BE12": after, "BE13": before}
    assert chosen[0].history.first().history_change_reason == "closed its doors"


def test_what_lacks_something_stays_and_says_why(curator):
    chosen = [
        make_practice("BE11", editorial_status="draft", summary_fr=""),
        make_practice("BE12", editorial_status="draft"),
    ]

    page = choose(curator, "publish", chosen)
    choose(curator, "publish", chosen, confirmed="1")

    obstacles = [one.obstacles for one in page.context["foreseen"]]
    assert obstacles == [["summary is missing in FR."], []]
    assert statuses() == {"BE11": "draft", "BE12": "published"}


def test_what_is_so_already_is_counted_apart(curator):
    chosen = [make_practice("BE11"), make_practice("BE12", editorial_status="draft")]

    page = choose(curator, "publish", chosen)

    assert (page.context["possible"], page.context["left_out"]) == (1, 1)


# --- Kept selections ----------------------------------------------------------------------------


def kept():
    return list(SavedSelection.objects.values_list("name", "query"))


def test_selection_is_kept_under_a_name_and_shown_on_the_list(curator):
    asked = "editorial_status__exact=draft"

    response = curator.post(reverse(KEEP), {"name": "Drafts", "query": asked})

    assert response.url == f"{reverse(LIST)}?{asked}"
    page = curator.get(response.url).content.decode()
    assert f'<a href="?{asked}" aria-current="page">Drafts</a>' in page


def test_name_given_again_means_the_new_filters(curator):
    for asked in ("a=1", "b=2"):
        curator.post(reverse(KEEP), {"name": "Mine", "query": asked})

    assert kept() == [("Mine", "b=2")]


def test_selection_is_its_owners_alone(curator):
    curator.post(reverse(KEEP), {"name": "Mine", "query": "a=1"})

    other = curator_client()
    other.post(reverse(KEEP), {"name": "Mine", "act": "forget"})

    assert kept() == [("Mine", "a=1")]
    assert "Mine</a>" not in other.get(reverse(LIST)).content.decode()


def test_selection_is_forgotten(curator):
    curator.post(reverse(KEEP), {"name": "Mine", "query": "a=1"})
    curator.post(reverse(KEEP), {"name": "Mine", "query": "a=1", "act": "forget"})

    assert kept() == []


@pytest.mark.parametrize(
    "posted",
    [{"name": "", "query": "a=1"}, {"name": "x", "query": ""}, {"name": "x", "query": "a" * 501}],
)
def test_selection_without_name_or_filters_is_not_kept(curator, posted):
    response = curator.post(reverse(KEEP), posted, follow=True)

    assert "Choose filters first" in response.content.decode()
    assert kept() == []
