"""What is kept of every change, how it is told, and how an earlier version comes back."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from curation.history.acts import acts_of
from curation.history.marks import marked
from network.history import because, one_record
from network.models import ActorContact
from practices.models import Citation, Practice
from tests.factories import make_actor, make_contact, make_practice, make_source, make_term
from tests.pages import body, codes, get, practice_list
from tests.practices.test_admin import CHANGE, typed
from tests.staff import curator_client, make_account

pytestmark = pytest.mark.django_db
HISTORY = "admin:practices_practice_history"
VERSION = "admin:practices_practice_version"


@pytest.fixture
def account():
    return make_account("marie")


@pytest.fixture
def curator(account):
    return curator_client(account)


@pytest.fixture
def practice():
    """Begun an hour ago, so that what follows is another act."""
    practice = make_practice("BE11", summary_nl="Wij luisteren.")
    Practice.history.filter(id=practice.pk).update(history_date=timezone.now() - timedelta(hours=1))
    return practice


def save(curator, practice, **changes):
    response = curator.post(reverse(CHANGE, args=[practice.pk]), typed(practice, **changes))
    assert response.status_code == 302, response.context["adminform"].form.errors
    practice.refresh_from_db()


def told(act):
    return [(str(change.label), change.old, change.new) for change in act.changes]


def restore(curator, practice, version, *names):
    return curator.post(reverse(VERSION, args=[practice.pk, version]), {"name": names})


def test_one_save_is_one_act_with_who_why_and_what_per_language(curator, account, practice):
    term = make_term("target_group", "parents")
    before = practice.history.count()

    save(
        curator, practice, summary_nl="Wij helpen.", terms=[term.pk], change_reason="mail of 3 May"
    )

    newest = acts_of(practice)[0]
    assert practice.history.count() == before + 1
    assert (newest.user, newest.reason) == (account, "mail of 3 May")
    assert told(newest) == [
        ("summary [nl]", "Wij luisteren.", "Wij helpen."),
        ("terms", "", "parents en"),
    ]


def test_save_that_changes_nothing_is_no_act(curator, practice):
    save(curator, practice)
    acts = acts_of(practice)

    save(curator, practice)

    assert acts_of(practice) == acts


def test_citations_and_contacts_are_told_beside_the_fields(curator, practice):
    source = make_source(key="S-1", publisher_en="The city")
    rows = {
        "citations-TOTAL_FORMS": "1",
        "citations-0-field": "summary",
        "citations-0-source": source.pk,
        "citations-0-certainty": "stated",
        "contacts-TOTAL_FORMS": "1",
        "contacts-0-kind": "phone",
        "contacts-0-value": "02 555 66 77",
        "contacts-0-source": source.pk,
        "contacts-0-certainty": "stated",
        "contacts-0-order": "0",
    }

    save(curator, practice, summary_nl="Wij helpen.", **rows)

    act = acts_of(practice)[0]
    assert sorted(told(act)) == [
        ("citation", "", "summary · S-1 The city · stated"),
        ("contact", "", "phone · 02 555 66 77 · S-1 The city · stated · no · 0"),
        ("summary [nl]", "Wij luisteren.", "Wij helpen."),
    ]


def test_contact_that_changes_is_told_with_before_and_after():
    actor = make_actor()
    contact = make_contact(actor, value="02 111 22 33", source=make_source(key="S-1"))
    ActorContact.history.update(history_date=timezone.now() - timedelta(hours=1))

    with because("called them"):
        contact.value = "02 999 88 77"
        contact.save()

    act = acts_of(actor)[0]
    assert act.reason == "called them"
    assert [(c.old[8:20], c.new[8:20]) for c in act.changes] == [("02 111 22 33", "02 999 88 77")]


def test_page_of_the_story_marks_words(curator, practice):
    save(curator, practice, summary_nl="Wij helpen.")

    page = curator.get(reverse(HISTORY, args=[practice.pk])).content.decode()

    assert "Wij <del>luisteren.</del>" in page
    assert "Wij <ins>helpen.</ins>" in page


def test_words_of_a_curator_are_text_in_the_story():
    assert marked("<b>a</b>", "<i>") == (
        "<del>&lt;b&gt;a&lt;/b&gt;</del>",
        "<ins>&lt;i&gt;</ins>",
    )


@pytest.mark.parametrize("number", [1, 3])
def test_story_takes_as_many_questions_however_long(
    curator, practice, number, django_assert_num_queries
):
    for index in range(number):
        save(curator, practice, summary_nl=f"Versie {index}.")
    curator.get(reverse(HISTORY, args=[practice.pk]))

    with django_assert_num_queries(12):
        curator.get(reverse(HISTORY, args=[practice.pk]))


# --- Bringing back ------------------------------------------------------------------------------


def test_one_field_is_brought_back_and_the_others_stay(curator, practice):
    first = practice.history.first().history_id
    save(curator, practice, summary_nl="Wij helpen.", summary_fr="Nous aidons.")

    response = restore(curator, practice, first, "summary_nl")

    practice.refresh_from_db()
    assert response.status_code == 302
    assert (practice.summary_nl, practice.summary_fr) == ("Wij luisteren.", "Nous aidons.")
    assert acts_of(practice)[0].reason.startswith("brought back from ")


def test_all_is_brought_back_with_relations_citations_and_search(curator, practice):
    term, source = make_term("target_group", "parents"), make_source()
    with one_record(practice):
        practice.save()
        practice.terms.set([term])
    Citation.objects.create(practice=practice, field="summary", source=source, note="p. 3")
    for model in (Practice, Citation):
        model.history.update(history_date=timezone.now() - timedelta(hours=1))
    version = practice.history.first().history_id
    practice.citations.all().delete()
    save(curator, practice, summary_nl="Zeehond.", terms=[])
    assert codes(practice_list("nl", q="zeehond")) == ["BE11"]

    page = curator.get(reverse(VERSION, args=[practice.pk, version]))
    names = [change.name for change in page.context["changes"]]
    restore(curator, practice, version, *names)

    practice.refresh_from_db()
    assert names == ["summary_nl", "terms", "citations"]
    assert practice.summary_nl == "Wij luisteren."
    assert list(practice.terms.all()) == [term]
    assert list(practice.citations.values_list("field", "note")) == [("summary", "p. 3")]
    assert codes(practice_list("nl", q="zeehond")) == []


def test_what_is_refused_today_is_not_brought_back(curator, practice):
    practice.slug_nl = "eerste"
    practice.save()
    version = practice.history.first().history_id
    practice.slug_nl = "tweede"
    practice.save()
    make_practice("BE12", slug_nl="eerste")

    response = restore(curator, practice, version, "slug_nl")

    practice.refresh_from_db()
    assert response.url == reverse(VERSION, args=[practice.pk, version])
    assert practice.slug_nl == "tweede"


def test_status_and_verification_are_never_brought_back(curator, practice):
    version = practice.history.first().history_id
    practice.editorial_status = "draft"
    practice.verified_on = timezone.localdate()
    practice.save()

    restore(curator, practice, version, "editorial_status", "verified_on", "summary_nl")

    practice.refresh_from_db()
    assert (practice.editorial_status, practice.verified_on) == ("draft", timezone.localdate())


def test_version_of_another_record_is_not_found(curator, practice):
    other = make_practice("BE12")

    response = curator.get(reverse(VERSION, args=[practice.pk, other.history.first().history_id]))

    assert response.status_code == 404


def test_who_may_only_look_brings_nothing_back(practice):
    version = practice.history.first().history_id
    looking = curator_client(make_account(is_superuser=False))

    assert restore(looking, practice, version, "summary_nl").status_code == 403


def test_readers_learn_the_day_and_never_the_person(curator, account, practice):
    save(curator, practice, summary_nl="Wij helpen.", change_reason="geheim")

    page = practice_page(practice)

    assert account.username not in page
    assert "geheim" not in page


def practice_page(practice):
    return body(get(practice.get_absolute_url()))


def test_account_that_changed_records_can_be_deleted():
    author, practice = make_account("nora"), make_practice("BE11", summary_nl="Wij luisteren.")
    form = typed(practice, summary_nl="Wij helpen.")
    curator_client(author).post(reverse(CHANGE, args=[practice.pk]), form)
    assert practice.history.filter(history_user=author).count() == 1

    author.delete()
    connection.check_constraints()  # as the database does when it keeps the change

    newest = practice.history.order_by("-history_id").first()
    assert (newest.history_user, newest.summary_nl) == (None, "Wij helpen.")


REFER_TO_ACCOUNTS = """
import django
django.setup()
from django.contrib.auth.models import User
from network.history import RECORDS
from practices.models import Practice
fields = User._meta.get_fields(include_hidden=True)
related = {field.related_model for field in fields if field.is_relation}
print(len(RECORDS), {model.history.model for model in RECORDS} <= related)
"""


def test_process_knows_from_its_start_that_history_refers_to_accounts():
    """Of a process that runs for long, other tests have made Django look again."""
    done = subprocess.run(
        [sys.executable, "-c", REFER_TO_ACCOUNTS],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "familysupport.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["25", "True"]


@pytest.mark.parametrize(
    ("language", "told_there"),
    [
        ("nl", "nagekeken: de hele fiche"),
        ("fr", "vérifié : toute la fiche".replace(" :", "\N{NO-BREAK SPACE}:")),
        ("en", "checked the whole record"),
    ],
)
def test_our_own_reasons_are_told_in_the_language_of_the_page(
    curator, practice, language, told_there
):
    practice.verify("checked the whole record")
    with override(language):
        page = curator.get(reverse(HISTORY, args=[practice.pk])).content.decode()

    assert told_there in page
