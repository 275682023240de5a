"""The page of an organisation: what it is, runs, offers, and who it works with."""

import re

import pytest

from network.models import Membership
from network.publishing import EditorialStatus
from tests.factories import (
    in_all,
    make_actor,
    make_offer,
    make_practice,
    make_publication,
    make_relation,
    make_source,
)
from tests.pages import address, body, codes, get, text

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
CANARY = "zwaluwnest"


def page_of(code="house", language="en"):
    return get(address("actor_detail", code, language=language))


def rows(page):
    """The table of relations, cell by cell."""
    table = body(page).split("<tbody>")[-1].split("</tbody>")[0]
    cells = [re.findall(r"<td>(.*?)</td>", row) for row in table.split("</tr>")]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells if row]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_tells_roles_with_their_meaning_and_area(language):
    make_actor(code="house", roles=["trainer"], coverage=["11002"])
    role_of_house = "trainer " + language

    page = text(page_of(language=language))

    assert role_of_house.capitalize() in page
    assert {"nl": "Antwerpen", "fr": "Anvers", "en": "Antwerp"}[language] in page


def test_what_no_source_says_is_told():
    make_actor(code="house")

    page = text(page_of())

    # legal form, level, field of work, languages, seat, area, role, who it works with
    assert page.count("not stated in our sources") == 8


def test_membership_tells_since_when_and_by_which_source():
    house = make_actor(code="house")
    source = make_source(publisher_en="The Register")
    kind = Membership.Category.FAMILY_SUPPORT
    Membership.objects.create(actor=house, category=kind, since="2017-11", source=source)

    page = text(page_of())

    assert "since November 2017" in page
    assert "The Register" in page


def test_membership_without_date_says_so():
    house = make_actor(code="house")
    kind = Membership.Category.SECURITY_CHAIN
    Membership.objects.create(actor=house, category=kind, source=make_source())

    assert "since when is not stated in our sources" in text(page_of())


def test_practices_it_runs_and_those_it_is_partner_of_stand_apart():
    house, other = make_actor(code="house"), make_actor(code="other")
    make_practice("BE11", lead_actor=house)
    make_practice("BE12", lead_actor=other).partners.add(house)

    page = page_of()

    assert codes(page) == ["BE11"]
    partner = body(page).split("Where it is a partner")[1].split("</ul>")[0]
    assert "Practice BE12 en" in partner


def test_offers_are_marked_for_professionals():
    house = make_actor(code="house")
    make_offer(actor=house, **in_all("name", "Helpdesk"))
    make_offer(actor=house, editorial_status=EditorialStatus.DRAFT, **in_all("name", CANARY))

    page = body(page_of())

    assert page.index("for-professionals") < page.index("Helpdesk en")
    assert CANARY not in page


def test_relations_are_told_from_both_ends_with_their_source():
    one, other = make_actor(code="one", name_en="One"), make_actor(code="other", name_en="Other")
    make_relation(one, other, kind="part_of")

    assert rows(page_of("one")) == rows(page_of("other")) == [["One", "is part of", "Other", "1"]]


def test_partners_of_a_practice_work_together():
    one, other = make_actor(code="one", name_en="One"), make_actor(code="other", name_en="Other")
    make_practice("BE11", lead_actor=one).partners.add(other)

    expected = [["One", "runs, with as partner", "Other", "Practice BE11 en"]]
    assert rows(page_of("one")) == rows(page_of("other")) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_picture_has_a_name_and_shows_each_organisation_once(language):
    house, other = make_actor(code="house"), make_actor(code="other", **in_all("name", "Harbour"))
    make_relation(house, other)
    make_practice("BE11", lead_actor=house).partners.add(other)

    picture = body(page_of(language=language)).split("<svg viewBox")[1].split("</svg>")[0]

    assert 'role="img"' in picture
    assert 'aria-labelledby="drawing-title drawing-text"' in picture
    assert picture.count("<rect") == 2
    assert picture.count(f"Harbour {language}") == 1
    assert "<a " not in picture


def test_picture_leaves_the_thirteenth_to_the_table():
    house = make_actor(code="house")
    for _number in range(13):
        make_relation(house, make_actor())

    page = page_of()

    assert body(page).split("<svg viewBox")[1].split("</svg>")[0].count("<rect") == 13
    assert "1 more stands in the table." in text(page)
    assert len(rows(page)) == 13


@pytest.mark.thorough
@pytest.mark.parametrize(
    "status", [EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW, EditorialStatus.ARCHIVED]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_organisation_is_in_no_picture_and_no_table(language, status):
    house = make_actor(code="house")
    hidden = make_actor(editorial_status=status, **in_all("name", CANARY))
    make_relation(house, hidden)
    make_relation(hidden, house, kind="funds")
    make_practice("BE11", lead_actor=house).partners.add(hidden)
    make_practice("BE12", lead_actor=hidden).partners.add(house)
    make_practice("BE13", editorial_status=status, **in_all("name", CANARY)).partners.add(house)

    page = page_of(language=language)

    assert CANARY not in body(page)
    assert 'role="img"' not in body(page).split("<main")[1]


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_queries_for_one_and_three(number, django_assert_num_queries):
    house = make_actor(code="house", roles=["trainer"])
    for _number in range(number):
        other = make_actor()
        make_relation(house, other)
        make_offer(actor=house)
        make_practice(lead_actor=house).partners.add(other)
        make_practice(lead_actor=other).partners.add(house)
    page_of()

    with django_assert_num_queries(18):
        page_of()


@pytest.mark.parametrize("language", LANGUAGES)
def test_offer_page_tells_everything_and_what_is_not_known(language):
    offer = make_offer(
        code="helpdesk",
        kind="helpdesk",
        audiences=["schools"],
        cost="free",
        coverage=["11002"],
        available_from="2023-11",
        **in_all("availability", "Check first"),
    )
    source = make_source(publisher_en="S", publisher_nl="S", publisher_fr="S")
    offer.citations.create(field="cost", source=source)
    offer.contacts.create(kind="phone", value="02 111 22 33", year=2023, source=source)

    page = get(address("offer_detail", "helpdesk", language=language))

    assert page.status_code == 200
    assert 'class="for-professionals"' in body(page)
    assert 'href="#source-1"' in body(page)
    assert "2023" in text(page)
    assert "02\N{NO-BREAK SPACE}111\N{NO-BREAK SPACE}22\N{NO-BREAK SPACE}33" in body(page)
    assert f"Check first {language}" in text(page)
    # form, length, hours, languages, until, how to ask
    assert body(page).count('class="unstated"') == 6


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_page_tells_what_the_organisation_published(language):
    actor = make_actor()
    shown = make_publication(publishers=[actor], year=2018)
    hidden = make_publication(publishers=[actor], editorial_status="draft", published_at=None)

    page = text(get(address("actor_detail", actor.code, language=language)))

    assert f"{getattr(shown, f'title_{language}')} , 2018" in page
    assert getattr(hidden, f"title_{language}") not in page


def test_years_and_doubts_of_a_relation_are_told_in_picture_and_table():
    actor = make_actor()
    make_relation(actor, make_actor(), period="2014–2017", certainty="probable")

    page = body(get(actor.get_absolute_url()))

    assert page.count("works with (2014–2017)") == 2
    assert page.count("stroke-dasharray") == 1
    assert "A broken line: it is not certain." in page
