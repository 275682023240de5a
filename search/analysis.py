"""From text to tokens. One analysis for what is stored and for what is asked; no database here."""

import re
import unicodedata
from collections.abc import Container
from threading import local

import Stemmer

LANGUAGES = ("nl", "fr", "en")
# The younger Dutch stemmer cuts "gezin" (family) to "zin" (sense).
STEMMERS = {"nl": "dutch_porter", "fr": "french", "en": "english"}
LONGEST_WORD = 60
MOST_QUERY_WORDS = 24
SHORTEST_PART = 4
LINKS = ("", "s", "en", "e", "n")

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "’": "'", "‘": "'"})
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
PLAIN_WORD = re.compile(r"[^\W_]+")
ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")

STOP_WORDS = {
    "nl": """aan al alleen als ben bent bij daar dan dat de der des deze die dit doe doet
        door dus een en er gaat ge geworden haar had heb hebben heeft het hier hij hoe
        hun iets ik in is ja je jij jou jouw jullie kan kon kun kunnen maar me mee men met
        mij mijn moet na naar niet nog nu of om ons onze ook op over te tegen toch toen tot
        u uit uw van veel voor waar waren was wat we wel werd wie wij wil worden wordt zal
        ze zich zij zijn zo zonder zou""",
    "fr": """a ai ainsi alors as au aucun aussi autre aux avec avoir c ca car ce ceci cela ces
        cet cette chez comme d dans de des donc du elle elles en encore est et etait ete
        etre eu fait faut il ils j je jusqu l la le les leur leurs lui m ma mais me meme mes
        moi mon n ne ni nos notre nous on ont ou par pas peut plus pour qu que quel quelle
        qui quoi s sa sais sait sans se ses si son sont suis sur t ta te tes toi ton tous
        tout tres tu un une va vais vas vers veut veux vont vos votre vous y""",
    "en": """a about after all also am an and any are as at be because been but by can could did
        do does for from had has have he her here him his how i if in into is it its just me more
        my no nor not of on or our out s she should so some such t than that the their them then
        there these they this those to too us very was we were what when where which who why will
        with would you your""",
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in STOP_WORDS.items()}

# What everybody looks for in a directory of help tells nothing apart.
ASKED_BY_ALL = frozenset(
    [
        "hulp",
        "help",
        "aide",
        "hulp",
        "helpen",
        "aider",
        "zoek",
        "zoeken",
        "zoekt",
        "cherche",
        "chercher",
        "cherchons",
        "looking",
        "search",
        "find",
        "vinden",
        "trouver",
        "nodig",
        "besoin",
        "need",
    ]
)

# A stemmer keeps state while it works and must not be shared between threads.
thread = local()


def fold(text: str) -> str:
    """Lower case, without accents or ligatures: "École" and "ecole" become one."""
    if text.isascii():  # nearly every word
        return text.lower()
    lower = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", lower).translate(LIGATURES)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """Folded words in order; a hyphenated word gives its parts and its joined form."""
    found = []
    for parts in word_parts(text):
        found.extend(parts if len(parts) == 1 else [*parts, "".join(parts)])
    return [word[:LONGEST_WORD] for word in found]


def word_parts(text: str) -> list[list[str]]:
    """Folded words in order, each as its parts between hyphens and apostrophes."""
    bare = (ELISION.sub("", match) for match in WORD.findall(fold(text)))
    return [[part for part in re.split(r"['-]", word) if part] for word in bare]


def replace_words(text: str, replacements: dict[str, str]) -> str:
    """The text as it was typed, with some folded words replaced."""
    return PLAIN_WORD.sub(lambda match: replacements.get(fold(match[0]), match[0]), text)


def stem(word: str, language: str) -> str:
    if not hasattr(thread, "stemmers"):
        thread.stemmers = {code: Stemmer.Stemmer(name) for code, name in STEMMERS.items()}
    return thread.stemmers[language].stemWord(word)


def tokens(text: str, language: str) -> list[str]:
    """Stems of a text in the given language, stop words of that language left out."""
    return [token for token, _ in written_tokens(text, language)]


def written_tokens(text: str, language: str) -> list[tuple[str, str]]:
    """The same stems, each with the folded word it comes from."""
    kept = (word for word in words(text) if word not in STOP_WORDS[language])
    return [(stem(word, language), word) for word in kept]


def compound_parts(word: str, known: Container[str]) -> list[str]:
    """The known parts of a Dutch compound, of four letters and more; empty when it is none.

    "weerbaarheidstraining" → ["weerbaarheid", "training"].
    """
    for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        part = first_part(word[:cut], known)
        tail = word[cut:]
        if part and is_known(tail, known):
            return [part, tail]
        rest = compound_parts(tail, known) if part and len(tail) >= 2 * SHORTEST_PART else []
        if rest:
            return [part, *rest]
    return []


def first_part(head, known):
    """The part without its linking s, e, en or n, when it is known."""
    bare = [head.removesuffix(link) for link in LINKS if head.endswith(link)]
    return next((part for part in bare if len(part) >= SHORTEST_PART and is_known(part, known)), "")


def is_known(word, known):
    return word in known or stem(word, "nl") in known


def query_words(text: str, language: str) -> list[str]:
    """The words of a question that carry something, each once, in order.

    Small words of the interface language are dropped, and those of the language the question
    seems to be in: "son" is small in French and a child in English. If nothing is left, all stay.
    """
    parts = (part[:LONGEST_WORD] for found in word_parts(text) for part in found)
    found = list(dict.fromkeys(parts))
    small = STOP_WORDS[language] | STOP_WORDS[guess_language(found, language)]
    carrying = [word for word in found if word not in small]
    telling = [word for word in carrying if word not in ASKED_BY_ALL]
    return (telling or carrying or found)[:MOST_QUERY_WORDS]


def guess_language(found: list[str], language: str) -> str:
    """The language most of whose small words occur; the given one when nothing tells."""
    counts = {code: sum(word in STOP_WORDS[code] for word in found) for code in LANGUAGES}
    return max(LANGUAGES, key=lambda code: (counts[code], code == language))
