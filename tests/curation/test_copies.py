"""A change to a published practice that readers do not see until it is applied."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from curation import tick
from curation.copies.acts import ConflictError, apply, copy_of, differences, keep_copy
from curation.copies.slots import all_slots, told, values_of
from curation.history.acts import acts_of
from curation.models import WorkingCopy
from curation.previews import token_of
from network.publishing import EditorialStatus
from network.translations import standing
from practices.models import Citation, Practice, PracticeContact
from tests.factories import in_all, make_actor, make_practice, make_source, make_term
from tests.pages import body, codes, get, practice_list
from tests.practices.test_admin import CHANGE, typed
from tests.staff import curator_client, make_account

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
COPY, REVIEW, ACT = (f"admin:practices_practice_copy{end}" for end in ("", "_review", "_act"))


@pytest.fixture
def account():
    return make_account("marie")


@pytest.fixture
def curator(account):
    return curator_client(account)


@pytest.fixture
def editor():
    """May change, may not publish."""
    account = make_account("eva", is_superuser=False)
    names = ["change_practice", "view_practice", "write_nl", "write_fr", "write_en"]
    account.user_permissions.set(Permission.objects.filter(codename__in=names))
    return curator_client(account)


@pytest.fixture
def practice():
    return make_practice("BE11", summary_nl="Wij luisteren.", coverage=["11002"])


def write(client, practice, **changes):
    form = typed(practice) | {"coverage": list(practice.coverage.values_list("pk", flat=True))}
    return client.post(reverse(COPY, args=[practice.pk]), form | changes)


def act(client, practice, name, **posted):
    return client.post(reverse(ACT, args=[practice.pk]), {"act": name} | posted)


def page_of(practice, language="nl"):
    slug = getattr(practice, f"slug_{language}")
    return body(get(f"/{language}/praktijken/{slug}/"))


def test_copy_is_kept_and_readers_see_the_approved_text(curator, account, practice):
    term = make_term("target_group", "parents")
    before, acts = values_of(practice), practice.history.count()

    changes = {"summary_nl": "Zeehonden.", "terms": [term.pk], "coverage": []}
    response = write(curator, practice, change_reason="mail", **changes)

    copy = WorkingCopy.objects.get()
    assert response.url == reverse(REVIEW, args=[practice.pk])
    assert copy.values == {
        "summary_nl": "Zeehonden.",
        "terms.target_group": ["parents"],
        "coverage": [],
    }
    assert (copy.author, copy.reason, copy.state) == (account, "mail", "draft")
    assert values_of(practice) == before
    assert practice.history.count() == acts
    assert "Wij luisteren." in page_of(practice)
    assert codes(practice_list("nl", q="zeehonden")) == []


def test_form_of_the_copy_shows_what_it_proposes_and_no_status(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")

    response = curator.get(reverse(COPY, args=[practice.pk]))

    form = response.context["adminform"].form
    assert form["summary_nl"].value() == "Zeehonden."
    assert not form.fields.keys() & {"editorial_status", "code", "verified_on", "publish_at"}
    assert Practice.objects.get().summary_nl == "Wij luisteren."


def test_bad_copy_keeps_what_was_typed_and_stores_nothing(curator, practice):
    response = write(curator, practice, summary_nl="z" * 301)

    assert response.status_code == 200
    assert "z" * 301 in response.content.decode()
    assert not WorkingCopy.objects.exists()


def test_copy_that_lacks_what_readers_need_is_refused_with_the_reason(curator, practice):
    response = write(curator, practice, name_fr="")

    assert "name is missing in FR." in response.content.decode()
    assert not WorkingCopy.objects.exists()


def test_copy_that_says_what_readers_see_is_no_copy(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")
    response = write(curator, practice)

    assert response.url == reverse(CHANGE, args=[practice.pk])
    assert not WorkingCopy.objects.exists()


def test_applying_changes_everything_at_once(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.", coverage=[], change_reason="mail")

    act(curator, practice, "apply")

    practice.refresh_from_db()
    assert (practice.summary_nl, practice.coverage.count()) == ("Zeehonden.", 0)
    assert "Zeehonden." in page_of(practice)
    assert codes(practice_list("nl", q="zeehonden")) == ["BE11"]
    assert standing(practice, "fr") == "outdated"
    assert acts_of(practice)[0].reason == "mail"
    assert not WorkingCopy.objects.exists()


def test_small_change_leaves_the_translations_as_they_are(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")

    act(curator, practice, "apply", is_small_change="on")

    practice.refresh_from_db()
    assert standing(practice, "fr") == "current"


def test_citations_and_contacts_wait_in_the_copy(curator, practice):
    source = make_source(key="S-1")
    kept = Citation.objects.create(practice=practice, field="name", source=source)
    rows = {
        "citations-TOTAL_FORMS": "2",
        "citations-INITIAL_FORMS": "1",
        "citations-0-id": kept.pk,
        "citations-0-practice": practice.pk,
        "citations-0-field": "name",
        "citations-0-source": source.pk,
        "citations-0-certainty": "stated",
        "citations-1-field": "summary",
        "citations-1-source": source.pk,
        "citations-1-certainty": "probable",
        "contacts-TOTAL_FORMS": "1",
        "contacts-0-kind": "phone",
        "contacts-0-value": "02 555 66 77",
        "contacts-0-source": source.pk,
        "contacts-0-certainty": "stated",
        "contacts-0-order": "0",
    }
    write(curator, practice, **rows)
    assert (practice.citations.count(), practice.contacts.count()) == (1, 0)

    act(curator, practice, "apply")

    assert PracticeContact.objects.get().value == "02 555 66 77"
    assert list(practice.citations.values_list("field", "certainty")) == [
        ("name", "stated"),
        ("summary", "probable"),
    ]
    assert kept in practice.citations.all()


def test_change_for_readers_in_another_field_survives(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")
    Practice.objects.filter(pk=practice.pk).update(cost="free")

    act(curator, practice, "apply")

    practice.refresh_from_db()
    assert (practice.summary_nl, practice.cost) == ("Zeehonden.", "free")


def test_newer_change_of_the_same_field_is_shown_and_not_overwritten(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")
    Practice.objects.filter(pk=practice.pk).update(summary_nl="Wij helpen.")

    response = act(curator, practice, "apply")
    page = curator.get(reverse(REVIEW, args=[practice.pk]))

    practice.refresh_from_db()
    assert response.url == reverse(REVIEW, args=[practice.pk])
    assert practice.summary_nl == "Wij helpen."
    assert page.context["has_conflict"] is True
    with pytest.raises(ConflictError):
        apply(WorkingCopy.objects.get())

    act(curator, practice, "apply", overwrite="on")

    practice.refresh_from_db()
    assert practice.summary_nl == "Zeehonden."


def test_copy_that_names_something_gone_changes_nothing(curator, practice):
    actor = make_actor(code="gone")
    copy = keep_copy(
        practice, values_of(practice), values_of(practice) | {"lead_actor": "gone"}, None, ""
    )
    actor.delete()
    acts = practice.history.count()

    act(curator, practice, "apply")

    assert copy_of(practice) == copy
    assert practice.history.count() == acts


def test_every_fact_of_the_form_can_wait_in_a_copy(curator, practice):
    """What the change form lets a curator write, a copy can hold."""
    make_term()
    form = curator.get(reverse(COPY, args=[practice.pk])).context["adminform"].form
    held = {name.partition(".")[0] for name in all_slots()}

    assert form.fields.keys() - held == {
        "change_reason",
        "is_small_change",
        "held",
        "operating_status_date",
        "is_operating_status_date_unknown",
    }


def test_differences_read_as_a_curator_reads_them(curator, practice):
    make_term("target_group", "parents")
    proposed = values_of(practice) | {"terms.target_group": ["parents"], "is_title_only": True}
    copy = keep_copy(practice, values_of(practice), proposed, None, "")

    assert [(str(d.label), *d.marked) for d in differences(copy)] == [
        ("only the name is known", "<del>no</del>", "<ins>yes</ins>"),
        ("target_group en", "", "<ins>parents en</ins>"),
    ]


def test_draft_has_no_working_copy(curator):
    draft = make_practice("BE12", editorial_status=EditorialStatus.DRAFT)

    assert curator.get(reverse(COPY, args=[draft.pk])).status_code == 404


# --- Who may apply it, and when -----------------------------------------------------------------


def test_who_may_not_publish_is_led_to_the_copy(editor, practice):
    response = editor.get(reverse(CHANGE, args=[practice.pk]))
    forged = editor.post(reverse(CHANGE, args=[practice.pk]), typed(practice, summary_nl="x"))

    assert response.url == forged.url == reverse(COPY, args=[practice.pk])
    practice.refresh_from_db()
    assert practice.summary_nl == "Wij luisteren."


def test_editor_writes_and_asks_for_a_review_and_cannot_apply(editor, practice):
    assert write(editor, practice, summary_nl="Zeehonden.").status_code == 302

    act(editor, practice, "review")
    refused = [act(editor, practice, name).status_code for name in ("apply", "plan")]

    practice.refresh_from_db()
    assert refused == [403, 403]
    assert WorkingCopy.objects.get().state == "in_review"
    assert practice.summary_nl == "Wij luisteren."


def test_with_four_eyes_nobody_applies_an_own_copy(curator, practice, settings):
    settings.FOUR_EYES = True
    write(curator, practice, summary_nl="Zeehonden.")
    other = curator_client()

    refused = act(curator, practice, "apply").status_code
    act(other, practice, "apply")

    practice.refresh_from_db()
    assert refused == 403
    assert practice.summary_nl == "Zeehonden."


@pytest.mark.parametrize("is_due", [True, False])
def test_planned_copy_is_applied_when_its_moment_has_come(curator, practice, is_due):
    write(curator, practice, summary_nl="Zeehonden.")
    moment = timezone.now() + timedelta(hours=1)
    act(curator, practice, "plan", apply_at=f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}")
    if is_due:
        WorkingCopy.objects.update(apply_at=timezone.now())

    tick.run()
    tick.run()

    practice.refresh_from_db()
    assert practice.summary_nl == ("Zeehonden." if is_due else "Wij luisteren.")
    assert WorkingCopy.objects.exists() is not is_due


def test_planned_copy_that_would_overwrite_waits_for_a_publisher(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")
    Practice.objects.filter(pk=practice.pk).update(summary_nl="Wij helpen.")
    WorkingCopy.objects.update(apply_at=timezone.now())

    tick.run()

    practice.refresh_from_db()
    copy = WorkingCopy.objects.get()
    assert practice.summary_nl == "Wij helpen."
    assert (copy.state, copy.apply_at) == ("in_review", None)


def test_bad_moment_is_said_and_nothing_planned(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")

    response = act(curator, practice, "plan", apply_at="soon")

    assert "Enter a valid date/time." in response.content.decode()
    assert WorkingCopy.objects.get().apply_at is None


def test_copy_is_thrown_away(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")

    act(curator, practice, "discard")

    assert not WorkingCopy.objects.exists()


# --- The preview --------------------------------------------------------------------------------


def preview(record, language="nl", client=None):
    return (client or Client()).get(f"/{language}/preview/{token_of(record)}/")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("make", [make_practice, make_actor])
def test_draft_is_previewed_as_readers_will_see_it(language, make):
    record = make(editorial_status=EditorialStatus.DRAFT, **in_all("name", "Zeehond"))

    response = preview(record, language)

    assert f"Zeehond {language}</h1>" in body(response)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert get(record.get_absolute_url()).status_code == 404


def test_copy_is_previewed_and_leaves_nothing_behind(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")
    version = practice.history.count()

    response = preview(practice)

    assert "Zeehonden." in body(response)
    assert "Wij luisteren." in page_of(practice)
    assert practice.history.count() == version
    assert codes(practice_list("nl", q="zeehonden")) == []


def test_preview_of_a_published_practice_leads_to_its_page(practice):
    assert preview(practice).url == "/nl/praktijken/be11-nl/"


def test_preview_ends(practice, monkeypatch):
    Practice.objects.update(editorial_status="draft")
    monkeypatch.setattr("curation.previews.LASTS", timedelta(seconds=-1))

    response = preview(practice)

    assert response.status_code == 404
    assert "Wij luisteren." not in body(response)


@pytest.mark.parametrize("token", ["x", "W10:1vMo:abc", "Z" * 300])
def test_what_is_no_link_of_ours_has_ended(token):
    assert get(f"/nl/preview/{token}/").status_code == 404


def test_preview_of_what_is_archived_has_ended(practice):
    Practice.objects.update(editorial_status="archived")

    assert preview(practice).status_code == 404


def test_change_of_a_planned_copy_takes_the_plan_away(curator, editor, practice):
    """What was planned is what somebody who may publish has looked at, and nothing else."""
    write(curator, practice, summary_nl="Zeehonden.")
    WorkingCopy.objects.update(apply_at=timezone.now())

    write(editor, practice, summary_nl="Niet nagelezen.")
    tick.run()

    practice.refresh_from_db()
    assert practice.summary_nl == "Wij luisteren."
    assert WorkingCopy.objects.get().apply_at is None


def test_planned_moment_stands_in_its_box(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")
    act(curator, practice, "plan", apply_at="2030-05-06T07:08")

    page = curator.get(reverse(REVIEW, args=[practice.pk])).content.decode()

    assert 'value="2030-05-06T07:08"' in page


def test_copy_of_what_left_the_site_is_not_applied(curator, practice):
    write(curator, practice, summary_nl="Zeehonden.")
    WorkingCopy.objects.update(apply_at=timezone.now())
    Practice.objects.filter(pk=practice.pk).update(editorial_status="archived")

    tick.run()

    practice.refresh_from_db()
    assert practice.summary_nl == "Wij luisteren."


def test_contacts_and_citations_of_a_copy_are_told_in_words(practice):
    source = make_source(key="S-1")
    Citation.objects.create(practice=practice, field="for_whom", source=source, note="p. 3")
    phone = {"kind": "phone", "value": "02 555 66 77", "year": 2018, "source": source}
    PracticeContact.objects.create(practice=practice, **phone)
    held = values_of(practice)

    assert told("contacts", held["contacts"]) == "phone · 02 555 66 77 · 2018 · S-1"
    assert told("citations", held["citations"]) == "for whom · S-1 · stated · p. 3"
    with override("fr"):
        assert told("contacts", held["contacts"]).startswith("téléphone")


def test_second_writer_of_a_copy_is_shown_both_versions(curator, editor, practice):
    opened = curator.get(reverse(COPY, args=[practice.pk]))
    held = opened.context["adminform"].form["held"].value()
    write(editor, practice, summary_nl="Zeehonden.")

    response = write(curator, practice, summary_nl="Otters.", held=held)
    form = response.context["adminform"].form
    both = [(str(c.label), c.theirs, c.yours) for c in form.conflicts]

    assert both == [("Summary [nl]", "Zeehonden.", "Otters.")]
    assert form["summary_nl"].value() == "Otters."
    assert WorkingCopy.objects.get().values == {"summary_nl": "Zeehonden."}

    write(curator, practice, summary_nl="Otters.", held=form["held"].value())

    assert WorkingCopy.objects.get().values == {"summary_nl": "Otters."}
