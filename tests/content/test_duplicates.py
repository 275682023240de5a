"""Real pairs and real strangers: practices of the content, and how somebody types them again."""

import pytest

from curation.duplicates.finding import likely_pairs, look_alikes
from curation.duplicates.likeness import Profile, likeness, site_of
from curation.duplicates.profiles import known, saved_profile
from network.models import Actor
from places.models import Place
from practices.models import Practice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


def typed(name, actor="", place="", website="", aliases=()):
    return Profile(
        key=None,
        code="",
        names=(name, *aliases),
        actor=Actor.objects.get(code=actor).pk if actor else None,
        places=frozenset(Place.objects.filter(code=place).values_list("pk", flat=True)),
        sites=frozenset({site_of(website)} - {""}),
    )


def codes(found):
    return [practice.code for practice, _likeness in found]


PAIRS = {
    "with its legal form": (("Hoedsaam vzw",), "VB07"),
    "with a wrong letter": (("Hoedzaam",), "VB07"),
    "by another name": (("Mother's School",), "WB14"),
    "with another article": (("Aux parents concernes",), "WB08"),
    "by its short name": (("SLIM",), "VB16"),
    "in capitals without accents": (("ECOUTE INFO RADICALISME",), "WB01"),
    "in other words of the same": (("Islam infolijn",), "VB10"),
    "with its organisation": (("Forumtheater over radicalisering", "caleidoscoop"), "VB06"),
    "in German": (("Wegweiser Anlaufstelle Eupen",), "WB10"),
    "with its website": (("Safer", "", "", "http://saferverviers.be/contact"), "WB09"),
}


@pytest.mark.parametrize("how", PAIRS)
def test_practice_typed_again_is_recognised(how):
    arguments, code = PAIRS[how]

    assert codes(look_alikes(typed(*arguments)))[:1] == [code]


STRANGERS = {
    "a common word": ("Radicalisering",),
    "common words": ("Praatcafé voor ouders",),
    "one house, two practices": ("Tangram", "de-touter", "11002", "https://www.detouter.be"),
    "one place": ("Straathoekwerk Gent", "stad-gent", "44021"),
    "nothing": ("",),
    "a name of small words": ("De van het",),
}


@pytest.mark.parametrize("what", STRANGERS)
def test_another_practice_looks_like_none(what):
    assert codes(look_alikes(typed(*STRANGERS[what]))) == []


def test_content_has_two_pairs_worth_a_look():
    by_key = dict(Practice.objects.values_list("pk", "code"))

    pairs = {(by_key[pair.one], by_key[pair.other]) for pair in likely_pairs()}

    assert pairs == {("WB02", "WB13"), ("WB02", "WB15")}


NEIGHBOURS = [
    ("VB07", "VB08"),
    ("VB17", "VB20"),
    ("VB17", "VB18"),
    ("WB01", "WB17"),
    ("VB05", "VB12"),
    ("WB16", "WB02"),
]


@pytest.mark.parametrize("pair", NEIGHBOURS)
def test_neighbours_in_the_content_are_no_pair(pair):
    one, other = (saved_profile(Practice.objects.get(code=code).pk) for code in pair)

    assert not likeness(one, other, known().common).is_likely
