"""What in a text may lead to a person. It only asks: a rule cannot know, and blocks nobody.

Patterns of Belgium: national numbers, telephone numbers, addresses, days of birth, and what looks
like a name. It would rather ask once too often than not at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from places import gazetteer
from search.analysis import STOP_WORDS, fold

NATIONAL_NUMBER = re.compile(r"\b\d{2}[.\-/ ]?\d{2}[.\-/ ]?\d{2}[.\-/ ]{0,3}\d{3}[.\-/ ]?\d{2}\b")
TELEPHONE = re.compile(r"(?<![\d.])(?:\+32|0032|0)[\s./-]?[1-9](?:[\s./-]{0,2}\d){7,8}(?!\d)")
EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[a-zA-Z]{2,}")
MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|"
    "décembre|decembre|january|february|march|may|june|july|august|october"
)
DAY = re.compile(
    rf"\b\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:19|20)?\d{{2}}\b"
    rf"|\b\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:{MONTHS})\s+(?:19|20)\d{{2}}\b"
    rf"|\b(?:{MONTHS})\s+\d{{1,2}},?\s+(?:19|20)\d{{2}}\b",
    re.IGNORECASE,
)
STREET = re.compile(
    r"\b[\w'’-]*(?:straat|laan|steenweg|plein|dreef|kaai|lei|weg|baan)\s+(?:nr\.?\s*)?\d+\w?\b"
    r"|\b(?:rue|avenue|chaussée|chaussee|boulevard|place|quai|allée|allee|clos|drève)\s"
    r"[\w'’ -]{2,40}?,?\s(?:n°\s*)?\d+\w?\b"
    r"|\b\d+\w?,?\s(?:rue|avenue|chaussée|chaussee|boulevard|place|quai|allée|allee)\s"
    r"(?:de la |de l'|du |des |de |d')?[A-ZÀ-Þ][\w'’-]+",
    re.IGNORECASE,
)
CAPITAL = r"[A-ZÀ-Þ][a-zà-ÿ]+(?:[-'’][A-ZÀ-Þa-zà-ÿ]+)*"
PARTICLE = r"(?:(?:van|de|der|den|von|el|al|ben|ibn|di|du|le|la|ould)\s+){0,3}"
TITLED = re.compile(
    rf"\b(?:[Dd]e heer|[Mm]eneer|[Mm]evrouw|[Mm]ijnheer|[Mm]evr\.|[Dd]hr\.|[Mm]onsieur|[Mm]adame|"
    rf"[Mm]ademoiselle|M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?)\s+{PARTICLE}"
    rf"(?:{CAPITAL}(?:\s+{CAPITAL})*|[A-Z]\.?(?=\s|$))"
)
PAIR = re.compile(rf"\b({CAPITAL}|[A-Z]\.)\s+{PARTICLE}({CAPITAL})\b")
WORD = re.compile(rf"\b{CAPITAL}\b")
FIRST_NAMES = """
    adam ahmed aicha aisha ali alice amina amir anas anna anne arthur axel ayoub bart bilal brahim
    camille charlotte chloe daan david eline elias elisa emma eva fatima fatma fien finn gilles
    hamza hanne hassan hicham hugo ibrahim ilias imane ines ismail jan jef jeroen jonas jules julie
    karim kevin khadija khalid kobe lars laura layla lea leila lena liam lina lotte louis louise
    luca lucas lucie malika marie mariam maria maryam maxime mehdi milan mohamed mohammed mounir
    mustafa nadia najat nathan nina noah noor nora nour olivia omar oscar pieter rachid rachida
    rayan robbe romain said saida salma samir samira sara sarah sofie sofia soufiane stijn thomas
    tom victor wout yasmine yassin yassine youssef yusuf zakaria zoe
"""
CAPITALS = """
    allah belgie belgique belgium brussel bruxelles coran dimanche dinsdag donderdag facebook
    fedasil friday god google instagram islam islamitische jeudi koran lundi maandag mardi mercredi
    monday moslim mosque quran ramadan samedi saturday snapchat sunday syrie syria telegram thursday
    tiktok tuesday vendredi vrijdag wednesday whatsapp woensdag youtube zaterdag zondag
"""
FIRST_NAMES, CAPITALS = frozenset(FIRST_NAMES.split()), frozenset(CAPITALS.split())


@dataclass(frozen=True)
class Finding:
    kind: object
    text: str


def findings(text: str) -> list[Finding]:
    """What may lead to a person, in the order of the text, each once."""
    found, taken = {}, [False] * len(text)
    for kind, matches in KINDS:
        for start, end in matches(text):
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.setdefault(text[start:end].strip(), (start, kind))
    in_order = sorted(found.items(), key=lambda entry: entry[1][0])
    return [Finding(kind, words) for words, (_start, kind) in in_order]


def all_of(pattern):
    return lambda text: (match.span() for match in pattern.finditer(text))


def names(text) -> Iterator[tuple[int, int]]:
    for match in TITLED.finditer(text):
        yield match.span()
    for match in PAIR.finditer(text):
        if is_first_name(match.group(1)) or not any(map(is_known, match.groups())):
            yield match.span()
    for match in WORD.finditer(text):
        if is_first_name(match.group()):
            yield match.span()


def is_first_name(word):
    return fold(word) in FIRST_NAMES


def is_known(word):
    """A small word at the head of a sentence, a place, a day, another word with a capital."""
    plain = fold(word)
    is_small = any(plain in words for words in STOP_WORDS.values())
    return is_small or plain in CAPITALS or bool(gazetteer.understand(word))


KINDS = (
    (_("a national register number"), all_of(NATIONAL_NUMBER)),
    (_("an e-mail address"), all_of(EMAIL)),
    (_("a telephone number"), all_of(TELEPHONE)),
    (_("a date, perhaps of a birth"), all_of(DAY)),
    (_("an address"), all_of(STREET)),
    (_("perhaps a name"), names),
)
