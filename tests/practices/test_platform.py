"""The expert platform and the pages of its themes."""

import re

import pytest
from django.core.exceptions import ValidationError

from network.publishing import EditorialStatus
from practices.models import Practice, ThemeRule
from tests.factories import (
    in_all,
    make_actor,
    make_offer,
    make_practice,
    make_source,
    make_term,
    make_theme,
)
from tests.pages import address, body, get, text

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
CANARY = "zwaluwnest"


def make_rule(theme, terms=(), kinds=()):
    rule = ThemeRule.objects.create(theme=theme, offer_kinds=list(kinds))
    rule.terms.set(terms)
    return rule


def theme_page(code="competences", language="en"):
    return get(address("expert_theme", code, language=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_platform_page_stands_without_a_record_and_takes_no_questions(language):
    page = get(address("expert_platform", language=language))

    assert page.status_code == 200
    assert address("consultation_ask", language=language) not in body(page)
    assert address("offer_list", language=language) in body(page)
    assert "ETag" not in page.headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_platform_page_names_its_themes_in_their_order(language):
    make_theme("second", order=2)
    make_theme("first", order=1)

    page = body(get(address("expert_platform", language=language)))

    found = re.findall(r'<h3><a href="([^"]+)"', page)
    assert found == [
        address("expert_theme", code, language=language) for code in ("first", "second")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_theme_page_tells_what_it_says_and_its_sources(language):
    make_theme().sources.add(make_source(publisher_en="S1", publisher_nl="S1", publisher_fr="S1"))

    page = theme_page(language=language)

    assert f"About competences {language}" in text(page)
    assert 'href="#source-1"' in body(page)
    assert ">S1" in body(page)
    assert 'class="for-professionals"' in body(page)


def test_practices_carry_one_term_of_each_taxonomy_and_the_page_says_which():
    training, tools = make_term("activity_type", "training"), make_term("activity_type", "tools")
    workers = make_term("target_group", "firstline")
    make_practice("BE11", terms=[training, workers])
    make_practice("BE12", terms=[tools])
    make_practice("BE13", terms=[tools, workers], editorial_status=EditorialStatus.DRAFT)
    rule = make_rule(make_theme(), [training, tools, workers])

    page = theme_page()

    assert [p.code for p in Practice.objects.published().carrying(rule.terms.all())] == ["BE11"]
    assert "Practice BE11 en" in text(page)
    assert "Practice BE12 en" not in text(page)
    assert "because they state:" in text(page)
    assert "tools en" in text(page)


def test_link_to_all_practices_has_as_many_as_the_page_says():
    training = make_term("activity_type", "training")
    for number in range(7):
        make_practice(f"BE1{number}", terms=[training])
    make_rule(make_theme(), [training])

    page = body(theme_page())
    (link,) = re.findall(r'href="([^"]+activity_type=training)"', page)

    assert "Show all 7 practices" in page
    assert 'data-total="7"' in body(get(link))


def test_offers_are_of_the_kinds_of_the_rule():
    make_offer(kind="training", **in_all("name", "Training day"))
    make_offer(kind="monitoring", **in_all("name", "Dashboard"))
    make_offer(kind="training", editorial_status=EditorialStatus.DRAFT, **in_all("name", CANARY))
    draft = make_actor(editorial_status=EditorialStatus.DRAFT)
    make_offer(kind="training", actor=draft, **in_all("name", CANARY))
    make_rule(make_theme(), kinds=["training"])

    page = theme_page()

    assert "Training day en" in text(page)
    assert "Dashboard" not in text(page)
    assert CANARY not in body(page)
    assert "A choice of the curators, by kind: training." in text(page)


@pytest.mark.parametrize("has_rule", [True, False])
def test_theme_with_nothing_related_says_nothing_of_it(has_rule):
    theme = make_theme()
    if has_rule:
        make_rule(theme)
    make_practice("BE11")
    make_offer()

    page = text(theme_page())

    assert "A choice of the curators" not in page
    assert "The whole directory" in page


def test_unknown_theme_is_not_found():
    for code in ("nothing", "a" * 300):
        assert theme_page(code).status_code == 404


def test_rule_refuses_a_kind_that_does_not_exist():
    rule = ThemeRule(theme=make_theme(), offer_kinds=["nothing"])

    with pytest.raises(ValidationError, match="nothing"):
        rule.full_clean()


def test_changed_rule_changes_the_tag_of_the_page():
    rule = make_rule(make_theme())
    tag = theme_page().headers["ETag"]

    rule.save()

    assert get(address("expert_theme", "competences"), if_none_match=tag).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_queries_for_one_and_three(number, django_assert_num_queries):
    training = make_term("activity_type", "training")
    for count in range(number):
        make_practice(f"BE1{count}", terms=[training])
        make_offer(kind="training", coverage=["BE-VLG"])
    make_rule(make_theme(), [training], ["training"])
    theme_page()

    with django_assert_num_queries(14):
        theme_page()
