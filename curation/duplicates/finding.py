"""Which practices look like one that is being written, and which of all look like each other."""

from dataclasses import dataclass
from itertools import combinations

from curation.duplicates.likeness import Likeness, compared, may_be_likely, telling_names
from curation.duplicates.profiles import LARGEST_BLOCK, known
from practices.models import Practice
from search.version import Remembered, current

MOST_SHOWN = 5
MOST_PAIRS = 200


@dataclass(frozen=True)
class Pair:
    one: int  # primary keys
    other: int
    likeness: Likeness


def look_alikes(profile) -> list:
    """(practice, likeness) of those that look like it, the most alike first."""
    found = known()
    alike = likely_among(found.profiles, profile, found)
    practices = Practice.objects.in_bulk([pk for pk, _likeness in alike])
    return [(practices[pk], likeness) for pk, likeness in alike if pk in practices]


def near_look_alikes(profile) -> list:
    """(code, likeness): looks only where a word starts the same, for many records in a row."""
    found = known()
    near = found.near(telling_names(profile, found.common))
    alike = likely_among(near, profile, found)
    return [(found.profiles[pk].code, likeness) for pk, likeness in alike]


def likely_among(keys, profile, found):
    names = telling_names(profile, found.common)
    compared_with = (
        (pk, compared(profile, names, found.profiles[pk], found.telling[pk]))
        for pk in keys
        if pk != profile.key
    )
    likely = [(pk, likeness) for pk, likeness in compared_with if likeness.is_likely]
    likely.sort(key=lambda pair: (-pair[1].score, found.profiles[pair[0]].code))
    return likely[:MOST_SHOWN]


def likely_pairs() -> list:
    """All pairs that look alike, the most alike first; found once per data version."""
    return remembered_pairs(current())


def read_pairs():
    found = known()
    pairs = [Pair(one, other, likeness) for one, other, likeness in compared_pairs(found)]
    codes = {pk: profile.code for pk, profile in found.profiles.items()}
    pairs.sort(key=lambda pair: (-pair.likeness.score, codes[pair.one], codes[pair.other]))
    return pairs


def compared_pairs(found):
    for one, other in candidates(found):
        profiles = found.profiles[one], found.profiles[other]
        if may_be_likely(*profiles):
            likeness = compared(profiles[0], found.telling[one], profiles[1], found.telling[other])
            if likeness.is_likely:
                yield one, other, likeness


remembered_pairs = Remembered(read_pairs)


def candidates(found):
    """Pairs that share the start of a telling word; what very many share is no reason to look."""
    shared = (block for block in found.blocks.values() if len(block) <= LARGEST_BLOCK)
    return {pair for block in shared for pair in combinations(sorted(block), 2)}
