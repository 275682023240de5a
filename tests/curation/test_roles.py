"""What each role may do with a form, an action and a forged one."""

import re
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.urls import reverse

from curation.accounts.roles import ROLES, fill_roles
from network.publishing import EditorialStatus
from practices.models import Practice
from tests.factories import make_actor, make_help_line, make_practice, make_source
from tests.pages import text
from tests.staff import curator_client, make_account, make_colleague

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
DRAFT = {"editorial_status": EditorialStatus.DRAFT, "published_at": None}
ALL_EDITORS = ("Editor nl", "Editor fr", "Editor en")
INLINES = {
    f"{inline}-{number}": "0"
    for inline in ("contacts", "citations")
    for number in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def client_in(*roles):
    return curator_client(make_colleague(*roles))


def change_path(record):
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])


def list_path(record):
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_changelist")


def texts(record, *fields):
    columns = [f"{field}_{language}" for field in fields for language in ("nl", "fr", "en")]
    return {column: getattr(record, column) or "" for column in columns}


def typed(practice, **changes):
    facts = {"code": practice.code, "source_language": "nl", "operating_status": "unknown"}
    months = {"verification_months": "6", "contact_verification_months": "3"}
    status = {"editorial_status": practice.editorial_status}
    own = texts(practice, "name", "slug", "summary")
    return INLINES | facts | months | status | own | changes


def named(practice):
    practice.refresh_from_db()
    return {language: getattr(practice, f"name_{language}") for language in ("nl", "fr", "en")}


def errors(response):
    return response.context["adminform"].form.errors


# --- The roles themselves ------------------------------------------------------------------------


def rights_of(name):
    found = Group.objects.get(name=name).permissions.values_list(
        "content_type__app_label", "codename"
    )
    return {f"{room}.{codename}" for room, codename in found}


def test_roles_are_there_with_all_their_rights():
    known = {f"{p.content_type.app_label}.{p.codename}" for p in Permission.objects.all()}

    others = {"Coordinator", "Expert", "Organiser"}
    assert set(ROLES) == {*ALL_EDITORS, "Publisher", "Translator", *others}
    assert {name: rights_of(name) for name in ROLES} == {
        name: rights & known for name, rights in ROLES.items()
    }
    unknown = set().union(*ROLES.values()) - known
    assert unknown <= {"curation.change_suggestion", "curation.view_suggestion"}


def test_editor_of_a_language_may_write_that_one_only():
    assert {right for right in rights_of("Editor fr") if right.startswith("curation.")} == {
        "curation.write_fr"
    }
    assert {right for right in rights_of("Translator") if "view_" not in right} == {
        "curation.translate"
    }


def test_roles_are_filled_again_after_every_migrate():
    Group.objects.get(name="Editor nl").delete()
    Group.objects.get(name="Translator").permissions.set(Permission.objects.all())
    own = Group.objects.create(name="Our own group")
    own.permissions.set(Permission.objects.filter(codename="view_practice"))

    fill_roles(None)
    fill_roles(None)

    assert Group.objects.filter(name__in=ROLES).count() == 8
    assert "curation.write_nl" in rights_of("Editor nl")
    assert "practices.change_practice" not in rights_of("Translator")
    assert rights_of("Our own group") == {"practices.view_practice"}


def test_migration_of_the_roles_can_be_taken_back_and_made_twice():
    names = (
        *("0004_roles", "0009_roles_of_the_expert_platform"),
        "0010_role_of_organisers",
    )
    steps = [import_module(f"curation.migrations.{name}") for name in names]
    own = Group.objects.create(name="Our own group")

    editor = SimpleNamespace(connection=connection)

    for step in reversed(steps):
        step.remove_roles(apps, editor)
    left = list(Group.objects.all())
    for step in (*steps, *steps):
        step.make_roles(apps, editor)

    assert left == [own]
    assert {group.name for group in Group.objects.exclude(pk=own.pk)} == set(ROLES)


# --- An editor of one language -------------------------------------------------------------------


def test_editor_writes_own_texts_and_facts():
    practice = make_practice("BE11", **DRAFT)

    response = client_in("Editor fr").post(
        change_path(practice), typed(practice, name_fr="Le phare", cost="free")
    )

    assert response.status_code == 302, errors(response)
    assert named(practice)["fr"] == "Le phare"
    assert practice.cost == "free"


def test_editor_cannot_change_a_text_of_another_language_by_a_forged_form():
    practice = make_practice("BE11", **DRAFT)
    before = named(practice)
    forged = {"name_nl": "Vervalst", "name_en": "Forged", "name": "Forged", "summary_nl": "Vals"}

    response = client_in("Editor fr").post(
        change_path(practice), typed(practice, name_fr="Le phare", **forged)
    )

    assert response.status_code == 302, errors(response)
    assert named(practice) == before | {"fr": "Le phare"}
    assert practice.summary_nl == "Summary of BE11 nl"


def test_editor_reads_the_other_languages_column_by_column():
    practice = make_practice("BE11", name_nl="De toren", name_fr="Le phare", name_en="", **DRAFT)

    response = client_in("Editor fr").get(change_path(practice))

    form = response.context["adminform"].form
    assert {name for name in form.fields if name.startswith("name_")} == {"name_fr"}
    page = response.content.decode()
    assert '<div class="readonly">De toren</div>' in page
    assert 'name="name_nl"' not in page
    assert 'value="Le phare"' in page
    (english,) = re.findall(r'field-name_en">.*?<div class="readonly">(.*?)</div>', page, re.DOTALL)
    assert english == "-"  # and not the text it falls back to


def test_editor_of_two_languages_writes_both():
    practice = make_practice("BE11", **DRAFT)

    client_in("Editor fr", "Editor en").post(
        change_path(practice),
        typed(practice, name_nl="Vervalst", name_fr="Le phare", name_en="The lighthouse"),
    )

    assert named(practice) == {
        "nl": "Practice BE11 nl",
        "fr": "Le phare",
        "en": "The lighthouse",
    }


@pytest.mark.parametrize("make", [make_actor, make_help_line, make_source])
def test_editor_keeps_out_of_other_languages_of_every_record(make):
    record = make()

    form = client_in("Editor fr").get(change_path(record)).context["adminform"].form

    translated = [name for name in form.fields if name[-3:] in {"_nl", "_fr", "_en"}]
    assert translated
    assert all(name.endswith("_fr") for name in translated)


def test_editor_adds_a_record_in_one_language():
    new = Practice(code="BE44", editorial_status="draft")

    response = client_in("Editor fr").post(
        reverse("admin:practices_practice_add"),
        typed(new, name_fr="Le phare", slug_fr="le-phare", summary_fr="Pour les parents."),
    )

    assert response.status_code == 302, errors(response)
    made = Practice.objects.get(code="BE44")
    assert (made.name_nl or "", made.name_fr, made.slug_fr) == ("", "Le phare", "le-phare")


def test_editor_adds_nothing_without_a_name():
    new = Practice(code="BE44", editorial_status="draft")

    response = client_in("Editor fr").post(reverse("admin:practices_practice_add"), typed(new))

    assert errors(response) == {
        name: ["Give it in one language at least."] for name in ("name_fr", "slug_fr", "summary_fr")
    }
    assert not Practice.objects.exists()


def test_editor_adds_contacts_and_citations():
    practice, source = make_practice("BE11", **DRAFT), make_source()
    contact = {"kind": "phone", "value": "02 111 22 33", "source": source.pk, "order": "0"}
    contact |= {"certainty": "stated"}
    rows = {f"contacts-0-{name}": value for name, value in contact.items()}

    response = client_in("Editor fr").post(
        change_path(practice), typed(practice, **rows | {"contacts-TOTAL_FORMS": "1"})
    )

    assert response.status_code == 302, errors(response)
    assert [str(contact) for contact in practice.contacts.all()] == ["phone: 02 111 22 33"]


# --- Publishing is for publishers ----------------------------------------------------------------


@pytest.mark.parametrize("status", ["published", "archived"])
def test_editor_cannot_publish_or_archive_by_a_forged_status(status):
    practice = make_practice("BE11", **DRAFT)

    response = client_in("Editor fr").post(
        change_path(practice), typed(practice, editorial_status=status, name_fr="Le phare")
    )

    assert errors(response) == {
        "editorial_status": ["Only a publisher publishes, archives or takes off the site."]
    }
    assert named(practice)["fr"] == "Practice BE11 fr"
    assert practice.editorial_status == "draft"


def statuses_offered(client, record):
    form = client.get(change_path(record)).context["adminform"].form
    return [value for value, _label in form.fields["editorial_status"].choices]


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("draft", ["draft", "in_review"]),
        ("in_review", ["draft", "in_review"]),
        ("published", ["published"]),
        ("archived", ["archived"]),
    ],
)
@pytest.mark.parametrize("make", [make_practice, make_actor, make_help_line])
def test_form_offers_an_editor_what_is_open_to_them(make, status, offered):
    record = make(editorial_status=status)
    if make is make_practice and status == "published":
        pytest.skip("an editor changes it in its working copy")

    assert statuses_offered(client_in("Editor fr"), record) == offered


def test_form_offers_a_publisher_every_status():
    everything = ["draft", "in_review", "published", "archived"]

    assert statuses_offered(client_in("Publisher"), make_practice(**DRAFT)) == everything


def test_editor_sends_to_review():
    draft = make_practice("BE11", **DRAFT)

    client_in("Editor fr").post(change_path(draft), typed(draft, editorial_status="in_review"))

    draft.refresh_from_db()
    assert draft.editorial_status == "in_review"


def test_editor_is_led_from_a_public_practice_to_its_working_copy():
    practice = make_practice("BE11")

    response = client_in("Editor fr").post(
        change_path(practice), typed(practice, editorial_status="draft", name_fr="Le phare")
    )

    assert response.url.endswith(f"/{practice.pk}/copy/")
    practice.refresh_from_db()
    assert practice.is_published
    assert named(practice)["fr"] == "Practice BE11 fr"


@pytest.mark.parametrize("roles", [ALL_EDITORS, ["Translator"]])
@pytest.mark.parametrize("make", [make_practice, make_actor, make_help_line])
def test_actions_of_publishing_are_refused(make, roles):
    draft, public = make(**DRAFT), make()
    client = client_in(*roles)

    for action in ("publish", "unpublish", "archive"):
        chosen = {
            "action": action,
            "_selected_action": [draft.pk, public.pk],
            "confirmed": "1",
        }
        client.post(list_path(draft), chosen)

    found = dict(type(draft).objects.values_list("pk", "editorial_status"))
    assert found == {draft.pk: "draft", public.pk: "published"}
    assert 'value="publish"' not in client.get(list_path(draft)).content.decode()


@pytest.mark.parametrize("make", [make_practice, make_actor, make_help_line])
def test_publisher_publishes_and_takes_off_by_actions(make):
    draft, public = make(**DRAFT), make()
    client = client_in("Publisher")

    for action, record in (("publish", draft), ("unpublish", public)):
        chosen = {"action": action, "_selected_action": [record.pk], "confirmed": "1"}
        client.post(list_path(draft), chosen)

    found = dict(type(draft).objects.values_list("pk", "editorial_status"))
    assert found == {draft.pk: "published", public.pk: "draft"}


def test_publisher_publishes_by_the_form_in_all_languages():
    practice = make_practice("BE11", **DRAFT)
    wanted = {"nl": "De toren", "fr": "Le phare", "en": "The lighthouse"}

    response = client_in("Publisher").post(
        change_path(practice),
        typed(
            practice,
            editorial_status="published",
            **{f"name_{language}": name for language, name in wanted.items()},
        ),
    )

    assert response.status_code == 302, errors(response)
    assert named(practice) == wanted
    assert practice.is_published


PLANNED = {"publish_at_0": "2030-01-02", "publish_at_1": "03:04"}


def test_only_a_publisher_plans_the_moment_of_publishing():
    practice = make_practice("BE11", **DRAFT)

    client_in(*ALL_EDITORS).post(change_path(practice), typed(practice, **PLANNED))
    practice.refresh_from_db()
    assert practice.publish_at is None

    client_in("Publisher").post(change_path(practice), typed(practice, **PLANNED))
    practice.refresh_from_db()
    assert practice.publish_at.year == 2030


# --- A translator --------------------------------------------------------------------------------


def fields_on(page):
    """The names of what the form of a record would send, without the numbers of its rows."""
    (form,) = re.findall(r'<form[^>]* id="\w+_form".*?</form>', page.content.decode(), re.DOTALL)
    names = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', form)
    return {name for name in names if not name.endswith("_FORMS")}


@pytest.mark.parametrize("make", [make_practice, make_actor, make_help_line, make_source])
def test_translator_reads_a_record_and_has_no_field_on_its_form(make):
    record = make()
    name = "publisher_fr" if make is make_source else "name_fr"

    pages = [client_in(role).get(change_path(record)) for role in ("Translator", "Publisher")]

    assert fields_on(pages[0]) == {"csrfmiddlewaretoken"}
    assert {"csrfmiddlewaretoken", name, "_save"} <= fields_on(pages[1])


def test_translator_changes_nothing_by_a_forged_form():
    practice = make_practice("BE11", **DRAFT)
    before = Practice.objects.filter(pk=practice.pk).values().get()

    response = client_in("Translator").post(
        change_path(practice),
        typed(practice, name_fr="Le phare", cost="free", editorial_status="published"),
    )

    assert response.status_code == 403
    assert Practice.objects.filter(pk=practice.pk).values().get() == before


# --- Accounts and roles --------------------------------------------------------------------------


def test_superuser_ticks_roles_by_their_names():
    account = make_colleague("Translator")
    superuser = curator_client()

    response = superuser.get(reverse("admin:auth_user_change", args=[account.pk]))

    assert "Editor (French)" in text(response)
    assert "A translator writes texts in all languages and changes nothing else." in text(response)
    form = response.context["adminform"].form
    assert {"user_permissions", "is_superuser", "groups"} <= set(form.fields)
    assert "Translator" in text(superuser.get(reverse("admin:auth_user_changelist")))


@pytest.fixture
def keeper():
    """Somebody who looks after accounts, and is no superuser."""
    account = make_account("keeper", is_superuser=False)
    account.user_permissions.set(
        Permission.objects.filter(codename__in=["view_user", "change_user", "delete_user"])
    )
    return account


def test_who_keeps_accounts_cannot_become_superuser(keeper):
    client = curator_client(keeper)
    path = reverse("admin:auth_user_change", args=[keeper.pk])
    form = client.get(path).context["adminform"].form
    assert not {"is_superuser", "user_permissions"} & set(form.fields)

    sent = {"username": "keeper", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    every = Permission.objects.values_list("pk", flat=True)
    days = {"date_joined_0": "2026-01-01", "date_joined_1": "10:00"}
    response = client.post(path, sent | days | {"user_permissions": list(every)[:50]})

    assert response.status_code == 302
    keeper.refresh_from_db()
    assert not keeper.is_superuser
    assert keeper.user_permissions.count() == 3


def test_who_keeps_accounts_cannot_touch_a_superuser(keeper):
    superuser = make_account("owner")
    client = curator_client(keeper)

    met = {
        name: client.post(reverse(f"admin:{name}", args=[superuser.pk])).status_code
        for name in ("auth_user_change", "auth_user_delete", "auth_user_password_change")
    }

    assert met == dict.fromkeys(met, 403)


def test_role_of_the_release_is_read_and_another_group_changed():
    role, own = Group.objects.get(name="Publisher"), Group.objects.create(name="Our own")
    superuser = curator_client()
    rename = {"name": "Renamed"}

    met = [
        superuser.post(reverse("admin:auth_group_change", args=[group.pk]), rename).status_code
        for group in (role, own)
    ]

    assert met == [403, 302]
    assert set(Group.objects.exclude(name__in=ROLES).values_list("name", flat=True)) == {"Renamed"}
