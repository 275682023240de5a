"""Whether a word is a word of the language at all: "internat" is no misspelled "internet"."""

import gzip
import json
from functools import cache
from importlib.resources import files

from search.analysis import fold


@cache
def words_of(language: str) -> frozenset[str]:
    """Folded words of the language, read when the first unknown word is asked."""
    packed = files("spellchecker") / "resources" / f"{language}.json.gz"
    return frozenset(map(fold, json.loads(gzip.decompress(packed.read_bytes()))))


def is_word(word: str, languages) -> bool:
    return any(word in words_of(language) for language in languages)
