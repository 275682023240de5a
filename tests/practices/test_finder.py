"""The finder: three questions by sealed addresses, and the practices that a rule looks for."""

import re
from datetime import timedelta
from itertools import product
from urllib.parse import unquote

import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from practices.asking import seal_search
from practices.facets import directory
from practices.finder import MOST_SHOWN, Finding, Relation
from practices.models import Practice, Situation, SituationRule
from search.version import current
from tests.databases import records_of_a_module
from tests.factories import make_help_line, make_language, make_practice, make_term
from tests.pages import address, body, codes, get, text
from tests.staff import curator_client

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
VERVIERS, ANTWERP = "63079", "11002"
RULES = settings.CONTENT_DIR / "situation_rules.yaml"


@pytest.fixture(scope="module", autouse=True)
def _practices(django_db_setup, django_db_blocker):
    with records_of_a_module(django_db_blocker):
        parents = make_term("target_group", "parents")
        siblings = make_term("target_group", "siblings")
        calls = make_term("activity_type", "helpline")
        make_practice("BE11", terms=[parents, calls], coverage=["BE-VLG"])
        make_practice("BE12", terms=[parents, calls], coverage=[VERVIERS])
        make_practice("BE13", terms=[siblings, calls], coverage=["BE"])
        make_practice("BE14", terms=[parents], coverage=["BE"])
        rule = SituationRule.objects.create(code="signs")
        rule.terms.set([parents, calls])
        yield


def press(path, **sent):
    response = Client().post(path, sent)
    assert response.status_code == 303, response.status_code
    return response.headers["Location"]


def answer(language="en", **answers):
    asked = {"situation": "", "relation": "", "place": ""} | answers
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return get(address("finder_answer", seal_search(query), language=language))


def later(monkeypatch, **passed):
    now = timezone.now() + timedelta(**passed)
    monkeypatch.setattr("practices.asking.timezone.now", lambda: now)


# --- The journey -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_answers_lead_to_practices(language):
    first = address("finder", language=language)
    second = press(first, situation="signs")
    third = press(second, relation="parent")
    page = get(press(third, place="4800"))

    assert 'name="situation"' in body(get(first))
    assert 'name="relation"' in body(get(second))
    assert 'name="place"' in body(get(third))
    assert codes(page)[0] == "BE12"
    assert f'<html lang="{language}"' in body(page)


@pytest.mark.parametrize(
    ("language", "prefix"), [("nl", "/nl/vind-hulp/"), ("fr", "/fr/trouver/"), ("en", "/en/find/")]
)
def test_address_is_translated(language, prefix):
    assert address("finder", language=language) == prefix


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_asks_the_first_question(language):
    page = body(get(address("home", language=language)))

    assert f'action="{address("finder", language=language)}"' in page
    for code in Situation.values:
        assert f'name="situation" value="{code}"' in page


def test_every_question_can_be_skipped():
    path = address("finder")
    for name in ("situation", "relation", "place"):
        assert f'name="{name}" value=""' in body(get(path))
        path = press(path, **{name: ""})

    assert len(codes(get(path))) == 4
    assert "What you can do now" in text(get(path))


def test_form_without_an_answer_is_a_question_skipped():
    assert "Question 2 of 3" in text(get(press(address("finder"))))


def test_an_answer_is_changed_and_the_others_stay():
    page = answer(situation="signs", relation="parent", place="4800")
    way_back = re.search(r'href="([^"]+/1/[^"]+)"', body(page))[1]

    changed = get(press(way_back, situation="died"))

    assert 'value="signs" aria-current="true"' in body(get(way_back))
    assert "Someone died" in text(changed)
    assert "I am a parent" in text(changed)
    assert "4800" in text(changed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_button_keeps_page_and_answers(language):
    step = address("finder_step", 2, seal_search("situation=signs"))
    last = address("finder_answer", seal_search("situation=signs&relation=&place=4800"))

    assert press(step, language=language).startswith(address("finder", language=language) + "2/")
    moved = press(last, language=language)
    assert moved.startswith(address("finder", language=language) + "r/")
    assert codes(get(moved))[0] == "BE12"


# --- What is told to whom ----------------------------------------------------------------------


def test_answers_stand_in_no_address():
    path = press(address("finder"), situation="prison")
    path = press(path, relation="sibling")
    path = press(path, place="Verviers")
    page = get(path)

    links = re.findall(r'(?:href|action)="([^"]*)"', body(page))
    for found in [path, *links]:
        for told in ("prison", "sibling", "verviers"):
            assert told not in unquote(found).lower()


@pytest.mark.parametrize("kind", ["step", "answer", "posted"])
def test_nothing_is_kept(kind):
    token = seal_search("situation=signs&relation=&place=4800")
    paths = {"step": address("finder_step", 3, token), "answer": address("finder_answer", token)}
    posted = kind == "posted"
    page = Client().post(address("finder"), {"situation": "signs"}) if posted else get(paths[kind])

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert not page.cookies
    assert "hreflang=" not in body(page).split("</head>")[0]


def test_page_says_until_when_and_expires(monkeypatch):
    token = seal_search("situation=signs&relation=&place=4800")
    paths = [address("finder_answer", token), address("finder_step", 2, token)]
    assert all("It works until" in text(get(path)) for path in paths)

    later(monkeypatch, minutes=31)

    for path in paths:
        for page in (get(path), Client().post(path, {"place": "4800"})):
            assert page.status_code == 200
            assert "Your answers are no longer here" in text(page)
            assert not codes(page)


@pytest.mark.parametrize("token", ["x", "gAAAAA" + "A" * 90])
def test_address_that_nobody_sealed_is_not_found(token):
    assert get(address("finder_answer", token)).status_code == 404
    assert get(address("finder_step", 2, token)).status_code == 404


def test_there_is_no_fourth_question():
    token = seal_search("situation=signs")

    assert get(address("finder_step", 4, token)).status_code == 404
    assert get(address("finder_step", 0, token)).status_code == 404


@pytest.mark.parametrize("sent", [
    {"situation": "nobody"}, {"situation": "signs; drop"}, {"relation": "enemy"},
    {"place": "b" * 101}, {"place": "a\0b"}, {"change": "place=" + "b" * 101},
])  # fmt: skip
def test_bad_answer_is_refused_with_the_form(sent):
    name, number = next(iter(sent)), {"situation": 1, "relation": 2}.get(next(iter(sent)), 3)
    response = Client().post(address("finder_step", number, seal_search("")), sent)

    assert response.status_code == 400
    assert 'role="alert"' in body(response)
    assert f'name="{"place" if name == "change" else name}"' in body(response)


def test_sealed_answer_that_is_gone_is_refused_with_the_form():
    assert answer(situation="gone").status_code == 400


# --- What is found -----------------------------------------------------------------------------


def test_drafts_never_show():
    Practice.objects.filter(code="BE12").unpublish()

    assert "BE12" not in codes(answer(situation="signs", place="4800"))


def test_ended_practices_do_not_show():
    practice = Practice.objects.get(code="BE12")
    practice.operating_status, practice.is_operating_status_date_unknown = "ended", True
    practice.save()

    assert "BE12" not in codes(answer(situation="signs", place="4800"))


def test_five_cards_and_the_way_to_all():
    parents, calls = make_term("target_group", "parents"), make_term("activity_type", "helpline")
    for number in range(9):
        make_practice(f"BE{number + 20}", terms=[parents, calls], coverage=["BE"])
    page = answer(situation="signs", place="4800")
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', body(page))
    sent = {}
    for name, value in hidden:
        sent.setdefault(name, []).append(value)

    listed = Client().post(address("practice_list"), sent, follow=True)

    assert len(codes(page)) == MOST_SHOWN
    assert f"Show all {len(codes(listed))}" in text(page)
    assert set(codes(page)) <= set(codes(listed))


def test_what_is_for_the_visitor_comes_first():
    assert codes(answer(situation="signs", relation="sibling", place="2000"))[-1] != "BE13"
    assert "BE13" not in codes(answer(situation="signs", relation="parent"))
    assert codes(answer(situation="signs", relation="sibling"))[0] == "BE13"


def test_what_is_for_the_visitor_comes_first_on_its_rung():
    """Also before one of which more is known."""
    parents_only = Practice.objects.get(code="BE14")
    parents_only.operating_status, parents_only.operating_status_date = "active", "2026"
    parents_only.save()
    for_parents = codes(answer(situation="signs", relation="parent", place="4800"))
    for_siblings = codes(answer(situation="signs", relation="sibling", place="4800"))

    assert for_parents == ["BE12", "BE14", "BE13"]
    assert for_siblings == ["BE12", "BE13", "BE14"]


def test_finder_widens_and_says_so():
    page = answer(situation="signs", relation="parent", place="4800")

    assert "Little fits your answers exactly" in text(page)
    assert codes(page) == ["BE12", "BE14", "BE13"]


@pytest.mark.parametrize("place", ["Nergenshuizen", "0000"])
def test_unknown_place_is_said_and_help_still_shows(place):
    page = answer(situation="signs", place=place)

    assert "We do not know a place called" in text(page)
    assert codes(page)


def test_place_of_several_meanings_is_offered_by_buttons():
    page = answer(situation="signs", place="Halle")
    assert page.status_code == 200
    for change in re.findall(r'name="change" value="([^"]+)"', body(page)):
        path = address("finder_answer", seal_search("situation=signs&relation=&place=Halle"))
        assert get(press(path, change=change)).status_code == 200


def test_practice_of_which_only_the_name_is_known_comes_last():
    """Whatever its rung, its language and what it fits."""
    parents, calls = make_term("target_group", "parents"), make_term("activity_type", "helpline")
    make_practice("BE10", is_title_only=True, terms=[parents, calls], coverage=[VERVIERS],
                  help_languages=["en"])  # fmt: skip
    page = answer(situation="signs", relation="parent", place="4800")
    anywhere = answer(situation="signs", relation="parent")

    assert codes(page) == ["BE12", "BE14", "BE13", "BE10"]
    assert "Of these we know only the name" in text(page)
    assert codes(anywhere)[-1] == "BE10"


# --- The language of help ----------------------------------------------------------------------


@pytest.fixture
def spoken():
    """BE13 speaks French, BE14 Dutch, of BE11 and BE12 nothing is known."""
    Practice.objects.get(code="BE13").help_languages.add(make_language("fr"))
    practice = Practice.objects.get(code="BE14")
    practice.help_languages.add(make_language("nl"))
    make_language("ar")
    practice.save()


def test_language_of_the_page_comes_first_on_its_rung(spoken):
    asked = {"situation": "signs", "relation": "parent", "place": "4800"}

    assert codes(answer("fr", **asked)) == ["BE12", "BE13", "BE14"]
    assert codes(answer("nl", **asked)) == ["BE12", "BE14", "BE13"]


def test_another_language_is_chosen_and_travels_with_the_answers(spoken):
    token = seal_search("situation=signs&relation=parent&place=4800")
    chosen = press(address("finder_answer", token, language="nl"), help_language="fr")
    in_english = press(chosen, language="en")
    changed = press(re.search(r'href="([^"]+/2/[^"]+)"', body(get(chosen)))[1], relation="sibling")

    for path in (chosen, in_english, changed):
        assert codes(get(path)) == ["BE12", "BE13", "BE14"]
        assert '<option value="fr" selected>' in body(get(path))


@pytest.mark.parametrize("code", ["nl", "fr", "ar", "", "xx", "x' OR 1"])
def test_language_takes_nothing_away(spoken, code):
    page = answer(situation="signs", relation="parent", place="4800", help_language=code)

    assert set(codes(page)) == {"BE12", "BE13", "BE14"}


def test_who_speaks_other_languages_stands_behind_who_says_nothing(spoken):
    page = answer(help_language="ar")

    assert codes(page) == ["BE11", "BE12", "BE13", "BE14"]
    assert "Our sources say of none of these places" in text(page)


def test_cards_tell_the_languages(spoken):
    page = text(answer("fr", situation="signs", place="4800"))

    assert "Langues de l'aide fr in fr" in page
    assert "Pas indiqué dans nos sources : langues de l'aide" in page.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_help_lines_are_those_of_the_language():
    make_help_line(number="0800 11 111", languages=["en"])
    make_help_line(number="0800 22 222", languages=["ar"])
    asked = {"situation": "signs", "place": "4800"}

    own, other = answer(**asked), answer(**asked, help_language="ar")
    nobody = answer("fr", **asked, help_language="fr")

    assert "tel:080011111" in body(own)
    assert "tel:080022222" not in body(own)
    assert "tel:080022222" in body(other)
    assert "tel:080011111" not in body(other)
    assert "ne connaissons pas de ligne d'aide qui la parle" in text(nobody)


def test_without_a_line_of_the_language_those_of_the_page_show():
    make_help_line(number="0800 11 111", languages=["en"])
    make_language("ar")
    page = answer(situation="signs", place="4800", help_language="ar")

    assert "tel:080011111" in body(page)
    assert "We know no help line that speaks it" in text(page)


# --- What you can do now -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_advice_names_its_part_of_the_guide(language):
    page = body(answer(language, situation="signs"))
    advice = re.search(r'<ul class="now">(.*?)</ul>', page, re.DOTALL)[1]

    sources = re.findall(rf'href="{address("about", language=language)}#all-sources">[^<]+', advice)

    assert advice.count("<li>") == len(sources) == 5
    assert all("2018" in source for source in sources)


# --- The rules of the content files ------------------------------------------------------------


def rules():
    return yaml.safe_load(RULES.read_text(encoding="utf-8"))


def test_there_is_a_rule_for_every_situation():
    assert [rule["code"] for rule in rules()] == Situation.values


def test_rules_name_terms_that_exist():
    taxonomies = yaml.safe_load((settings.CONTENT_DIR / "taxonomies.yaml").read_text("utf-8"))
    known = {t["code"]: {term["code"] for term in t["terms"]} for t in taxonomies}

    for rule in rules():
        for taxonomy, chosen in rule["terms"].items():
            assert set(chosen) <= known[taxonomy], rule["code"]


def load_rules():
    for rule in rules():
        row, _ = SituationRule.objects.get_or_create(code=rule["code"])
        named = [(taxonomy, code) for taxonomy, codes in rule["terms"].items() for code in codes]
        row.terms.set([make_term(taxonomy, code) for taxonomy, code in named])


@pytest.mark.thorough
def test_no_situation_ends_empty():
    load_rules()
    version = current()
    places = ("", "1000", "2000", "4800", "Eupen", "Aarlen", "1040", "BE-WAL")

    for asked in product(["", *Situation.values], ["", *Relation.values], places):
        answers = dict(zip(("situation", "relation", "place"), asked, strict=True))
        assert Finding(answers, directory(version), version).results.codes, asked


# --- The admin ---------------------------------------------------------------------------------


def test_curator_sees_what_a_family_finds():
    rule = SituationRule.objects.get(code="signs")
    page = curator_client().get(reverse("admin:practices_situationrule_change", args=[rule.pk]))

    assert "This is what a family would now find" in text(page)
    assert "BE11" in body(page)


def test_curator_changes_a_rule():
    rule, siblings = SituationRule.objects.get(code="signs"), make_term("target_group", "siblings")
    path = reverse("admin:practices_situationrule_change", args=[rule.pk])

    curator_client().post(path, {"code": "signs", "terms": [siblings.pk]})

    assert codes(answer(situation="signs"))[0] == "BE13"


def preview(rule, *terms, client=None):
    sent = {"rule": rule.pk or "", "code": rule.code, "terms": [term.pk for term in terms]}
    path = reverse("admin:practices_situationrule_preview")
    return (client or curator_client()).post(path, sent)


def test_preview_shows_what_is_ticked_and_saves_nothing():
    rule, siblings = SituationRule.objects.get(code="signs"), make_term("target_group", "siblings")
    before = set(rule.terms.all())

    page = preview(rule, siblings)

    anywhere = page.context["places"][0]
    assert "Nothing is saved yet" in text(page)
    assert (anywhere["number"], anywhere["number_before"]) == (4, 3)
    assert [(found.code, is_new) for found, is_new in anywhere["found"]] == [
        ("BE13", True),
        ("BE11", False),
        ("BE12", False),
        ("BE14", False),
    ]
    assert set(rule.terms.all()) == before
    assert f'value="{siblings.pk}"' in body(page)


def test_preview_of_the_saved_ticks_changes_nothing():
    rule = SituationRule.objects.get(code="signs")

    places = preview(rule, *rule.terms.all()).context["places"]

    assert [one["place"] for one in places][1:] == [
        "Flemish Region", "Brussels-Capital Region", "Walloon Region"
    ]  # fmt: skip
    for one in places:
        assert one["number"] == one["number_before"] > 0
        assert not one["gone"]
        assert not any(is_new for _, is_new in one["found"])


def test_preview_of_a_rule_that_is_not_there_yet():
    page = preview(SituationRule(code="died"), make_term("target_group", "siblings"))

    assert page.status_code == 200
    assert page.context["places"]
    assert not SituationRule.objects.filter(code="died").exists()


def test_preview_of_a_broken_form_says_what_is_wrong():
    page = preview(SituationRule(code="nothing"))

    assert page.status_code == 200
    assert "places" not in page.context
    assert 'class="errorlist"' in body(page)


def test_situations_are_named_in_every_language():
    for language in ("nl", "fr"):
        with override(language):
            assert all(str(label) != label_in_english(code) for code, label in Situation.choices)


def label_in_english(code):
    with override("en"):
        return str(Situation(code).label)


def test_one_name_again_and_again_is_refused():
    asked = {"situation": ["signs"] * 50}

    assert Client().post(address("finder"), asked).status_code == 400
