"""What a merge keeps, what it moves, and what it refuses."""

import pytest
from django.utils.translation import override

from curation.duplicates.merging import BOTH, LOSER, WINNER, Merge, MergeError
from network.publishing import EditorialStatus
from practices.models import Citation, FormerAddress, Practice, PracticeContact
from practices.search import search_entry
from search.index import columns as index_columns
from search.models import Document
from search.query import search
from tests.curation.tables.sheets import everything
from tests.factories import make_actor, make_practice, make_source, make_term
from tests.pages import address, get
from trainings.models import Training

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
GHENT, ANTWERP = "44021", "11002"


@pytest.fixture
def two():
    winner = make_practice(
        "BE11",
        name_nl="Praattafel",
        aims_nl="",
        method_nl="Methode van BE11",
        also_known_as="Tafel",
        coverage=[GHENT],
        terms=[make_term("aim", "safety")],
        lead_actor=make_actor(code="house"),
    )
    loser = make_practice(
        "BE12",
        name_nl="De praattafel",
        aims_nl="Doel van BE12",
        method_nl="Methode van BE12",
        also_known_as="Tafel\nBabbeltafel",
        coverage=[ANTWERP],
        terms=[make_term("aim", "peace")],
        lead_actor=make_actor(code="other"),
        operating_status="ended",
        operating_status_date="2016-02",
    )
    return winner, loser


def merge(two, **choices):
    act = Merge(*two, choices=choices)
    act.carry_out(act.fingerprint)
    return [Practice.objects.get(pk=one.pk) for one in two]


def cite(practice, field, source, note=""):
    return Citation.objects.create(practice=practice, field=field, source=source, note=note)


def reach(practice, value, source=None, **values):
    values = {"kind": "phone", "source": source or make_source()} | values
    return PracticeContact.objects.create(practice=practice, value=value, **values)


# --- Fields ------------------------------------------------------------------------------------


def test_only_what_differs_is_to_be_chosen(two):
    names = [field.name for field in Merge(*two).fields]

    assert "method_nl" in names
    assert "operating_status" in names
    assert {"cost", "code", "slug_nl", "successor", "aims_fr", "seats"}.isdisjoint(names)


def test_unless_told_otherwise_the_winner_keeps_its_own_and_gains_the_rest(two):
    winner, loser = merge(two)

    assert (winner.name_nl, winner.method_nl) == ("Praattafel", "Methode van BE11")
    assert winner.aims_nl == "Doel van BE12"
    assert winner.also_known_as == "Tafel\nBabbeltafel"
    assert sorted(winner.coverage.values_list("code", flat=True)) == [ANTWERP, GHENT]
    assert sorted(winner.terms.values_list("code", flat=True)) == ["peace", "safety"]
    assert winner.lead_actor.code == "house"
    assert (winner.operating_status, winner.operating_status_date) == ("ended", "2016-02")
    assert winner.editorial_status == EditorialStatus.PUBLISHED
    assert (loser.editorial_status, loser.successor) == (EditorialStatus.ARCHIVED, winner)
    assert loser.method_nl == "Methode van BE12"


def test_each_field_is_taken_from_the_one_that_was_chosen(two):
    winner, _loser = merge(
        two, method_nl=LOSER, aims_nl=WINNER, coverage=LOSER, lead_actor=LOSER,
        also_known_as=WINNER, terms=BOTH, operating_status=WINNER,
    )  # fmt: skip

    assert (winner.method_nl, winner.aims_nl) == ("Methode van BE12", "")
    assert list(winner.coverage.values_list("code", flat=True)) == [ANTWERP]
    assert winner.lead_actor.code == "other"
    assert winner.also_known_as == "Tafel"
    assert (winner.operating_status, winner.operating_status_date) == ("unknown", "")


@pytest.mark.parametrize("known", [0, 1])
def test_more_is_known_than_the_name_when_one_of_them_knew_it(two, known):
    two[1 - known].is_title_only = True
    two[1 - known].save()

    winner, _loser = merge(two)

    assert winner.is_title_only is False


def test_a_choice_that_no_form_offers_is_the_usual_one(two):
    winner, _loser = merge(two, method_nl=BOTH, lead_actor="nobody")

    assert (winner.method_nl, winner.lead_actor.code) == ("Methode van BE11", "house")


def test_search_finds_the_winner_by_what_it_gained(two):
    assert {hit.key for hit in search("practice", "babbeltafel", "nl")} == {"BE12"}

    winner, _loser = merge(two)

    assert [hit.key for hit in search("practice", "babbeltafel", "nl")] == ["BE11"]
    entry = index_columns(search_entry(winner))
    document = Document.objects.get(kind="practice", key="BE11")
    assert {name: getattr(document, name) for name in entry} == entry


# --- What hangs on them ------------------------------------------------------------------------


def test_sources_of_both_are_kept_once_each(two):
    winner, loser = two
    shared, own = make_source(key="S1"), make_source(key="S2")
    cite(winner, "name", shared, "of the winner")
    cite(loser, "name", shared, "of the loser")
    cite(loser, "name", own)
    cite(loser, "terms.aim", own)

    winner, loser = merge(two)

    kept = winner.citations.values_list("field", "source__key", "note")
    assert sorted(kept) == [
        ("name", "S1", "of the winner"),
        ("name", "S2", ""),
        ("terms.aim", "S2", ""),
    ]
    assert loser.citations.count() == 3


def test_contacts_of_both_are_kept_once_each(two):
    winner, loser = two
    reach(winner, "02 111 22 33")
    reach(loser, "02 111 22 33")
    reach(loser, "+32 2 444 55 66", year=2019)

    winner, loser = merge(two)

    assert list(winner.contacts.values_list("value", "year")) == [
        ("02 111 22 33", None),
        ("+32 2 444 55 66", 2019),
    ]
    assert loser.contacts.count() == 2


def test_history_of_both_stays_and_tells_of_the_merge(two):
    entries = [one.history.count() for one in two]

    winner, loser = merge(two)

    assert [one.history.count() for one in (winner, loser)] == [entries[0] + 1, entries[1] + 1]
    for one in (winner, loser):
        assert one.history.first().history_change_reason == "merged: BE12 into BE11"
    assert loser.history.last().name_nl == "De praattafel"
    newest = winner.history.first()
    assert sorted(row.place.code for row in newest.coverage.all()) == [ANTWERP, GHENT]


def test_who_followed_the_loser_follows_the_winner(two):
    follower = make_practice("BE13", successor=two[1])
    Practice.objects.filter(pk=two[0].pk).update(successor=two[1])
    two[0].refresh_from_db()

    winner, _loser = merge(two)

    assert Practice.objects.get(pk=follower.pk).successor == winner
    assert winner.successor is None


def test_every_relation_to_a_practice_is_dealt_with():
    """A new one fails here: say in `merging.py` what becomes of its rows, then name it."""
    dealt_with = {"contacts", "citations", "former_addresses", "practice", "working_copy"}
    dealt_with |= {"trainings"}
    stays_with_the_loser = {"suggestion", "suggestions", "check_mails", "unasked"}

    found = {
        relation.name if relation.hidden else relation.get_accessor_name()
        for relation in Practice._meta.related_objects
        if not relation.related_model.__name__.startswith("Historical")
    }

    assert {name.removesuffix("_set") for name in found} <= dealt_with | stays_with_the_loser


def test_trainings_of_both_belong_to_the_winner(two):
    own, other = (Training.objects.create(code=code) for code in ("own", "other"))
    for training, practice in zip((own, other), two, strict=True):
        training.practices.add(practice)

    winner, _loser = merge(two)

    assert set(winner.trainings.all()) == {own, other}


# --- Addresses ---------------------------------------------------------------------------------


def led(path):
    response = get(path)
    return response.status_code, response.headers.get("Location")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_old_address_leads_to_the_winner_for_good(two, language):
    winner, _loser = merge(two)
    with override(language):
        path = winner.get_absolute_url()

    assert led(address("practice_detail", f"be12-{language}", language=language)) == (301, path)
    response = get("/p/be12", **{"accept-language": language})
    assert (response.status_code, response.headers["Location"]) == (301, path)
    assert "Accept-Language" in response.headers["Vary"]
    assert led(path) == (200, None)


def test_old_address_in_another_language_leads_there_too(two):
    winner, _loser = merge(two)

    assert led(address("practice_detail", "be12-nl", language="fr"))[0] == 301


def test_second_merge_takes_the_old_addresses_along(two):
    winner, _loser = merge(two)
    third = make_practice("BE13", name_nl="Praattafel drie")

    merge((third, winner))

    for code in ("be11", "be12"):
        wanted = (301, third.get_absolute_url())
        assert led(address("practice_detail", f"{code}-en")) == wanted
        assert led(f"/p/{code}") == wanted


def test_no_old_address_leads_to_what_readers_may_not_see(two):
    winner, _loser = merge(two)
    assert led("/p/BE12")[0] == 301

    Practice.objects.filter(pk=winner.pk).unpublish()

    by_code = address("practice_detail", "be12")
    assert led("/p/BE12") == (302, by_code)
    assert led(by_code) == led(address("practice_detail", "be12-en")) == (410, None)


def test_slug_of_a_living_practice_wins(two):
    _winner, loser = merge(two)
    loser.slug_en = "moved-away"
    loser.save()
    living = make_practice("BE13", slug_en="be12-en")

    assert led(address("practice_detail", "be12-en")) == (200, None)
    Practice.objects.filter(pk=living.pk).unpublish()
    assert led(address("practice_detail", "be12-en"))[0] == 301


def test_loser_that_is_published_again_has_its_own_address(two):
    _winner, loser = merge(two)

    Practice.objects.filter(pk=loser.pk).publish()

    assert led(address("practice_detail", "be12-en")) == (200, None)
    assert led("/p/BE12") == (302, loser.get_absolute_url())


# --- Refused -----------------------------------------------------------------------------------


def refusal(two, fingerprint=None, **choices):
    act, before = Merge(*two, choices=choices), everything()
    with pytest.raises(MergeError) as caught:
        act.carry_out(fingerprint or act.fingerprint)
    assert everything() == before
    assert FormerAddress.objects.count() == 0
    return str(caught.value)


def test_a_record_is_not_merged_with_itself(two):
    assert refusal((two[0], two[0])) == "Choose two different practices."


def test_readers_do_not_lose_the_page_they_see():
    draft = make_practice("BE11", editorial_status="draft", published_at=None)

    told = refusal((draft, make_practice("BE12")))

    assert told == "Readers see the one that goes. Publish the one that stays first."


def test_archived_record_does_not_stay():
    archived = make_practice("BE11", editorial_status="archived")

    assert refusal((archived, make_practice("BE12"))) == "The one that stays is archived."


def test_what_may_not_be_public_is_refused(two):
    Practice.objects.filter(pk=two[1].pk).update(summary_nl=None)
    two[1].refresh_from_db()

    assert "Summary is missing in NL." in refusal(two, summary_nl=LOSER).replace(
        "summary", "Summary"
    )


@pytest.mark.parametrize("which", [0, 1])
def test_change_after_the_preview_is_seen(two, which):
    shown = Merge(*two).fingerprint
    changed = Practice.objects.get(pk=two[which].pk)
    changed.reach_nl = "Met de hand"
    changed.save()

    assert refusal(two, shown) == "One of the two changed meanwhile. Look again."


def test_contact_added_after_the_preview_is_seen(two):
    shown = Merge(*two).fingerprint
    reach(two[1], "02 111 22 33")

    assert refusal(two, shown) == "One of the two changed meanwhile. Look again."


def test_merge_that_fails_at_its_end_leaves_nothing(two, monkeypatch):
    """The last act of all, after every row was written."""
    act, before = Merge(*two), everything()
    monkeypatch.setattr(Practice, "refresh_search", fail_for(two[0].pk, Practice.refresh_search))

    with pytest.raises(RuntimeError):
        act.carry_out(act.fingerprint)

    assert everything() == before
    assert FormerAddress.objects.count() == 0


def fail_for(key, usual):
    calls = []

    def refresh(practice):
        calls.append(practice.pk)
        if calls.count(key) == 2:  # the first time it is saved
            raise RuntimeError("the search is gone")
        usual(practice)

    return refresh
