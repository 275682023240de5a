"""What the first page of the admin tells a curator."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from curation.copies.acts import keep_copy
from curation.copies.slots import values_of
from curation.dashboard.completeness import WANTED, by_completeness, completeness
from curation.dashboard.gaps import gaps
from curation.models import WorkingCopy
from practices.models import DeadEnd, Practice
from search.version import current
from tests.factories import (
    make_actor,
    make_contact,
    make_help_line,
    make_practice,
    make_suggestion,
    make_term,
)
from tests.staff import curator_client, make_account, make_colleague

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def panels(client):
    response = client.get(reverse("admin:index"))
    return {str(panel.title): panel for panel in response.context["panels"]}


def lines(panel):
    return [(str(line.text), line.number) for line in panel.lines]


def account_with(*codenames):
    account = make_account(is_superuser=False)
    account.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return account


def propose(practice, author, **values):
    live = values_of(practice)
    return keep_copy(practice, live, live | values, author, "")


def test_what_waits_for_a_publisher_is_named():
    practice = make_practice("BE11", editorial_status="in_review", name_en="Harbour")
    make_practice("BE12", editorial_status="draft")
    line = make_help_line(editorial_status="in_review")
    copy = propose(make_practice("BE13", name_en="Lighthouse"), None, cost="free")
    WorkingCopy.objects.update(state="in_review")

    panel = panels(curator_client())["To review and publish"]

    assert (panel.number, lines(panel)) == (
        3,
        [
            (str(practice), None),
            (str(line), None),
            (f"Working copy of {copy.practice}", None),
        ],
    )


def test_publisher_of_help_lines_is_told_of_help_lines_alone():
    make_practice(editorial_status="in_review")
    line = make_help_line(editorial_status="in_review")
    client = curator_client(account_with("publish_helpline", "change_helpline"))

    assert lines(panels(client)["To review and publish"]) == [(str(line), None)]


def test_own_copies_are_named_to_their_author_only():
    account = make_account()
    copy = propose(make_practice("BE11"), account, cost="free")

    assert lines(panels(curator_client(account))["My working copies"]) == [
        (f"Working copy of {copy.practice}", None)
    ]
    assert lines(panels(curator_client())["My working copies"]) == []


def test_translations_are_counted_by_language_over_all_kinds():
    make_practice(translation_state_fr="outdated")
    make_actor(translation_state_fr="machine", translation_state_en="human")
    make_help_line(hours_nl="dag en nacht")

    panel = panels(curator_client())["To translate"]

    assert (panel.number, lines(panel)) == (5, [("Dutch", 0), ("French", 3), ("English", 2)])


def test_translator_is_told_what_is_to_be_translated_and_nothing_that_others_do():
    make_practice(translation_state_fr="outdated")
    make_practice(editorial_status="in_review")

    told = panels(curator_client(make_colleague("Translator")))

    assert list(told) == ["To translate", "Records that look alike"]
    assert lines(told["To translate"]) == [("Dutch", 0), ("French", 1), ("English", 0)]


def test_what_is_due_for_a_check_is_named():
    today = localdate()
    due = make_practice("BE11", verified_on=today - timedelta(days=365))
    make_practice("BE12", verified_on=today)
    make_practice("BE13")
    make_practice("BE14", verified_on=today - timedelta(days=365), editorial_status="draft")

    panel = panels(curator_client())["To check again"]

    assert (panel.number, lines(panel)) == (1, [(str(due), None)])


def test_suggestions_that_wait_are_counted_for_who_handles_them():
    practice = make_practice("BE11")
    make_suggestion(practice=practice)
    make_suggestion(practice=practice, state="refused", closed_at=timezone.now(), email="")

    panel = panels(curator_client())["Suggestions of readers"]

    assert (panel.number, lines(panel)) == (1, [(str(practice), None)])
    editor = curator_client(account_with("change_practice"))
    assert "Suggestions of readers" not in panels(editor)


def test_small_groups_of_dead_ends_stay_hidden():
    DeadEnd.objects.create(month="2026-10-01", situation="prison", province="BE-VAN", number=5)
    DeadEnd.objects.create(month="2026-11-01", situation="died", province="BE-VAN", number=4)

    panel = panels(curator_client())["Families found nothing that fits"]

    assert lines(panel) == [("October 2026 · Someone is in prison · Antwerp", 5)]


def test_who_may_do_nothing_is_told_nothing():
    assert panels(curator_client(account_with())) == {}


def test_what_has_work_stands_first():
    make_practice(editorial_status="in_review")

    assert next(iter(panels(curator_client()))) == "To review and publish"


@pytest.mark.parametrize("number", [1, 4])
def test_page_takes_as_many_questions_however_much_waits(number, django_assert_max_num_queries):
    for _ in range(number):
        make_practice(editorial_status="in_review")
        make_practice(translation_state_fr="outdated")
        propose(make_practice(), None, cost="free")
    client = curator_client()
    client.get(reverse("admin:index"))

    with django_assert_max_num_queries(34):
        client.get(reverse("admin:index"))


# --- What is not known --------------------------------------------------------------------------


def test_emptiest_records_come_first_with_what_is_missing():
    actor = make_actor()
    make_contact(actor)
    full = {
        "for_whom_fr": "Parents",
        "first_contact_nl": "Iemand luistert.",
        "activities_nl": "Gesprekken",
        "waiting_nl": "Geen",
        "cost": "free",
        "anonymity": "anonymous",
        "access": "direct",
        "lead_actor": actor,
        "operating_status": "active",
    }
    make_practice("BE11", coverage=["11002"], seats=["11002"], help_languages=["nl"], **full)
    make_practice("BE12", cost="free")
    make_practice("BE13")

    found = by_completeness(Practice.objects.published())

    assert list(found.values_list("code", "number_known")) == [
        ("BE13", 0),
        ("BE12", 1),
        ("BE11", len(WANTED)),
    ]
    told = {one.practice.code: [f.name for f in one.missing] for one in completeness(found)}
    assert told == {
        "BE13": list(WANTED),
        "BE12": [name for name in WANTED if name != "cost"],
        "BE11": [],
    }


def test_page_of_what_is_not_known_leaves_drafts_out():
    make_practice("BE11")
    make_practice("BE12", editorial_status="draft")

    page = curator_client().get(reverse("completeness"))

    assert [one.practice.code for one, _ in page.context["rows"]] == ["BE11"]


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_what_is_not_known_asks_as_often(number, django_assert_num_queries):
    for _ in range(number):
        make_practice(lead_actor=make_actor(), coverage=["11002"], seats=["11002"])
    client = curator_client()
    client.get(reverse("completeness"))

    with django_assert_num_queries(10):
        client.get(reverse("completeness"))


# --- Where nobody helps -------------------------------------------------------------------------


def told_gaps():
    return {
        row.names["en"]: {gap.province: gap.without for gap in row.gaps} for row in gaps(current())
    }


def test_gap_is_a_municipality_without_somebody_who_meets_one_family():
    prison, died = make_term("situation", "prison"), make_term("situation", "died")
    alone, group = make_term("work_form", "individual"), make_term("work_form", "group")
    make_practice(terms=[prison, alone], coverage=["11002"])
    make_practice(terms=[prison, group], coverage=["BE-VLI"])
    make_practice(terms=[died, alone], coverage=["11002"], editorial_status="draft")
    make_practice(
        terms=[died, alone],
        coverage=["11002"],
        operating_status="ended",
        is_operating_status_date_unknown=True,
    )
    make_practice(terms=[died, alone], coverage=["BE-BRU"])

    found = told_gaps()

    everywhere = {gap.province: gap.number for gap in gaps(current())[0].gaps}
    assert sum(everywhere.values()) == 565
    assert found["prison en"] == everywhere | {"BE-VAN": everywhere["BE-VAN"] - 1}
    changed = {code for code in everywhere if found["died en"][code] != everywhere[code]}
    assert changed == {"BE-BRU"}


def test_page_of_gaps_tells_numbers():
    make_practice(terms=[make_term("situation", "prison")], coverage=["11002"])

    page = curator_client().get(reverse("coverage_gaps")).content.decode()

    assert re.search(r"Prison en.*?<b>565</b>", page, re.DOTALL)
