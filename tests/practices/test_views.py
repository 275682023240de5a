import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from network.publishing import EditorialStatus
from practices.models import PracticeContact
from tests.factories import (
    make_actor,
    make_help_line,
    make_practice,
    make_source,
    make_term,
)
from tests.hostile import HOSTILE
from tests.pages import address, body, codes, get, links, practice_list, text, total

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
SLUGS = {"nl": "/nl/praktijken/", "fr": "/fr/pratiques/", "en": "/en/practices/"}


# --- List --------------------------------------------------------------------------------------


def counted(response, name):
    """The number beside a facet value of this name."""
    found = re.search(rf"<span>{name}</span> <span class=\"count\">(\d+)</span>", body(response))
    return int(found[1])


def test_list_counts_anew_for_each_language_choice_and_edit():
    parents = make_term(**{f"name_{code}": f"Parents {code}" for code in LANGUAGES})
    schools = make_term(code="schools", **{f"name_{code}": f"Schools {code}" for code in LANGUAGES})
    make_practice(terms=[parents, schools])
    make_practice(terms=[parents], operating_status="active")

    for language in (*LANGUAGES, *LANGUAGES):
        assert counted(practice_list(language), f"Parents {language}") == 2
    assert counted(practice_list(status="active"), "Parents en") == 1
    assert counted(practice_list(), "Parents en") == 2
    make_practice(terms=[parents])
    assert counted(practice_list(), "Parents en") == 3
    assert "checked" not in body(practice_list())


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_shows_published_practices_in_every_language(language):
    make_practice("BE11")
    make_practice("BE12", editorial_status=EditorialStatus.DRAFT)

    response = get(SLUGS[language])

    assert response.status_code == 200
    assert codes(response) == ["BE11"]
    assert total(response) == 1
    assert f"Practice BE11 {language}" in text(response)
    assert "BE12" not in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["status", "help_language", "sort", "target_group"])
def test_list_refuses_a_choice_that_does_not_exist(language, name):
    make_practice("BE11", terms=[make_term()], help_languages=["nl"])

    response = practice_list(language, **{name: "zzz", "q": "typed words"})

    assert response.status_code == 400
    assert codes(response) == []
    assert 'role="alert"' in response.content.decode()
    assert 'value="typed words"' in response.content.decode()


def test_list_drops_unknown_parameters_from_its_links():
    for number in range(25):
        make_practice(f"BE{number + 10}", terms=[make_term()])

    response = practice_list(utm_source="spy", q="practice", target_group="parents")

    assert response.status_code == 200
    assert not [link for link in links(response) if "utm_source" in link]
    assert [link for link in links(response) if "page=2" in link]


def test_list_pages_hold_twenty_and_together_everything():
    expected = [make_practice(f"BE{number + 10}").code for number in range(41)]

    pages = [practice_list(page=number) for number in (1, 2, 3)]

    assert [len(codes(page)) for page in pages] == [20, 20, 1]
    assert sorted(code for page in pages for code in codes(page)) == expected
    assert {total(page) for page in pages} == {41}


@pytest.mark.parametrize("page", ["0", "-1", "3", "99999999999", "abc", "1.5", "2 "])
def test_list_page_that_does_not_exist_is_not_found(page):
    make_practice()

    assert practice_list(page=page).status_code == 404


def test_list_words_and_filters_narrow_together():
    parents, mothers = make_term(code="parents"), make_term(code="mothers")
    group = make_term("work_form", "group")
    make_practice("BE11", name_en="Harbour", terms=[parents, group])
    make_practice("BE12", name_en="Harbour", terms=[mothers])
    make_practice("BE13", name_en="Harbour")
    make_practice("BE14", name_en="Forest", terms=[parents])

    assert codes(practice_list(q="harbour", target_group=["parents", "mothers"])) == [
        "BE11",
        "BE12",
    ]
    assert codes(practice_list(target_group="parents", work_form="group")) == ["BE11"]
    assert codes(practice_list(q="harbour", work_form="group", target_group="mothers")) == []


def test_list_filters_by_status_and_language_of_help():
    make_practice("BE11", operating_status="active", help_languages=["ar"])
    make_practice("BE12", help_languages=["nl"])

    assert codes(practice_list(status="active")) == ["BE11"]
    assert codes(practice_list(status=["active", "unknown"])) == ["BE11", "BE12"]
    assert codes(practice_list(help_language="nl")) == ["BE12"]


def test_list_counts_say_what_choosing_a_value_brings():
    parents, mothers = make_term(code="parents"), make_term(code="mothers")
    group = make_term("work_form", "group")
    make_practice("BE11", terms=[parents, group])
    make_practice("BE12", terms=[parents, mothers])
    make_practice("BE13", terms=[group], editorial_status=EditorialStatus.DRAFT)

    page = practice_list(target_group="mothers").content.decode()

    assert counts_of(page) == {"parents": 2, "mothers": 1, "unknown": 1}


def counts_of(page):
    """Value → count of every checkbox."""
    values = page.split('<input type="checkbox"')[1:]
    return {
        value.split('value="')[1].split('"')[0]: int(value.split('class="count">')[1].split("<")[0])
        for value in values
    }


@pytest.mark.parametrize("place", ["4800", "Verviers", "63079", "verviers"])
def test_list_of_a_place_puts_the_closest_coverage_first(place):
    make_practice("BE11", coverage=["BE"])
    make_practice("BE12", coverage=["BE-WAL"])
    make_practice("BE13", coverage=["63079"])
    make_practice("BE14", coverage=["62063"])
    make_practice("BE15")

    response = practice_list(place=place)

    assert codes(response) == ["BE13", "BE12", "BE11", "BE15"]
    assert "Our sources do not say where these work" in text(response)


def test_list_of_a_postal_code_in_two_municipalities_counts_both():
    make_practice("BE11", coverage=["21005"])
    make_practice("BE12", coverage=["21004"])

    response = practice_list(place="1040")

    assert codes(response) == ["BE11", "BE12"]
    assert "1040 (Etterbeek, Brussels)" in text(response)


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_of_an_unknown_place_says_so_and_shows_everything(language):
    make_practice("BE11", coverage=["63079"])
    make_practice("BE12")

    response = practice_list(language, place="Atlantis")

    assert response.status_code == 200
    assert codes(response) == ["BE11", "BE12"]
    assert "Atlantis" in text(response)
    assert 'value="Atlantis"' in response.content.decode()


def test_list_offers_other_meanings_and_similar_names_by_code():
    make_practice("BE11", coverage=["41002"])

    aalst, misspelled = practice_list(place="Aalst"), practice_list(place="Vilvordee")

    assert "Aalst (Sint-Truiden)" in text(aalst)
    assert "?place=71053" in links(aalst)
    assert "?place=23088" in links(misspelled)


def test_list_sorts_by_distance_verification_and_name():
    make_practice("BE11", name_en="B", coverage=["BE"], seats=["44021"])
    make_practice(
        "BE12", name_en="A", coverage=["BE"], seats=["62063"], verified_on=timezone.localdate()
    )
    make_practice("BE13", name_en="C", coverage=["BE"])

    assert codes(practice_list(sort="nearest", place="Verviers")) == ["BE12", "BE11", "BE13"]
    assert codes(practice_list(sort="verified")) == ["BE12", "BE11", "BE13"]
    assert codes(practice_list(sort="name")) == ["BE12", "BE11", "BE13"]
    assert codes(practice_list(sort="best")) == ["BE12", "BE11", "BE13"]
    assert "Type a place above" in text(practice_list(sort="nearest"))


def test_list_chips_remove_one_choice_each():
    make_practice("BE11", name_en="Harbour", terms=[make_term()], coverage=["63079"])
    asked = {"q": "harbour", "place": "4800", "target_group": "parents"}

    found = links(practice_list(**asked))

    for name in asked:
        left = {other: value for other, value in asked.items() if other != name}
        assert "?" + urlencode(left) in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_without_results_shows_the_help_lines(language):
    make_help_line(languages=[language], number="0800 99 999")

    response = practice_list(language, q="zzzzzz")

    assert (response.status_code, total(response)) == (200, 0)
    assert response.content.decode().count("0800\N{NO-BREAK SPACE}99\N{NO-BREAK SPACE}999") == 2


def test_list_language_switch_keeps_search_filters_and_page():
    for number in range(25):
        make_practice(f"BE{number + 10}", terms=[make_term()])

    found = links(practice_list(q="practice", target_group="parents", page=2))

    for slug in SLUGS.values():
        assert f"{slug}?q=practice&target_group=parents&page=2" in found


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three(number, django_assert_num_queries):
    for _ in range(number):
        practice = make_practice(
            terms=[make_term()],
            coverage=["63079"],
            seats=["63079"],
            lead_actor=make_actor(),
            help_languages=["fr"],
        )
        contact = {"kind": "phone", "value": "087 11 22 33", "source": make_source()}
        PracticeContact.objects.create(practice=practice, **contact)
    make_help_line(languages=["en"])

    with django_assert_num_queries(46):
        assert total(practice_list(q="practice", place="4800")) == number
    with django_assert_num_queries(4):
        assert total(practice_list(q="practice", place="4800")) == number


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "texts"),
    [("q", HOSTILE), ("place", HOSTILE)]
    + [(choice, HOSTILE[::5]) for choice in ("target_group", "sort", "page", "status")],
)
def test_list_answers_every_text(name, texts):
    make_practice("BE11")

    for hostile in texts:
        response = practice_list(**{name: hostile})

        assert response.status_code in {200, 400, 404, 414}, (name, hostile)


def test_list_answers_a_raw_address_of_broken_bytes():
    for query in (
        "q=%ff%fe",
        "q=%c3%28",
        "q=%00",
        "%00=1",
        "q=%ed%a0%80",
        "&&&==&=",
        "q",
        "q=%u20",
    ):
        response = Client().get("/en/practices/?" + query)

        assert response.status_code in {200, 400}, query


def test_list_refuses_a_thousand_and_more_parameters():
    response = Client().get("/en/practices/?" + "&".join(f"a{n}=1" for n in range(1100)))

    assert response.status_code == 413


def test_list_refuses_an_endless_address():
    response = practice_list(q="a" * 9000)

    assert response.status_code == 414
    assert "too long" in text(response)


def test_list_never_shows_what_a_draft_carries():
    term = make_term(code="parents", name_en="Canary term")
    actor = make_actor(name_en="Canary actor", editorial_status=EditorialStatus.DRAFT)
    make_practice("BE11", lead_actor=actor)
    make_practice(
        "BE12",
        name_en="Canary practice",
        terms=[term],
        coverage=["63079"],
        help_languages=["ar"],
        operating_status="active",
        editorial_status=EditorialStatus.DRAFT,
    )

    for asked in ({}, {"q": "lantern"}, {"place": "4800"}, {"status": "active"}):
        assert "canary" not in practice_list(**asked).content.decode().lower(), asked
    assert codes(practice_list(q="canary")) == []
    assert total(practice_list(status="active")) == 0


def test_list_marks_the_words_found_in_name_and_summary():
    make_practice("BE11", name_en="Harbour <b>", summary_en="A harbour, and harbours.")

    page = practice_list(q="harbour").content.decode()

    assert "<mark>Harbour</mark> &lt;b&gt;" in page
    assert "A <mark>harbour</mark>, and <mark>harbours</mark>." in page


def test_list_says_when_words_were_found_in_another_language_only():
    make_practice("BE11", activities_fr="Un phare dans la nuit.")

    assert "Found in the text in: French" in text(practice_list(q="phare"))
    assert "Found in the text in" not in text(practice_list("fr", q="phare"))


def test_list_says_what_was_corrected_and_offers_the_words_as_typed():
    make_practice("BE11", name_en="Lighthouse keeper")

    response = practice_list(q="lighthuose")

    assert codes(response) == ["BE11"]
    assert "Results for lighthouse . Search instead for lighthuose" in text(response)
    assert "?q=lighthuose&exact=1" in links(response)
    assert codes(practice_list(q="lighthuose", exact="1")) == []


def test_list_offers_the_place_named_among_the_words():
    make_practice("BE11", name_en="Harbour", coverage=["63079"])

    response = practice_list(q="harbour in Verviers")

    assert codes(response) == ["BE11"]
    assert "?q=harbour+in+Verviers&place=63079" in links(response)


def test_words_that_are_only_a_place_lead_to_everything_there():
    make_practice("BE11", name_en="Verviers desk", coverage=["63079"])
    make_practice("BE12", name_en="Harbour", coverage=["BE"])

    response = practice_list(q="verviers")

    assert codes(response) == ["BE11"]
    assert "Verviers: 2 results" in text(response)
    assert "?place=63079" in links(response)
    assert codes(practice_list(place="63079")) == ["BE11", "BE12"]


def test_words_beside_a_place_stay_when_the_place_is_taken():
    make_practice("BE11", name_en="Harbour", coverage=["63079"])
    make_practice("BE12", name_en="Forest", coverage=["63079"])

    assert "Verviers: 1 result" in text(practice_list(q="harbour in Verviers"))


def test_list_shows_urgent_numbers_first_when_words_signal_danger():
    make_help_line(number="112", is_urgent=True)

    page = practice_list(q="suicide").content.decode()

    assert 'role="alert"' in page
    assert page.index('class="danger"') < page.index("data-total")


def test_list_without_results_offers_what_leaving_out_a_choice_brings():
    make_practice("BE11", name_en="Harbour", terms=[make_term()])
    make_practice("BE12", name_en="Forest", terms=[make_term(code="mothers")])

    response = practice_list(q="harbour", target_group="mothers")

    assert codes(response) == []
    assert "Leave out mothers en: 1 practice" in text(response)
    assert "Leave out “harbour”: 1 practice" in text(response)


# --- Detail ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_detail_shows_every_known_field_with_its_sources(language):
    source = make_source(publisher_nl="Bron", publisher_fr="Bron", publisher_en="Bron", year=2017)
    fields = ["for_whom", "first_contact", "activities", "waiting", "aims", "method", "period"]
    fields += ["partner_note", "reach", "evaluation", "funding", "context", "status_note"]
    texts = {f"{field}_{code}": f"{field} {code}." for field in fields for code in LANGUAGES}
    practice = make_practice("BE11", terms=[make_term()], coverage=["63079"], **texts)
    for field in fields:
        practice.citations.create(field=field, source=source)

    page = get(address("practice_detail", f"be11-{language}", language=language))

    assert page.status_code == 200
    for field in fields:
        assert f"{field} {language}." in text(page)
    assert "Bron" in text(page)
    assert "2017" in text(page)
    assert page.content.decode().count('href="#source-1"') == len(fields)


def test_detail_links_contacts_and_shows_their_year():
    practice = make_practice("BE11")
    values = {"phone": "087 11 22 33", "email": "info@example.org", "website": "https://a.example/"}
    for kind, value in values.items():
        practice.contacts.create(kind=kind, value=value, year=2016, source=make_source())
    practice.contacts.create(kind="phone", value="087 44 55 66", source=make_source())

    page = get(address("practice_detail", "be11-en"))

    assert {"tel:087112233", "mailto:info@example.org", "https://a.example/"} <= set(links(page))
    assert text(page).count("source of 2016, check before use") == 3
    assert text(page).count("source undated, check before use") == 1


def test_detail_says_what_is_not_known():
    make_practice("BE11")

    page = get(address("practice_detail", "be11-en"))

    assert (
        "Not stated in our sources: organisation, phone, e-mail or website, for whom, what happens "
        "when you make contact, area served, languages of help, cost, anonymity, waiting time."
    ) in text(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_detail_of_a_title_only_record_says_what_to_do_next(language):
    make_practice("BE11", is_title_only=True)

    page = get(address("practice_detail", f"be11-{language}", language=language))

    assert page.status_code == 200
    assert address("practice_list", language=language) in links(page)
    assert 'class="note"' in page.content.decode()


def test_detail_reads_another_language_with_a_notice():
    make_practice("BE11", aims_nl="Rust brengen.")

    page = get(address("practice_detail", "be11-fr", language="fr")).content.decode()

    assert '<div lang="nl"><p>Rust brengen.</p></div>' in page
    assert 'class="fallback"' in page


def test_detail_of_another_language_slug_leads_to_the_right_address():
    make_practice("BE11")

    response = get(address("practice_detail", "be11-nl", language="fr"))

    assert (response.status_code, response.url) == (302, "/fr/pratiques/be11-fr/")


def test_detail_of_a_slug_that_two_practices_share_in_two_languages_is_answered():
    make_practice("BE11", slug_nl="shared")
    make_practice("BE12", slug_fr="shared")

    assert get(address("practice_detail", "shared", language="nl")).status_code == 200
    assert get(address("practice_detail", "shared")).url == "/en/practices/be11-en/"


def test_detail_of_a_draft_answers_like_one_that_does_not_exist():
    make_practice("BE11", name_en="Canary", editorial_status=EditorialStatus.DRAFT)

    draft, nothing = (get(address("practice_detail", slug)) for slug in ("be11-en", "be99-en"))

    assert draft.status_code == nothing.status_code == 404
    assert draft.content.replace(b"be11-en", b"") == nothing.content.replace(b"be99-en", b"")


def test_detail_language_links_have_each_language_slug():
    make_practice("BE11")

    found = links(get(address("practice_detail", "be11-en")))

    for language, slug in SLUGS.items():
        assert f"{slug}be11-{language}/" in found


def test_detail_has_a_neutral_title_and_no_result_mark():
    make_practice("BE11", name_en="Telling name")

    page = get(address("practice_detail", "be11-en")).content.decode()

    assert "<title>Family Support – Practice</title>" in page
    assert "data-code" not in page


def test_detail_of_a_protected_address_never_shows_it():
    practice = make_practice("BE11")
    verviers = practice.coverage.model.objects.get(code="63079")
    practice.contacts.create(
        kind="address",
        value="Canary street 1",
        is_protected=True,
        municipality=verviers,
        source=make_source(),
    )

    page = get(address("practice_detail", "be11-en"))

    assert "Canary" not in page.content.decode()
    assert "Verviers" in text(page)


# --- Organisation ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_organisation_shows_its_practices(language):
    actor = make_actor(code="beacon")
    make_practice("BE11", lead_actor=actor)
    make_practice("BE12", lead_actor=actor, editorial_status=EditorialStatus.DRAFT)
    make_practice("BE13")

    page = get(address("actor_detail", "beacon", language=language))

    assert codes(page) == ["BE11"]
    assert total(page) == 1


def test_organisation_that_is_a_draft_is_not_found():
    make_actor(code="beacon", editorial_status=EditorialStatus.DRAFT)

    assert get(address("actor_detail", "beacon")).status_code == 404


# --- Unchanged pages ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["practice_list", "practice_detail"])
def test_unchanged_page_costs_one_query_and_no_page(name, django_assert_num_queries):
    practice = make_practice("BE11")
    path = address(name, *(["be11-en"] if name == "practice_detail" else []))
    tag = get(path).headers["ETag"]

    with django_assert_num_queries(1):
        unchanged = get(path, if_none_match=tag)
    practice.save()
    changed = get(path, if_none_match=tag)

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
