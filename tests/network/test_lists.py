"""The lists of organisations and of offers: what they find, count, refuse and never tell."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from care.sealing import seal
from network.models import Actor, Offer
from network.offers import OFFERS
from network.publishing import EditorialStatus
from places import gazetteer
from practices.actors import ACTORS
from search.listing.forms import ListForm
from search.listing.results import Results
from search.version import current
from tests.factories import in_all, make_actor, make_offer, make_practice
from tests.hostile import HOSTILE
from tests.pages import address, body, buttons, codes, get, text, total

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
LISTS = ("actor_list", "offer_list")
CANARY = "zwaluwnest"
HIDDEN = [EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW, EditorialStatus.ARCHIVED]


def listed(name, language="en", **asked):
    return get(address(name, language=language), asked)


def searched(name, language="en", **asked):
    """The page that the form leads to."""
    return Client().post(address(name, language=language), asked, follow=True)


def make_three(name):
    make = make_actor if name == "actor_list" else make_offer
    return [make(code=code, **in_all("name", f"House {code}")) for code in ("cc", "aa", "bb")]


# --- What they show ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_list_is_in_the_order_of_the_names(name, language):
    house = make_actor(code="zz")
    for code, title in (("cc", "Écluse"), ("aa", "Zon"), ("bb", "apple")):
        if name == "actor_list":
            make_actor(code=code, **in_all("name", title))
        else:
            make_offer(code=code, actor=house, **in_all("name", title))

    found = [code for code in codes(listed(name, language)) if code != "zz"]

    assert found == ["bb", "cc", "aa"]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("actor_list", 17), ("offer_list", 14)])
def test_list_costs_the_same_queries_for_one_and_three(
    name, queries, number, django_assert_num_queries
):
    """On a worker that has remembered nothing yet."""
    for code in ("aa", "bb", "cc")[:number]:
        house = make_actor(code=code, roles=["trainer"], coverage=["BE-VLG"], seat="11002")
        make_offer(code=code, actor=house, coverage=["BE-VLG"], languages=["nl"])

    with django_assert_num_queries(queries):
        page = listed(name)

    assert total(page) == number


@pytest.mark.parametrize("name", LISTS)
def test_warm_list_asks_for_the_data_version_only(name, django_assert_num_queries):
    make_three(name)
    listed(name)

    with django_assert_num_queries(1):
        listed(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_of_an_organisation_tells_what_it_is_and_how_much_it_does(language):
    house = make_actor(
        code="house", roles=["trainer"], level="local", seat="11002", coverage=["BE-VLG"]
    )
    make_practice("BE11", lead_actor=house)
    make_practice("BE12", lead_actor=house, editorial_status=EditorialStatus.DRAFT)
    make_practice("BE13").partners.add(house)
    make_offer(actor=house)
    make_offer(actor=house, editorial_status=EditorialStatus.DRAFT)

    card = body(listed("actor_list", language)).split('data-code="house"')[1].split("</article>")[0]
    told = re.sub(r"<[^>]+>", " ", card.split("</h3>")[1])

    assert f"trainer {language}" in told
    assert gazetteer.get("11002").names[language] in told
    assert re.findall(r"\b\d+\b", told) == ["1", "1", "1"]  # runs, takes part in, offers


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_of_an_offer_says_that_it_is_not_for_families(language):
    make_three("offer_list")

    page = body(listed("offer_list", language))

    assert page.count('<p class="for-professionals">') == 3


# --- What they find ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_find_by_relevance_in_any_language(language):
    make_actor(code="inside", **in_all("description", "with a lighthouse keeper"))
    make_actor(code="named", name_nl="Vuurtoren", name_fr="Phare", name_en="Lighthouse")
    make_actor(code="other")

    page = searched("actor_list", language, q="lighthouse")

    assert codes(page) == ["named", "inside"]
    assert codes(searched("actor_list", language, q="lighthouse", sort="name")) == [
        *sorted(["inside", "named"], key=lambda code: str(names_in(language)[code]))
    ]


def names_in(language):
    return dict(Actor.objects.values_list("code", f"name_{language}"))


def test_misspelled_word_is_corrected_and_the_original_offered():
    make_offer(code="light", **in_all("name", "Lighthouse keeping"))

    page = searched("offer_list", q="lighthuose")

    assert codes(page) == ["light"]
    assert "Results for lighthouse" in text(page)
    assert "exact=1" in buttons(page)
    assert codes(searched("offer_list", q="lighthuose", exact="1")) == []


def test_words_that_nothing_answers_lead_on():
    make_three("offer_list")

    page = searched("offer_list", q="qqqqqq")

    assert (page.status_code, total(page)) == (200, 0)
    assert "We have nothing on this" in text(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_place_brings_rungs_the_nearest_first(language):
    make_actor(code="country", coverage=["BE"])
    make_actor(code="untold")
    make_actor(code="province", coverage=["BE-VAN"])
    make_actor(code="town", coverage=["11002"])
    make_actor(code="elsewhere", coverage=["BE-WLX"])
    make_actor(code="beside", coverage=["11001"], seat="11001")

    page = searched("actor_list", language, place="2000")

    assert codes(page) == ["town", "province", "country", "beside", "untold"]
    assert re.findall(r'data-rung="(\w+)"', body(page)) == [
        *("municipality", "province", "national", "nearby", "unstated")
    ]


def test_unknown_place_is_said_and_filters_nothing():
    make_three("actor_list")

    page = searched("actor_list", place="Atlantis")

    assert total(page) == 3
    assert "We do not know a place called “Atlantis”" in text(page)


# --- What they count ---------------------------------------------------------------------------


@pytest.fixture
def mixed():
    """Organisations and offers that carry several values of every facet."""
    levels = ("local", "national", "", "local", "supralocal")
    for number, level in enumerate(levels):
        house = make_actor(
            code=f"a{number}",
            level=level,
            legal_form=("non_profit", "company")[number % 2],
            roles=["trainer", "funder", "helpdesk"][: number % 3 + 1],
            sectors=["family", "health"][: number % 2 + 1],
            languages=["nl", "fr"][number % 2 :],
            coverage=[["BE-VLG"], ["11002"], [], ["BE"], ["BE-WLG"]][number],
        )
        make_offer(
            code=f"o{number}",
            actor=house,
            kind=("training", "helpdesk")[number % 2],
            audiences=["schools", "helpers", "first_line"][: number % 3 + 1],
            forms=["online", "on_site"][number % 2 :],
            cost=("free", "", "paid")[number % 3],
            coverage=[["BE-VLG"], ["11002"], [], ["BE"], ["BE-WLG"]][number],
        )
    make_offer(code="draft", kind="training", editorial_status=EditorialStatus.DRAFT)


ASKED = [
    {},
    {"level": ["local"]},
    {"role": ["trainer"], "sector": ["health"]},
    {"role": ["funder", "helpdesk"], "legal_form": ["company"], "work_language": ["fr"]},
]
COLUMNS = {
    "role": "roles__code",
    "level": "level",
    "sector": "sectors__code",
    "legal_form": "legal_form",
    "work_language": "languages__code",
}


def counts_of(listing, asked):
    directory = listing.directory(current())
    form = ListForm(query_dict(asked), directory)
    assert form.is_valid(), form.errors
    return Results(listing.kind, directory, form.cleaned_data, form.choices).counts


def query_dict(asked):
    found = QueryDict(mutable=True)
    for name, values in asked.items():
        found.setlist(name, values)
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("asked", ASKED)
def test_count_of_a_value_is_that_of_sql(mixed, asked):
    counts = counts_of(ACTORS, asked)

    for facet in COLUMNS:
        for value, number in counts[facet].items():
            found = Actor.objects.published()
            for name, values in {**asked, facet: [value]}.items():
                carrying = Actor.objects.filter(**{f"{COLUMNS[name]}__in": values})
                found = found.filter(pk__in=carrying.values("pk"))
            assert number == found.count(), (facet, value)


@pytest.mark.thorough
@pytest.mark.parametrize("name", LISTS)
def test_choosing_a_value_brings_the_number_beside_it(mixed, name):
    listing = {"actor_list": ACTORS, "offer_list": OFFERS}[name]

    for facet, by_value in counts_of(listing, {}).items():
        for value, number in by_value.items():
            assert total(listed(name, **{facet: value})) == number, (facet, value)


def test_counts_of_offers_leave_out_what_is_not_public(mixed):
    counts = counts_of(OFFERS, {})

    public = Offer.objects.public()
    assert counts["kind"] == {
        kind: public.filter(kind=kind).count() for kind in ("training", "helpdesk")
    }
    assert counts["audience"]["helpers"] == len(
        [offer for offer in public if "helpers" in offer.audiences]
    )


def test_value_without_result_is_not_offered_but_one_that_is_chosen_stays(mixed):
    page = listed("actor_list", level="national", role="helpdesk")

    assert total(page) == 0
    assert re.findall(r'"checkbox" name="role" value="(\w+)"( checked)?', body(page)) == [
        *[("funder", ""), ("helpdesk", " checked"), ("trainer", "")]
    ]
    assert re.findall(r'"checkbox" name="level" value="(\w+)"( checked)?', body(page)) == [
        ("national", " checked")
    ]


# --- Pages, refusals, hostile input ------------------------------------------------------------


def test_long_list_comes_in_pages_and_a_page_that_does_not_exist_is_not_found():
    for number in range(21):
        make_actor(code=f"a{number:02}", **in_all("name", f"House {number:02}"))

    assert codes(listed("actor_list")) == [f"a{number:02}" for number in range(20)]
    assert codes(listed("actor_list", page=2)) == ["a20"]
    for page in ("3", "0", "-1", "x", "9" * 40):
        assert listed("actor_list", page=page).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_unknown_choice_is_refused_and_keeps_what_was_typed(name, language):
    facet = {"actor_list": "role", "offer_list": "kind"}[name]
    for page in (
        listed(name, language, q="mother", place="Gent", **{facet: "nobody"}),
        searched(name, language, q="mother", place="Gent", **{facet: "nobody"}),
    ):
        assert page.status_code == 400
        assert 'value="mother"' in body(page)
        assert 'value="Gent"' in body(page)


@pytest.mark.thorough
@pytest.mark.parametrize("name", LISTS)
def test_hostile_words_break_nothing(name):
    make_three(name)
    for words in HOSTILE:
        assert listed(name, q=words[:900], place=words[:90]).status_code == 200
        assert listed(name, kind=words[:90], role=words[:90]).status_code == 400


@pytest.mark.parametrize("name", LISTS)
def test_one_name_again_and_again_is_refused(name):
    path = address(name)

    assert get(f"{path}?{'&'.join(['kind=training'] * 50)}").status_code == 400
    assert Client().post(path, {"kind": ["training"] * 50}).status_code == 400


# --- Sealed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_form_leads_to_an_address_that_tells_nothing(name, language):
    make_three(name)

    answer = Client().post(address(name, language=language), {"q": CANARY, "place": "4800"})
    page = get(answer.headers["Location"])

    assert answer.status_code == 303
    assert CANARY not in unquote(answer.headers["Location"])
    assert "4800" not in answer.headers["Location"]
    for shown in (answer, page):
        assert shown.headers["Cache-Control"] == "no-store"
        assert shown.headers["X-Robots-Tag"] == "noindex"
        assert not shown.cookies
    assert f'value="{CANARY}"' in body(page)
    assert not [link for link in re.findall(r'href="([^"]*)"', body(page)) if CANARY in link]


def test_button_changes_one_thing_and_keeps_the_rest():
    make_actor(code="aa", level="local", **in_all("name", "House a"))
    make_actor(code="bb", level="national", **in_all("name", "House b"))
    sealed = Client().post(address("actor_list"), {"q": "house", "level": "local"})

    changed = Client().post(sealed.headers["Location"], {"change": "level="}, follow=True)
    in_french = Client().post(sealed.headers["Location"], {"language": "fr"})
    readable = Client().post(sealed.headers["Location"], {"readable": "1"})

    assert codes(changed) == ["aa", "bb"]
    assert in_french.headers["Location"].startswith(address("actor_list", language="fr"))
    assert readable.headers["Location"] == f"{address('actor_list')}?q=house&level=local"


def test_form_without_anything_leads_to_the_plain_list():
    answer = Client().post(address("offer_list"), {"q": " ", "place": ""})

    assert answer.headers["Location"] == address("offer_list")


@pytest.mark.parametrize("language", LANGUAGES)
def test_expired_search_says_so_with_an_empty_form(language, monkeypatch):
    path = address("actor_list", language=language)
    sealed = Client().post(path, {"q": CANARY}).headers["Location"]
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr("search.listing.asking.timezone.now", lambda: later)

    page = get(sealed)

    assert page.status_code == 200
    assert CANARY not in body(page)
    assert f'action="{path}"' in body(page)


@pytest.mark.parametrize("name", LISTS)
def test_seal_of_somebody_else_is_not_found(name):
    token = seal("q=house")

    for broken in ("nobody", token[:-4], token.swapcase()):
        assert get(address(f"sealed_{name}", broken)).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_plain_list_has_a_tag_until_something_changes(name, django_assert_num_queries):
    first, *_others = make_three(name)
    tag = listed(name).headers["ETag"]

    with django_assert_num_queries(1):
        unchanged = get(address(name), if_none_match=tag)
    first.save()

    assert unchanged.status_code == 304
    assert get(address(name), if_none_match=tag).status_code == 200


# --- What is not public ------------------------------------------------------------------------


def hide(status):
    """An organisation with an offer; and an offer of its own of one that readers see."""
    named = {**in_all("name", CANARY), "also_known_as": CANARY}
    house = make_actor(code=CANARY, editorial_status=status, roles=["trainer"], **named)
    make_offer(code=f"{CANARY}-a", actor=house, **in_all("name", CANARY))
    shown = make_actor(code="shown")
    make_offer(code=f"{CANARY}-b", actor=shown, editorial_status=status, **in_all("name", CANARY))
    return house


@pytest.mark.thorough
@pytest.mark.parametrize("status", HIDDEN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_organisation_and_offer_are_in_no_list_count_or_search(language, status):
    hide(status)

    actors, offers = listed("actor_list", language), listed("offer_list", language)

    assert (codes(actors), total(actors)) == (["shown"], 1)
    assert (codes(offers), total(offers)) == ([], 0)
    assert CANARY not in body(actors) + body(offers)
    for name in LISTS:
        assert codes(searched(name, language, q=CANARY)) == []
    assert counts_of(ACTORS, {})["role"] == {}


@pytest.mark.parametrize("status", HIDDEN)
def test_offer_of_an_unpublished_organisation_has_no_page(status):
    hide(status)

    for code in (f"{CANARY}-a", f"{CANARY}-b", "nothing"):
        assert get(address("offer_detail", code)).status_code == 404


def test_the_same_offer_shows_once_its_organisation_is_published():
    house = hide(EditorialStatus.DRAFT)
    listed("offer_list")

    house.editorial_status = EditorialStatus.PUBLISHED
    house.save()

    assert codes(listed("offer_list")) == [f"{CANARY}-a"]
    assert codes(searched("offer_list", q=CANARY)) == [f"{CANARY}-a"]
    assert get(address("offer_detail", f"{CANARY}-a")).status_code == 200
