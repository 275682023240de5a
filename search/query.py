"""From a visitor's words to ranked keys: all words first, any word when there are few answers."""

from functools import cached_property, reduce
from math import ceil, log
from operator import and_, or_

from search import index, synonyms, vocabulary
from search.facets import Snapshot
from search.question import Reader
from search.scoring import Hit, fits, hit, matched
from search.tally import Tally
from search.version import Remembered, current

FEW_ANSWERS = 12
MOST_SCORED = 150
# The first sum is in whole numbers: steps of a word's rarity, and how much more a strong part is.
COARSE, STRONGER = 4, 4
ACCIDENT = 0.1


class Universe:
    """The records of one kind that a question may find, each with a position."""

    def __init__(self, keys_by_id):
        self.ids = tuple(keys_by_id)
        self.snapshot = Snapshot(keys_by_id.values())
        self.positions = {pk: position for position, pk in enumerate(self.ids)}

    def mask(self, ids):
        known = (self.positions[pk] for pk in ids if pk in self.positions)
        return self.snapshot.mask_of_positions(known)

    def key_of(self, pk):
        return self.snapshot.keys[self.positions[pk]]

    def keys_in(self, mask):
        return self.snapshot.keys_in(mask, self.snapshot.keys)

    def ids_in(self, mask):
        return [self.ids[self.snapshot.positions[key]] for key in self.keys_in(mask)]


remembered_universes = Remembered(dict)  # kind → its public records, filled as they are asked for


def universe_of(kind, version, public_only):
    if not public_only:
        return Universe(index.all_keys(kind, public_only=False))
    held = remembered_universes(version)
    if kind not in held:
        held[kind] = Universe(index.all_keys(kind))
    return held[kind]


def unweighed(key, question):
    return 1


class Answer:
    """What was understood and which records answer.

    Whether all words or any word apply, how rare a word is and what is an accident is decided
    without any filter, so a filter never adds a record. `hits` has the best records scored;
    `among(keys)` ranks what a filter leaves.
    """

    def __init__(self, question, universe, weigh):
        self.question = question
        self.universe = universe
        self.weigh = weigh

    def of_kind(self, kind, version):
        """The same question among the public records of another kind."""
        other = Answer(self.question, universe_of(kind, version, public_only=True), unweighed)
        other.ids_held = self.ids_held  # the same words: they need not be looked up again
        return other

    @cached_property
    def ids_held(self):
        """Per asked word the ids of the documents of every kind that hold it."""
        return index.holders([asked.alternatives for asked in self.question.asked])

    @cached_property
    def holders(self):
        """Per asked word the mask of the records that hold it."""
        return [self.universe.mask(ids) for ids in self.ids_held]

    @cached_property
    def rarity(self):
        """Words that few records hold weigh more; a word that none holds weighs most."""
        size = len(self.universe.ids)
        return [log(1 + (size + 1) / (1 + held.bit_count())) for held in self.holders]

    @cached_property
    def matching(self):
        """Records with all words; with any word when they are few."""
        if not self.holders:
            return 0
        asked = zip(self.question.asked, self.holders, strict=True)
        required = [held for word, held in asked if not word.is_place] or self.holders
        found = reduce(and_, required)
        is_enough = found.bit_count() >= FEW_ANSWERS or len(self.holders) == 1
        return found if is_enough else reduce(or_, self.holders)

    @cached_property
    def tally(self):
        """A first sum for every record: rare words count more, in a title or label still more."""
        words = [asked.alternatives for asked in self.question.asked]
        strong = index.holders(words, index.STRONG_PARTS)
        tally = Tally()
        for held, ids, rare in zip(self.holders, strong, self.rarity, strict=True):
            tally.add(held, max(1, round(rare * COARSE)))
            tally.add(self.universe.mask(ids), max(1, round(rare * COARSE * STRONGER)))
        return tally

    def first(self, within):
        """The mask of what may be the best `within`, few enough to be scored one by one."""
        is_few = within.bit_count() <= MOST_SCORED
        return within if is_few else self.tally.best(within, MOST_SCORED)

    def scored(self, mask):
        """What each record of a mask holds of the question, and its hit."""
        for pk, texts in index.texts_of(self.universe.ids_in(mask)).items():
            key = self.universe.key_of(pk)
            match = matched(texts, self.question)
            factor = self.weigh(key, self.question)
            yield match, hit(key, self.question, match, self.rarity, factor)

    @cached_property
    def best(self):
        return list(self.scored(self.first(self.matching)))

    @cached_property
    def least(self):
        """What a record scores at least; below it is an accident."""
        return ACCIDENT * max((found.core for _, found in self.best), default=0)

    @cached_property
    def hits(self):
        return in_order(found for _, found in self.best if found.core > self.least)

    @property
    def fits(self):
        return fits(self.question, [match for match, _ in self.best], self.rarity)

    @cached_property
    def keys(self):
        """Every record that answers; those that are not scored by their first sum."""
        scored = [found.key for found in self.hits]
        rest = self.matching & ~self.first(self.matching)
        if not rest:
            return scored
        least = ceil(ACCIDENT * self.tally.largest(self.matching))
        return scored + self.universe.keys_in(self.tally.at_least(least, rest))

    def among(self, keys):
        """Hits of some of the keys, best first: as many as are worth scoring."""
        held = {found.key: found for found in self.hits}
        mask = self.first(self.universe.snapshot.mask(keys))
        wanted = self.universe.keys_in(mask)
        missing = self.universe.snapshot.mask(key for key in wanted if key not in held)
        more = [found for _, found in self.scored(missing)]
        return in_order([*(held[key] for key in wanted if key in held), *more])


def in_order(hits):
    return sorted(hits, key=lambda found: (-found.score, found.key))


def search(kind, text, language, **options) -> list[Hit]:
    """The records that answer, best first; ties by key. Empty for a text without words."""
    return answer(kind, text, language, **options).hits


def answer(
    kind,
    text,
    language,
    *,
    public_only=True,
    exact=False,
    weigh=None,
    version=None,
    thesaurus=None,
) -> Answer:
    """The records that answer, and what was understood: corrections, places, whether any fits.

    `exact` takes every word as typed. `weigh(key, question)` gives the factor of a record, for
    example by its nearness to the places the text names. `version` is the data version, when the
    caller has asked for it already. `thesaurus` stands in for the saved synonym groups.
    """
    version = version or current()
    reader = Reader(vocabulary.remembered(version), thesaurus or synonyms.remembered(version))
    question = reader.read(text, language, correct=not exact)
    universe = universe_of(kind, version, public_only)
    return Answer(question, universe, weigh or unweighed)
