"""The page of a training, the calendar, and what other pages tell of trainings."""

import re
from datetime import datetime

import pytest
from django.utils import timezone

from network.publishing import EditorialStatus
from tests.factories import (
    in_all,
    make_actor,
    make_offer,
    make_practice,
    make_session,
    make_source,
    make_theme,
    make_training,
)
from tests.pages import address, body, get, links, text
from trainings.models import Session

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")


def sessions_on(page):
    return [int(pk) for pk in re.findall(r'data-session="(\d+)"', body(page))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_tells_everything_that_sources_say(language):
    house, offer, practice = make_actor(), make_offer(), make_practice("BE11")
    training = make_training(
        providers=[house],
        offer=offer,
        themes=["competences"],
        languages=["fr"],
        coverage=["44021"],
        status="offered",
        status_date="2023-11",
        **in_all("contents", "You learn to listen"),
        **in_all("status_note", "It ran until 2025"),
        **in_all("how_to_ask", "Send a mail"),
        **in_all("length", "Two hours"),
    )
    training.practices.add(practice)
    training.citations.create(field="contents", source=make_source(publisher_en="The Paper"))
    training.contacts.create(kind="phone", value="02 111 22 33", source=make_source())

    page = get(address("training_detail", training.code, language=language))

    for told in ("You learn to listen", "It ran until 2025", "Send a mail", "Two hours"):
        assert f"{told} {language}" in text(page)
    assert "tel:021112233" in links(page)
    assert {
        address("actor_detail", house.code, language=language),
        address("offer_detail", offer.code, language=language),
        address("expert_theme", "competences", language=language),
        address("practice_detail", f"be11-{language}", language=language),
    } <= set(links(page))
    assert "source-1" in body(page)


def test_page_hides_what_is_not_published():
    hidden = {"editorial_status": EditorialStatus.DRAFT, **in_all("name", "zwaluwnest")}
    training = make_training(providers=[make_actor(**hidden)], offer=make_offer(**hidden))
    training.practices.add(make_practice("BE12", **hidden))
    make_session(training, state=Session.State.DRAFT)

    page = get(address("training_detail", training.code))

    assert "zwaluwnest" not in body(page)
    assert sessions_on(page) == []
    assert get(address("training_detail", make_training(**hidden).code)).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_practice_page_shows_the_trainings_bound_to_it(language):
    practice = make_practice("BE11")
    shown, hidden = make_training(), make_training(editorial_status=EditorialStatus.DRAFT)
    for training in (shown, hidden):
        training.practices.add(practice)

    page = get(address("practice_detail", f"be11-{language}", language=language))

    assert address("training_detail", shown.code, language=language) in links(page)
    assert address("training_detail", hidden.code, language=language) not in links(page)


@pytest.mark.parametrize("status", ["offered", "unknown"])
def test_without_sessions_it_is_on_request(status):
    training = make_training(status=status)

    page = get(address("training_detail", training.code))

    assert "On request: no dates are known." in text(page)


def test_past_training_says_so():
    training = make_training(status="ended", status_date="2018")

    page = get(address("training_detail", training.code))

    assert "Past: it is no longer given." in text(page)
    assert "On request" not in text(page)


def test_coming_sessions_come_first_and_past_ones_are_marked(pass_time):
    training = make_training()
    past, soon, later = (make_session(training, days=days) for days in (1, 5, 9))
    pass_time(days=3)

    page = get(address("training_detail", training.code))

    assert sessions_on(page) == [soon.pk, later.pk, past.pk]
    assert text(page).count("Past") == 2  # the heading, and the mark


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_pages_tell_what_is_trained(language):
    house, theme = make_actor(), make_theme()
    offer = make_offer(actor=house)
    training = make_training(providers=[house], themes=[theme.code], offer=offer)
    make_training(
        providers=[house], themes=[theme.code], editorial_status="draft", **in_all("name", "Hidden")
    )
    wanted = address("training_detail", training.code, language=language)

    for name, code in (
        ("actor_detail", house.code),
        ("expert_theme", theme.code),
        ("offer_detail", offer.code),
    ):
        page = get(address(name, code, language=language))
        assert links(page).count(wanted) == 1, name
        assert "Hidden" not in body(page), name


# --- The calendar ------------------------------------------------------------------------------


def at(text_):
    return timezone.make_aware(datetime.fromisoformat(text_))


def session_at(begins, ends, **values):
    return make_session(starts_at=at(begins), ends_at=at(ends), **values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendar_shows_a_month_day_by_day(language):
    second = session_at("2026-12-09 09:00", "2026-12-09 12:00")
    first = session_at("2026-12-01 00:30", "2026-12-01 02:00")  # November in UTC
    session_at("2027-01-01 00:30", "2027-01-01 02:00")
    session_at("2026-12-09 09:00", "2026-12-09 12:00", state=Session.State.DRAFT)

    page = get(address("training_month", "2026-12", language=language))

    assert sessions_on(page) == [first.pk, second.pk]
    assert body(page).count("<h2>") == 2
    assert {
        address("training_month", "2026-11", language=language),
        address("training_month", "2027-01", language=language),
    } <= set(links(page))


def test_session_over_two_months_stands_in_both():
    session = session_at("2026-12-31 20:00", "2027-01-01 11:00")

    for month in ("2026-12", "2027-01"):
        page = get(address("training_month", month))
        assert f'data-session="{session.pk}"' in body(page)
    assert "No sessions" in text(get(address("training_month", "2027-02")))


def test_month_without_sessions_says_so():
    assert "No sessions are known in this month." in text(get(address("training_month", "2026-12")))


@pytest.mark.parametrize("month", ["2026-13", "2026", "nothing", "2026-1", "1999-01", "9999-12"])
def test_month_that_does_not_exist_is_not_found(month):
    assert get(address("training_month", month)).status_code == 404


def test_row_of_months_has_ends():
    assert address("training_month", "2101-01") not in links(
        get(address("training_month", "2100-12"))
    )
    assert get(address("training_calendar")).status_code == 200


# --- A session ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_protected_and_online_addresses_stand_on_no_page(language):
    training = make_training()
    session = make_session(
        training,
        address="Kanariestraat 77",
        is_protected=True,
        is_online=True,
        online_address="https://meet.example/zwaluwnest",
    )

    for page in (
        get(address("training_detail", training.code, language=language)),
        get(address("session_detail", training.code, session.pk, language=language)),
        get(
            address(
                "training_month",
                timezone.localdate(session.starts_at).strftime("%Y-%m"),
                language=language,
            )
        ),
    ):
        assert "Kanariestraat" not in body(page)
        assert "zwaluwnest" not in body(page)
        assert session.place.name in text(page)


def test_session_that_is_not_public_is_not_found():
    draft = make_session(state=Session.State.DRAFT)
    of_draft = make_session(make_training(editorial_status="draft"))
    shown = make_session()

    assert get(draft.get_absolute_url()).status_code == 404
    assert get(of_draft.get_absolute_url()).status_code == 404
    assert get(address("session_detail", "other", shown.pk)).status_code == 404
    assert "This session is cancelled." in text(
        get(make_session(state=Session.State.CANCELLED).get_absolute_url())
    )
