"""One record against one question: what it holds of it, and how much that weighs."""

from dataclasses import dataclass, field
from math import log

from search.analysis import LANGUAGES
from search.index import PART_WEIGHTS

OTHER_LANGUAGE = 0.85
# How much of what was asked, weighed by rarity, the best answer must hold.
FITS, FITS_A_SENTENCE = 0.45, 0.12
SENTENCE_WORDS = 5
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


def matched(texts, question):
    """For each asked word its best weight in the texts and the (language, stems) found."""
    padded = {column: f" {text} " for column, text in texts.items()}
    whole = {
        language: "".join(padded[f"{part}_{language}"] for part in PART_WEIGHTS)
        for language in LANGUAGES
    }
    return [best_of(asked, padded, whole, question.language) for asked in question.asked]


def best_of(asked, texts, whole, language):
    best, found = 0.0, []
    for code, alternatives in asked.alternatives.items():
        factor = 1 if code == language else OTHER_LANGUAGE
        for tokens, weight in alternatives.items():
            phrase = f" {' '.join(tokens)} "
            if phrase in whole[code]:
                found.append((code, tokens))
                best = max(best, together(texts, code, phrase) * weight * factor)
    return best, found


def together(texts, language, phrase):
    """The weight of stems that stand side by side in the texts of a language."""
    weight = 0.0
    for part, part_weight in PART_WEIGHTS.items():
        times = texts[f"{part}_{language}"].count(phrase)
        if times:
            weight += part_weight * (1 + log(times))
    return weight


def hit(key, question, match, rarity, factor):
    weighed = list(zip(question.asked, match, rarity, strict=True))
    required = [(weight, rare) for asked, (weight, _), rare in weighed if not asked.is_place]
    places = [(weight, rare) for asked, (weight, _), rare in weighed if asked.is_place]
    core = score(required or places)
    whole = core + (sum(weight * rare for weight, rare in places) if required else 0)
    return Hit(key, round(whole * factor, 6), stems_found(match), round(core, 6))


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
