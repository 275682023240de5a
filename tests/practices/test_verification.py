"""When a record is to be checked again, and what readers see when nobody did."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from practices.models import Practice
from practices.verification import months_later
from search.version import bump
from tests.factories import make_practice
from tests.pages import address, body, codes, get, practice_list, text

pytestmark = pytest.mark.django_db
CHECKED = date(2026, 1, 10)
DUE = date(2026, 7, 10)


def on(monkeypatch, day):
    noon = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.mark.parametrize(("day", "months", "later"), [
    (date(2026, 1, 10), 6, date(2026, 7, 10)),
    (date(2026, 8, 31), 6, date(2027, 2, 28)),
    (date(2027, 8, 31), 6, date(2028, 2, 29)),
    (date(2026, 11, 30), 3, date(2027, 2, 28)),
    (date(2026, 12, 31), 1, date(2027, 1, 31)),
    (date(2026, 1, 31), 24, date(2028, 1, 31)),
])  # fmt: skip
def test_months_are_calendar_months(day, months, later):
    assert months_later(day, months) == later


DAYS = st.dates(date(2023, 12, 25), date(2025, 3, 5))


@given(start=DAYS, today=DAYS, months=st.integers(1, 14))
@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_database_and_python_agree_on_the_day(start, today, months):
    if not Practice.objects.exists():
        make_practice("BE11")
    Practice.objects.update(verified_on=start, verification_months=months)

    due = Practice.objects.verification_due(today).exists()

    assert due == (months_later(start, months) <= today)


def test_never_verified_starts_no_clock():
    practice = make_practice()
    far = date(2099, 1, 1)

    assert (practice.verification_due_on, practice.contacts_due_on) == (None, None)
    assert not practice.is_overdue
    assert not Practice.objects.anything_due(far).exists()


@pytest.mark.parametrize(("method", "first_day"), [
    ("verification_due", DUE),
    ("verification_overdue", DUE + timedelta(days=14)),
    ("verification_lapsed", DUE + timedelta(days=28)),
    ("verification_for_curator", DUE + timedelta(days=42)),
])  # fmt: skip
def test_each_stage_begins_on_its_day(method, first_day):
    make_practice("BE11", verified_on=CHECKED)
    make_practice("BE12")

    def found(day):
        return [one.code for one in getattr(Practice.objects, method)(day)]

    assert found(first_day - timedelta(days=1)) == []
    assert found(first_day) == ["BE11"]


def test_contacts_have_an_interval_of_their_own():
    make_practice("BE11", contacts_verified_on=CHECKED, verified_on=CHECKED)

    assert not Practice.objects.contacts_due(date(2026, 4, 9)).exists()
    assert Practice.objects.contacts_due(date(2026, 4, 10)).exists()
    assert not Practice.objects.verification_due(date(2026, 4, 10)).exists()


TOLD = "Last checked more than 6 months ago, on Jan. 10, 2026"


def test_two_weeks_after_it_was_due_readers_are_told(monkeypatch):
    make_practice("BE11", verified_on=CHECKED)
    page = address("practice_detail", "be11-en")

    on(monkeypatch, DUE + timedelta(days=13))
    assert "✓ Verified Jan. 10, 2026" in text(get(page))
    on(monkeypatch, DUE + timedelta(days=14))

    assert TOLD in text(get(page))
    assert "Verified Jan. 10, 2026" not in text(get(page))
    bump()
    assert TOLD in text(practice_list())


@pytest.mark.parametrize(("language", "day"), [
    ("nl", "10 januari 2026"), ("fr", "10 janvier 2026"),
])  # fmt: skip
def test_note_for_readers_names_the_day_in_their_language(monkeypatch, language, day):
    make_practice("BE11", verified_on=CHECKED)
    on(monkeypatch, DUE + timedelta(days=14))

    page = body(get(address("practice_detail", f"be11-{language}", language=language)))

    (note,) = re.findall(r'<p class="freshness stale">(.*?)</p>', page)
    assert day in note
    assert "6" in note


@pytest.mark.parametrize("sort", ["", "verified"])
def test_four_weeks_after_it_was_due_it_stands_among_the_unverified(monkeypatch, sort):
    make_practice("BE11")
    make_practice("BE12", verified_on=CHECKED)
    make_practice("BE13", verified_on=date(2025, 12, 20), verification_months=12)

    on(monkeypatch, DUE + timedelta(days=27))
    assert codes(practice_list(sort=sort)) == ["BE12", "BE13", "BE11"]
    on(monkeypatch, DUE + timedelta(days=28))
    bump()

    assert codes(practice_list(sort=sort)) == ["BE13", "BE11", "BE12"]


def test_within_a_rung_verified_first_ends_after_four_weeks(monkeypatch):
    for code, day in (("BE11", None), ("BE12", CHECKED)):
        make_practice(code, verified_on=day, coverage=["63079"])
    on(monkeypatch, DUE + timedelta(days=27))
    assert codes(practice_list(place="4800")) == ["BE12", "BE11"]
    on(monkeypatch, DUE + timedelta(days=28))
    bump()

    assert codes(practice_list(place="4800")) == ["BE11", "BE12"]


def test_age_alone_takes_nothing_off_the_site(monkeypatch):
    practice = make_practice("BE11", verified_on=CHECKED)
    on(monkeypatch, date(2040, 1, 1))

    assert get(practice.get_absolute_url()).status_code == 200


def test_saving_a_record_is_no_check(monkeypatch):
    practice = make_practice("BE11", verified_on=CHECKED)
    on(monkeypatch, date(2026, 9, 1))
    practice.save()

    practice.refresh_from_db()
    assert (practice.verified_on, practice.contacts_verified_on) == (CHECKED, None)


def test_checking_the_contacts_is_not_checking_the_record(monkeypatch):
    practice = make_practice("BE11", verified_on=CHECKED)
    on(monkeypatch, date(2026, 9, 1))
    practice.verify_contacts("checked the contacts")

    practice.refresh_from_db()
    assert (practice.verified_on, practice.contacts_verified_on) == (CHECKED, date(2026, 9, 1))
    kept = practice.history.order_by("-history_id").first()
    assert (kept.history_change_reason, kept.contacts_verified_on) == (
        "checked the contacts",
        date(2026, 9, 1),
    )
