"""From a visitor's words to ranked keys: all words first, any word when there are few answers."""

from collections import Counter
from dataclasses import dataclass
from math import log

from search import analysis, index

FEW_ANSWERS = 5
OTHER_LANGUAGE = 0.7


@dataclass(frozen=True)
class Hit:
    key: str
    score: float


def search(kind, text, language, *, public_only=True) -> list[Hit]:
    """The records that answer, best first; ties by key. Empty for a text without words."""
    asked = [analysis.query_tokens(word) for word in analysis.query_words(text, language)]
    documents = index.candidates(kind, asked, match_all=True, public_only=public_only)
    if len(documents) < FEW_ANSWERS and len(asked) > 1:
        documents = index.candidates(kind, asked, match_all=False, public_only=public_only)
    return rank(documents, asked, language)


def rank(documents, asked, language):
    """Score the stored tokens in Python, so that both databases give the same order."""
    matches = [matched_weights(document, asked, language) for document in documents]
    rarity = rarities(matches, len(asked))
    hits = [
        Hit(document.key, round(score(weights, rarity), 6))
        for document, weights in zip(documents, matches, strict=True)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.key))


def matched_weights(document, asked, language):
    """For each asked word its best weight in this document, 0 where it does not occur."""
    counts = {
        code: {part: Counter(found) for part, found in document.tokens(code).items()}
        for code in analysis.LANGUAGES
    }
    return [
        max(
            word_weight(counts[code], token) * (1 if code == language else OTHER_LANGUAGE)
            for code, token in by_language.items()
        )
        for by_language in asked
    ]


def word_weight(counts, token):
    return sum(
        index.PART_WEIGHTS[part] * (1 + log(found[token]))
        for part, found in counts.items()
        if found[token]
    )


def rarities(matches, words):
    """Words that few of the candidates hold weigh more."""
    return [
        log(1 + (len(matches) + 1) / (1 + sum(weights[position] > 0 for weights in matches)))
        for position in range(words)
    ]


def score(weights, rarity):
    """Sum over the words, times the share of the words that occur at all."""
    found = sum(weight > 0 for weight in weights)
    total = sum(log(1 + weight) * rare for weight, rare in zip(weights, rarity, strict=True))
    return total * found / len(weights)
