"""From a visitor's words to ranked keys: all words first, any word when there are few answers."""

from dataclasses import dataclass, field
from math import log

from search import index, synonyms, vocabulary
from search.question import Question, Reader
from search.version import current

FEW_ANSWERS = 12
OTHER_LANGUAGE = 0.85
# How much of what was asked, weighed by rarity, the best answer must hold.
FITS, FITS_A_SENTENCE = 0.45, 0.12
SENTENCE_WORDS = 5
ACCIDENT = 0.1
MOST_A_WORD = 4.0


@dataclass(frozen=True)
class Hit:
    """A record that answers, with the stems found in it per language.

    `core` is its score by what was asked, without the place that was named.
    """

    key: str
    score: float
    found: dict = field(default_factory=dict, compare=False)
    core: float = 0


@dataclass
class Answer:
    question: Question
    hits: list
    fits: bool = True


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
    known = vocabulary.remembered(version)
    reader = Reader(known, thesaurus or synonyms.remembered(version))
    question = reader.read(text, language, correct=not exact)
    documents = candidates(kind, question, public_only)
    matches = [matched(document, question) for document in documents]
    rarity = rarities(question, matches, known.sizes.get(kind, 0))
    factor = weigh or (lambda key, question: 1)
    hits = [
        hit(document, question, match, rarity, factor(document.key, question))
        for document, match in zip(documents, matches, strict=True)
    ]
    return Answer(question, best_first(hits), fits(question, matches, rarity))


def best_first(hits):
    """In order, without those that hold so little of the question that it is an accident."""
    least = ACCIDENT * max((found.core for found in hits), default=0)
    kept = [found for found in hits if found.core > least]
    return sorted(kept, key=lambda found: (-found.score, found.key))


def candidates(kind, question, public_only):
    required = [asked.alternatives for asked in question.required]
    found = index.candidates(kind, required, match_all=True, public_only=public_only)
    if len(found) < FEW_ANSWERS and len(question.asked) > 1:
        every = [asked.alternatives for asked in question.asked]
        found = index.candidates(kind, every, match_all=False, public_only=public_only)
    return found


def matched(document, question):
    """For each asked word its best weight in the document and the (language, stems) found."""
    texts = {column: f" {getattr(document, column)} " for column in index.COLUMNS}
    return [best_of(asked, texts, question.language) for asked in question.asked]


def best_of(asked, texts, language):
    best, found = 0.0, []
    for code, alternatives in asked.alternatives.items():
        factor = 1 if code == language else OTHER_LANGUAGE
        for tokens, weight in alternatives.items():
            held = together(texts, code, tokens)
            if held:
                found.append((code, tokens))
                best = max(best, held * weight * factor)
    return best, found


def together(texts, language, tokens):
    """The weight of stems that stand side by side in the texts of a language, else 0."""
    weight, phrase = 0.0, f" {' '.join(tokens)} "
    for part, part_weight in index.PART_WEIGHTS.items():
        times = texts[f"{part}_{language}"].count(phrase)
        if times:
            weight += part_weight * (1 + log(times))
    return weight


def rarities(question, matches, size):
    """Words that few records hold weigh more; a word that none holds weighs most."""
    holding = [
        sum(match[position][0] > 0 for match in matches) for position in range(len(question.asked))
    ]
    return [log(1 + (size + 1) / (1 + number)) for number in holding]


def hit(document, question, match, rarity, factor):
    weighed = list(zip(question.asked, match, rarity, strict=True))
    required = [(weight, rare) for asked, (weight, _), rare in weighed if not asked.is_place]
    places = [(weight, rare) for asked, (weight, _), rare in weighed if asked.is_place]
    core = score(required or places)
    whole = core + (sum(weight * rare for weight, rare in places) if required else 0)
    return Hit(document.key, round(whole * factor, 6), stems_found(match), round(core, 6))


def stems_found(match):
    found = {}
    for _, pairs in match:
        for language, tokens in pairs:
            found.setdefault(language, set()).update(tokens)
    return found


def score(words):
    """Sum over (weight, rarity) of the words, times the share of them that occur at all.

    Among many words no single one decides.
    """
    most = MOST_A_WORD if len(words) >= SENTENCE_WORDS else float("inf")
    held = sum(weight > 0 for weight, _ in words)
    return sum(min(weight, most) * rare for weight, rare in words) * held / len(words)


def fits(question, matches, rarity):
    """Whether the best answer holds enough of what was asked; a sentence says more than it asks."""
    if not matches:
        return False
    asked = sum(rarity)
    held = max(
        sum(rare for (weight, _), rare in zip(match, rarity, strict=True) if weight)
        for match in matches
    )
    is_sentence = len(question.asked) >= SENTENCE_WORDS
    return held / asked >= (FITS_A_SENTENCE if is_sentence else FITS)
