import pytest
from django.test import Client
from django.urls import reverse

from search.models import SynonymGroup
from search.query import search
from tests.factories import make_practice
from tests.pages import text
from tests.staff import curator_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return curator_client()


def typed(**changes):
    return {"code": "boat", "language": "", "words": "boot\nschip", "leads_to": ""} | changes


def found(words):
    return [hit.key for hit in search("practice", words, "nl")]


def test_synonyms_find_each_other_once_saved(curator):
    make_practice("BE11", name_nl="Het schip")
    assert found("boot") == []

    response = curator.post(reverse("admin:search_synonymgroup_add"), typed())

    assert response.status_code == 302
    assert found("boot") == ["BE11"]


def test_target_works_in_one_direction_only(curator):
    make_practice("BE11", name_nl="Het schip")
    make_practice("BE12", name_nl="De boot")

    curator.post(reverse("admin:search_synonymgroup_add"), typed(words="boot", leads_to="schip"))

    assert found("boot") == ["BE12", "BE11"]
    assert found("schip") == ["BE11"]


def test_group_of_one_language_works_in_that_language_only(curator):
    make_practice("BE11", name_nl="Het schip")
    SynonymGroup.objects.create(**typed(language="fr"))

    assert found("boot") == []
    assert [hit.key for hit in search("practice", "boot", "fr")] == ["BE11"]


def test_preview_shows_what_the_question_would_find_and_saves_nothing(curator):
    make_practice("BE11", name_en="Het schip", name_nl="Het schip")
    make_practice("BE12", name_en="De boot", name_nl="De boot")
    path = reverse("admin:search_synonymgroup_preview")

    response = curator.post(path, typed(question="boot"))

    assert response.status_code == 200
    assert "BE11 Het schip new" in text(response)
    assert "BE12 De boot new" not in text(response)
    assert SynonymGroup.objects.count() == 0
    assert found("boot") == ["BE12"]


def test_preview_of_a_change_leaves_the_saved_group_out(curator):
    make_practice("BE11", name_nl="Het schip")
    group = SynonymGroup.objects.create(**typed())

    response = curator.post(
        reverse("admin:search_synonymgroup_preview"),
        typed(words="boot\nfiets", question="boot", group=group.pk),
    )

    assert [practice.code for practice in response.context["before"]] == ["BE11"]
    assert response.context["after"] == []


def test_preview_of_an_incomplete_group_says_what_is_missing(curator):
    response = curator.post(reverse("admin:search_synonymgroup_preview"), typed(words="boot"))

    assert "A group needs at least two words." in text(response)


def test_preview_is_for_curators_only():
    response = Client().post(reverse("admin:search_synonymgroup_preview"), typed())

    assert response.status_code == 302
