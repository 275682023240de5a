"""The content files as they stand in the database, and as readers see them."""

import re
from html import unescape

import pytest
from django.utils.translation import gettext, override

from guide.strip import help_strip
from network.models import ActorContact
from practices.models import TEXT_FIELDS, Practice, PracticeContact
from search import version
from search.analysis import LANGUAGES
from tests.factories import make_help_line

pytestmark = pytest.mark.django_db

VALUES = ("also_known_as", "lead_actor", "cost", "anonymity", "access", "operating_status")
# Never created: written to records that are there.
RELATIONS_OF_RECORDS = {"actor_relations", "related_terms"}
RELATIONS = ("partners", "coverage", "seats", "help_languages")
CONTACT = re.compile(r'<li class="(?:phone|email|website|address)">.*?</li>', re.DOTALL)


def published():
    return Practice.objects.published().with_page_relations().order_by("code")


def filled_fields(practice):
    """What the page states, by the names that citations use."""
    filled = {
        field
        for field in ("name", *TEXT_FIELDS)
        if any(getattr(practice, f"{field}_{language}") for language in LANGUAGES)
    }
    filled |= {field for field in VALUES if getattr(practice, field)}
    filled |= {field for field in RELATIONS if getattr(practice, field).exists()}
    return filled | {f"terms.{term.taxonomy.code}" for term in practice.terms.all()}


def shown_contacts(client, practice, language):
    """The contacts on the page of a practice, as words."""
    with override(language):
        response = client.get(practice.get_absolute_url())
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return [in_words(contact) for contact in CONTACT.findall(main)]


def contacts(practice):
    """Its own, or those of its organisation."""
    own = list(practice.contacts.all())
    return own or (list(practice.lead_actor.contacts.all()) if practice.lead_actor else [])


def in_words(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def year_note(contact):
    if contact.year:
        return gettext("source of %(year)s, check before use") % {"year": contact.year}
    return gettext("source undated, check before use")


# --- Records -----------------------------------------------------------------------------------


def test_all_practices_are_published():
    assert Practice.objects.count() == 37
    assert Practice.objects.published().count() == 37


def test_everything_was_created(content):
    loaded = {
        kind: outcomes for kind, outcomes in content.items() if kind not in RELATIONS_OF_RECORDS
    }
    created = {kind: outcomes["created"] for kind, outcomes in loaded.items()}

    assert created == {kind: outcomes.total() for kind, outcomes in loaded.items()}
    assert (created["practice"], created["actor"], created["help_line"]) == (37, 72, 19)


@pytest.mark.parametrize("field", ["name", "summary", "slug"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_practice_has_name_summary_and_slug(field, language):
    empty = Practice.objects.filter(**{f"{field}_{language}__isnull": True})
    blank = Practice.objects.filter(**{f"{field}_{language}": ""})

    assert [*empty, *blank] == []


def test_slugs_are_unique():
    slugs = [
        slug
        for row in Practice.objects.values_list("slug_nl", "slug_fr", "slug_en")
        for slug in {*row}
    ]

    assert len(slugs) == len(set(slugs))


def test_no_practice_claims_to_be_verified():
    assert not Practice.objects.filter(verified_on__isnull=False).exists()


def test_every_filled_field_is_cited_and_nothing_else():
    practices = published().prefetch_related("citations")

    differences = {
        practice.code: filled_fields(practice) ^ {c.field for c in practice.citations.all()}
        for practice in practices
    }

    assert {code: fields for code, fields in differences.items() if fields} == {}


@pytest.mark.parametrize("model", [PracticeContact, ActorContact])
def test_every_contact_has_a_source(model):
    assert model.objects.exists()
    assert not model.objects.filter(source=None).exists()


# --- Pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_practice_page_shows_its_contacts_with_their_year(language, client):
    for practice in published():
        shown = shown_contacts(client, practice, language)

        with override(language):
            wanted = [(contact.shown_value, year_note(contact)) for contact in contacts(practice)]
        assert len(shown) == len(wanted), practice
        for words, (value, note) in zip(shown, wanted, strict=True):
            assert f" {value} " in words, practice
            assert words.endswith(note), practice


def test_protected_address_shows_its_municipality_only(client):
    practice = Practice.objects.get(code="VB18")
    practice.contacts.create(
        kind="address",
        value="Verborgen straat 1",
        year=2016,
        source=practice.contacts.first().source,
        is_protected=True,
        municipality=practice.seats.get(),
        order=9,
    )

    shown = shown_contacts(client, practice, "en")

    assert shown[-1] == (
        "Address Ghent (the full address is not shown, to protect people) "
        "source of 2016, check before use"
    )
    assert "Verborgen" not in client.get(practice.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("language", "codes"),
    [
        ("nl", ["opvoedingslijn", "lijn-1712", "caw", "tele-onthaal", "awel"]),
        (
            "fr",
            [
                "caprev",
                "tele-accueil",
                "ecoute-enfants",
                "wegweiser-ostbelgien",
                "centre-prevention-suicide",
            ],
        ),
        ("en", ["wegweiser-ostbelgien"]),
    ],
)
def test_help_strip_shows_urgent_numbers_and_lines_for_families(language, codes, rf):
    make_help_line(code="colleagues", audience="professionals", languages=["nl", "fr", "en"])
    request = rf.get("/")
    request.data_version = version.current()

    with override(language):
        strip = help_strip(request)

    assert [line.number for line in strip["urgent"]] == ["112", "101"]
    assert [line.code for line in strip["lines"]] == codes
