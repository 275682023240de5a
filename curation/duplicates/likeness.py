"""How much two practices look like the same one: a score to 100, and what it is made of.

    80  the names, as alike as rapidfuzz finds their words, in whatever order and language;
        under 60 of 100 they count nothing, because any two words share half their letters
   +10  the same organisation      −10  another one
   +10  the same website
    +5  a place in common          −10  other places

What a record does not say adds and takes nothing. From `LIKELY` on, somebody should look: two
names that are nearly the same, or alike enough with one more thing in common. Words that many
names hold ("prevention", "parents"), small words and the names of a record's own places tell
practices apart no more than a postal code does: they count only in a name that has no others.
A short name that stands whole in a longer one counts as the same: better one look too many.
"""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from search.analysis import PLAIN_WORD, STOP_WORDS, fold

LIKELY = 70
OF_NAMES, LEAST_ALIKE = 80, 60
SAME_ACTOR, OTHER_ACTOR = 10, -10
SAME_SITE = 10
SAME_PLACE, OTHER_PLACE = 5, -10
COMMON_SHARE, LEAST_COMMON = 0.1, 4
SMALL_WORDS = frozenset().union(*STOP_WORDS.values()) | {"vzw", "asbl", "project", "projet"}


@dataclass(frozen=True)
class Profile:
    """What a practice is recognised by. `key` is its primary key; a typed one has none."""

    key: int | None
    code: str
    names: tuple
    actor: int | None = None
    places: frozenset = frozenset()
    sites: frozenset = frozenset()
    place_words: frozenset = field(default=frozenset(), compare=False)

    @cached_property
    def words_of_names(self):
        """The words of each of its names, once each."""
        return tuple(dict.fromkeys(frozenset(words(name)) for name in self.names))


@dataclass(frozen=True)
class Likeness:
    score: int
    reasons: tuple

    @property
    def is_likely(self):
        return self.score >= LIKELY


def words(text):
    return PLAIN_WORD.findall(fold(text))


def common_words(profiles) -> frozenset:
    """Words that stand in so many names that they tell nothing apart."""
    counted = Counter()
    for profile in profiles:
        counted.update(frozenset().union(*profile.words_of_names))
    least = max(LEAST_COMMON, COMMON_SHARE * len(profiles))
    return SMALL_WORDS | {word for word, number in counted.items() if number >= least}


def telling_names(profile, common):
    """Each name as its telling words; all its words when it has no others."""
    untold = common | profile.place_words
    found = (one - untold or one for one in profile.words_of_names if one)
    return tuple(dict.fromkeys(" ".join(sorted(one)) for one in found))


def likeness(one, other, common) -> Likeness:
    return compared(one, telling_names(one, common), other, telling_names(other, common))


def compared(one, names, other, other_names):
    alike = max(
        (fuzz.token_set_ratio(a, b, score_cutoff=LEAST_ALIKE) for a in names for b in other_names),
        default=0,
    )
    told = [(OF_NAMES * alike / 100, _("the name")), *beside_names(one, other)]
    score = sum(points for points, _reason in told)
    reasons = tuple(reason for points, reason in told if reason and points > 0)
    return Likeness(max(0, min(100, round(score))), reasons)


def may_be_likely(one, other) -> bool:
    """Whether any names could make the two alike; costs far less than comparing names."""
    return OF_NAMES + sum(points for points, _reason in beside_names(one, other)) >= LIKELY


def beside_names(one, other):
    return [
        same_or_not(one.actor, other.actor),
        (SAME_SITE, _("the website")) if one.sites & other.sites else (0, ""),
        places_in_common(one.places, other.places),
    ]


def same_or_not(actor, other):
    if not actor or not other:
        return 0, ""
    return (SAME_ACTOR, _("the organisation")) if actor == other else (OTHER_ACTOR, "")


def places_in_common(places, others):
    if not places or not others:
        return 0, ""
    return (SAME_PLACE, _("the place")) if places & others else (OTHER_PLACE, "")


def site_of(address):
    """The host, without www: two addresses of one site are one website."""
    try:
        return (urlsplit(address.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
