"""Texts that a search must survive, and the longest that cost it most."""

from random import Random

from care.middleware import LONGEST_QUERY_STRING
from search.models import Word
from tests.hostile import HOSTILE

LONGEST = 30_000
LONGEST_ACCEPTED = LONGEST_QUERY_STRING - len("q=")
SHOWN = 30


def hostile_texts():
    """Name → text."""
    texts = {repr(text[:SHOWN]): text for text in HOSTILE}
    for length in (LONGEST_ACCEPTED, LONGEST):
        texts |= {
            f"{length:,} characters of known words": repeated(known_words(), length),
            f"{length:,} characters of misspelled words": repeated(misspelled_words(), length),
            f"{length:,} characters without a space": "a" * length,
        }
    return texts


def known_words():
    """Long ones in an order of chance: each may have been any of many words."""
    words = Word.objects.order_by("token").values_list("written", flat=True)
    long_words = [word for word in dict.fromkeys(words) if len(word) > 8 and word.isalpha()]
    Random(1).shuffle(long_words)
    return long_words


def misspelled_words():
    """Two neighbouring letters change places."""
    return [word[:3] + word[4] + word[3] + word[5:] for word in known_words()]


def repeated(words, length):
    text = " ".join(words) + " "
    return (text * (length // len(text) + 1))[:length]
