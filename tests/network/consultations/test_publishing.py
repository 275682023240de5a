"""An answer becomes public when two people agree, and says nothing that leads to a person."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import ADDITION, LogEntry
from django.db import IntegrityError, connection, transaction

from network.consultations.publishing import version_of
from network.models import Consultation, PublicAnswer
from tests.factories import TOLD, in_all, make_consultation, make_expert, make_theme
from tests.network.consultations.conftest import everything
from tests.pages import address, body, get, text
from tests.staff import curator_client, make_colleague

pytestmark = pytest.mark.django_db
TEXTS = {**in_all("question", "How?"), **in_all("answer", "So.")}
ADD = "admin:network_publicanswer_add"
CHANGE = "admin:network_publicanswer_change"
HISTORY = "admin:network_publicanswer_history"
LIST = "admin:network_publicanswer_changelist"
AGREE = "admin:network_publicanswer_agree"


@pytest.fixture
def writer():
    return make_colleague("Expert")


@pytest.fixture
def question(writer):
    """Given to the writer; who asked it agrees that it becomes public."""
    made, _ = make_consultation(may_publish=True)
    made.expert = make_expert(writer)
    made.save()
    return made


@pytest.fixture
def answer(writer, question):
    made = PublicAnswer.objects.create(**TEXTS, proposed_by=writer, consultation=question)
    made.themes.add(make_theme())
    return made


def agree(account, answer, seen=None):
    typed = {"seen": seen or version_of(answer)}
    client = curator_client(account)
    page = client.post(address(AGREE, answer.pk), typed, follow=True)
    answer.refresh_from_db()
    return page


def test_second_person_publishes_it(answer, coordinator):
    agree(coordinator, answer)

    assert answer.is_published
    assert answer.agreed_by == coordinator
    assert list(PublicAnswer.objects.published()) == [answer]


def test_writer_does_not_agree_with_themselves(answer, writer):
    page = agree(writer, answer)

    assert not answer.is_published
    assert "Somebody else" in text(page)


def test_every_language_is_needed(answer, coordinator):
    PublicAnswer.objects.filter(pk=answer.pk).update(answer_fr="")

    agree(coordinator, PublicAnswer.objects.get())

    assert not PublicAnswer.objects.get().is_published


def test_what_changed_meanwhile_is_read_again(answer, coordinator):
    seen = version_of(answer)
    PublicAnswer.objects.filter(pk=answer.pk).update(answer_en="Otherwise.")

    page = agree(coordinator, answer, seen)

    assert not answer.is_published
    assert "read it again" in text(page)


def test_change_takes_it_off_the_site(answer, coordinator, writer):
    agree(coordinator, answer)
    typed = {
        **in_all("question", "How?"),
        **in_all("answer", "Other."),
        "themes": [make_theme().pk],
    }

    curator_client(coordinator).post(address(CHANGE, answer.pk), typed)

    answer.refresh_from_db()
    assert not answer.is_published
    assert answer.proposed_by == coordinator
    agree(writer, answer)
    assert answer.is_published


def test_page_tells_what_may_lead_to_a_person(answer, coordinator):
    PublicAnswer.objects.filter(pk=answer.pk).update(answer_nl="Bel Youssef op 0470 12 34 56.")

    page = body(curator_client(coordinator).get(address(CHANGE, answer.pk)))

    assert "<b>Youssef</b>" in page
    assert "<b>0470 12 34 56</b>" in page


def test_enter_in_a_draft_does_not_publish_it(answer, coordinator):
    page = body(curator_client(coordinator).get(address(CHANGE, answer.pk)))

    assert page.index('name="_save"') < page.index(f'formaction="{address(AGREE, answer.pk)}"')


def test_words_of_the_question_are_not_copied(coordinator):
    consultation, _ = make_consultation(may_publish=True)

    page = curator_client(coordinator).get(f"{address(ADD)}?question={consultation.pk}")

    assert TOLD["question"] not in body(page)
    assert page.context["adminform"].form["themes"].value() == [consultation.themes.get().pk]


@pytest.mark.parametrize("asked", [{"may_publish": False}, None])
def test_form_is_refused_without_the_word_of_the_asker(coordinator, asked):
    query = f"?question={make_consultation(**asked)[0].pk}" if asked else ""
    typed = TEXTS | {"themes": [make_theme().pk]}
    client = curator_client(coordinator)

    for page in (
        client.get(address(ADD) + query, follow=True),
        client.post(address(ADD) + query, typed, follow=True),
    ):
        assert "begins at a question whose asker agrees" in text(page)
    assert not PublicAnswer.objects.exists()


def test_asker_without_consent_is_never_public(answer, question, coordinator):
    Consultation.objects.filter(pk=question.pk).update(may_publish=False)

    page = agree(coordinator, answer)

    assert not answer.is_published
    assert "Who asked has not agreed" in text(page)
    assert address(AGREE, answer.pk) not in body(page)


def test_answer_of_no_question_is_never_public(answer, coordinator):
    PublicAnswer.objects.update(consultation=None)

    agree(coordinator, answer)

    assert not answer.is_published


def test_database_holds_no_public_answer_without_the_word_of_the_asker(answer, coordinator):
    agree(coordinator, answer)

    with pytest.raises(IntegrityError), transaction.atomic():
        PublicAnswer.objects.update(asker_agreed=False)


def test_word_of_the_asker_is_kept_when_the_question_is_gone(answer, question, coordinator):
    agree(coordinator, answer)
    Consultation.objects.get(pk=question.pk).delete()
    PublicAnswer.objects.update(agreed_by=None, agreed_at=None)

    agree(coordinator, PublicAnswer.objects.get())

    assert PublicAnswer.objects.get().is_published


def test_draft_that_is_removed_leaves_no_word_anywhere(question, coordinator):
    client = curator_client(coordinator)
    typed = TEXTS | {"question_en": "zyzzyva", "answer_en": "zyzzyva", "themes": [make_theme().pk]}
    client.post(f"{address(ADD)}?question={question.pk}", typed)
    draft = PublicAnswer.objects.get()
    client.post(address(CHANGE, draft.pk), typed)
    assert "zyzzyva" in everything()

    client.post(address("admin:network_publicanswer_delete", draft.pk), {"post": "yes"})

    assert not PublicAnswer.objects.exists()
    assert "zyzzyva" not in everything()
    assert LogEntry.objects.count() == 3


def test_log_of_before_forgets_the_words(coordinator):
    made = PublicAnswer.objects.create(question_en="zyzzyva")
    LogEntry.objects.log_actions(coordinator.pk, [made], ADDITION, single_object=True)
    LogEntry.objects.update(object_repr="zyzzyva")
    migration = import_module("network.migrations.0007_forget_words_in_the_log")

    migration.forget_words(apps, connection.schema_editor())

    assert LogEntry.objects.get().object_repr == f"#{made.pk}"


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_theme_shows_what_two_people_agreed_with_and_nothing_else(
    answer, coordinator, writer, language
):
    draft = PublicAnswer.objects.create(**in_all("question", "Secret?"), proposed_by=writer)
    draft.themes.add(make_theme())
    page = address("expert_theme", "competences", language=language)
    assert "How?" not in text(get(page))

    agree(coordinator, answer)

    shown = text(get(page))
    assert f"How? {language}" in shown
    assert f"So. {language}" in shown
    assert "Secret?" not in shown
    assert coordinator.username not in shown


# --- Who sees it -------------------------------------------------------------------------------


@pytest.fixture
def others(coordinator):
    """A draft of a colleague, which says who wrote it and who did what to it."""
    made = PublicAnswer.objects.create(**in_all("question", "Hidden?"), proposed_by=coordinator)
    LogEntry.objects.log_actions(coordinator.pk, [made], ADDITION, single_object=True)
    return made


def test_expert_does_not_see_what_colleagues_wrote(answer, writer, others):
    client = curator_client(writer)

    page = text(client.get(address(LIST)))

    assert "How?" in page
    assert "Hidden?" not in page
    assert "Hidden?" not in text(client.get(address(CHANGE, others.pk), follow=True))
    assert client.post(address(AGREE, others.pk)).status_code == 404


def test_expert_does_not_learn_who_agreed(answer, writer, coordinator):
    agree(coordinator, answer)
    client = curator_client(writer)

    for page in (client.get(address(LIST)), client.get(address(CHANGE, answer.pk))):
        assert coordinator.username not in body(page)
        assert address(HISTORY, answer.pk) not in body(page)
    assert client.get(address(HISTORY, answer.pk)).status_code == 403


def test_coordinator_sees_who_wrote_and_who_did_what(answer, writer, coordinator, others):
    client = curator_client(coordinator)

    assert writer.username in text(client.get(address(LIST)))
    assert coordinator.username in text(client.get(address(HISTORY, others.pk)))


def test_expert_of_the_question_agrees_with_what_a_coordinator_wrote(answer, coordinator, writer):
    PublicAnswer.objects.filter(pk=answer.pk).update(proposed_by=coordinator)

    agree(writer, answer)

    assert answer.is_published
