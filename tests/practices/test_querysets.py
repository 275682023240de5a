import datetime

import pytest

from network.publishing import EditorialStatus
from practices.models import Practice
from tests.factories import make_practice, make_term

pytestmark = pytest.mark.django_db


def codes(queryset):
    return [practice.code for practice in queryset]


def test_published_leaves_out_every_other_status():
    make_practice("VB21")
    for number, status in enumerate(["draft", "in_review", "archived"]):
        make_practice(f"VB3{number}", editorial_status=status)

    assert codes(Practice.objects.published()) == ["VB21"]


def test_covering_a_municipality_reaches_up_to_the_country():
    make_practice("BE11", coverage=["63079"])
    make_practice("BE12", coverage=["63000"])
    make_practice("BE13", coverage=["BE-WLG"])
    make_practice("BE14", coverage=["BE-WAL"])
    make_practice("BE15", coverage=["COM-FR"])
    make_practice("BE16", coverage=["BE"])
    make_practice("BE21", coverage=["62063"])
    make_practice("BE22", coverage=["COM-DE"])
    make_practice("BE23", coverage=["BE-VLG"])
    make_practice("BE24")

    covering = codes(Practice.objects.covering(["63079"]))

    assert covering == ["BE11", "BE12", "BE13", "BE14", "BE15", "BE16"]


def test_covering_a_province_reaches_its_parts():
    make_practice("BE11", coverage=["63079", "62063"])
    make_practice("BE12", coverage=["COM-DE"])
    make_practice("BE13", coverage=["52011"])

    assert codes(Practice.objects.covering(["BE-WLG"])) == ["BE11", "BE12"]


def test_with_term_takes_any_of_the_terms_once():
    parents, mothers = make_term(code="parents"), make_term(code="mothers")
    same_code = make_term("aim", "parents")
    make_practice("BE11", terms=[parents, mothers])
    make_practice("BE12", terms=[mothers])
    make_practice("BE13", terms=[same_code])

    assert codes(Practice.objects.with_term("target_group", ["parents", "mothers"])) == [
        "BE11",
        "BE12",
    ]


def test_by_title_orders_by_the_text_readers_see():
    make_practice("BE11", name_nl="Zon", name_fr="Été", name_en="Sun")
    make_practice("BE12", name_nl="appel", name_fr="Fruit", name_en="")

    assert codes(Practice.objects.by_title("nl")) == ["BE12", "BE11"]
    assert codes(Practice.objects.by_title("fr")) == ["BE11", "BE12"]
    assert codes(Practice.objects.by_title("en")) == ["BE12", "BE11"]


def test_by_usefulness_puts_what_helps_first():
    ended = {"operating_status": "ended", "operating_status_date": "2018"}
    make_practice("BE11", is_title_only=True)
    make_practice("BE12", **ended)
    make_practice("BE13")
    make_practice("BE14", operating_status="active")
    make_practice("BE15", operating_status="active", verified_on=datetime.date(2026, 1, 1))

    assert codes(Practice.objects.by_usefulness()) == ["BE15", "BE14", "BE13", "BE12", "BE11"]


def test_publish_and_unpublish_tell_how_many_changed():
    make_practice("BE11")
    make_practice("BE12", editorial_status=EditorialStatus.DRAFT, published_at=None)

    assert Practice.objects.all().publish() == 1
    assert Practice.objects.all().unpublish() == 2
    assert Practice.objects.published().count() == 0


def test_in_language_takes_any_of_the_languages():
    make_practice("BE11", help_languages=["nl", "ar"])
    make_practice("BE12", help_languages=["fr"])

    assert codes(Practice.objects.in_language(["ar", "nl"])) == ["BE11"]
