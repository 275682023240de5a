"""From text to tokens. One analysis for what is stored and for what is asked; no database here."""

import re
import unicodedata
from threading import local

import Stemmer

LANGUAGES = ("nl", "fr", "en")
STEMMERS = {"nl": "dutch", "fr": "french", "en": "english"}
LONGEST_WORD = 60
MOST_QUERY_WORDS = 40

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "’": "'", "‘": "'"})
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")

STOP_WORDS = {
    "nl": """aan al alleen als bij daar dan dat de der des deze die dit door dus een en er ge
        haar had heb hebben heeft het hier hij hoe hun iets ik in is ja je jij jou jouw jullie kan
        kon kun kunnen maar me mee men met mij mijn moet na naar niet nog nu of om ons onze ook op
        over te tegen toch toen tot u uit uw van veel voor waar waren was wat we wel werd wie wij
        wil worden wordt zal ze zich zij zijn zo zonder zou""",
    "fr": """a ai ainsi alors as au aucun aussi autre aux avec avoir c ca car ce ceci cela ces
        cet cette chez comme d dans de des donc du elle elles en encore est et etait etre eu fait
        faut il ils j je jusqu l la le les leur leurs lui m ma mais me meme mes moi mon n ne ni
        nos notre nous on ont ou par pas peut plus pour qu que quel quelle qui s sa sans se ses si
        son sont sur t ta te tes toi ton tous tout tres tu un une vers vos votre vous y""",
    "en": """a about after all also am an and any are as at be because been but by can could did
        do does for from had has have he her here him his how i if in into is it its just me more
        my no nor not of on or our out s she should so some such t than that the their them then
        there these they this those to too us very was we were what when where which who why will
        with would you your""",
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in STOP_WORDS.items()}

# A stemmer keeps state while it works and must not be shared between threads.
thread = local()


def fold(text: str) -> str:
    """Lower case, without accents or ligatures: "École" and "ecole" become one."""
    lower = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", lower).translate(LIGATURES)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """Folded words in order; a hyphenated word gives its parts and its joined form."""
    found = []
    for match in WORD.findall(fold(text)):
        found.extend(split_hyphens(ELISION.sub("", match)))
    return [word[:LONGEST_WORD] for word in found]


def split_hyphens(word: str) -> list[str]:
    parts = [part for part in re.split(r"['-]", word) if part]
    return parts if len(parts) == 1 else [*parts, "".join(parts)]


def stem(word: str, language: str) -> str:
    if not hasattr(thread, "stemmers"):
        thread.stemmers = {code: Stemmer.Stemmer(name) for code, name in STEMMERS.items()}
    return thread.stemmers[language].stemWord(word)


def tokens(text: str, language: str) -> list[str]:
    """Stems of a text in the given language, stop words of that language left out."""
    return [stem(word, language) for word in words(text) if word not in STOP_WORDS[language]]


def query_words(text: str, language: str) -> list[str]:
    """The words of a question that carry something, each once, in order.

    Small words of the interface language are dropped, and those of the language the question
    seems to be in: "son" is small in French and a child in English. If nothing is left, all stay.
    """
    found = list(dict.fromkeys(words(text)))
    small = STOP_WORDS[language] | STOP_WORDS[guess_language(found, language)]
    carrying = [word for word in found if word not in small]
    return (carrying or found)[:MOST_QUERY_WORDS]


def guess_language(found: list[str], language: str) -> str:
    """The language most of whose small words occur; the given one when nothing tells."""
    counts = {code: sum(word in STOP_WORDS[code] for word in found) for code in LANGUAGES}
    return max(LANGUAGES, key=lambda code: (counts[code], code == language))


def query_tokens(word: str) -> dict[str, str]:
    """The stem of one word in each language: all texts are searched at once."""
    return {language: stem(word, language) for language in LANGUAGES}
