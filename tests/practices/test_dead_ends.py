"""The tap "nothing here fits": what it counts, what it never tells, and where it stops."""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from places import gazetteer
from practices import dead_ends
from practices.asking import open_search, seal_search
from practices.models import DeadEnd, DeadEndHour
from tests.pages import address, body, get, text
from tests.staff import curator_client, make_account

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
ANSWERS = "situation=signs&relation=parent&place=4800"
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _november(monkeypatch):
    at(monkeypatch, datetime(2026, 11, 25, 12, 30, tzinfo=UTC))


def at(monkeypatch, moment):
    clock = SimpleNamespace(now=lambda: moment, localdate=lambda: timezone.localdate(moment))
    monkeypatch.setattr("practices.dead_ends.timezone", clock)


def tap(answers=ANSWERS, language="en", client=None):
    path = address("nothing_fits", seal_search(answers), language=language)
    return (client or Client()).post(path)


def counted():
    return set(DeadEnd.objects.values_list("situation", "province", "month", "number"))


# --- What is counted ---------------------------------------------------------------------------


def test_tap_counts_situation_province_and_month():
    tap()
    tap()

    assert counted() == {("signs", "BE-WLG", MONTH, 2)}


@pytest.mark.parametrize(("place", "province"), [
    ("4800", "BE-WLG"), ("Eupen", "BE-WLG"), ("1080", "BE-BRU"), ("1040", "BE-BRU"),
    ("BE-BRU", "BE-BRU"), ("21000", "BE-BRU"), ("Limburg", "BE-VLI"), ("11000", "BE-VAN"),
    ("BE-WAL", ""), ("BE", ""), ("COM-FR", ""), ("Nergenshuizen", ""), ("", ""),
])  # fmt: skip
def test_province_follows_from_the_place(place, province):
    tap(f"situation=&relation=&place={place}")

    assert counted() == {("", province, MONTH, 1)}


def test_every_municipality_lies_in_a_province_that_the_table_knows():
    found = {dead_ends.province_of(spot.code) for spot in gazetteer.of_kinds(["municipality"])}

    assert found == set(dead_ends.PROVINCES)


def test_nothing_that_is_sent_along_is_counted():
    path = address("nothing_fits", seal_search(ANSWERS))

    Client().post(path, {"situation": "died", "place": "2000", "change": "place=2000"})

    assert counted() == {("signs", "BE-WLG", MONTH, 1)}


def test_answers_that_do_not_exist_count_nothing():
    response = tap("situation=gone&relation=&place=")

    assert response.status_code == 400
    assert counted() == set()


@pytest.mark.parametrize("token", ["x", "gAAAAA" + "A" * 90])
def test_address_that_nobody_sealed_counts_nothing(token):
    response = Client().post(address("nothing_fits", token))

    assert response.status_code == 404
    assert "Your answers are no longer here" in text(response)
    assert counted() == set()


def test_expired_address_counts_nothing(monkeypatch):
    path = address("nothing_fits", seal_search(ANSWERS))
    later = timezone.now() + timedelta(days=3650)
    monkeypatch.setattr("practices.asking.timezone.now", lambda: later)

    response = Client().post(path)

    assert response.status_code == 200
    assert "Your answers are no longer here" in text(response)
    assert counted() == set()


def test_table_refuses_what_no_tap_stores():
    for wrong in ({"situation": "nobody"}, {"province": "BE-WAL"}, {"province": "63079"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeadEnd.objects.create(month=MONTH, **wrong)
    DeadEnd.objects.create(month=MONTH)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadEnd.objects.create(month=MONTH)


# --- What the visitor meets --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_tap_is_offered_once_and_thanks_follow(language):
    before = get(address("finder_answer", seal_search(ANSWERS), language=language))
    way = re.search(r'action="([^"]+/n/[^"]+)"', body(before))[1]

    response = Client().post(way)
    after = get(response.headers["Location"].removesuffix("#thanks"))

    assert response.status_code == 303
    assert 'id="thanks"' not in body(before)
    assert 'id="thanks"' in body(after)
    assert "/n/" not in body(after)
    assert address("help_line_list", language=language) in body(after)


def test_thanks_stay_in_another_language_and_go_with_another_answer():
    thanked = tap().headers["Location"].removesuffix("#thanks")

    moved = Client().post(thanked, {"language": "fr"}, follow=True)
    changed = Client().post(thanked, {"change": "place=2000"}, follow=True)

    assert 'id="thanks"' in body(moved)
    assert 'id="thanks"' not in body(changed)


def test_tap_after_the_thanks_counts_nothing_more():
    thanked = tap().headers["Location"].removesuffix("#thanks").split("/")[-2]

    again = Client().post(address("nothing_fits", thanked))

    assert again.status_code == 303
    assert counted() == {("signs", "BE-WLG", MONTH, 1)}


def test_tap_keeps_the_answers():
    token = tap("situation=signs&relation=&place=4800&help_language=ar").headers["Location"]

    asked = open_search(token.removesuffix("#thanks").split("/")[-2]).asked

    assert asked.dict() == {
        "situation": "signs", "relation": "", "place": "4800", "help_language": "ar", "told": "1"
    }  # fmt: skip


def test_tap_leaves_no_trace(caplog):
    caplog.set_level(logging.DEBUG)
    client = Client(enforce_csrf_checks=True)

    response = tap("situation=prison&relation=&place=Verviers", client=client)

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not client.cookies
    told = " ".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert "prison" not in told + response.headers["Location"]
    assert "verviers" not in (told + response.headers["Location"]).lower()


def test_tap_by_get_is_refused():
    response = get(address("nothing_fits", seal_search(ANSWERS)))

    assert response.status_code == 405
    assert response.headers["Cache-Control"] == "no-store"
    assert counted() == set()


# --- The limit, and the end --------------------------------------------------------------------


def test_beyond_the_limit_of_the_hour_nothing_is_stored_and_thanks_follow(settings):
    settings.DEAD_ENDS_AN_HOUR = 2

    answers = [tap(f"situation={code}&relation=&place=") for code in ("died", "signs", "left")]

    assert {response.status_code for response in answers} == {303}
    assert {row[0] for row in counted()} == {"died", "signs"}
    assert list(DeadEndHour.objects.values_list("number", flat=True)) == [2]


def test_next_hour_counts_again_and_forgets_the_last(settings, monkeypatch):
    settings.DEAD_ENDS_AN_HOUR = 1
    tap()
    tap()
    at(monkeypatch, datetime(2026, 11, 25, 13, 0, tzinfo=UTC))

    tap()

    assert counted() == {("signs", "BE-WLG", MONTH, 2)}
    assert DeadEndHour.objects.get().hour == datetime(2026, 11, 25, 13, 0, tzinfo=UTC)


def test_numbers_go_after_two_years():
    for month in ("2024-10-01", "2024-11-01", "2026-11-01"):
        DeadEnd.objects.create(month=month, number=9)

    dead_ends.purge()

    kept = set(DeadEnd.objects.values_list("month", flat=True))
    assert kept == {date(2024, 11, 1), MONTH}


def test_month_is_that_of_belgium(monkeypatch):
    at(monkeypatch, datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    tap()

    assert {row[2] for row in counted()} == {date(2027, 1, 1)}


# --- What curators see -------------------------------------------------------------------------


@pytest.fixture
def groups():
    return {
        number: DeadEnd.objects.create(
            situation=situation, province=province, month=month, number=number
        )
        for number, situation, province, month in (
            (4, "prison", "BE-WLX", date(2026, 8, 1)),
            (5, "died", "BE-BRU", date(2026, 9, 1)),
            (37, "", "", MONTH),
        )
    }


@pytest.mark.parametrize(("language", "told"), [
    ("nl", ("Brussels Hoofdstedelijk Gewest", "november 2026")),
    ("fr", ("Région de Bruxelles-Capitale", "novembre 2026")),
    ("en", ("Someone died", "November 2026")),
])  # fmt: skip
def test_list_shows_groups_of_five_and_more(groups, language, told):
    page = curator_client().get(address("admin:practices_deadend_changelist", language=language))

    assert page.context["cl"].result_count == 2
    assert all(words in text(page) for words in told), text(page)


def test_smaller_group_is_in_no_filter_and_no_count(groups):
    client, path = curator_client(), reverse("admin:practices_deadend_changelist")

    for asked in ("", "?_facets=True", "?all=", "?o=4"):
        page = client.get(path + asked)
        assert "Luxembourg" not in text(page)
        assert "August" not in text(page)
        assert "Someone is in prison" not in text(page)


@pytest.mark.parametrize("asked", [
    {"number": 4}, {"number__lt": 5}, {"situation": "prison"}, {"province": "BE-WLX"},
    {"month": "2026-08-01"}, {"situation__exact": "prison"}, {"province__startswith": "BE-WL"},
])  # fmt: skip
def test_smaller_group_is_reached_by_no_filter(groups, asked):
    page = curator_client().get(reverse("admin:practices_deadend_changelist"), asked, follow=True)

    assert groups[4].pk not in {group.pk for group in page.context["cl"].result_list}


@pytest.mark.parametrize("asked", [{"situation": "-"}, {"province": "-"}, {"month": "2026-11-01"}])
def test_filters_narrow(groups, asked):
    page = curator_client().get(reverse("admin:practices_deadend_changelist"), asked)

    assert [group.number for group in page.context["cl"].result_list] == [37]


def test_smaller_group_has_no_page(groups):
    client = curator_client()
    for kind in ("change", "history"):
        met = client.get(reverse(f"admin:practices_deadend_{kind}", args=[groups[4].pk]))
        missed = client.get(reverse(f"admin:practices_deadend_{kind}", args=[99_999]))
        shown = client.get(reverse(f"admin:practices_deadend_{kind}", args=[groups[5].pk]))
        assert (met.status_code, shown.status_code) == (302, 200)
        assert met.headers["Location"] == missed.headers["Location"]


def test_nobody_changes_a_number(groups):
    client = curator_client()
    page = client.get(reverse("admin:practices_deadend_change", args=[groups[5].pk]))
    posted = client.post(
        reverse("admin:practices_deadend_change", args=[groups[5].pk]), {"number": 1}
    )

    assert "Someone died" in text(page)
    assert 'name="number"' not in body(page)
    assert posted.status_code == 403
    assert DeadEnd.objects.get(pk=groups[5].pk).number == 5


def test_list_needs_permission(groups):
    client = curator_client(make_account(is_superuser=False))

    assert client.get(reverse("admin:practices_deadend_changelist")).status_code == 403
