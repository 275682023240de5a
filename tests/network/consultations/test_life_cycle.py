"""From received to closed: each step dated, shown to the asker, made by who may make it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from post_office.models import Email

from network.consultations import acts
from network.consultations.gate import may_read
from network.consultations.suggesting import suggestions
from network.models import Consultation, Expert
from tests.factories import TOLD, make_consultation, make_expert, make_theme
from tests.network.consultations.conftest import run
from tests.pages import address, body, get, submits_below, text
from tests.staff import curator_client, make_colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(coordinator):
    return curator_client(coordinator)


@pytest.fixture
def adviser():
    return make_colleague("Expert", email="expert@a.example")


@pytest.fixture
def expert(adviser):
    return make_expert(adviser, mail_language="nl")


@pytest.fixture
def asked():
    """A question and the address of its link."""
    consultation, token = make_consultation()
    return consultation, address("consultation", token)


def act(client, consultation, name, **typed):
    path = address("consultation_act", consultation.pk)
    return client.post(path, {"act": name, **typed}, follow=True)


def state_of(consultation):
    return Consultation.objects.get(pk=consultation.pk).state


def mails_to(recipient):
    return Email.objects.filter(to=[recipient]).count()


# --- The whole way -----------------------------------------------------------------------------


def test_question_goes_its_way_and_the_asker_follows_it(asked, desk, adviser, expert, pass_time):
    consultation, link = asked
    act(desk, consultation, "accept")
    assert state_of(consultation) == "accepted"
    act(desk, consultation, "assign", expert=expert.pk)
    assert state_of(consultation) == "assigned"
    act(curator_client(adviser), consultation, "answer", text="Begin by listening.")
    assert state_of(consultation) == "answered"

    page = get(link)
    assert "Begin by listening." in text(page)
    assert adviser.username not in body(page)
    kinds = [step.kind for step in consultation.steps.all()]
    assert kinds == ["received", "accepted", "assigned", "answered"]
    assert mails_to(TOLD["email"]) == 4
    assert mails_to(adviser.email) == 1


def test_rounds_go_on_until_somebody_closes(asked, adviser, expert, coordinator, typed):
    consultation, link = asked
    acts.accept(consultation, coordinator)
    acts.assign(consultation, expert, coordinator)
    acts.answer(consultation, adviser, "First")

    reply = Client().post(link, {"text": "And then?", "shown_at": typed["shown_at"]})
    assert (reply.status_code, state_of(consultation)) == (303, "assigned")
    assert mails_to(adviser.email) == 2
    acts.answer(consultation, adviser, "Second")
    Client().post(link, {"close": "1"})

    consultation = Consultation.objects.get()
    assert consultation.state == "closed"
    page = text(get(link))
    assert page.index("First") < page.index("And then?") < page.index("Second")


def test_reply_is_looked_at_for_names_too(asked, adviser, expert, coordinator, typed):
    consultation, link = asked
    acts.accept(consultation, coordinator)
    acts.assign(consultation, expert, coordinator)
    acts.answer(consultation, adviser, "First")
    reply = {"text": "Youssef komt niet meer", "shown_at": typed["shown_at"]}

    asked_first = Client().post(link, reply)
    assert "<b>Youssef</b>" in body(asked_first)
    assert body(asked_first).count("as_it_is") == 1
    assert submits_below(asked_first, "text") == ["", "as_it_is"]
    assert state_of(consultation) == "answered"

    assert Client().post(link, reply | {"as_it_is": "1"}).status_code == 303


def test_reply_comes_too_late_when_the_question_is_closed(asked, typed):
    consultation, link = asked
    acts.close_as_asker(consultation)

    late = Client().post(link, {"text": "And?", "shown_at": typed["shown_at"]}, follow=True)

    assert 'role="alert"' in body(late)
    assert ">And?</textarea>" in body(late)
    assert consultation.steps.count() == 2


@pytest.mark.parametrize(
    ("name", "state"), [("decline", "declined"), ("redirect", "redirected"), ("close", "closed")]
)
def test_end_needs_a_reason_that_the_asker_reads(asked, desk, name, state):
    consultation, link = asked
    refused = act(desk, consultation, name, reason=" ")
    assert state_of(consultation) == "received"
    assert "errorlist" in body(refused)

    act(desk, consultation, name, reason="The helpdesk of Solentra can do this.")

    assert state_of(consultation) == state
    page = get(link)
    assert "The helpdesk of Solentra can do this." in text(page)
    assert f'href="{address("offer_list")}"' in body(page)


# --- What was typed is not lost -----------------------------------------------------------------

LONG = "Begin by listening, and then <b>wait</b>."


@pytest.fixture
def given(asked, expert):
    acts.accept(asked[0], None)
    return acts.assign(asked[0], expert, None)


def test_who_comes_from_the_sign_in_is_led_to_the_question(given, adviser):
    met = curator_client(adviser).get(address("consultation_act", given.pk))

    assert (met.status_code, met.url) == (302, address("consultation_desk", given.pk))


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_text_sent_after_the_session_ended_is_shown_again(given, language):
    path = address("consultation_act", given.pk, language=language)

    met = Client().post(path, {"act": "answer", "text": LONG})

    assert met.status_code == 403
    assert met.headers["Cache-Control"] == "no-store"
    assert f">{escape(LONG)}</textarea>" in body(met)
    assert f'href="{address("consultation_desk", given.pk, language=language)}"' in body(met)
    assert TOLD["question"] not in body(met)
    assert state_of(given) == "assigned"


def test_text_sent_after_the_session_ended_needs_the_token_of_the_form(given):
    strict = Client(enforce_csrf_checks=True)

    met = strict.post(address("consultation_act", given.pk), {"act": "answer", "text": LONG})

    assert escape(LONG) not in body(met)


def test_answer_that_came_too_late_is_shown_again(given, adviser, coordinator):
    acts.close(given, coordinator, "Enough")

    page = act(curator_client(adviser), given, "answer", text=LONG)

    assert f">{escape(LONG)}</textarea>" in body(page)
    assert "Somebody was first" in text(page)
    assert state_of(given) == "closed"


def test_answer_to_a_question_that_is_with_somebody_else_is_shown_again(given, adviser):
    acts.assign(given, make_expert(make_colleague("Expert")), None, instead_of=given.expert)

    page = act(curator_client(adviser), given, "answer", text=LONG)

    assert page.status_code == 403
    assert f">{escape(LONG)}</textarea>" in body(page)
    assert TOLD["question"] not in body(page)


def test_reason_that_came_too_late_is_shown_again(given, desk):
    acts.close_as_asker(given)

    page = act(desk, given, "close", reason=LONG)

    assert f">{escape(LONG)}</textarea>" in body(page)


def test_page_of_an_expert_tells_how_long_they_may_write(given, adviser):
    page = curator_client(adviser).get(address("consultation_desk", given.pk))

    assert "You are signed out 30 minutes after you opened this page" in text(page)


def test_enter_at_the_desk_does_not_send_names_as_they_are(given, adviser):
    page = act(curator_client(adviser), given, "answer", text="Bel Youssef")

    assert body(page).count("as_it_is") == 1
    assert submits_below(page, "text") == ["", "as_it_is"]


# --- Who may what ------------------------------------------------------------------------------


def test_expert_sees_only_what_was_given_to_them(asked, adviser, expert, coordinator):
    own, other = asked[0], make_consultation()[0]
    acts.accept(own, coordinator)
    acts.assign(own, expert, coordinator)
    client = curator_client(adviser)

    queue = client.get(address("consultation_queue"))
    assert own.reference in text(queue)
    assert other.reference not in text(queue)
    assert client.get(address("consultation_desk", own.pk)).status_code == 200
    assert client.get(address("consultation_desk", other.pk)).status_code == 403
    assert act(client, other, "answer", text="x").status_code == 403
    assert other.viewings.count() == 0


def test_expert_does_not_see_how_to_reach_the_asker(asked, adviser, expert, coordinator):
    consultation = asked[0]
    acts.accept(consultation, coordinator)
    acts.assign(consultation, expert, coordinator)

    page = body(curator_client(adviser).get(address("consultation_desk", consultation.pk)))

    assert TOLD["email"] not in page
    assert TOLD["phone"] not in page
    assert TOLD["question"] in page


@pytest.mark.parametrize("name", ["accept", "assign", "decline", "redirect", "close"])
def test_expert_does_nothing_of_a_coordinator(asked, adviser, expert, coordinator, name):
    consultation = asked[0]
    acts.accept(consultation, coordinator)
    acts.assign(consultation, expert, coordinator)

    met = act(curator_client(adviser), consultation, name, reason="x", expert=expert.pk)

    assert (met.status_code, state_of(consultation)) == (403, "assigned")


def test_coordinator_does_not_answer_for_an_expert(asked, desk, expert, coordinator):
    consultation = asked[0]
    acts.accept(consultation, coordinator)
    acts.assign(consultation, expert, coordinator)

    assert act(desk, consultation, "answer", text="x").status_code == 403


@pytest.mark.parametrize("role", ["Editor nl", "Publisher", "Translator"])
def test_who_keeps_the_directory_reads_no_question(asked, role):
    account = make_colleague(role)

    assert not may_read(account, asked[0])
    assert curator_client(account).get(address("consultation_queue")).status_code == 403


def test_who_advises_or_coordinates_edits_no_practice(coordinator, adviser):
    for account in (coordinator, adviser):
        met = curator_client(account).get(reverse("admin:practices_practice_changelist"))
        assert met.status_code == 403


def test_every_view_at_the_desk_is_noted(asked, desk, coordinator):
    desk.get(address("consultation_desk", asked[0].pk))

    assert list(asked[0].viewings.values_list("way", "account")) == [("desk", coordinator.pk)]


# --- The queue ---------------------------------------------------------------------------------


def test_queue_is_narrowed_by_language_theme_and_state(desk):
    french = make_consultation(themes=["competences"])[0]
    dutch = make_consultation(themes=["accessibility"], language="nl")[0]
    closed = make_consultation()[0]
    acts.close_as_asker(closed)

    def shown(**asked):
        page = text(desk.get(address("consultation_queue"), asked))
        return [one for one in (french, dutch, closed) if one.reference in page]

    assert shown() == [french, dutch]
    assert shown(language="nl") == [dutch]
    assert shown(theme="competences") == [french]
    assert shown(state="closed") == [closed]
    assert shown(language="xx") == [french, dutch]


def test_longest_waiting_comes_first(coordinator, pass_time):
    first = make_consultation()[0]
    pass_time(days=1)
    second = make_consultation()[0]
    pass_time(hours=1)
    acts.accept(first, None)

    page = text(curator_client(coordinator).get(address("consultation_queue")))

    assert page.index(second.reference) < page.index(first.reference)


def test_queue_asks_the_database_as_often_for_any_length(desk, expert):
    make_consultation()
    count = queries(desk)
    make_consultation()
    make_consultation()

    assert queries(desk) == count


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        client.get(address("consultation_queue"))
    return len(captured)


# --- Whom to give it to ------------------------------------------------------------------------


def test_language_then_room_then_theme_decide():
    make_theme("accessibility")
    question = make_consultation(themes=["competences"], language="fr")[0]
    other_language = make_expert(make_colleague("Expert"), languages=["nl"])
    other_theme = make_expert(make_colleague("Expert"), themes=["accessibility"])
    fitting = make_expert(make_colleague("Expert"))
    full = make_expert(make_colleague("Expert"), capacity=0)

    found = [one.expert for one in suggestions(question)]

    assert found == [fitting, other_theme, full, other_language]


def test_who_is_away_or_gone_is_not_suggested(pass_time):
    question = make_consultation()[0]
    pass_time(days=1)
    tomorrow = timezone.localdate()
    make_expert(make_colleague("Expert"), is_available=False)
    make_expert(make_colleague("Expert"), away_until=tomorrow)
    make_expert(make_colleague("Expert", is_active=False))
    make_expert(make_colleague("Expert", is_staff=False))
    make_expert(make_colleague("Publisher"))
    assert suggestions(question) == []

    pass_time(days=2)

    assert [one.expert.away_until for one in suggestions(question)] == [tomorrow]


def test_load_counts_what_is_waiting_for_them(coordinator, expert):
    question = make_consultation()[0]
    acts.accept(question, coordinator)
    acts.assign(question, expert, coordinator)

    assert [one.load for one in suggestions(make_consultation()[0])] == [1]


def test_second_coordinator_who_assigns_changes_nothing(asked, desk, coordinator, expert):
    consultation = asked[0]
    second = make_expert(make_colleague("Expert"))
    acts.accept(consultation, coordinator)
    acts.assign(consultation, expert, coordinator)

    page = act(desk, consultation, "assign", expert=second.pk, instead_of="")

    assert Consultation.objects.get().expert == expert
    assert "Somebody was first" in text(page)


def test_question_is_given_to_somebody_else_on_purpose(asked, desk, coordinator, expert):
    consultation = asked[0]
    second = make_expert(make_colleague("Expert"))
    acts.accept(consultation, coordinator)
    acts.assign(consultation, expert, coordinator)

    act(desk, consultation, "assign", expert=second.pk, instead_of=expert.pk)

    assert Consultation.objects.get().expert == second


def test_question_of_an_expert_who_left_is_given_again(asked, desk, adviser, coordinator, expert):
    consultation = asked[0]
    acts.accept(consultation, coordinator)
    acts.assign(consultation, expert, coordinator)
    adviser.delete()
    second = make_expert(make_colleague("Expert"))

    act(desk, consultation, "assign", expert=second.pk, instead_of="")

    assert Consultation.objects.get().expert == second
    assert Expert.objects.count() == 1


def test_first_page_tells_coordinators_what_no_expert_can_open(asked, desk, adviser, expert):
    consultation = asked[0]
    acts.accept(consultation, None)
    acts.assign(consultation, expert, None)
    first_page = address("admin:index")
    assert consultation.reference not in text(desk.get(first_page))
    assert consultation.reference in text(curator_client(adviser).get(first_page))

    adviser.groups.clear()

    assert consultation.reference in text(desk.get(first_page))


RACE = """
import django; django.setup()
from threading import Barrier, Thread
from django.contrib.auth.models import User
from django.db import connection
from network.consultations import acts
from network.models import Consultation, Expert, ExpertTheme
theme = ExpertTheme.objects.create(code="race")
told = {"organisation": "a", "function": "b", "email": "a@a.example", "phone": "", "question": "?"}
facts = {"language": "fr", "audience": "parents", "urgency": "calm", "region": "BE-BRU"}
question, _ = acts.ask(told, [theme], "race", may_publish=False, **facts)
acts.accept(question, None)
experts = [Expert.objects.create(account=User.objects.create(username=f"e{n}")) for n in range(8)]
won, start = [], Barrier(8)

def give(expert):
    start.wait()
    try:
        acts.assign(question, expert, None)
        won.append(expert.pk)
    except acts.WrongStateError:
        pass
    connection.close()

threads = [Thread(target=give, args=[expert]) for expert in experts]
for thread in threads: thread.start()
for thread in threads: thread.join()
question.refresh_from_db()
print(len(won), won == [question.expert_id], question.steps.filter(kind="assigned").count())
"""


def test_answer_of_who_lost_the_question_meanwhile_is_refused(given, adviser):
    acts.assign(given, make_expert(make_colleague("Expert")), None, instead_of=given.expert)

    with pytest.raises(acts.WrongStateError):
        acts.answer(given, adviser, "Late")

    assert state_of(given) == "assigned"


FORGET_RACE = """
import django; django.setup()
from threading import Barrier, Thread
from django.db import connection
from network.consultations import acts, timed
from network.models import Consultation, ExpertTheme
theme = ExpertTheme.objects.create(code="forget")
told = {"organisation": "a", "function": "b", "email": "a@a.example", "phone": "", "question": "?"}
facts = {"language": "fr", "audience": "parents", "urgency": "calm", "region": "BE-BRU"}

def together(*acted):
    start = Barrier(len(acted))
    def one(act):
        start.wait()
        try:
            act()
        except acts.WrongStateError:
            pass
        connection.close()
    threads = [Thread(target=one, args=[act]) for act in acted]
    for thread in threads: thread.start()
    for thread in threads: thread.join()

for number in range(10):
    made, _ = acts.ask(told, [theme], f"forget-{number}", may_publish=False, **facts)
    together(
        lambda: timed.anonymise(made.pk),
        lambda: acts.close_as_asker(made),
        lambda: acts.accept(made, None),
    )
left = Consultation.objects.filter(themes=theme)
print(left.filter(locked="", anonymised_at__isnull=False).exclude(state="accepted").count())
"""


@pytest.mark.thorough
def test_what_happens_while_a_question_is_forgotten_brings_nothing_back(site):
    assert run(FORGET_RACE, site).split() == ["10"]


@pytest.mark.thorough
def test_of_eight_who_assign_at_once_one_succeeds(site):
    assert run(RACE, site).split() == ["1", "True", "1"]
