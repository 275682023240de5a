"""Every organisation of the dossier's list is a published record that says where it is from.

Of the dossier's list, `vsse` and `parket` are no help services and have no card; `categories` is a
list of kinds of people and places, not of organisations.
"""

import pytest

from network.models import Actor
from search.analysis import LANGUAGES

pytestmark = pytest.mark.django_db

# Code in the dossier, part A.1, to the records that hold it.
NAMED_IN_THE_SEEDS = {
    "fod-ibz-advp": ["fod-ibz-advp"],
    "kbs-frb": ["kbs-frb"],
    "ec": ["ec"],
    "odisee-kcgw": ["odisee-kcgw"],
    "cedem": ["cedem"],
    "cbai": ["cbai"],
    "de-touter": ["de-touter"],
    "vvsg": ["vvsg"],
    "gsob-erap": ["gsob-erap"],
    "bpv-bps": ["bpv-bps"],
    "vlaamse-overheid-abb": ["vlaamse-overheid-abb"],
    "vlaamse-regering": ["vlaamse-regering"],
    "ceapire": ["ceapire"],
    "textgain": ["textgain"],
    "solentra": ["solentra"],
    "caw-limburg": ["caw-limburg"],
    "netwerk-islamexperten": ["netwerk-islamexperten"],
    "uz-brussel": ["uz-brussel"],
    "caprev": ["fwb-caprev"],
    "crea": ["crea"],
    "fwb": ["fwb"],
    "waals-gewest": ["waals-gewest"],
    "bhg": ["bhg"],
    "cocof": ["cocof"],
    "dg": ["dg"],
    "one": ["one"],
    "dgaj": ["dgaj"],
    "dgde": ["dgde"],
    "kind-en-gezin": ["kind-en-gezin"],
    "huizen-vh-kind": ["huizen-vh-kind"],
    "caws": ["caws"],
    "clbs": ["clbs"],
    "jongerenwelzijn": ["jongerenwelzijn"],
    "opvoedingslijn": ["de-keerkring"],
    "cocon-vilvoorde": ["cocon-vilvoorde"],
    "arktos": ["arktos"],
    "save-belgium": ["save-belgium"],
    "safer-verviers": ["ville-de-verviers"],
    "charleroi-eir": ["ville-de-charleroi"],
    "molenbeek-prev": ["molenbeek-saint-jean"],
    "anderlecht-prev": ["anderlecht"],
    "antwerpen-team": ["stad-antwerpen"],
    "aalst-abc": ["aalst-abc"],
    "liege-csil": ["liege-csil"],
    "retissons": ["retissons"],
    "egregoros": ["egregoros"],
    "vilvoorde": ["stad-vilvoorde"],
    "mechelen-maaseik": ["stad-mechelen", "stad-maaseik"],
    "livc": ["livc"],
    "ntf-ltf": ["ntf-ltf"],
    "justitiehuizen": ["justitiehuizen"],
    "ocmw": ["ocmw"],
    "ran": ["ran"],
    "cprmv": ["cprmv"],
    "cpdsi": ["cpdsi"],
    "ugent": ["ugent"],
}

# Part A.2.
CLOSE_TO_THE_PROJECT = {
    "wegweiser": ["kaleido-ostbelgien"],
    "prerad": ["bravvo"],
    "prefer": ["prefer"],
    "befus": ["befus"],
    "schaerbeek": ["schaerbeek"],
}

DOSSIER = {**NAMED_IN_THE_SEEDS, **CLOSE_TO_THE_PROJECT}

NO_CARD = {"vsse", "parket", "categories"}

MEMBER_CATEGORIES = {"security_chain", "family_support_organisation"}

PLAIN = ("legal_form", "level", "also_known_as")
LISTS = ("sectors", "languages", "coverage", "roles")


def codes():
    return {code for held in DOSSIER.values() for code in held}


def filled_fields(actor):
    filled = {
        field
        for field in ("name", "description")
        if any(getattr(actor, f"{field}_{language}") for language in LANGUAGES)
    }
    filled |= {field for field in PLAIN if getattr(actor, field)}
    filled |= {field for field in LISTS if getattr(actor, field).exists()}
    return filled | ({"seat"} if actor.seat else set())


def test_table_holds_the_whole_list_but_what_has_no_card():
    assert not NO_CARD & set(DOSSIER)
    assert (len(NAMED_IN_THE_SEEDS), len(CLOSE_TO_THE_PROJECT)) == (56, 5)


@pytest.mark.parametrize(("dossier_id", "held"), DOSSIER.items())
def test_dossier_entry_is_a_published_organisation(dossier_id, held, content):
    found = Actor.objects.published().filter(code__in=held)

    assert {actor.code for actor in found} == set(held), dossier_id


@pytest.mark.parametrize("code", sorted(NO_CARD))
def test_left_aside_has_no_record(code, content):
    assert not Actor.objects.filter(code=code).exists()


@pytest.mark.parametrize("code", sorted(codes()))
@pytest.mark.parametrize("field", ["name", "description"])
def test_organisation_has_name_and_description_in_three_languages(code, field, content):
    actor = Actor.objects.get(code=code)

    assert all(getattr(actor, f"{field}_{language}") for language in LANGUAGES)


def test_every_filled_field_is_cited_and_nothing_else(content):
    actors = Actor.objects.prefetch_related("citations")

    differences = {
        actor.code: filled_fields(actor) ^ {citation.field for citation in actor.citations.all()}
        for actor in actors
    }

    assert {code: fields for code, fields in differences.items() if fields} == {}


def test_relations_name_a_source_and_go_one_way_once(content):
    pairs = [
        (actor.code, relation.kind, relation.other.code)
        for actor in Actor.objects.prefetch_related("relations__other")
        for relation in actor.relations.all()
    ]

    back = {(other, kind, one) for one, kind, other in pairs}
    assert pairs
    assert not back & set(pairs)


def test_nobody_is_a_member_of_the_network(content):
    members = Actor.objects.filter(roles__code__in=MEMBER_CATEGORIES)

    assert not members.exists()
    assert not Actor.objects.filter(memberships__isnull=False).exists()
