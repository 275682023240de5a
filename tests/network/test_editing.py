"""What curators choose in the form of a record, and are told below its fields."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from practices.models import Practice
from tests.factories import (
    make_actor,
    make_help_line,
    make_language,
    make_offer,
    make_practice,
    make_training,
)
from tests.staff import curator_client, make_account

pytestmark = pytest.mark.django_db


def change_page(record, client=None):
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
    response = (client or curator_client()).get(reverse(name, args=[record.pk]))
    return response.content.decode()


def told_below(page, field):
    help_text = re.search(rf'id="id_{field}_helptext">((?:(?!_helptext).)*?)</ul>', page, re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", help_text[1], re.DOTALL) if help_text else []


def test_finding_stands_below_the_field_it_is_about():
    practice = make_practice(summary_nl="De doelgroep.", summary_fr="Pour vous.", summary_en="")
    Practice.objects.update(editorial_status="draft")

    page = change_page(practice)

    assert told_below(page, "summary_nl") == [
        "“doelgroep”: A word of our trade: families do not use it. Say: voor wie"
    ]
    assert told_below(page, "summary_fr") == []
    assert told_below(page, "summary_en") == [
        "Missing in this language, while another language has it."
    ]


def test_help_of_the_field_stays_beside_its_findings():
    page = change_page(make_practice(summary_nl="De doelgroep."))

    assert "One or two plain sentences: for whom it is" in page


def test_words_of_a_curator_are_shown_as_text():
    page = change_page(make_help_line(purpose_nl="<b>een  zin</b>"))

    assert told_below(page, "purpose_nl") == [
        "Two spaces after each other. <i>&lt;b&gt;een  zin&lt;/b&gt;</i>"
    ]


def test_finding_refuses_no_save():
    practice = make_practice()
    texts = {
        f"{field}_{language}": "x" for field in ("name", "slug") for language in ("nl", "fr", "en")
    }
    summaries = {f"summary_{language}": "de  doelgroep" for language in ("nl", "fr", "en")}
    inlines = {f"{name}-{kind}_FORMS": "0" for name in ("contacts", "citations")
               for kind in ("TOTAL", "INITIAL")}  # fmt: skip
    fixed = {
        "code": practice.code,
        "editorial_status": "draft",
        "operating_status": "unknown",
        "source_language": "nl",
    }

    response = curator_client().post(
        reverse("admin:practices_practice_change", args=[practice.pk]),
        fixed | texts | summaries | inlines,
    )

    practice.refresh_from_db()
    assert response.status_code == 302
    assert practice.summary_nl == "de  doelgroep"


def test_new_record_without_texts_is_told_nothing():
    page = curator_client().get(reverse("admin:practices_practice_add")).content.decode()

    assert 'class="advice"' not in page


def test_who_may_only_look_is_told_nothing():
    account = make_account(is_superuser=False)
    account.user_permissions.add(*permission("view_practice"))

    page = change_page(make_practice(summary_nl="De doelgroep."), curator_client(account))

    assert "De doelgroep." in page
    assert 'class="advice"' not in page


def permission(codename):
    return Permission.objects.filter(codename=codename)


@pytest.mark.parametrize("make", [make_actor, make_offer, make_training])
def test_languages_have_boxes_and_places_are_typed(make):
    """There are thousands of places."""
    make_language("nl")
    page = change_page(make())

    assert 'type="checkbox" name="languages"' in page
    assert re.search(r'<select name="coverage"[^>]* class="admin-autocomplete"', page)
