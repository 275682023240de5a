"""How much a result tells: short, for a family, for professionals, in a row."""

import pytest

from practices.asking import seal_search
from tests.factories import in_all, make_practice, make_term
from tests.pages import address, body, codes, get, links, practice_list, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def told_practice():
    terms = [make_term("work_form", "group"), make_term("target_group", "parents")]
    return make_practice(
        "BE51",
        terms=terms,
        cost="free",
        access="direct",
        **in_all("first_contact", "You call and somebody listens."),
    )


def test_card_of_the_list_is_short(told_practice):
    page = text(practice_list())

    assert "Cost free" in page
    assert "somebody listens" not in page
    assert "work_form" not in page.split("Results")[-1].split("Verified")[0]


def test_card_of_the_answer_tells_what_a_family_asks(told_practice):
    token = seal_search("situation=signs&relation=&place=")
    page = text(get(address("finder_answer", token)))

    assert "What happens when you make contact You call and somebody listens. en" in page
    assert "Cost free" in page
    assert "Not stated in our sources: languages of help, anonymity" in page


def test_full_cards_tell_what_professionals_ask(told_practice):
    page = text(practice_list(view="full"))

    assert "Work_form en group en" in page
    assert "Access you can contact them yourself" in page
    assert "Code BE51" in page
    assert "Not stated in our sources: languages of help, anonymity" in page


def test_rows_are_compact_and_carry_the_same_hook(told_practice):
    page = practice_list(view="rows")

    assert codes(page) == ["BE51"]
    assert "Summary of BE51" not in text(page)
    assert "Practice BE51 en" in text(page)


def test_way_of_showing_travels_with_paging_and_search():
    for number in range(60, 72):
        make_practice(f"BE{number}")
    page = practice_list(view="full")

    assert len(codes(page)) == 10
    assert any("view=full" in link and "page=2" in link for link in links(page))
    assert '<input type="hidden" name="view" value="full">' in body(page)


def test_unknown_way_of_showing_is_refused():
    assert practice_list(view="wall").status_code == 400
