"""Who asks to join the network or names a practice: stored once, moderated, answered, forgotten."""

import re
from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from care import mail, unhurried
from network.requests.models import NetworkRequest
from tests.factories import make_network_request
from tests.hostile import HOSTILE
from tests.pages import address, body, get, text
from tests.staff import curator_client, make_account, make_colleague

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
FORMS = {"network_join": "join", "network_practice": "practice"}
ADDRESS = "els@a.example"


@pytest.fixture
def typed(monkeypatch):
    """What a person sends half a minute after the page was shown."""
    shown_at = unhurried.stamp()
    pass_time(monkeypatch, seconds=30)
    return {"organisation": "Open <b>Door</b>", "text": "Talks with parents", "shown_at": shown_at}


def pass_time(monkeypatch, **passed):
    moment = timezone.now() + timedelta(**passed)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def send(name, typed, language="en", **more):
    return Client().post(address(name, language=language), typed | more)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMS)
def test_request_is_stored_once_and_leads_to_thanks(typed, name, language):
    answer = send(name, typed, language, website="a.example", municipality="Gent", email=ADDRESS)

    assert answer.status_code == 303
    assert answer.headers["Location"] == address("network_request_thanks", language=language)
    assert answer.headers["Cache-Control"] == "no-store"
    asked = NetworkRequest.objects.get()
    assert (asked.kind, asked.organisation, asked.website) == (
        FORMS[name],
        "Open <b>Door</b>",
        "https://a.example",
    )
    assert (asked.municipality, asked.email, asked.language) == ("Gent", ADDRESS, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMS)
def test_form_protects_itself_and_is_kept_nowhere(name, language):
    page = get(address(name, language=language))

    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "csrfmiddlewaretoken" in body(page)
    client = Client(enforce_csrf_checks=True)
    assert client.post(address(name, language=language), {"text": "a"}).status_code == 403


@pytest.mark.parametrize("wrong", [
    {"organisation": ""}, {"text": ""}, {"email": "nobody"}, {"website": "not a page"},
    {"text": "a" * 2_001}, {"shown_at": ""}, {"shown_at": "made up"},
])  # fmt: skip
def test_what_is_wrong_is_told_and_stores_nothing(typed, wrong):
    page = send("network_join", typed, **wrong)

    assert page.status_code == 200
    assert "It was not sent yet." in text(page)
    assert not NetworkRequest.objects.exists()


def test_program_that_fills_the_hidden_box_stores_nothing_and_learns_nothing(typed):
    answer = send("network_practice", typed, more="http://spam.example")

    assert answer.headers["Location"] == address("network_request_thanks")
    assert not NetworkRequest.objects.exists()


@pytest.mark.parametrize("name", FORMS)
def test_form_sent_twice_is_one_request(typed, name):
    shown = re.search(r'name="form_token" value="([^"]+)"', body(get(address(name)))).group(1)

    answers = [send(name, typed, form_token=shown) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert NetworkRequest.objects.count() == 1


def test_form_shown_again_is_another_request(typed):
    for token in ("one", "two"):
        send("network_join", typed, form_token=token)

    assert NetworkRequest.objects.count() == 2


def test_form_sent_at_once_is_refused(typed):
    page = send("network_join", typed, shown_at=unhurried.stamp())

    assert "That was very fast." in text(page)
    assert not NetworkRequest.objects.exists()


def test_flood_from_one_address_is_stopped(typed):
    client = Client()
    for _number in range(20):
        client.post(address("network_join"), typed)

    assert client.post(address("network_practice"), typed).status_code == 429
    assert NetworkRequest.objects.count() == 20


@pytest.mark.thorough
def test_hostile_text_is_a_text(typed):
    for number, words in enumerate(HOSTILE):
        asked = {"organisation": words[:150], "text": words[:1_000]}
        NetworkRequest.objects.all().delete()
        answer = Client(REMOTE_ADDR=f"10.0.{number // 200}.{number % 200}").post(
            address("network_join"), typed | asked
        )
        assert answer.status_code in {200, 303}


# --- Moderated ---------------------------------------------------------------------------------


def close_path(asked):
    return reverse("admin:network_networkrequest_close", args=[asked.pk])


@pytest.mark.parametrize(("act", "state"), [("accept", "accepted"), ("refuse", "refused")])
def test_publisher_closes_it_once_with_an_answer(act, state):
    asked = make_network_request(email=ADDRESS, language="fr")
    publisher = curator_client(make_colleague("Publisher"))

    publisher.post(close_path(asked), {act: "1", "answer": "We <look> into it & more"})
    publisher.post(close_path(asked), {"refuse": "1", "answer": "Again"})
    mail.send_waiting()

    asked.refresh_from_db()
    assert (asked.state, asked.email, bool(asked.closed_at)) == (state, "", True)
    assert asked.closed_by.get_username()
    (sent,) = outgoing.outbox
    assert sent.to == [ADDRESS]
    assert "We <look> into it & more" in sent.body
    assert "Open Door" in sent.body


def test_no_answer_sends_no_mail():
    asked = make_network_request(email=ADDRESS)

    curator_client().post(close_path(asked), {"accept": "1", "answer": "  "})
    mail.send_waiting()

    assert outgoing.outbox == []


def test_editor_may_not_close_it():
    asked = make_network_request()

    answer = curator_client(make_colleague("Editor nl")).post(close_path(asked), {"accept": "1"})

    assert answer.status_code == 403
    asked.refresh_from_db()
    assert asked.is_new


def test_page_in_the_admin_shows_the_text_as_text():
    asked = make_network_request(text="<script>alert(1)</script>")
    path = reverse("admin:network_networkrequest_change", args=[asked.pk])

    page = curator_client().get(path)

    assert "<script>alert(1)" not in body(page)
    assert 'name="accept"' in body(page)


@pytest.mark.parametrize("number", [1, 3])
def test_admin_list_costs_the_same_queries_for_one_and_three(number, django_assert_num_queries):
    for _number in range(number):
        make_network_request()
    client = curator_client()
    client.get(reverse("admin:network_networkrequest_changelist"))

    with django_assert_num_queries(6):
        client.get(reverse("admin:network_networkrequest_changelist"))


def test_closed_request_keeps_no_address():
    asked = make_network_request(email=ADDRESS)

    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkRequest.objects.filter(pk=asked.pk).update(
            state="accepted", closed_at=timezone.now()
        )


# --- Forgotten ---------------------------------------------------------------------------------


def test_tick_forgets_old_addresses_and_closed_requests(settings):
    settings.SUGGESTION_ADDRESSES_KEPT = timedelta(days=90)
    settings.SUGGESTIONS_KEPT = timedelta(days=365)
    old = timezone.now() - timedelta(days=91)
    waiting = make_network_request(email=ADDRESS, made_at=old)
    fresh = make_network_request(email=ADDRESS)
    account = make_account(username="closer")
    for days in (364, 366):
        closed_at = timezone.now() - timedelta(days=days)
        make_network_request(state="refused", closed_at=closed_at, closed_by=account)

    call_command("tick", verbosity=0)
    call_command("tick", verbosity=0)

    waiting.refresh_from_db()
    fresh.refresh_from_db()
    assert (waiting.email, fresh.email) == ("", ADDRESS)
    assert NetworkRequest.objects.filter(state="refused").count() == 1
