"""What organisers do in the admin, with sessions of their own and nothing else."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from post_office.models import Email

from places.models import Place
from tests.factories import (
    make_language,
    make_open_session,
    make_registration,
    make_session,
    make_training,
)
from tests.letters import text_of
from tests.pages import address, body, text
from tests.staff import curator_client, make_colleague
from tests.trainings.test_pages import at
from trainings import registering
from trainings.models import Registration, Session

pytestmark = pytest.mark.django_db
State = Registration.State
NOT_OPEN = dict.fromkeys(("opens_at_0", "opens_at_1", "closes_at_0", "closes_at_1"), "")


@pytest.fixture
def organiser():
    return make_colleague("Organiser", email="organiser@a.example")


@pytest.fixture
def desk(organiser):
    return curator_client(organiser)


def own(organiser, **values):
    return make_open_session(organiser=organiser, **values)


def page_of(name, *args):
    return address(f"admin:trainings_session_{name}", *args)


def form_of(session, **changes):
    """What the change form sends."""
    typed = {
        "training": session.training_id,
        "state": session.state,
        "language": session.language_id,
        "place": session.place_id or "",
        "address": session.address,
        "online_address": session.online_address,
        "seats": session.seats or "",
        "months_kept": session.months_kept,
        "contact": session.contact,
    }
    for name in ("starts_at", "ends_at", "opens_at", "closes_at"):
        moment = getattr(session, name)
        moment = timezone.localtime(moment) if moment else None
        typed |= {f"{name}_0": moment.date() if moment else ""}
        typed |= {f"{name}_1": moment.time() if moment else ""}
    return typed | changes


def test_organiser_plans_a_session_of_their_own(desk, organiser):
    training = make_training()
    draft = make_session(training)  # not saved by the form: only its facts are taken
    make_training(editorial_status="draft")

    page = desk.post(page_of("add"), form_of(draft, training=training.pk))

    assert page.status_code == 302, page.context["adminform"].form.errors
    assert Session.objects.exclude(pk=draft.pk).get().organiser == organiser


def test_municipality_is_chosen_by_typing(desk):
    page = body(desk.get(page_of("add")))

    assert re.search(r'<select name="place"[^>]* class="admin-autocomplete"', page)
    assert page.count("<option") < 60


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Antwerpen", ["Antwerp"]),
        ("1800", ["Vilvoorde"]),
        ("1080", ["Molenbeek-Saint-Jean"]),  # 61080 is the code of Engis
        ("deurne", ["Antwerp", "Diest"]),  # in both
        ("liege", ["Liège"]),
    ],
)
def test_municipality_is_found_as_visitors_type_it_and_nothing_wider(desk, typed, offered):
    field = {"app_label": "trainings", "model_name": "session", "field_name": "place"}

    found = desk.get(address("admin:autocomplete"), field | {"term": typed}).json()

    assert [one["text"] for one in found["results"]] == [
        f"{name} (municipality)" for name in offered
    ]


def test_session_in_a_whole_province_is_refused(desk):
    draft = make_session()
    province = Place.objects.get(code="BE-VAN").pk

    page = desk.post(page_of("add"), form_of(draft, place=province))

    assert list(page.context["adminform"].form.errors) == ["place"]


def test_organiser_sees_own_sessions_only(desk, organiser):
    mine, other = own(organiser), make_open_session()

    listed = body(desk.get(page_of("changelist")))

    assert page_of("change", mine.pk) in listed
    assert page_of("change", other.pk) not in listed
    for name in ("change", "participants"):
        assert desk.get(page_of(name, other.pk)).status_code in {302, 404}
    assert desk.post(page_of("participants", other.pk), {"call_off": "1"}).status_code == 404
    assert Session.objects.get(pk=other.pk).state == "planned"


def test_publisher_sees_every_session():
    session = make_open_session()

    page = curator_client(make_colleague("Publisher")).get(page_of("participants", session.pk))

    assert page.status_code == 200


def test_copy_is_a_draft_one_week_later_without_anybody(desk, organiser):
    session = own(organiser)
    make_registration(session)

    page = desk.post(page_of("duplicate", session.pk))

    copy = Session.objects.exclude(pk=session.pk).get()
    assert page.url == page_of("change", copy.pk)
    assert (copy.state, copy.opens_at) == ("draft", None)
    assert copy.starts_at == session.starts_at + timedelta(days=7)
    assert copy.uid != session.uid
    assert not copy.registrations.exists()


def test_list_of_participants_tells_what_they_told_and_the_numbers(desk, organiser):
    session = own(organiser, seats=1)
    for name in ("els", "jan"):
        make_registration(session, name)

    page = desk.get(page_of("participants", session.pk))

    assert "els@a.example" in text(page)
    assert "jan@a.example" in text(page)
    assert "registered: 1 / 1 · waiting: 1 · attended: 0" in text(page)


def test_names_of_participants_stand_on_that_page_only(desk, organiser):
    session = own(organiser)
    make_registration(session, "zwaluwnest")

    for name in ("changelist", "change", "history"):
        args = [] if name == "changelist" else [session.pk]
        assert "zwaluwnest" not in body(desk.get(page_of(name, *args)))


def test_list_without_the_key_still_opens(desk, organiser):
    session = own(organiser)
    make_registration(session)
    session.registrations.update(locked="what no key opens")

    page = desk.get(page_of("participants", session.pk))

    assert "Encrypted with a key that this site does not have." in text(page)


def test_list_names_nobody_who_cancelled(desk, organiser):
    session = own(organiser)
    registering.leave(make_registration(session))

    assert "els@a.example" not in text(desk.get(page_of("participants", session.pk)))


def test_nobody_attended_before_the_session_began(desk, organiser):
    session = own(organiser)
    els = make_registration(session)
    path = page_of("participants", session.pk)

    page = desk.post(path, {"note_attended": "1", "attended": [els.pk]}, follow=True)

    assert "The session has not begun yet." in text(page)
    assert state_of(els) == "confirmed"
    assert "note_attended" not in body(desk.get(path))


def test_attended_is_noted_and_taken_back(desk, organiser, pass_time):
    session = own(organiser, seats=2, days=1)
    els, jan, waits = (make_registration(session, name) for name in ("els", "jan", "kim"))
    path = page_of("participants", session.pk)
    pass_time(days=1, minutes=1)
    desk = curator_client(organiser)
    assert body(desk.get(path)).count('type="checkbox"') == 2

    desk.post(path, {"note_attended": "1", "attended": [els.pk, waits.pk, "x"]})
    assert [state_of(one) for one in (els, jan, waits)] == ["attended", "confirmed", "waiting"]

    desk.post(path, {"note_attended": "1", "attended": [jan.pk]})
    assert [state_of(one) for one in (els, jan, waits)] == ["confirmed", "attended", "waiting"]


def state_of(registration):
    return str(Registration.objects.get(pk=registration.pk).state)


REFUSED = [
    ({"state": "draft"}, "People registered for it: cancel it instead."),
    ({"seats": 1}, "Seats that are taken: 2"),
    ({"seats": "", **NOT_OPEN}, "Seats that are taken: 2"),
    ({"months_kept": 7}, "People registered for it: it can only be shorter."),
]


@pytest.mark.parametrize(("change", "told"), REFUSED)
def test_change_that_breaks_what_was_promised_is_refused(desk, organiser, change, told):
    session = own(organiser, seats=3)
    for name in ("els", "jan"):
        make_registration(session, name)

    page = desk.post(page_of("change", session.pk), form_of(session, **change))

    assert told in text(page)
    assert Session.objects.get(pk=session.pk).seats == 3


def test_before_anybody_registered_all_of_it_may_change(desk, organiser):
    session = own(organiser, seats=3)
    changes = {"state": "draft", "seats": 1, "months_kept": 24}

    page = desk.post(page_of("change", session.pk), form_of(session, **changes))

    assert page.status_code == 302, page.context["adminform"].form.errors


def test_nothing_is_kept_for_more_than_two_years(desk, organiser):
    session = own(organiser)

    page = desk.post(page_of("change", session.pk), form_of(session, months_kept=25))

    assert page.context["adminform"].form.errors["months_kept"]


def test_training_of_a_session_stays_once_somebody_registered(desk, organiser):
    session, other = own(organiser), make_training()
    make_registration(session)

    desk.post(page_of("change", session.pk), form_of(session, training=other.pk))

    assert Session.objects.get(pk=session.pk).training == session.training


def test_awaited_training_stays_public():
    session = make_open_session()
    make_registration(session)
    training = session.training
    training.editorial_status = "archived"

    with pytest.raises(ValidationError, match="cancel that session first"):
        training.full_clean()
    registering.call_off(session)
    training.full_clean()


def test_copy_keeps_its_hour_when_the_clock_changes(desk, organiser):
    session = own(organiser)
    session.starts_at, session.ends_at = at("2027-03-24 09:00"), at("2027-03-24 12:00")
    session.save()

    desk.post(page_of("duplicate", session.pk))

    copy = Session.objects.exclude(pk=session.pk).get()
    assert (copy.starts_at, copy.ends_at) == (at("2027-03-31 09:00"), at("2027-03-31 12:00"))


def test_message_goes_to_everybody_as_it_was_written(desk, organiser):
    session = own(organiser, seats=1)
    for name in ("els", "jan"):
        make_registration(session, name)
    Email.objects.all().delete()
    words = "Bring {{ paper }} & a <pen> {% load %} 100 %"

    desk.post(page_of("participants", session.pk), {"text": words})

    assert sorted(mail.to[0] for mail in Email.objects.all()) == ["els@a.example", "jan@a.example"]
    assert all(words in text_of(mail) for mail in Email.objects.all())


@pytest.mark.parametrize("way", ["participants", "change"])
def test_cancelling_tells_everybody_once_and_stays(desk, organiser, way):
    session = own(organiser)
    make_registration(session)
    Email.objects.all().delete()
    change = form_of(session, state="cancelled")
    typed = {"call_off": "1"} if way == "participants" else change

    assert desk.post(page_of(way, session.pk), typed).status_code == 302
    desk.post(page_of("change", session.pk), form_of(session, state="planned"))

    assert Session.objects.get(pk=session.pk).state == "cancelled"
    assert Email.objects.count() == 1


def test_new_time_is_told_and_a_new_seat_is_passed_on(desk, organiser):
    session = own(organiser, seats=1)
    for name in ("els", "jan"):
        make_registration(session, name)
    Email.objects.all().delete()

    page = desk.post(page_of("change", session.pk), form_of(session, seats=2))
    assert page.status_code == 302, page.context["adminform"].form.errors
    assert [mail.to for mail in Email.objects.all()] == [["jan@a.example"]]

    Email.objects.all().delete()
    desk.post(page_of("change", session.pk), form_of(session, seats=2, address="Street 1"))
    assert {mail.to[0] for mail in Email.objects.all()} == {"els@a.example", "jan@a.example"}
    assert Session.objects.get(pk=session.pk).sequence == 1


def test_choices_are_published_trainings_and_municipalities(desk):
    shown, draft = make_training(), make_training(editorial_status="draft")
    make_language("fr")

    page = body(desk.get(page_of("add")))
    trainings = re.search(r'<select name="training".*?</select>', page, re.DOTALL).group()

    assert f'value="{shown.pk}"' in trainings
    assert f'value="{draft.pk}"' not in trainings


@pytest.mark.parametrize(
    "changes",
    [
        {"seats": ""},
        {"seats": "0"},
        {"place": ""},
        {"closes_at_0": "", "closes_at_1": ""},
        {"ends_at_0": "2020-01-01"},
    ],
)
def test_session_that_does_not_add_up_is_refused(desk, organiser, changes):
    session = own(organiser)

    page = desk.post(page_of("change", session.pk), form_of(session, **changes))

    assert page.status_code == 200
