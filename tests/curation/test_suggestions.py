"""What readers say is wrong: stored once, shown to curators, answered, and forgotten."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail as outgoing
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from care import mail, unhurried
from care.models import FormPost
from curation.facts import facts_of
from curation.suggestions.models import Suggestion
from network.publishing import EditorialStatus
from places.models import Place
from practices.models import PracticeContact
from tests.factories import (
    in_all,
    make_actor,
    make_contact,
    make_practice,
    make_source,
    make_suggestion,
    make_taxonomy,
)
from tests.pages import address, body, get, text
from tests.staff import curator_client, make_account

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
ADDRESS = "mother@a.example"


@pytest.fixture
def practice():
    return make_practice("BE11", lead_actor=make_actor(code="house", **in_all("name", "House")))


def page_of(practice, language="en"):
    return address("suggest_about_practice", practice.code, language=language)


def pass_time(monkeypatch, **passed):
    moment = timezone.now() + timedelta(**passed)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def typed(monkeypatch):
    """What a person sends half a minute after the page was shown."""
    shown_at = unhurried.stamp()
    pass_time(monkeypatch, seconds=30)
    return {"field": "summary_en", "text": "Closed <b>since</b> May", "shown_at": shown_at}


# --- The form ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_practice_leads_to_its_form(practice, language):
    with_link = get(address("practice_detail", f"be11-{language}", language=language))

    assert f'href="{page_of(practice, language)}"' in body(with_link)
    assert get(page_of(practice, language)).status_code == 200


def test_organisation_leads_to_its_form(practice):
    path = address("suggest_about_actor", "house")

    assert f'href="{path}"' in body(get(practice.lead_actor.get_absolute_url()))
    assert get(path).status_code == 200


def test_form_offers_what_the_page_shows_and_something_else(practice):
    practice.cost = "free"
    practice.save()

    options = re.findall(r'<option value="([^"]*)"', body(get(page_of(practice))))

    assert options == ["", "name_en", "summary_en", "lead_actor", "cost", "operating_status"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_sent_is_stored_once_and_thanked(practice, typed, language):
    typed |= {"field": f"summary_{language}", "email": ADDRESS}

    response = Client().post(page_of(practice, language), typed)

    assert (response.status_code, response.url) == (
        303,
        address("suggestion_thanks", language=language),
    )
    assert get(response.url).status_code == 200
    (stored,) = Suggestion.objects.all()
    assert (stored.practice, stored.actor) == (practice, None)
    assert (stored.field, stored.text) == (f"summary_{language}", typed["text"])
    assert (stored.language, stored.email, stored.state) == (language, ADDRESS, "new")
    assert not stored.is_by_organisation


def test_organisation_takes_suggestions(practice, typed):
    typed["field"] = "name_en"
    Client().post(address("suggest_about_actor", "house"), typed)

    assert Suggestion.objects.get().record == practice.lead_actor


@pytest.mark.parametrize(("changes", "told"), [
    ({"text": ""}, "What is wrong, or what should it be? – This field is required."),
    ({"email": "nobody"}, "Your e-mail address – Enter a valid email address."),
    ({"field": "code"}, "Select a valid choice."),
    ({"text": "a" * 2001}, "at most 2000 characters"),
])  # fmt: skip
def test_refused_form_keeps_what_was_typed(practice, typed, changes, told):
    response = Client().post(page_of(practice), typed | changes)

    assert response.status_code == 200
    assert told in text(response)
    assert not Suggestion.objects.exists()
    kept = typed | changes
    assert response.context["form"]["text"].value() == kept["text"]
    assert response.context["form"].stamp == typed["shown_at"]


def test_page_changes_nothing_by_being_read(practice):
    get(page_of(practice))

    assert not Suggestion.objects.exists()
    assert not FormPost.objects.exists()


# --- Programs ----------------------------------------------------------------------------------


def test_box_that_nobody_sees_is_a_trap(practice, typed):
    response = Client().post(page_of(practice), typed | {"more": "https://buy.example"})

    assert response.status_code == 303
    assert not Suggestion.objects.exists()
    assert re.search(r'<div hidden>.*name="more".*</div>', body(get(page_of(practice))))


@pytest.mark.parametrize(("age", "told"), [
    ({"seconds": 2}, "That was very fast."),
    ({"hours": 13}, "This page was open for a long time."),
])  # fmt: skip
def test_form_filled_in_too_fast_or_too_late_is_refused(practice, monkeypatch, age, told):
    typed = {"text": "Closed", "shown_at": unhurried.stamp()}
    pass_time(monkeypatch, **age)
    client = Client()

    response = client.post(page_of(practice), typed)

    assert told in text(response)
    assert not Suggestion.objects.exists()
    again = typed | {"shown_at": response.context["form"].stamp}
    pass_time(monkeypatch, seconds=4)
    assert client.post(page_of(practice), again).status_code == 303


@pytest.mark.parametrize("shown_at", ["", "1700000000", "a:b:c"])
def test_form_without_a_time_of_ours_is_refused(practice, typed, shown_at):
    Client().post(page_of(practice), typed | {"shown_at": shown_at})

    assert not Suggestion.objects.exists()


# --- Nothing leaks -----------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_form_of_a_hidden_record_is_not_there(practice, typed, status, method):
    practice.editorial_status = status
    practice.save()
    actor = practice.lead_actor
    actor.editorial_status = status
    actor.save()

    for path in (page_of(practice), address("suggest_about_actor", "house")):
        assert getattr(Client(), method)(path, typed).status_code == 404
    assert not Suggestion.objects.exists()


def test_form_tells_neither_hidden_organisations_nor_protected_addresses(practice):
    hidden = make_actor(editorial_status=EditorialStatus.DRAFT, **in_all("name", "Zwaluwnest"))
    practice.partners.add(hidden)
    practice.lead_actor = hidden
    practice.save()
    PracticeContact.objects.create(
        practice=practice,
        kind="address",
        value="Kanariestraat 77",
        is_protected=True,
        municipality=Place.objects.get(code="63079"),
        source=make_source(),
    )

    page = body(get(page_of(practice)))

    assert "Verviers" in page
    assert "Kanariestraat" not in page
    assert "Zwaluwnest" not in page


# --- Cookie and headers ------------------------------------------------------------------------


def test_form_sets_one_cookie_until_the_browser_closes(practice):
    client = Client(enforce_csrf_checks=True)

    response = client.get(page_of(practice))

    assert set(response.cookies) == {"csrftoken"}
    assert response.cookies["csrftoken"]["max-age"] == ""
    assert response.cookies["csrftoken"]["expires"] == ""
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not get(address("suggestion_thanks")).cookies


def test_form_without_token_is_refused(practice, typed):
    response = Client(enforce_csrf_checks=True).post(page_of(practice), typed)

    assert response.status_code == 403
    assert not Suggestion.objects.exists()


# --- Moderation --------------------------------------------------------------------------------


def close(suggestion, client=None, **typed):
    path = reverse("admin:curation_suggestion_close", args=[suggestion.pk])
    response = (client or curator_client()).post(path, typed)
    suggestion.refresh_from_db()
    return response


def test_curator_sees_what_stands_there_now(practice):
    suggestion = make_suggestion(practice, text="Wrong <i>word</i>", email=ADDRESS)
    path = reverse("admin:curation_suggestion_change", args=[suggestion.pk])

    page = curator_client().get(path)

    assert "Summary of BE11 en" in text(page)
    assert "Wrong &lt;i&gt;word&lt;/i&gt;" in body(page)
    assert ADDRESS not in body(page)


def test_list_tells_record_field_and_state(practice):
    make_suggestion(practice)

    listed = text(curator_client().get(reverse("admin:curation_suggestion_changelist")))

    assert re.search(r"BE11 Practice BE11 en Summary Wrong .*new", listed)


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three(practice, number, django_assert_num_queries):
    for field in ("summary_nl", "cost", "contact.5")[:number]:
        make_suggestion(practice, field=field)
    client = curator_client()

    with django_assert_num_queries(6):
        client.get(reverse("admin:curation_suggestion_changelist"))


@pytest.mark.parametrize(("field", "label"), [
    ("", "Something else"), ("summary_fr", "Summary"), ("cost", "Cost"),
    ("help_languages", "Languages of help"), ("contact.5", "Contact"),
    ("terms.target_group", "Target_group en"),
])  # fmt: skip
def test_field_is_named_in_the_language_of_the_curator(practice, field, label):
    make_taxonomy("target_group")

    assert make_suggestion(practice, field=field, language="nl").label == label


def test_accepting_a_readers_suggestion_leads_to_the_record_and_changes_nothing(practice):
    suggestion = make_suggestion(practice)

    response = close(suggestion, accept="1")

    assert response.url == reverse("admin:practices_practice_change", args=[practice.pk])
    assert (suggestion.state, suggestion.closed_by.is_superuser) == ("accepted", True)
    practice.refresh_from_db()
    assert practice.summary_en == "Summary of BE11 en"


def test_answer_is_mailed_in_the_language_of_the_reader_and_the_address_forgotten(practice):
    suggestion = make_suggestion(practice, language="fr", email=ADDRESS)

    close(suggestion, refuse="1", answer="C'est l'adresse.")
    mail.send_waiting()

    assert (suggestion.state, suggestion.email) == ("refused", "")
    (message,) = outgoing.outbox
    assert message.to == [ADDRESS]
    assert "C'est l'adresse." in message.body
    assert "Practice BE11 fr" in message.body


@pytest.mark.parametrize(("email", "answer"), [("", "Thanks"), (ADDRESS, " ")])
def test_without_address_or_answer_no_mail(practice, email, answer):
    close(make_suggestion(practice, email=email), accept="1", answer=answer)

    assert mail.send_waiting() == 0


def test_suggestion_is_closed_once(practice):
    suggestion = make_suggestion(practice, email=ADDRESS)
    second = Suggestion.objects.get()
    suggestion.refuse(None, "No")

    second.accept(None, "Yes")

    suggestion.refresh_from_db()
    assert suggestion.state == "refused"
    assert mail.send_waiting() == 1


# --- Proposals of an organisation --------------------------------------------------------------


def test_accepted_proposal_is_on_the_page_with_its_reason(practice):
    proposal = make_suggestion(practice, text="New words", is_by_organisation=True)

    close(proposal, accept="1")

    practice.refresh_from_db()
    assert (practice.summary_en, practice.summary_nl) == ("New words", "Summary of BE11 nl")
    assert practice.history.first().history_change_reason == (
        "proposed by the organisation, accepted by a curator"
    )
    assert "New words" in text(get(practice.get_absolute_url()))


def test_accepted_phone_number_is_on_the_page(practice):
    contact = PracticeContact.objects.create(
        practice=practice, kind="phone", value="02 111 22 33", source=make_source()
    )
    values = {"field": f"contact.{contact.pk}", "is_by_organisation": True}

    close(make_suggestion(practice, text="02 999 88 77", **values), accept="1")

    contact.refresh_from_db()
    assert contact.value == "02 999 88 77"


@pytest.mark.parametrize(("field", "value"), [("summary_en", "a" * 301), ("cost", "cheap")])
def test_value_that_does_not_fit_stays_a_proposal(practice, field, value):
    proposal = make_suggestion(practice, field=field, text=value, is_by_organisation=True)

    response = close(proposal, accept="1")

    assert response.url == reverse("admin:curation_suggestion_change", args=[proposal.pk])
    assert proposal.state == "new"
    assert type(practice).objects.get().summary_en == "Summary of BE11 en"


def test_number_that_is_none_stays_a_proposal(practice):
    contact = make_contact(practice.lead_actor)
    proposal = Suggestion.objects.create(
        actor=practice.lead_actor,
        field=f"contact.{contact.pk}",
        text="call us",
        language="en",
        is_by_organisation=True,
    )

    close(proposal, accept="1")

    assert proposal.state == "new"


def test_applying_needs_the_right_to_change_the_record(practice):
    account = make_account(is_superuser=False)
    account.user_permissions.add(Permission.objects.get(codename="change_suggestion"))
    proposal = make_suggestion(practice, text="New words", is_by_organisation=True)

    response = close(proposal, curator_client(account), accept="1")

    assert (response.status_code, proposal.state) == (403, "new")


def test_facts_name_columns_that_exist(practice):
    make_contact(practice.lead_actor)

    for record in (practice, practice.lead_actor):
        for fact in facts_of(record):
            if fact.column:
                assert hasattr(record, fact.field)


# --- Forgetting --------------------------------------------------------------------------------


def test_address_nobody_answered_is_removed_by_tick(practice, settings, monkeypatch):
    settings.SUGGESTION_ADDRESSES_KEPT = timedelta(days=90)
    suggestion = make_suggestion(practice, email=ADDRESS)
    pass_time(monkeypatch, days=89)
    call_command("tick")
    suggestion.refresh_from_db()
    assert suggestion.email == ADDRESS
    pass_time(monkeypatch, days=2)

    call_command("tick")

    suggestion.refresh_from_db()
    assert (suggestion.email, suggestion.state) == ("", "new")


def test_closed_suggestion_is_removed_after_its_time_and_an_open_one_stays(practice, monkeypatch):
    make_suggestion(practice, text="open")
    make_suggestion(practice, text="closed").refuse(None)
    pass_time(monkeypatch, days=366)

    call_command("tick")

    assert [suggestion.text for suggestion in Suggestion.objects.all()] == ["open"]


def test_closed_suggestion_holds_no_address(practice):
    suggestion = make_suggestion(practice)
    suggestion.refuse(None)
    suggestion.email = ADDRESS

    with pytest.raises(IntegrityError), transaction.atomic():
        suggestion.save()


@pytest.mark.parametrize("language", LANGUAGES)
def test_privacy_page_tells_how_long(language, settings):
    settings.SUGGESTION_ADDRESSES_KEPT = timedelta(days=77)
    settings.SUGGESTIONS_KEPT = timedelta(days=333)
    settings.MAILS_KEPT = timedelta(days=11)

    page = body(get(address("privacy", language=language)))

    section = page.split('id="suggestions"')[1].split("</ul>")[0]
    assert all(re.search(rf"\b{days}\b", section) for days in (77, 333, 11))
