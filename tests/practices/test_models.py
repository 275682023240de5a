import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from network.history import one_record
from network.publishing import EditorialStatus
from places.models import Place
from practices.models import Practice, PracticeContact
from search.query import search
from search.version import current
from tests.factories import make_actor, make_practice, make_source, make_term

pytestmark = pytest.mark.django_db


def found(text, **options):
    return [hit.key for hit in search("practice", text, "en", **options)]


def test_published_practice_without_moment_is_refused_by_the_database():
    practice = make_practice()

    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=practice.pk).update(published_at=None)


def test_publishing_notes_the_first_moment_and_keeps_it():
    practice = make_practice(editorial_status=EditorialStatus.DRAFT, published_at=None)

    practice.editorial_status = EditorialStatus.PUBLISHED
    practice.save()
    first = practice.published_at
    practice.editorial_status = EditorialStatus.DRAFT
    practice.save()
    practice.editorial_status = EditorialStatus.PUBLISHED
    practice.save()

    assert practice.published_at == first is not None


@pytest.mark.parametrize("status", ["ended", "renamed"])
def test_ended_practice_needs_a_date_or_says_it_is_unknown(status):
    practice = make_practice()
    rows = Practice.objects.filter(pk=practice.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(operating_status=status)
    rows.update(operating_status=status, operating_status_date="2018-02")
    rows.update(operating_status_date="", is_operating_status_date_unknown=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(operating_status_date="2018")


@pytest.mark.parametrize("date", ["18", "2018-13", "2018-02-30", "2018-2", "feb 2018"])
def test_date_of_the_status_is_a_year_month_or_day(date):
    practice = make_practice()
    practice.operating_status_date = date

    with pytest.raises(ValidationError) as refused:
        practice.full_clean()

    assert list(refused.value.message_dict) == ["operating_status_date"]


def test_practice_is_published_in_three_languages_or_not():
    practice = make_practice()
    practice.summary_fr = ""

    with pytest.raises(ValidationError) as refused:
        practice.full_clean()

    assert refused.value.message_dict["editorial_status"] == ["summary is missing in FR."]


def test_code_and_slug_are_unique():
    practice = make_practice("VB21")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_practice("VB21", slug_nl="x", slug_fr="y", slug_en="z")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_practice("VB22", slug_nl=practice.slug_nl)


def test_draft_of_an_organisation_is_not_named_in_public():
    actor = make_actor(editorial_status=EditorialStatus.DRAFT)
    practice = make_practice(lead_actor=actor)

    assert practice.public_lead_actor is None


def test_every_change_shows_in_the_next_search():
    practice = make_practice("VB21", name_en="Harbour")
    assert found("harbour") == ["VB21"]

    practice.name_en = "Lighthouse"
    practice.save()
    assert (found("harbour"), found("lighthouse")) == ([], ["VB21"])

    practice.editorial_status = EditorialStatus.DRAFT
    practice.save()
    assert found("lighthouse") == []
    assert found("lighthouse", public_only=False) == ["VB21"]

    Practice.objects.filter(pk=practice.pk).publish()
    assert found("lighthouse") == ["VB21"]

    practice.delete()
    assert found("lighthouse", public_only=False) == []


def test_row_and_relations_saved_as_one_change_are_searched_once_as_they_are_at_the_end():
    term = make_term("target_group", "mothers", name_en="mothers")
    make_practice("VB21")
    practice = Practice.objects.prefetch_related("terms").get()

    with CaptureQueriesContext(connection) as asked, one_record(practice):
        practice.name_en = "Lighthouse"
        practice.save()
        practice.terms.add(term)

    written = [query for query in asked if 'INTO "search_document"' in query["sql"]]
    assert len(written) == 1
    assert found("lighthouse") == found("mothers") == ["VB21"]


def test_relation_written_beside_the_record_is_searched_and_makes_a_new_data_version():
    term = make_term("target_group", "mothers", name_en="mothers")
    make_practice("VB21")
    practice = Practice.objects.prefetch_related("terms").get()

    with one_record(practice):
        practice.save()
        saved = current()
        Practice.terms.through.objects.create(practice=practice, taxonomyterm=term)

    assert found("mothers") == ["VB21"]
    assert current() != saved


def test_deleting_many_takes_each_out_of_the_search():
    make_practice("VB21", name_en="Harbour")
    make_practice("VB22", name_en="Harbour")

    Practice.objects.all().delete()

    assert found("harbour", public_only=False) == []


def test_search_knows_terms_places_and_organisation_in_every_language():
    actor = make_actor(name_nl="De Vuurtoren", name_fr="Le Phare", name_en="The Beacon")
    term = make_term("target_group", "mothers", name_fr="mères", name_en="mothers")
    make_practice("VB21", lead_actor=actor, terms=[term], coverage=["62063"])

    for word in ("vuurtoren", "phare", "beacon", "mères", "mothers", "Luik", "Liège", "Lüttich"):
        assert found(word) == ([] if word == "Lüttich" else ["VB21"]), word


def test_renaming_an_organisation_or_term_shows_in_the_search_of_its_practices():
    actor = make_actor(name_en="Old beacon")
    term = make_term("aim", "rest", name_en="silence")
    make_practice("VB21", lead_actor=actor, terms=[term])

    actor.name_en = "New lantern"
    actor.save()
    term.name_en = "quiet"
    term.save()

    assert (found("beacon"), found("lantern")) == ([], ["VB21"])
    assert (found("silence"), found("quiet")) == ([], ["VB21"])


def test_unpublishing_an_organisation_takes_its_name_out_of_the_search():
    actor = make_actor(name_en="Secret lantern")
    make_practice("VB21", lead_actor=actor)

    actor.editorial_status = EditorialStatus.DRAFT
    actor.save()

    assert found("lantern") == []


def test_every_change_makes_a_new_data_version():
    versions = [current()]
    practice = make_practice()
    versions.append(current())
    practice.save()
    versions.append(current())
    practice.delete()
    versions.append(current())

    assert len(set(versions)) == 4


def test_contact_is_checked():
    practice, source = make_practice(), make_source()

    for kind, value in [("phone", "call me"), ("email", "nobody"), ("website", "example.org")]:
        contact = PracticeContact(practice=practice, source=source, kind=kind, value=value)
        with pytest.raises(ValidationError):
            contact.full_clean()


def test_protected_address_shows_its_municipality_only():
    contact = PracticeContact(
        practice=make_practice(),
        source=make_source(),
        kind="address",
        value="Stille straat 1, 4800 Verviers",
        is_protected=True,
        municipality=Place.objects.get(code="63079"),
    )

    contact.full_clean()

    assert contact.shown_value == "Verviers"
    assert contact.href == ""


def test_protected_address_needs_a_municipality_and_only_addresses_are_protected():
    practice, source = make_practice(), make_source()
    values = {"practice": practice, "source": source, "is_protected": True}
    verviers = Place.objects.get(code="63079")

    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeContact.objects.create(kind="address", value="Straat 1", **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeContact.objects.create(kind="phone", value="1", municipality=verviers, **values)
