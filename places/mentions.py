"""Places named inside a text: "hulp in Vilvoorde", "averroes gand"."""

import re
from functools import lru_cache

from places import gazetteer

LONGEST_NAME_WORDS = 5
LARGE_MUNICIPALITY = 10_000
NAMED_AFTER = frozenset(
    [
        "in",
        "te",
        "bij",
        "rond",
        "nabij",
        "uit",
        "omgeving",
        "regio",
        "gemeente",
        "stad",
        "provincie",
        "arrondissement",
        "a",
        "dans",
        "pres",
        "vers",
        "habite",
        "commune",
        "ville",
        "region",
        "province",
        "near",
        "around",
        "from",
        "at",
        "city",
    ]
)
# Names of municipalities that are everyday words in one of the languages.
ORDINARY = frozenset(
    [
        "ans",
        "as",
        "boom",
        "bree",
        "duffel",
        "geel",
        "ham",
        "lo",
        "manage",
        "mol",
        "olen",
        "peer",
        "pelt",
        "spa",
        "vise",
    ]
)
WIDE = frozenset({"province", "region", "community", "country"})
YEARS = range(1990, 2040)
WORD = re.compile(r"[^\W_]+")


def find(text):
    """The meanings of the first place named in a text, and the folded words that name it."""
    written = WORD.findall(text)[:60]
    folded = [gazetteer.plain(word) for word in written]
    for length in range(min(LONGEST_NAME_WORDS, len(written)), 0, -1):
        for start in range(len(written) - length + 1):
            meanings = named(folded[start : start + length])
            if meanings and is_meant(meanings[0], written, folded, start, length):
                return meanings, set(folded[start : start + length])
    return [], set()


def named(words):
    """Exact names and postal codes only: the start of a name is no mention of it."""
    phrase = " ".join(words)
    return gazetteer.with_postal_code(phrase) if phrase.isdigit() else gazetteer.named(phrase)


def is_meant(meaning, written, folded, start, length):
    if length > 1:
        return True
    word = folded[start]
    if word.isdigit():
        return int(word) not in YEARS or len(written) == 1
    is_introduced = start > 0 and folded[start - 1] in NAMED_AFTER
    is_capital = written[start][0].isupper() and (start > 0 or len(written) == 1)
    if word in ORDINARY:
        return is_introduced and is_capital
    return is_introduced or is_prominent(meaning) or (is_capital and meaning.locality is None)


def is_prominent(meaning):
    if meaning.locality:
        return False
    return meaning.spot.kind in WIDE or meaning.spot.population >= LARGE_MUNICIPALITY


@lru_cache(maxsize=1)
def single_names():
    """Names of one word of municipalities and wider places, for misspelled ones."""
    return sorted(
        name
        for name, meanings in gazetteer.memory().names.items()
        if " " not in name and any(meaning.locality is None for meaning in meanings)
    )
