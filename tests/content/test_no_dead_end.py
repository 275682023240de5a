"""For every municipality and situation there is a service for families, or else a help line."""

from collections import Counter

import pytest
from django.urls import reverse
from django.utils.translation import override

from guide.models import HelpLine
from places import gazetteer
from places.ladder import SERVING, Ladder
from practices.facets import directory
from practices.filters import PracticeFilterSet
from practices.finder import MOST_SHOWN, Finding
from practices.models import Practice, Situation
from practices.results import Results
from search.version import current
from tests.pages import body, codes, practice_list, text

pytestmark = pytest.mark.django_db

FAMILIES = ("parents", "mothers", "fathers", "siblings", "grandparents", "relatives", "children")
SITUATIONS = 8
DOUBLE_CODES = ("1040", "1050", "1060")
LANGUAGES_OF = {"BE-VLG": {"nl"}, "BE-WAL": {"fr"}, "BE-BRU": {"nl", "fr"}}


@pytest.fixture
def known(content):
    return directory(current())


def places():
    """(codes, origin) of the 565 municipalities and of the three codes that touch two."""
    for spot in gazetteer.of_kinds(["municipality"]):
        yield [spot.code], spot
    for code in DOUBLE_CODES:
        meanings = gazetteer.understand(code)
        yield [meaning.spot.code for meaning in meanings], meanings[0]


def situations(known):
    taxonomy = next(one for one in known.taxonomies if one.code == "situation")
    return [value.code for value in taxonomy.values]


def for_families(known):
    """Practices for families that have not ended."""
    snapshot = known.snapshot
    ended = snapshot.masks["status"].get("ended", 0)
    return snapshot.chosen("target_group", FAMILIES) & ~ended


def serving(ladder):
    mask = 0
    for rung in SERVING:
        mask |= ladder.masks[rung]
    return mask


def languages_of(code):
    """The languages of the region; the German-speaking municipalities speak theirs."""
    around = gazetteer.containers(code)
    if "COM-DE" in around:
        return {"de"}
    return LANGUAGES_OF[next(place for place in around if place in LANGUAGES_OF)]


def has_help_line(code):
    spoken = HelpLine.objects.for_families().filter(
        is_urgent=False, languages__code__in=languages_of(code)
    )
    return spoken.exists()


def rest_on_help_lines(known):
    """(codes, situation) without a service that names the situation, by region."""
    families = for_families(known)
    for codes_of_place, origin in places():
        reached = serving(Ladder(known, codes_of_place, origin)) & families
        for situation in situations(known):
            if not reached & known.snapshot.chosen("situation", [situation]):
                yield codes_of_place[0], situation


def test_no_place_and_situation_is_a_dead_end(known):
    lines = {}
    alone = Counter()
    for code, _situation in rest_on_help_lines(known):
        if code not in lines:
            lines[code] = has_help_line(code)
        assert lines[code], code
        region = next(c for c in gazetteer.containers(code) if c in LANGUAGES_OF)
        alone[region] += 1

    print("pairs that rest on help lines alone:", dict(alone), "of", 568 * SITUATIONS)
    assert len(situations(known)) == SITUATIONS
    assert sum(alone.values()) < 568 * SITUATIONS


def test_without_help_lines_pairs_fail(known):
    HelpLine.objects.all().delete()

    assert any(not has_help_line(code) for code, _ in rest_on_help_lines(known))


def test_every_place_reaches_a_service_for_families_whatever_the_situation(known):
    families = for_families(known)
    for codes_of_place, origin in places():
        assert serving(Ladder(known, codes_of_place, origin)) & families, codes_of_place


# --- The same by the rules of the finder -------------------------------------------------------


def typed_places(known):
    """What is typed for each place, one of those whom the same practices serve, with its equals."""
    alike = {}
    for codes_of_place, origin in places():
        masks = Ladder(known, codes_of_place, origin).masks
        served = tuple(masks[rung] for rung in SERVING)
        typed = codes_of_place[0] if len(codes_of_place) == 1 else origin.postal_code
        alike.setdefault(served, []).append((typed, codes_of_place[0]))
    return list(alike.values())


def for_families_served(finding, families):
    rungs = finding.results.rungs
    return [code for rung in SERVING for code in rungs.get(rung, []) if code in families]


@pytest.mark.parametrize("situation", ["", *Situation.values])
def test_finder_leads_to_help_everywhere(known, situation):
    families = set(known.snapshot.keys_in(for_families(known), known.keys))
    alike = typed_places(known)

    assert sum(map(len, alike)) == 568
    for equals in alike:
        asked = {"situation": situation, "place": equals[0][0]}
        found = for_families_served(Finding(asked, known), families)
        if not found:
            assert all(has_help_line(code) for _, code in equals), (situation, equals)


@pytest.mark.parametrize("situation", ["", *Situation.values])
def test_finder_shows_first_who_says_what_they_offer(known, situation):
    """In Verviers a practice of which only the name is known once stood second."""
    title_only = set(Practice.objects.filter(is_title_only=True).values_list("code", flat=True))
    results = Finding({"situation": situation, "place": "4800"}, known).results

    are_bare = [code in title_only for code in results.codes]

    assert are_bare == sorted(are_bare)
    assert not any(are_bare[:MOST_SHOWN])


def test_title_only_comes_last_on_every_rung(known):
    title_only = set(Practice.objects.filter(is_title_only=True).values_list("code", flat=True))
    for spot in gazetteer.of_kinds(["province", "region", "community"]):
        for rung in list_for(known, spot.code).rungs.values():
            are_bare = [code in title_only for code in rung]
            assert are_bare == sorted(are_bare), (spot.code, rung)


def list_for(known, place):
    filterset = PracticeFilterSet({"place": place}, known)
    filterset.form.full_clean()
    return Results(filterset)


def test_every_stated_coverage_is_used(known):
    used = 0
    for codes_of_place, origin in places():
        used |= serving(Ladder(known, codes_of_place, origin))

    assert used == known.stated_coverage


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize(
    "place", ["1080", "4800", "4700", "2300", "9000", "6000", "1040", "8400", "3500", "7080"]
)
def test_page_of_a_place_and_situation_shows_help(known, language, place):
    response = practice_list(language, place=place, situation="signs")

    assert response.status_code == 200
    assert codes(response) or "112" in text(response)
    assert "112" in text(response)


@pytest.mark.parametrize(
    "said",
    [
        *("ik ben bang", "ik ben moeder", "ik maak me zorgen over mijn zoon", "help mij"),
        *("je suis une mère", "je suis inquiète", "j'ai peur pour mon fils", "mon fils est parti"),
        *("i am worried", "i am a mother", "i am afraid for my daughter"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_first_sentence_of_a_parent_finds_somebody(known, language, said):
    assert codes(practice_list(language, q=said))


HEARD = {
    "nl": [
        *("jihad", "mijn zoon is teruggekomen uit syrie", "teruggekeerd", "mijn zoon doet raar"),
        *("ik heb schrik voor mijn zoon", "mijn zoon is moslim geworden", "mijn zoon is racist"),
        *("ik heb een zwarte vlag gevonden", "mijn zoon is bij een nazi groep"),
    ],
    "fr": [
        *("djihadiste", "mère de djihadiste", "daech", "etat islamique", "revenu de syrie"),
        *("on a arrete mon fils", "la police est venue chez nous ce matin", "mon fils est néonazi"),
        *("j'ai trouvé un drapeau", "mon fils a été recruté", "il veut plus voir ses amis"),
        *("je veux parler a une maman comme moi", "je veux rester anonyme"),
    ],
    "en": ["jihad", "isis", "he came back from syria", "my son was recruited", "black flag"],
}


@pytest.mark.parametrize(
    ("language", "said"), [(language, said) for language in HEARD for said in HEARD[language]]
)
def test_what_families_say_of_it_finds_somebody(known, language, said):
    assert codes(practice_list(language, q=said))


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_words_that_find_nothing_lead_to_the_three_questions(known, language):
    page = practice_list(language, q="zwaluwnest")

    assert codes(page) == []
    with override(language):
        assert f'href="{reverse("finder")}"' in body(page)


OFF_TOPIC = {
    "nl": ["vlag kopen", "fiets kopen", "mijn zoon wil een hond", "belastingen invullen"],
    "fr": ["arrêter de fumer", "drapeau belge", "mon fils veut un vélo", "apprendre le piano"],
}


@pytest.mark.parametrize(
    ("language", "said"),
    [(language, said) for language in OFF_TOPIC for said in OFF_TOPIC[language]],
)
def test_what_this_directory_has_nothing_for_finds_nothing(known, language, said):
    assert codes(practice_list(language, q=said)) == []


def test_who_writes_in_arabic_is_led_to_the_page_in_arabic(known):
    page = body(practice_list("fr", q="ابني يريد الذهاب"))

    assert page.count(f'href="{reverse("whom_to_call_ar")}"') == 2  # in the header, and here
    assert "«\u00a0\u2068ابني يريد الذهاب\u2069\u00a0»" in page
    assert body(practice_list("fr", q="zwaluwnest")).count(reverse("whom_to_call_ar")) == 1
