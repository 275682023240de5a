"""Terms are renamed, merged, retired and put in order, and nothing that was public breaks."""

import pytest
from django.urls import reverse
from django.utils import timezone

from curation.content.kinds import PRACTICE
from curation.taxonomy import acts
from practices.asking import seal_search
from practices.facets import directory
from practices.finder import Finding
from practices.models import FormerTerm, SituationRule, Taxonomy, TaxonomyTerm
from search.models import SynonymGroup
from search.query import search
from search.version import current
from tests.factories import (
    make_practice,
    make_source,
    make_taxonomy,
    make_term,
)
from tests.pages import address, body, codes, get, practice_list, text, total
from tests.staff import curator_client, make_account, make_colleague

pytestmark = pytest.mark.django_db
TERM = "admin:practices_taxonomyterm"


@pytest.fixture
def publisher():
    return curator_client(make_colleague("Publisher"))


@pytest.fixture
def mothers():
    names = {"name_nl": "Moeders", "name_fr": "Mères", "name_en": "Mothers"}
    return make_term("target_group", "mothers", **names)


@pytest.fixture
def parents():
    names = {"name_nl": "Ouders", "name_fr": "Parents", "name_en": "Parents"}
    return make_term("target_group", "parents", **names)


def path(act, row):
    return reverse(f"{TERM}_{act}", args=[row.pk])


def terms_of(practice):
    return sorted(practice.terms.values_list("code", flat=True))


def found(words):
    return [hit.key for hit in search("practice", words, "en")]


def remembered_groups():
    return {group.code: (group.words, group.leads_to) for group in SynonymGroup.objects.all()}


# --- Renaming ------------------------------------------------------------------------------------


def test_form_of_a_term_tells_what_a_new_name_would_show_on(publisher, mothers):
    make_practice("BE11", terms=[mothers])
    make_practice("BE12", terms=[mothers], editorial_status="draft")
    SituationRule.objects.create(code="signs").terms.add(mothers)

    page = publisher.get(path("change", mothers))

    assert "Published practices: 1. Rules of the finder: 1." in text(page)


def test_new_name_is_found_and_shown(publisher, mothers):
    make_practice("BE11", terms=[mothers])
    columns = ("name", "description")
    kept = {
        f"{column}_{language}": getattr(mothers, f"{column}_{language}") or ""
        for column in columns
        for language in ("nl", "fr", "en")
    }
    form = kept | {"taxonomy": mothers.taxonomy_id, "code": "mothers", "order": "0"}

    response = publisher.post(path("change", mothers), form | {"name_en": "Lighthouse keepers"})

    assert response.status_code == 302, response.context["adminform"].form.errors
    assert found("lighthouse") == ["BE11"]
    assert "Lighthouse keepers" in text(practice_list())


# --- Merging -------------------------------------------------------------------------------------


def test_preview_of_a_merge_shows_everything_and_changes_nothing(publisher, mothers, parents):
    practice = make_practice("BE11", terms=[mothers])
    make_practice("BE12", terms=[mothers], editorial_status="draft")
    make_practice("BE13", terms=[parents])
    SituationRule.objects.create(code="signs").terms.add(mothers)
    SynonymGroup.objects.create(code="mum", words="mum\nmothers")
    SynonymGroup.objects.create(code="boat", words="boat\nship")

    page = publisher.post(path("merge", mothers), {"into": parents.pk})

    assert [one.code for one in page.context["practices"]] == ["BE11", "BE12"]
    assert [rule.code for rule in page.context["rules"]] == ["signs"]
    assert [group.code for group in page.context["groups"]] == ["mum"]
    assert page.context["renamed"] == {
        "Moeders": "Ouders",
        "Mères": "Parents",
        "Mothers": "Parents",
    }
    assert "target_group=mothers goes on working: it then shows what target_group=parents" in text(
        page
    )
    assert terms_of(practice) == ["mothers"]
    assert not FormerTerm.objects.exists()


def test_merge_moves_practices_and_rules(publisher, mothers, parents):
    one, both = make_practice("BE11", terms=[mothers]), make_practice("BE12", terms=[mothers])
    both.terms.add(parents)
    draft = make_practice("BE13", terms=[mothers], editorial_status="draft")
    rule = SituationRule.objects.create(code="signs")
    rule.terms.add(mothers)
    mothers.sources.add(make_source(key="T-9"))

    response = publisher.post(path("merge", mothers), {"into": parents.pk, "merge": "1"})

    assert response.url == path("change", parents)
    assert [terms_of(practice) for practice in (one, both, draft)] == [["parents"]] * 3
    assert [term.code for term in rule.terms.all()] == ["parents"]
    assert [source.key for source in parents.sources.all()] == ["T-9"]
    assert not TaxonomyTerm.objects.filter(code="mothers").exists()
    assert Finding({"situation": "signs"}, directory(current())).results.codes == ["BE11", "BE12"]


def test_finder_knows_the_group_of_a_visitor_after_a_merge(mothers, parents):
    family = make_term("target_group", "family")
    make_practice("BE11", terms=[family])
    make_practice("BE12", terms=[parents])
    rule = SituationRule.objects.create(code="signs")
    rule.terms.add(family, parents)
    acts.merge(parents, make_term("target_group", "grown-ups"))

    finding = Finding({"situation": "signs", "relation": "parent"}, directory(current()))

    assert finding.own_groups == {"grown-ups", "mothers", "fathers"}
    assert finding.results.codes == ["BE12", "BE11"]


def test_practices_that_listen_are_known_after_a_merge():
    make_practice("BE11", terms=[make_term("activity_type", "helpline")])
    make_practice("BE12", terms=[make_term("activity_type", "training")])

    acts.merge(TaxonomyTerm.objects.get(code="helpline"), make_term("activity_type", "telephone"))

    assert directory(current()).listens == {"BE11"}


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_address_with_the_old_code_means_the_new_one(mothers, parents, language):
    make_practice("BE11", terms=[mothers])
    make_practice("BE12", terms=[parents])
    make_practice("BE13")

    acts.merge(mothers, parents)

    asked = [{"target_group": code} for code in ("mothers", "parents", ["mothers", "parents"])]
    pages = [practice_list(language, **one) for one in asked]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert [codes(page) for page in pages] == [["BE11", "BE12"]] * 3
    sealed = address("sealed_list", seal_search("target_group=mothers"), language=language)
    assert codes(get(sealed)) == ["BE11", "BE12"]
    assert practice_list(language, target_group="nobody").status_code == 400


def test_old_code_is_followed_through_a_second_merge(mothers, parents):
    make_practice("BE11", terms=[mothers])
    family = make_term("target_group", "family")

    acts.merge(mothers, parents)
    acts.merge(parents, family)

    assert codes(practice_list(target_group="mothers")) == ["BE11"]
    assert codes(practice_list(target_group="parents")) == ["BE11"]


def test_code_that_a_term_of_today_has_again_means_that_term(mothers, parents):
    make_practice("BE11", terms=[mothers])
    acts.merge(mothers, parents)

    again = make_term("target_group", "mothers")
    make_practice("BE12", terms=[again])

    assert codes(practice_list(target_group="mothers")) == ["BE12"]


def test_whoever_types_an_old_name_finds_what_carries_the_new_one(mothers, parents):
    make_practice("BE11", terms=[mothers])
    SynonymGroup.objects.create(code="mum", words="mummy\nmothers")
    SynonymGroup.objects.create(code="led", words="mammie", leads_to="moeders")
    words = ("mothers", "moeders", "mères", "mummy", "mammie")
    assert [found(word) for word in words] == [["BE11"]] * 5

    acts.merge(mothers, parents)

    assert [found(word) for word in words] == [["BE11"]] * 5
    assert remembered_groups() == {
        "mum": ("mummy\nmothers", "Parents"),
        "led": ("mammie", "moeders\nOuders"),
        "target_group-mothers": ("Moeders\nMères", "Ouders\nParents"),
    }


def test_merge_keeps_the_history_with_its_reason(mothers, parents):
    practice = make_practice("BE11", terms=[mothers])
    before = practice.history.count()

    acts.merge(mothers, parents)

    reason = "merged: target_group.mothers into parents"
    latest = practice.history.first()
    assert practice.history.count() == before + 1
    assert latest.history_change_reason == reason
    assert [row.taxonomyterm.code for row in latest.terms.all()] == ["parents"]
    gone = TaxonomyTerm.history.filter(code="mothers").first()
    assert (gone.history_type, gone.history_change_reason) == ("-", reason)


def test_merge_that_fails_changes_nothing(mothers, parents, monkeypatch):
    practice = make_practice("BE11", terms=[mothers])
    version = current()

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("curation.taxonomy.synonyms.add", fail)
    with pytest.raises(RuntimeError):
        acts.merge(mothers, parents)

    assert terms_of(practice) == ["mothers"]
    assert current() == version
    assert found("parents") == []


def test_terms_are_merged_within_their_taxonomy_and_into_living_ones(publisher, mothers, parents):
    elsewhere = make_term("aim", "rest")
    acts.retire(parents)

    for other in (elsewhere, parents, mothers):
        page = publisher.post(path("merge", mothers), {"into": other.pk, "merge": "1"})
        assert list(page.context["form"].errors) == ["into"]

    assert TaxonomyTerm.objects.count() == 3


def test_content_file_with_the_old_code_ticks_the_new_term(mothers, parents):
    practice = make_practice("BE11")
    acts.merge(mothers, parents)

    PRACTICE.slot("terms.target_group").write(practice, ["mothers", "parents"])

    assert terms_of(practice) == ["parents"]


# --- Retiring ------------------------------------------------------------------------------------


def test_preview_of_retiring_shows_what_loses_the_term_and_changes_nothing(publisher, mothers):
    practice = make_practice("BE11", terms=[mothers])
    SituationRule.objects.create(code="signs").terms.add(mothers)

    for page in (publisher.get(path("retire", mothers)), publisher.post(path("retire", mothers))):
        assert [one.code for one in page.context["practices"]] == ["BE11"]
        assert [rule.code for rule in page.context["rules"]] == ["signs"]

    assert terms_of(practice) == ["mothers"]


def test_retired_term_is_offered_nowhere(publisher, mothers, parents):
    practice = make_practice("BE11", terms=[mothers, parents])
    rule = SituationRule.objects.create(code="signs")
    rule.terms.add(mothers, parents)
    assert 'value="mothers"' in body(practice_list())

    response = publisher.post(path("retire", mothers), {"retire": "1"})

    assert response.url == path("change", mothers)
    assert 'value="mothers"' not in body(practice_list())
    assert 'value="parents"' in body(practice_list())
    assert found("mothers") == []
    forms = [
        publisher.get(reverse("admin:practices_practice_change", args=[practice.pk])),
        publisher.get(reverse("admin:practices_situationrule_change", args=[rule.pk])),
    ]
    offered = [
        {term.code for term in page.context["adminform"].form.fields["terms"].queryset}
        for page in forms
    ]
    assert offered == [{"parents"}, {"parents"}]
    finding = Finding({"situation": "signs"}, directory(current()))
    assert finding.looked_for == {"target_group": {"parents"}}


def test_address_with_a_retired_code_finds_nothing_and_says_so(mothers):
    make_practice("BE11", terms=[mothers])

    acts.retire(mothers)

    page = practice_list(target_group="mothers")
    assert page.status_code == 200
    assert (total(page), codes(page)) == (0, [])
    assert "Mothers" in text(page)


def test_history_still_shows_a_retired_term(mothers):
    practice = make_practice("BE11", terms=[mothers])
    moment = timezone.now()

    acts.retire(mothers)

    assert terms_of(practice) == []
    before, after = (
        practice.history.filter(history_date__lte=moment).first(),
        (practice.history.first()),
    )
    assert [row.taxonomyterm.name_en for row in before.terms.all()] == ["Mothers"]
    assert list(after.terms.all()) == []
    assert after.history_change_reason == "retired: target_group.mothers"


def test_retired_term_comes_back_and_nothing_carries_it(publisher, mothers):
    practice = make_practice("BE11", terms=[mothers])
    acts.retire(mothers)

    publisher.post(path("retire", mothers), {"bring_back": "1"})

    mothers.refresh_from_db()
    assert not mothers.is_retired
    assert terms_of(practice) == []


# --- Order ---------------------------------------------------------------------------------------


@pytest.fixture
def three():
    return [make_term("aim", code, order=number) for number, code in enumerate("abc", start=1)]


def order_path():
    return reverse("admin:practices_taxonomy_order_terms", args=[make_taxonomy("aim").pk])


def post_order(client, rows, move=""):
    return client.post(order_path(), {"order": [row.pk for row in rows], "move": move})


def in_order():
    return "".join(make_taxonomy("aim").terms.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("row", "way", "expected"),
    [
        (0, "down", "bac"),
        (1, "up", "bac"),
        (1, "down", "acb"),
        (2, "up", "acb"),
        (0, "up", "abc"),
        (2, "down", "abc"),
    ],
)
def test_button_moves_one_row(publisher, three, row, way, expected):
    response = post_order(publisher, three, f"{three[row].pk}:{way}")

    assert in_order() == expected
    assert response.url == f"{order_path()}?at={three[row].pk}%3A{way}"


def test_letting_go_of_a_row_saves_the_order_of_the_page(publisher, three):
    first, second, third = three

    post_order(publisher, [third, first, second])

    assert in_order() == "cab"


def test_order_shows_in_the_filters_of_the_site(publisher, three):
    make_practice("BE11", terms=three)
    shown = [value.code for value in directory(current()).taxonomies[0].values]

    post_order(publisher, three[::-1])

    assert shown == ["a", "b", "c"]
    assert [value.code for value in directory(current()).taxonomies[0].values] == ["c", "b", "a"]
    assert {term.history.first().history_change_reason for term in (three[0], three[2])} == {
        "order"
    }


def test_order_writes_no_search_entry_anew(publisher, three, django_assert_max_num_queries):
    for _ in range(5):
        make_practice(terms=three)

    with django_assert_max_num_queries(30):
        acts.put_in_order(three[::-1])


def test_page_that_is_out_of_date_changes_nothing(publisher, three):
    late = make_term("aim", "d", order=4)

    page = post_order(publisher, three[::-1])
    twice = post_order(publisher, [*three[::-1], late, late])
    forged = post_order(publisher, [*three[::-1], late, make_term("method", "x")])

    for response in (page, twice, forged):
        assert "Nothing is saved. Look at the order as it is now." in text(response)
    assert in_order() == "abcd"


def test_taxonomies_are_put_in_order_too(publisher):
    rows = [make_taxonomy(code, order=number) for number, code in enumerate(("aim", "method"), 1)]

    publisher.post(
        reverse("admin:practices_taxonomy_order"),
        {"order": [row.pk for row in rows], "move": f"{rows[1].pk}:up"},
    )

    assert [row.code for row in Taxonomy.objects.all()] == ["method", "aim"]


# --- Who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["Editor fr", "Translator"])
def test_only_publishers_look_after_the_taxonomies(role, mothers, parents):
    client = curator_client(make_colleague(role))
    sent = {"into": parents.pk, "merge": "1", "retire": "1", "order": [parents.pk, mothers.pk]}

    met = [client.post(path(act, mothers), sent).status_code for act in ("merge", "retire")]
    order = reverse("admin:practices_taxonomy_order_terms", args=[mothers.taxonomy_id])

    assert [*met, client.post(order, sent).status_code] == [403, 403, 403]
    assert TaxonomyTerm.objects.in_use().count() == 2
    assert "Merge it with another" not in text(client.get(path("change", mothers)))


def test_tools_stand_on_the_pages_of_publishers(publisher, mothers):
    of_term = text(publisher.get(path("change", mothers)))
    of_taxonomy = text(
        publisher.get(reverse("admin:practices_taxonomy_change", args=[mothers.taxonomy_id]))
    )

    assert "Merge it with another" in of_term
    assert "Retire it" in of_term
    assert "Order of its terms" in of_taxonomy
    assert "Order of the taxonomies" in text(
        publisher.get(reverse("admin:practices_taxonomy_changelist"))
    )


def test_pages_of_a_term_that_is_gone_are_not_found(mothers):
    client = curator_client(make_account())
    paths = [path(act, mothers) for act in ("merge", "retire")]
    mothers.delete()

    assert [client.get(one).status_code for one in paths] == [404, 404]
