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

# Every repeat is bounded, so that a text of any shape is read in a time that grows with its length.
ALPHABETS = (range(0x250), range(0x370, 0x530), range(0x1E00, 0x1F00))  # Latin, Greek, Cyrillic
LETTERS = [chr(code) for codes in ALPHABETS for code in codes if chr(code).isalpha()]
MARKS = "\u0300-\u036f"  # accents that are written apart
UPPER = "".join(letter for letter in LETTERS if letter.isupper())
LETTER = "".join(LETTERS) + MARKS
LOWER = "".join(letter for letter in LETTERS if not letter.isupper()) + MARKS
START, END = r"(?<![\w-])", r"(?!\w)"

NATIONAL_NUMBER = re.compile(
    r"(?<![\w+])\d{2}[.\-/ ]?\d{2}[.\-/ ]?\d{2}[.\-/ ]{0,3}\d{3}[.\-/ ]?\d{2}\b"
)
TELEPHONE = re.compile(
    r"(?<![\d.])(?:\+32|0032|0)[\s./-]?(?:\(0\)\s?)?[1-9](?:[\s./-]{0,2}\d){7,8}(?!\d)"
)
EMAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,100}\.[a-zA-Z]{2,24}")
MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|"
    "décembre|decembre|january|february|march|may|june|july|august|october"
)
BORN = "geboren|geboortedatum|verjaart|verjaardag|née?|naissance|anniversaire|born|birthday"
DAY_AND_MONTH = (
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s{{1,3}}(?:of\s)?(?:{MONTHS})"
    rf"|(?:{MONTHS})\s{{1,3}}\d{{1,2}})\b"
)
DAY = re.compile(
    rf"\b\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:19|20)?\d{{2}}\b"
    rf"|\b(?:19|20)\d{{2}}[./-]\d{{1,2}}[./-]\d{{1,2}}\b"
    rf"|\b\d{{1,2}}(?:er|st|nd|rd|th)?\s{{1,3}}(?:{MONTHS})\s{{1,3}}(?:19|20)\d{{2}}\b"
    rf"|\b(?:{MONTHS})\s{{1,3}}\d{{1,2}},?\s{{1,3}}(?:19|20)\d{{2}}\b"
    rf"|\b(?:{BORN})\s(?:[a-zé]{{1,6}}\s){{0,3}}{DAY_AND_MONTH}(?!\s{{1,3}}(?:19|20)\d\d)",
    re.IGNORECASE,
)
HOUSE = r"\d{1,5}(?:\s?(?:bis|ter|quater)|\w)?\b"
WAYS = "rue|avenue|chaussée|chaussee|boulevard|place|quai|allée|allee"
STREET = re.compile(
    r"(?<![\w'’-])[\w'’-]{0,40}(?:straat|laan|steenweg|plein|dreef|kaai|lei|weg|baan)\s{1,3}"
    rf"(?:nr\.?\s?)?{HOUSE}"
    rf"|\b(?:{WAYS}|clos|drève)\s[\w'’ -]{{2,40}}?,?\s(?:n°\s?)?{HOUSE}"
    rf"|\b{HOUSE},?\s(?:{WAYS})\s(?:de la |de l'|du |des |de |d')?[A-ZÀ-Þ][\w'’-]{{1,40}}",
    re.IGNORECASE,
)
JOINED = rf"(?:[-'’][{LETTER}]{{1,30}}){{0,3}}"
CAPITAL = rf"[{UPPER}][{LOWER}]{{1,30}}{JOINED}"
NAME = rf"(?:{CAPITAL}|[{UPPER}]{{2,30}}{JOINED})"
INITIAL = rf"[{UPPER}](?:\.|{END})"
OF = "van|de|der|den|von|el|al|ben|ibn|di|du|ould"
PARTICLE = rf"(?:(?:{OF}|le|la)\s{{1,3}}){{0,3}}"
TITLE = (
    r"(?:(?i:de heer|meneer|mevrouw|mijnheer|mevr\.|dhr\.|monsieur|madame|mademoiselle|mme|mlle)"
    r"|(?i:mrs\.?)|M\.|[Mm]r\.|Mr|Ms\.?)"
)
TITLED = re.compile(
    rf"{START}{TITLE}\s{{1,3}}(?:(?:{OF})\s{{1,3}}){{0,3}}"
    rf"(?:{NAME}(?:\s{NAME}){{0,3}}{END}|{INITIAL})"
)
TITLED_LOWER = re.compile(
    rf"{START}(?i:mevr\.|dhr\.|mme|mlle|mrs\.?|mr\.)\s{{1,3}}([{LOWER}]{{2,30}}{JOINED}){END}"
)
PAIR = re.compile(rf"{START}(?=(({NAME}|[{UPPER}]\.)\s{{1,3}}{PARTICLE}({NAME}{END}|{INITIAL})))")
SURE_PAIR = re.compile(rf"(?:{CAPITAL}|[{UPPER}]\.)\s{{1,3}}{PARTICLE}{CAPITAL}")
WORD = re.compile(rf"{START}[{LETTER}]{{1,30}}(?:-[{LETTER}]{{1,30}}){{0,3}}{END}")
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
    agentschap allah belgie belgique belgium binnenlands binnenlandse brussel bruxelles center
    centre centrum child college commissie commission community conseil coran council depuis dienst
    dimanche dinsdag donderdag european europese facebook family fedasil federale federatie
    federation fondation foundation friday gemeenschap gewest god google huis instagram institute
    instituut islam islamitische jeudi justice king koning koran lundi maandag maison mardi
    mercredi ministere monday moslim mosque netwerk police politie preventie prevention quran
    ramadan roi samedi saturday selon service since sinds snapchat social sociale sunday support
    syria syrie team telegram thursday tiktok tuesday union universite universiteit university
    vendredi vlaams vlaamse volgens vrijdag wednesday whatsapp woensdag youtube zaken zaterdag
    zondag
"""
FIRST_NAMES, CAPITALS = frozenset(FIRST_NAMES.split()), frozenset(CAPITALS.split())
ALSO_WORDS = frozenset(["marie", "noor", "romain", "said"])


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
    yield from all_of(TITLED)(text)
    for match in TITLED_LOWER.finditer(text):
        if not is_small(match.group(1)):
            yield match.span()
    for match in PAIR.finditer(text):
        if is_pair(*match.groups()):
            yield match.span(1)
    for match in WORD.finditer(text):
        if is_first_name(match.group()):
            yield match.span()


def is_pair(both, first, last):
    if is_first_name(first):
        return True
    return bool(SURE_PAIR.fullmatch(both)) and not is_known(first) and not is_known(last)


def is_first_name(word):
    """In small letters, only where it is no other word as well; "Mohammed-Amine" by its first."""
    first = fold(word.partition("-")[0])
    return first in FIRST_NAMES and not (word.islower() and first in ALSO_WORDS)


def is_known(word):
    """A small word at the head of a sentence, a place, a day, another word with a capital."""
    return is_small(word) or fold(word) in CAPITALS or bool(gazetteer.understand(word))


def is_small(word):
    return any(fold(word) in words for words in STOP_WORDS.values())


KINDS = (
    (_("a national register number"), all_of(NATIONAL_NUMBER)),
    (_("an e-mail address"), all_of(EMAIL)),
    (_("a telephone number"), all_of(TELEPHONE)),
    (_("a date, perhaps of a birth"), all_of(DAY)),
    (_("an address"), all_of(STREET)),
    (_("perhaps a name"), names),
)
