"""Who may publish, when a plan comes true, and what stays of what is archived."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from curation import tick
from network.publishing import EditorialStatus
from practices.models import Practice
from tests.factories import make_actor, make_help_line, make_practice
from tests.pages import body, get
from tests.practices.test_admin import CHANGE, LIST, typed
from tests.staff import curator_client, make_account, make_colleague

pytestmark = pytest.mark.django_db
DRAFT = {"editorial_status": EditorialStatus.DRAFT, "published_at": None}


@pytest.fixture
def account():
    return make_account("marie")


@pytest.fixture
def curator(account):
    return curator_client(account)


def post(client, practice, **changes):
    response = client.post(reverse(CHANGE, args=[practice.pk]), typed(practice, **changes))
    practice.refresh_from_db()
    return response


# --- Planned ------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_practice, make_actor, make_help_line])
@pytest.mark.parametrize("status", [EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW])
def test_planned_record_goes_public_on_its_moment_and_once(make, status):
    now = timezone.now()
    due = make(editorial_status=status, published_at=None, publish_at=now - timedelta(minutes=1))
    later = make(editorial_status=status, published_at=None, publish_at=now + timedelta(hours=1))

    numbers = [published_by_tick(), published_by_tick()]

    due.refresh_from_db()
    later.refresh_from_db()
    assert numbers == [1, 0]
    assert (due.is_published, later.is_published) == (True, False)
    assert due.history.first().history_change_reason == "planned"


def published_by_tick():
    return next(number for step, number, _ in tick.run() if step.name == "published")


def test_plan_that_came_true_does_not_publish_again():
    practice = make_practice(**DRAFT, publish_at=timezone.now() - timedelta(minutes=1))
    tick.run()
    Practice.objects.filter(pk=practice.pk).unpublish()

    tick.run()

    practice.refresh_from_db()
    assert (practice.is_published, practice.publish_at) == (False, None)


def test_archived_record_stays_archived_whatever_was_planned():
    practice = make_practice(editorial_status="archived", publish_at=timezone.now())

    tick.run()

    practice.refresh_from_db()
    assert practice.editorial_status == "archived"


def test_planned_record_that_lacks_something_waits():
    practice = make_practice(**DRAFT, publish_at=timezone.now(), summary_fr="")

    tick.run()

    practice.refresh_from_db()
    assert not practice.is_published


def test_step_that_fails_stops_no_other_and_is_told(monkeypatch, capsys):
    def broken():
        make_practice("BE99")
        raise ValueError("on purpose")

    make_practice(**DRAFT, publish_at=timezone.now())
    steps = [tick.Step("broken", broken), *tick.STEPS]
    monkeypatch.setattr(tick, "STEPS", steps)

    with pytest.raises(CommandError, match="failed: broken"):
        call_command("tick")

    told = capsys.readouterr().out
    assert "broken: failed" in told
    assert "published: 1" in told
    assert not Practice.objects.filter(code="BE99").exists()


def test_tick_tells_what_it_did(capsys):
    make_practice(**DRAFT, publish_at=timezone.now())

    call_command("tick")

    assert "published: 1\n" in capsys.readouterr().out


# --- Four eyes ----------------------------------------------------------------------------------


@pytest.fixture
def four_eyes(settings):
    settings.FOUR_EYES = True


def test_with_four_eyes_the_author_publishes_nothing(four_eyes, curator):
    practice = make_practice("BE11", **DRAFT)
    post(curator, practice, summary_nl="Wij helpen.")

    own = post(curator, practice, editorial_status="published")
    was_published = practice.is_published
    post(curator_client(), practice, editorial_status="published")

    assert own.status_code == 200
    assert "somebody else publishes it" in own.content.decode()
    assert not was_published
    assert practice.is_published


def test_with_four_eyes_who_rewrites_while_publishing_is_the_author(four_eyes, curator):
    practice = make_practice("BE11", **DRAFT)

    response = post(
        curator_client(), practice, editorial_status="published", summary_nl="Snel nog iets."
    )

    assert response.status_code == 200
    assert practice.summary_nl == "Summary of BE11 nl"


def test_with_four_eyes_planning_is_publishing(four_eyes, curator):
    practice = make_practice("BE11", **DRAFT)
    post(curator, practice, summary_nl="Wij helpen.")

    moment = {"publish_at_0": "2030-01-01", "publish_at_1": "12:00"}
    response = post(curator, practice, **moment)

    assert response.status_code == 200
    assert practice.publish_at is None


def test_with_four_eyes_the_action_leaves_out_ones_own(four_eyes, curator):
    own, other = make_practice("BE11", **DRAFT), make_practice("BE12", **DRAFT)
    post(curator, own, summary_nl="Wij helpen.")

    chosen = {"action": "publish", "_selected_action": [own.pk, other.pk]}
    told = curator.post(reverse(LIST), chosen).context["foreseen"]
    curator.post(reverse(LIST), chosen | {"confirmed": "1"})

    published = Practice.objects.published().values_list("code", flat=True)
    assert list(published) == ["BE12"]
    assert [(one.record.code, len(one.obstacles)) for one in told] == [("BE11", 1), ("BE12", 0)]


def test_without_four_eyes_one_person_does_all(curator):
    practice = make_practice("BE11", **DRAFT)

    post(curator, practice, summary_nl="Wij helpen.", editorial_status="published")

    assert practice.is_published


# --- Archived -----------------------------------------------------------------------------------


def archive(practice, **values):
    Practice.objects.filter(pk=practice.pk).update(editorial_status="archived", **values)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_archived_practice_leaves_a_page_that_leads_to_its_successor(language):
    successor = make_practice("BE12")
    practice = make_practice("BE11", successor=successor)
    path = {"nl": "praktijken", "fr": "pratiques", "en": "practices"}[language]
    archive(practice)

    response = get(f"/{language}/{path}/be11-{language}/")

    assert response.status_code == 410
    assert f'<a href="/{language}/{path}/be12-{language}/">' in body(response)
    assert f"Practice BE11 {language}" not in body(response)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_address_of_an_archived_practice_tells_no_name_in_another_language(language):
    paths = {"nl": "praktijken", "fr": "pratiques", "en": "practices"}
    archive(make_practice("BE11"))

    page = body(get(f"/{language}/{paths[language]}/be11-{language}/"))

    for other in paths.keys() - {language}:
        assert f"be11-{other}" not in page
        link = f"/{other}/{paths[other]}/be11-{language}/"
        assert f'href="{link}"' in page
        assert get(link).status_code == 410


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_successor_that_readers_do_not_see_is_not_named(status):
    successor = make_practice("BE12")
    practice = make_practice("BE11", successor=successor)
    archive(practice)
    Practice.objects.filter(pk=successor.pk).update(editorial_status=status)

    response = get("/en/practices/be11-en/")

    assert response.status_code == 410
    assert "be12-en" not in body(response)
    assert "Practice BE12" not in body(response)


def test_archived_practice_that_was_never_public_is_not_there():
    practice = make_practice("BE11", **DRAFT)
    archive(practice)

    assert get("/en/practices/be11-en/").status_code == 404
    assert get("/p/BE11").status_code == 404


def test_short_address_of_an_archived_practice_leads_to_that_page():
    """By its code: its own address tells its name."""
    archive(make_practice("BE11", slug_en="secret-name"))

    response = get("/p/BE11", **{"Accept-Language": "en"})

    assert response.url == "/en/practices/be11/"
    assert get(response.url).status_code == 410
    assert "secret" not in body(get(response.url))


# --- A plan is of what was looked at -------------------------------------------------------------


def editor_client():
    return curator_client(make_colleague("Editor nl"))


def test_editor_who_changes_a_planned_draft_takes_the_plan_away():
    practice = make_practice("BE11", **DRAFT, publish_at=timezone.now())

    post(editor_client(), practice, summary_nl="Niet nagelezen.")
    tick.run()

    practice.refresh_from_db()
    assert practice.summary_nl == "Niet nagelezen."
    assert (practice.publish_at, practice.is_published) == (None, False)


def test_editor_who_changes_nothing_leaves_the_plan():
    practice = make_practice("BE11", **DRAFT, publish_at=timezone.now())

    post(editor_client(), practice)
    tick.run()

    practice.refresh_from_db()
    assert practice.is_published


def test_with_four_eyes_a_publisher_who_rewrites_takes_the_plan_away(four_eyes, curator):
    moment = timezone.now() + timedelta(days=1)
    practice = make_practice("BE11", **DRAFT, publish_at=moment)
    held = timezone.localtime(moment)
    plan = {"publish_at_0": f"{held:%Y-%m-%d}", "publish_at_1": f"{held:%H:%M:%S}"}

    post(curator, practice, summary_nl="Snel nog iets.", **plan)

    assert practice.summary_nl == "Snel nog iets."
    assert practice.publish_at is None
