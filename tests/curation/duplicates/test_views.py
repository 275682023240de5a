"""Where a curator meets duplicates: at the form, on a page of their own, at the preview."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from practices.models import FormerAddress, Practice
from tests.curation.tables.sheets import sheet_of
from tests.curation.tables.test_views import NAMES, send
from tests.factories import make_actor, make_practice
from tests.pages import links, text
from tests.staff import curator_client, make_account

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
CHECK = "admin:practices_practice_look_alikes"
PAGE = "admin:practices_practice_duplicates"
MERGE = "admin:practices_practice_merge"


@pytest.fixture
def curator():
    return curator_client()


def client_that_may(*acts):
    account = make_account(is_superuser=False)
    codenames = [f"{act}_practice" for act in acts]
    account.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return curator_client(account)


def named(name):
    return {f"name_{language}": name for language in ("nl", "fr", "en")}


def form_of(client, path):
    """What the form of a page holds, as a browser would send it."""
    form = client.get(path).context["adminform"].form
    formsets = client.get(path).context["inline_admin_formsets"]
    values = {name: form[name].value() for name in form.fields}
    for one in formsets:
        management = one.formset.management_form
        values |= {f"{one.formset.prefix}-{name}": management[name].value()
                   for name in management.fields}  # fmt: skip
    return {name: "" if value is None else value for name, value in values.items()}


# --- While typing ------------------------------------------------------------------------------


def test_typed_name_is_answered_with_what_looks_like_it(curator):
    house = make_actor()
    practice = make_practice("BE11", **named("Praattafel"), lead_actor=house)
    make_practice("BE12", **named("Huiskamer"))

    answer = curator.post(reverse(CHECK), {"name_nl": "Praattafels", "lead_actor": house.pk})

    assert answer.json() == {
        "heading": "This may be there already:",
        "found": [
            {
                "label": "BE11 Praattafel (the name, the organisation)",
                "address": reverse("admin:practices_practice_change", args=[practice.pk]),
            }
        ],
    }


def test_record_that_is_edited_does_not_look_like_itself(curator):
    practice = make_practice("BE11", **named("Praattafel"))
    page = curator.get(reverse("admin:practices_practice_change", args=[practice.pk]))
    own = dict(re.findall(r'name="(contacts-\S+-practice)" value="(\d+)"', page.content.decode()))

    answer = curator.post(reverse(CHECK), {"name_nl": "Praattafel"} | own)

    assert own
    assert answer.json()["found"] == []


STRANGE = [
    {},
    {"name_nl": "x" * 5_000},
    {"lead_actor": "9" * 40},
    {"name_nl": "Praattafel", "coverage": ["a", "-1", "²"]},
]


@pytest.mark.parametrize("typed", STRANGE)
def test_strange_input_is_answered(curator, typed):
    make_practice("BE11", **named("Huiskamer"))

    assert curator.post(reverse(CHECK), typed).json()["found"] == []


def test_name_fields_know_where_to_ask(curator):
    page = curator.get(reverse("admin:practices_practice_add")).content.decode()

    asked = re.findall(r'name="(name_\w\w)"[^>]*data-look-alikes="([^"]+)"', page)
    assert dict(asked) == dict.fromkeys(["name_nl", "name_fr", "name_en"], reverse(CHECK))
    assert "look_alikes.js" in page


def test_saved_look_alike_is_told_without_a_script(curator):
    make_practice("BE11", **named("Praattafel"))
    other = make_practice("BE12", **named("Huiskamer"))
    path = reverse("admin:practices_practice_change", args=[other.pk])

    page = curator.post(path, form_of(curator, path) | named("De praattafel"), follow=True)

    assert Practice.objects.get(code="BE12").name_nl == "De praattafel"
    assert "This may be there already: BE11 Praattafel (the name)" in text(page)


def test_saving_something_else_says_nothing(curator):
    make_practice("BE11", **named("Praattafel"))
    other = make_practice("BE12", **named("Praattafel"))
    path = reverse("admin:practices_practice_change", args=[other.pk])

    page = curator.post(path, form_of(curator, path) | {"aims_nl": "Doel"}, follow=True)

    assert Practice.objects.get(code="BE12").aims_nl == "Doel"
    assert "This may be there already" not in text(page)


# --- At the preview of an import ---------------------------------------------------------------


def test_preview_of_an_import_says_what_a_new_row_looks_like(curator):
    make_practice("BE11", **named("Praattafel"))
    rows = [["XA0001", "De Praattafel", "een", "S"], ["XA0002", "Huiskamer", "twee", "S"]]

    page = send(curator, sheet_of([NAMES, *rows]))

    told = text(page)
    assert "XA0001 new looks like BE11 (the name)" in told
    assert told.count("looks like") == 1


# --- All of them -------------------------------------------------------------------------------


def pairs_on(page):
    rows = re.findall(r'<tr class="pair">(.*?)</tr>', page.content.decode(), re.DOTALL)
    return [tuple(re.findall(r">(BE\d\d) (?!stays)", row)) for row in rows]


def test_page_lists_pairs_and_leads_to_their_merge(curator):
    one, other = (make_practice(code, **named("Praattafel")) for code in ("BE11", "BE12"))
    make_practice("BE13", **named("Huiskamer"))

    page = curator.get(reverse(PAGE))

    assert pairs_on(page) == [("BE11", "BE12")]
    assert "1 pair of practices that look alike." in text(page)
    assert reverse(MERGE, args=[one.pk, other.pk]) in links(page)
    assert reverse(MERGE, args=[other.pk, one.pk]) in links(page)


def test_page_asks_as_often_for_one_pair_as_for_many(curator, django_assert_num_queries):
    for number in (11, 12):
        make_practice(f"BE{number}", **named("Praattafel"))
    with django_assert_num_queries(QUERIES):
        assert len(pairs_on(curator.get(reverse(PAGE)))) == 1
    for number in range(13, 19):
        make_practice(f"BE{number}", **named("Huiskamer"))
    with django_assert_num_queries(QUERIES):
        assert len(pairs_on(curator.get(reverse(PAGE)))) == 16


QUERIES = 10


def test_who_may_only_look_is_not_led_to_a_merge():
    one, other = (make_practice(code, **named("Praattafel")) for code in ("BE11", "BE12"))
    client = client_that_may("view")

    page = client.get(reverse(PAGE))

    assert pairs_on(page) == [("BE11", "BE12")]
    assert reverse(MERGE, args=[one.pk, other.pk]) not in links(page)


# --- The merge ---------------------------------------------------------------------------------


def test_merge_is_chosen_seen_and_agreed(curator):
    one = make_practice("BE11", **named("Praattafel"), aims_nl="Doel een")
    other = make_practice("BE12", **named("De praattafel"), aims_nl="Doel twee")
    path = reverse(MERGE, args=[one.pk, other.pk])

    choice = curator.get(path)
    seen = curator.post(path, {"aims_nl": "loser"})

    assert "aims (nl) Doel een Doel twee" in text(choice)
    assert "aims (nl) Doel een Doel twee" in text(seen)
    assert "be12-nl (nl)" in text(seen)
    assert Practice.objects.get(code="BE12").is_published
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', seen.content.decode()))
    done = curator.post(path, hidden, follow=True)
    assert "BE12 is archived; its addresses lead to BE11." in text(done)
    assert Practice.objects.get(code="BE11").aims_nl == "Doel twee"
    assert Practice.objects.get(code="BE12").editorial_status == "archived"
    assert Practice.objects.get(code="BE12").history.first().history_user is not None


def test_merge_without_preview_does_nothing(curator):
    one, other = (make_practice(code, **named("Praattafel")) for code in ("BE11", "BE12"))
    path = reverse(MERGE, args=[one.pk, other.pk])

    page = curator.post(path, {"fingerprint": "guessed"}, follow=True)

    assert "One of the two changed meanwhile. Look again." in text(page)
    assert FormerAddress.objects.count() == 0


@pytest.mark.parametrize("acts", [("view", "change"), ("view", "publish"), ("view", "add")])
def test_merge_needs_to_change_and_to_publish(acts):
    one, other = (make_practice(code, **named("Praattafel")) for code in ("BE11", "BE12"))
    path = reverse(MERGE, args=[one.pk, other.pk])

    client = client_that_may(*acts)

    assert (
        client.get(path).status_code == client.post(path, {"fingerprint": "x"}).status_code == 403
    )


def test_problem_is_told_in_the_preview(curator):
    one = make_practice("BE11", editorial_status="draft", published_at=None)
    other = make_practice("BE12")

    page = curator.post(reverse(MERGE, args=[one.pk, other.pk]))

    assert "Readers see the one that goes. Publish the one that stays first." in text(page)
    assert 'name="fingerprint"' not in page.content.decode()
