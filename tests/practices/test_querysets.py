import pytest
from django.utils import timezone

from network.publishing import EditorialStatus
from practices.models import Practice
from tests.factories import make_practice

pytestmark = pytest.mark.django_db


def codes(queryset):
    return [practice.code for practice in queryset]


def test_published_leaves_out_every_other_status():
    make_practice("VB21")
    for number, status in enumerate(["draft", "in_review", "archived"]):
        make_practice(f"VB3{number}", editorial_status=status)

    assert codes(Practice.objects.published()) == ["VB21"]


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
    make_practice("BE15", operating_status="active", verified_on=timezone.localdate())

    assert codes(Practice.objects.by_usefulness()) == ["BE15", "BE14", "BE13", "BE12", "BE11"]


def test_publish_and_unpublish_tell_how_many_changed():
    make_practice("BE11")
    make_practice("BE12", editorial_status=EditorialStatus.DRAFT, published_at=None)

    assert Practice.objects.all().publish() == 1
    assert Practice.objects.all().unpublish() == 2
    assert Practice.objects.published().count() == 0
