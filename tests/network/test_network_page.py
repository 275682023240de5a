"""The page of the national network: dates, members, and the picture of all organisations."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from network import picture
from network.models import Membership
from network.publishing import EditorialStatus
from tests.factories import in_all, make_actor, make_relation, make_source
from tests.pages import address, body, get, text

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
CANARY = "zwaluwnest"


def network_page(language="en"):
    return get(address("network", language=language))


def drawing(page):
    return body(page).split("<svg viewBox")[-1].split("</svg>")[0]


def test_dates_carry_the_numbers_of_their_sources():
    for key in ("S000", "S001", "NT-7"):
        make_source(key=key, publisher_en=f"Publisher {key}")

    page = body(network_page())

    mapping = page.split("<dt>March 2018</dt>")[1].split("</dd>")[0]
    assert re.findall(r'href="#source-(\d)"', mapping) == ["1", "3"]
    assert page.split('id="source-3"')[1].strip().startswith(">Publisher S001")


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_stands_without_a_single_record(language):
    page = network_page(language)

    assert page.status_code == 200
    assert "<svg viewBox" not in body(page).split("<main")[1].replace('class="thread', "")


def test_no_members_are_said_to_be_listed_nowhere():
    assert "No source lists the members." in text(network_page())


def test_members_are_listed_with_their_dates():
    house = make_actor(name_en="House")
    kind = Membership.Category.FAMILY_SUPPORT
    Membership.objects.create(actor=house, category=kind, since="2017", source=make_source())

    page = text(network_page())

    assert "No source lists the members." not in page
    assert "House organisation that supports families 2017 – 1" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_picture_and_table_show_the_same(language):
    one, two, three = (make_actor(code=code, **in_all("name", code)) for code in ("aa", "bb", "cc"))
    make_relation(one, two)
    make_relation(three, one, kind="funds")

    page = network_page(language)

    assert set(re.findall(r'<a href="([^"]+)"', drawing(page))) == {
        address("actor_detail", code, language=language) for code in ("aa", "bb", "cc")
    }
    assert drawing(page).count("<path") == 2
    assert body(page).split("<tbody>")[-1].count("<tr>") == 2
    assert 'class="drawing wide-drawing" role="region" tabindex="0" aria-label="' in body(page)


@pytest.mark.parametrize(("since", "until", "is_right"), [
    ("2018-03", "2018", True), ("2018", "2018-03", True), ("", "2018", True),
    ("2018-03", "", True), ("2018-03", "2018-03-01", True), ("2018-03", "2018-02-28", False),
    ("2018-03", "2017", False), ("2019", "2018-12", False),
])  # fmt: skip
def test_membership_ends_after_it_began_as_far_as_is_known(since, until, is_right):
    kind = Membership.Category.FAMILY_SUPPORT
    stay = Membership(actor=make_actor(), category=kind, source=make_source())
    stay.since, stay.until = since, until

    if is_right:
        stay.full_clean()
        stay.save()
        return
    with pytest.raises(ValidationError, match="ends after it began"):
        stay.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        stay.save()


def test_years_and_doubts_of_a_relation_are_told():
    one, two, three = make_actor(), make_actor(), make_actor()
    make_relation(one, two, period="2014–2017")
    assert "A broken line" not in text(network_page())
    make_relation(one, three, certainty="probable")

    page = network_page()

    assert "works with (2014–2017)" in text(page)
    assert "A broken line: it is not certain." in text(page)
    assert drawing(page).count("stroke-dasharray") == 1


@pytest.mark.parametrize(
    "status", [EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW, EditorialStatus.ARCHIVED]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_organisation_is_drawn_and_told_nowhere(language, status):
    shown = make_actor()
    hidden = make_actor(code=CANARY, editorial_status=status, **in_all("name", CANARY))
    make_relation(shown, hidden)
    make_relation(hidden, shown, kind="funds")
    kind = Membership.Category.FAMILY_SUPPORT
    Membership.objects.create(actor=hidden, category=kind, source=make_source())

    page = network_page(language)

    assert CANARY not in body(page)
    assert "<path" not in drawing(page)


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_queries_for_one_and_three(number, django_assert_num_queries):
    for _number in range(number):
        make_relation(make_actor(), make_actor())
    network_page()

    with django_assert_num_queries(5):
        network_page()


def test_columns_follow_the_levels():
    for level in ("local", "national", "", "supralocal"):
        make_actor(level=level)

    heads = re.findall(r'class="head" x="(\d+)" y="20">([^<]+)<', drawing(network_page()))

    assert [head for _x, head in heads] == ["National", "Supra-local", "Local", "Level not stated"]
    assert [int(x) for x, _head in heads] == [2, 322, 642, 962]


@pytest.mark.parametrize(("name", "lines"), [
    ("House", ["House"]),
    ("Centre for everything and everybody", ["Centre for everything and", "everybody"]),
    ("a" * 40, ["a" * 25 + "…"]),
    ("one " + "b" * 40, ["one", "b" * 25 + "…"]),
    ("<script>", ["<script>"]),
])  # fmt: skip
def test_name_fits_in_its_box(name, lines):
    assert picture.wrapped(name) == lines


def test_name_in_a_picture_is_text():
    make_actor(**in_all("name", "<script>alert(1)"))

    assert "<script>alert" not in body(network_page())
