"""The list of trainings: what it finds, how it orders, and the offers beside it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from network.publishing import EditorialStatus
from places import gazetteer
from tests.factories import in_all, make_actor, make_offer, make_session, make_training
from tests.hostile import HOSTILE
from tests.pages import address, body, codes, get, links, text, total
from trainings.models import Session

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")


def listed(language="en", **asked):
    return get(address("training_list", language=language), asked)


def searched(language="en", **asked):
    return Client().post(address("training_list", language=language), asked, follow=True)


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def offers_beside(page):
    return re.findall(r'data-offer="([^"]+)"', body(page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_past_trainings_come_last_and_are_marked(language):
    make_training(code="aa", status="ended", status_date="2018", **in_all("name", "Aaa"))
    make_training(code="bb", status="offered", **in_all("name", "Bbb"))
    make_training(code="cc", **in_all("name", "Ccc"))

    page = listed(language)

    assert codes(page) == ["bb", "cc", "aa"]
    assert body(page).count('<p class="doubt">') == 1


def test_past_trainings_stand_on_a_rung_of_their_own_when_a_place_is_asked():
    make_training(code="town", status="ended", status_date="2018", coverage=["44021"])
    make_training(code="land", coverage=["BE"])

    page = searched(place="44021")

    assert codes(page) == ["land", "town"]
    assert re.findall(r'data-rung="(\w+)"', body(page)) == ["national", "past"]


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three(number, django_assert_num_queries):
    for code in ("aa", "bb", "cc")[:number]:
        make_training(
            code=code,
            providers=[make_actor(code=code)],
            coverage=["BE-VLG"],
            languages=["nl"],
            themes=["competences"],
            offer=make_offer(code=f"o-{code}"),
        )

    gazetteer.of_kinds(["country"])  # read once by each worker

    with django_assert_num_queries(31):
        page = listed()

    assert total(page) == number


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        ("audience", "schools"),
        ("form", "course"),
        ("channel", "online"),
        ("training_language", "fr"),
        ("theme", "competences"),
        ("cost", "free"),
        ("status", "offered"),
        ("provider", "house"),
    ],
)
def test_facet_narrows(facet, value):
    make_training(
        code="all",
        audiences=["schools"],
        forms=["course"],
        channels=["online"],
        languages=["fr"],
        themes=["competences"],
        cost="free",
        status="offered",
        providers=[make_actor(code="house")],
    )
    make_training(code="none")

    assert codes(listed(**{facet: value})) == ["all"]


def test_choice_that_does_not_exist_is_refused():
    assert listed(form="nothing").status_code == 400
    assert listed(**{"from": "2026-02-30"}).status_code == 400


def test_days_find_trainings_with_a_coming_session():
    soon, later, cancelled, draft = (make_training(code=code) for code in "abcd")
    make_session(soon, days=5)
    make_session(soon, days=40)
    make_session(later, days=30)
    make_session(cancelled, days=5, state=Session.State.CANCELLED)
    make_session(draft, days=5, state=Session.State.DRAFT)

    assert codes(listed(**{"from": day(1), "until": day(10)})) == ["a"]
    assert codes(listed(**{"from": day(20)})) == ["a", "b"]
    assert codes(listed(on_request="1")) == ["c", "d"]
    assert codes(listed(on_request="1", until=day(10))) == ["a", "c", "d"]


def test_past_session_is_no_date(pass_time):
    make_session(make_training(code="a"), days=1)
    assert codes(listed(**{"from": day(0)})) == ["a"]

    pass_time(days=2)

    assert codes(listed(**{"from": day(-5)})) == []
    assert codes(listed(on_request="1")) == ["a"]


def test_days_travel_with_the_search_and_can_be_taken_away():
    make_session(make_training(code="a", **in_all("name", "Lighthouse")), days=5)

    page = searched(q="lighthouse", **{"from": day(1)})

    assert codes(page) == ["a"]
    assert f'name="from" value="{day(1)}"' in body(page)
    assert 'name="change" value="from="' in body(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_sessions_the_choice_says_so(language):
    make_training()

    assert body(listed(language)).count('<label for="from">') == 1
    assert (
        len(re.findall(r"<legend class=\"hidden\">[^<]+</legend>\n<p>", body(listed(language))))
        == 1
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_teacher_in_ghent_finds_offers_and_trainings_in_one_list(language):
    house = make_actor(code="house")
    shared = make_offer(
        code="shared", actor=house, coverage=["44021"], **in_all("name", "School A")
    )
    make_offer(code="other", actor=house, coverage=["44021"], **in_all("name", "School B"))
    make_offer(code="far", actor=house, coverage=["63079"], **in_all("name", "School C"))
    make_training(
        code="course", offer=shared, coverage=["44021"], **in_all("name", "School course")
    )

    page = searched(language, q="school", place="44021")

    assert codes(page) == ["course"]
    assert offers_beside(page) == ["other"]
    assert shared.get_absolute_url().split("/")[-2] in body(page)


def test_offer_that_is_a_training_never_stands_beside():
    make_training(code="course", offer=make_offer(code="same"), **in_all("name", "Course"))
    hidden = make_offer(code="of-a-draft")
    make_training(editorial_status=EditorialStatus.DRAFT, offer=hidden)
    make_training(code="other", **in_all("name", "Windmill"))

    page = searched(q="windmill")

    assert codes(page) == ["other"]
    assert offers_beside(page) == []
    assert offers_beside(listed()) == ["of-a-draft"]


def test_facets_that_both_have_narrow_the_offers_beside():
    make_training(audiences=["first_line"], cost="free", forms=["tailored", "course"])
    make_offer(code="fits", audiences=["first_line"], cost="free", forms=["tailored"])
    make_offer(code="other", audiences=["local_authorities"], cost="paid", forms=["phone"])

    for facet, value in (("audience", "first_line"), ("cost", "free"), ("form", "tailored")):
        page = listed(**{facet: value})
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', body(page))
        assert offers_beside(page) == ["fits"], facet
        assert (facet, value) in fields


def test_facets_that_offers_do_not_have_leave_them_out():
    make_training(status="offered", channels=["online"], forms=["course"], languages=["fr"])
    make_offer()
    asked = (
        {"status": "offered"},
        {"channel": "online"},
        {"form": "course"},
        {"training_language": "fr"},
        {"on_request": "1"},
    )

    for choice in asked:
        page = listed(**choice)
        assert total(page) == 1, choice
        assert offers_beside(page) == [], choice


def test_hidden_training_is_listed_nowhere():
    for status in (EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW, EditorialStatus.ARCHIVED):
        make_training(editorial_status=status, **in_all("name", "zwaluwnest"))

    assert total(listed()) == 0
    assert codes(listed(q="zwaluwnest")) == []


@pytest.mark.thorough
@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_breaks_the_list(words):
    make_training()

    for names in (("q", "place"), ("form", "from", "until", "on_request")):
        assert listed(**dict.fromkeys(names, words)).status_code in {200, 400, 414}


def test_warm_list_asks_for_the_data_version_only(django_assert_num_queries):
    make_training(offer=make_offer())
    make_offer()
    listed()

    with django_assert_num_queries(1):
        assert "1 training" in text(listed())


def test_name_of_an_organisation_is_found_when_it_is_public_and_as_it_is_today():
    house = make_actor(editorial_status=EditorialStatus.DRAFT, **in_all("name", "Lighthouse"))
    make_training(code="a", providers=[house])
    assert codes(listed(q="lighthouse")) == []

    house.editorial_status = EditorialStatus.PUBLISHED
    house.save()
    assert codes(listed(q="lighthouse")) == ["a"]

    house.name_nl = house.name_fr = house.name_en = "Windmill"
    house.save()
    assert codes(listed(q="windmill")) == ["a"]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_list_with_filters_is_followed_when_its_address_may_tell_them(language):
    make_training(forms=["webinar"])
    sealed = Client().post(address("training_list", language=language), {"form": "webinar"})
    page = get(sealed["Location"])
    assert 'name="readable"' in body(page)
    assert address("training_feed", language=language) not in body(page)

    readable = Client().post(sealed["Location"], {"readable": "1"})

    path = address("training_calendar_file", language=language)
    assert readable["Location"].endswith("?form=webinar")
    assert f"{path}?form=webinar" in links(get(readable["Location"]))
