import pytest
from django.test import Client
from django.urls import reverse

from network.publishing import EditorialStatus
from practices.models import Citation, Practice, PracticeContact
from search.query import search
from tests.factories import make_practice, make_source, make_term
from tests.pages import codes, practice_list
from tests.staff import curator_client

pytestmark = pytest.mark.django_db
LIST = "admin:practices_practice_changelist"
CHANGE = "admin:practices_practice_change"


@pytest.fixture
def curator():
    return curator_client()


def listed(response):
    return [practice.code for practice in response.context["cl"].result_list]


def typed(practice, **changes):
    """What the change form posts, with some fields changed."""
    form = {
        "code": practice.code,
        "editorial_status": practice.editorial_status,
        "operating_status": practice.operating_status,
        "source_language": practice.source_language,
        "verification_months": practice.verification_months,
        "contact_verification_months": practice.contact_verification_months,
        "contacts-TOTAL_FORMS": "0",
        "contacts-INITIAL_FORMS": "0",
        "citations-TOTAL_FORMS": "0",
        "citations-INITIAL_FORMS": "0",
    }
    for field in ("name", "slug", "summary"):
        for language in ("nl", "fr", "en"):
            form[f"{field}_{language}"] = getattr(practice, f"{field}_{language}") or ""
    return form | changes


def test_admin_is_closed_to_readers():
    response = Client().get(reverse(LIST))

    assert response.status_code == 302
    assert "/admin/login/" in response.url


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_admin_speaks_the_language_of_the_address(curator, language):
    response = curator.get(f"/{language}/admin/")

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


def test_list_searches_as_the_public_does_over_every_status(curator):
    make_practice("BE11", name_fr="Le phare", editorial_status=EditorialStatus.DRAFT)
    make_practice("BE12", name_fr="Les phares")
    make_practice("BE13")

    assert sorted(listed(curator.get(reverse(LIST), {"q": "phares"}))) == ["BE11", "BE12"]


@pytest.mark.parametrize(
    "asked",
    [
        {"editorial_status__exact": "draft"},
        {"operating_status__exact": "active"},
        {"verified_on__isempty": "1"},
        {"is_title_only__exact": "1"},
    ],
)
def test_list_filters(curator, asked):
    make_practice(
        "BE11",
        editorial_status=EditorialStatus.DRAFT,
        operating_status="active",
        is_title_only=True,
    )
    make_practice("BE12", verified_on="2026-01-01")

    assert listed(curator.get(reverse(LIST), asked)) == ["BE11"]


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three(curator, number, django_assert_num_queries):
    for _ in range(number):
        make_practice(terms=[make_term()], coverage=["63079"], help_languages=["fr"])

    with django_assert_num_queries(8):
        assert len(listed(curator.get(reverse(LIST)))) == number


def test_bulk_publishing_refuses_what_is_not_complete(curator):
    make_practice("BE11", editorial_status=EditorialStatus.DRAFT, published_at=None)
    make_practice("BE12", editorial_status=EditorialStatus.DRAFT, summary_fr="")
    chosen = list(Practice.objects.values_list("pk", flat=True))

    form = {"action": "publish", "_selected_action": chosen, "confirmed": "1"}
    response = curator.post(reverse(LIST), form, follow=True)

    assert codes(practice_list()) == ["BE11"]
    assert [str(message) for message in response.context["messages"]] == ["1 record changed."]


def test_bulk_unpublishing_takes_off_the_site_and_out_of_the_search(curator):
    practice = make_practice("BE11", name_en="Harbour")

    form = {"action": "unpublish", "_selected_action": [practice.pk], "confirmed": "1"}
    curator.post(reverse(LIST), form)

    assert codes(practice_list()) == []
    assert search("practice", "harbour", "en") == []


def test_bulk_deleting_takes_out_of_the_search(curator):
    practice = make_practice("BE11", name_en="Harbour")
    form = {"action": "delete_selected", "_selected_action": [practice.pk], "post": "yes"}

    curator.post(reverse(LIST), form)

    assert not Practice.objects.exists()
    assert search("practice", "harbour", "en", public_only=False) == []


def test_an_edit_shows_at_once_in_page_and_search(curator):
    practice = make_practice("BE11", name_en="Harbour")
    term = make_term("aim", "rest", name_en="quiet")
    form = typed(practice, name_en="Lighthouse", terms=[term.pk])

    response = curator.post(reverse(CHANGE, args=[practice.pk]), form)

    assert response.status_code == 302, response.context["adminform"].form.errors
    assert [hit.key for hit in search("practice", "lighthouse quiet", "en")] == ["BE11"]
    assert codes(practice_list(aim="rest")) == ["BE11"]


def test_a_draft_can_be_incomplete_and_a_published_record_not(curator):
    practice = make_practice("BE11", editorial_status=EditorialStatus.DRAFT, published_at=None)
    path = reverse(CHANGE, args=[practice.pk])

    draft = curator.post(path, typed(practice, summary_fr=""))
    published = curator.post(path, typed(practice, summary_fr="", editorial_status="published"))

    assert draft.status_code == 302
    assert published.status_code == 200
    assert "summary is missing in FR." in published.content.decode()


def test_publishing_by_hand_notes_the_moment(curator):
    practice = make_practice("BE11", editorial_status=EditorialStatus.DRAFT, published_at=None)

    curator.post(reverse(CHANGE, args=[practice.pk]), typed(practice, editorial_status="published"))

    practice.refresh_from_db()
    assert practice.published_at is not None


def test_citations_name_fields_and_taxonomies(curator):
    practice = make_practice("BE11", terms=[make_term()])
    practice.citations.create(field="terms.target_group", source=make_source())

    page = curator.get(reverse(CHANGE, args=[practice.pk])).content.decode()

    assert '<option value="terms.target_group" selected>' in page
    assert '<option value="for_whom">' in page


def test_view_on_site_leads_to_published_records_only(curator):
    seen = make_practice("BE11")
    draft = make_practice("BE12", editorial_status=EditorialStatus.DRAFT)

    pages = [curator.get(reverse(CHANGE, args=[one.pk])).content.decode() for one in (seen, draft)]

    assert "viewsitelink" in pages[0]
    assert "viewsitelink" not in pages[1]


@pytest.mark.parametrize("text", ['"', "AND", "' OR 1=1", "é" * 500, "((", "\\"])
def test_hostile_search_of_a_curator_is_answered(curator, text):
    make_practice()

    assert curator.get(reverse(LIST), {"q": text}).status_code == 200


def test_places_can_be_found_but_not_changed(curator):
    path = reverse("admin:places_place_changelist")

    assert curator.get(path, {"q": "4800"}).status_code == 200
    assert curator.get(reverse("admin:places_place_add")).status_code == 403


@pytest.mark.parametrize(("typed_months", "kept"), [("4", 4), ("", 9)])
def test_interval_of_verification_is_changed_or_stays_as_it_was(curator, typed_months, kept):
    practice = make_practice("BE11", verification_months=9)
    form = typed(practice, verification_months=typed_months)

    response = curator.post(reverse(CHANGE, args=[practice.pk]), form)

    assert response.status_code == 302
    practice.refresh_from_db()
    assert (practice.verification_months, practice.contact_verification_months) == (kept, 3)


def test_interval_of_no_month_is_refused(curator):
    practice = make_practice("BE11")

    response = curator.post(
        reverse(CHANGE, args=[practice.pk]), typed(practice, verification_months="0")
    )

    assert response.status_code == 200
    practice.refresh_from_db()
    assert practice.verification_months == 6


def with_rows(number):
    """A practice with that many citations and contacts, each of a source of its own."""
    practice = make_practice(coverage=["63079"], terms=[make_term()])
    for _ in range(number):
        Citation.objects.create(practice=practice, field="summary", source=make_source())
        phone = {"kind": "phone", "value": "02 111 22 33", "source": make_source()}
        PracticeContact.objects.create(practice=practice, **phone)
    return practice


@pytest.mark.parametrize("number", [1, 12])
def test_change_page_costs_the_same_queries_for_few_and_many_rows(
    curator, number, django_assert_num_queries
):
    practice = with_rows(number)
    curator.get(reverse(CHANGE, args=[practice.pk]))

    with django_assert_num_queries(25):
        page = curator.get(reverse(CHANGE, args=[practice.pk])).content.decode()

    for citation in practice.citations.all():
        assert f'<option value="{citation.source_id}" selected>{citation.source}' in page
