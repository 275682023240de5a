"""What places mean, contain and how far apart they are: answered from memory.

The places are read once per process; `forget` makes the next question read them again.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import get_language

from places.models import NAME_LANGUAGES, Place, PlaceAlias, PostalCode

KINDS = (
    "locality",
    "municipality",
    "arrondissement",
    "province",
    "region",
    "community",
    "country",
)
EARTH_RADIUS_KM = 6371.0
SHORTEST_PREFIX = 3
MOST_MEANINGS = 12
LONGEST_NAME = 60
NAMESAKE_RATIO = 50
KIND_WORDS = {"province": ("provincie", "province"), "arrondissement": ("arrondissement",)}
SAINTS = {"sint": "st", "saint": "st", "sankt": "st", "sinte": "ste", "sainte": "ste"}


@dataclass(frozen=True)
class Spot:
    """A place as it is held in memory."""

    code: str
    kind: str
    names: dict
    short_names: dict
    latitude: float | None
    longitude: float | None
    population: int

    @property
    def name(self):
        return in_language(self.names)

    @property
    def short_name(self):
        return in_language(self.short_names) or self.name


@dataclass(frozen=True)
class Meaning:
    """One thing a visitor may have meant: a place, and where in it."""

    spot: Spot
    postal_code: str = ""
    locality: Spot | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def label(self):
        if self.locality and self.locality.name != self.spot.name:
            return f"{self.locality.name} ({self.spot.name})"
        return self.spot.name


@dataclass
class Gazetteer:
    spots: dict = field(default_factory=dict)
    municipalities: dict = field(default_factory=dict)
    localities: dict = field(default_factory=lambda: defaultdict(list))
    home: dict = field(default_factory=dict)
    postal_codes: dict = field(default_factory=lambda: defaultdict(list))
    names: dict = field(default_factory=lambda: defaultdict(list))


def get(code: str) -> Spot | None:
    return memory().spots.get(code)


def of_kinds(kinds) -> list[Spot]:
    return [spot for spot in memory().spots.values() if spot.kind in kinds]


@lru_cache(maxsize=4096)
def containers(code: str) -> list[str]:
    """Codes of all places this one lies in, the narrowest kind first."""
    held = memory()
    inside = municipalities(code)
    home = [held.home[code]] if code in held.home else []
    if not inside:
        return []
    wider = [
        other
        for other, their in held.municipalities.items()
        if other != code and inside <= their and is_wider(other, code)
    ]
    return home + sorted(set(wider) - set(home), key=lambda other: (rank(other), other))


def municipalities(code: str) -> frozenset:
    """Codes of the municipalities of a place; of a locality, the one it lies in."""
    held = memory()
    return held.municipalities.get(held.home.get(code, code), frozenset())


@lru_cache(maxsize=4096)
def related(code: str) -> frozenset[str]:
    """The place, its parts, and every place that shares ground with it."""
    inside = municipalities(code)
    shared = {other for other, their in memory().municipalities.items() if inside & their}
    parts = [] if code in memory().home else inside
    return frozenset({code} | shared | {part for one in parts for part in memory().localities[one]})


def distance_km(one, other) -> float:
    """Great-circle distance of anything with latitude and longitude in degrees."""
    south, north = radians(one.latitude), radians(other.latitude)
    west_east = radians(other.longitude - one.longitude)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(west_east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


# --- What did the visitor mean? ----------------------------------------------------------------


def understand(text: str) -> list[Meaning]:
    """Everything the text may mean, the likeliest first; empty when it means nothing.

    A code, a postal code, or a name in any language, also with what it is or lies in behind it:
    "Limburg (province)", "Halle (Zoersel)"; failing these, the start of a name.
    """
    text = text.strip()[:LONGEST_NAME]
    if spot := get(text.upper()) or get(text.lower()):
        return [meaning_of(spot)]
    if postal := re.search(r"(?<!\d)\d{4}(?!\d)", text):
        return with_postal_code(postal[0])
    return told_apart(text) or named(text) or starting_with(text)


def complete(text: str, most: int = 8) -> list[Meaning]:
    """Suggestions while somebody types: codes and names that start so."""
    text = text.strip()[:LONGEST_NAME]
    if text.isdigit():
        codes = sorted(code for code in memory().postal_codes if code.startswith(text))
        return [meaning for code in codes for meaning in with_postal_code(code)][:most]
    return starting_with(text, most)


def similar(text: str, most: int = 4) -> list[Meaning]:
    """Places whose name is spelled much like the text."""
    names = get_close_matches(name_key(text[:LONGEST_NAME]), memory().names, n=most, cutoff=0.75)
    found = [meaning for name in names for meaning in likeliest_first(memory().names[name])]
    return unique(found)[:most]


def with_postal_code(code):
    """The municipalities of a postal code, the main one first."""
    rows = memory().postal_codes.get(code, [])
    return unique(
        Meaning(memory().spots[memory().home[locality]], code, None, latitude, longitude)
        for locality, latitude, longitude in rows
    )


def told_apart(text):
    """The places of a name that fit what stands in brackets behind it."""
    name, bracket, hint = text.removesuffix(")").partition("(")
    if not bracket:
        return []
    return [meaning for meaning in named(name) if name_key(hint) in hints(meaning)]


def hints(meaning):
    """Names, in any language, of a place, of what it is and of the places it lies in."""
    spot = meaning.locality or meaning.spot
    found = set(KIND_WORDS.get(spot.kind, ()))
    for code in [spot.code, *containers(spot.code)]:
        found.update(keys_of(get(code)))
    return found


def named(text):
    return unique(likeliest_first(memory().names.get(name_key(text), [])))


def starting_with(text, most=MOST_MEANINGS):
    start = name_key(text)
    if len(start) < SHORTEST_PREFIX:
        return []
    found = [
        meaning
        for name, meanings in memory().names.items()
        if name.startswith(start)
        for meaning in meanings
    ]
    return unique(likeliest_first(found))[:most]


def likeliest_first(meanings):
    """Municipalities before their villages before wider places, the larger ones first.

    A village-sized namesake stands behind: "Limburg" is the province, not the town near Verviers.
    """
    largest = max((meaning.spot.population for meaning in meanings), default=0)
    return sorted(
        meanings,
        key=lambda meaning: (
            meaning.spot.population * NAMESAKE_RATIO < largest,
            KINDS.index(meaning.spot.kind),
            meaning.locality is not None,
            -meaning.spot.population,
            meaning.spot.code,
        ),
    )


def unique(meanings):
    """One meaning for each place: a village adds nothing when its municipality stands already."""
    found = {}
    for meaning in meanings:
        found.setdefault(meaning.spot.code, meaning)
    return list(found.values())


def name_key(name: str) -> str:
    """A name as it is compared: no case, accents or punctuation, saints shortened."""
    return " ".join(SAINTS.get(word, word) for word in re.findall(r"[a-z0-9]+", plain(name)))


def plain(text: str) -> str:
    """Lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


# --- Memory ------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def memory() -> Gazetteer:
    held = Gazetteer()
    hold_spots(held)
    hold_containers(held)
    hold_postal_codes(held)
    hold_names(held)
    return held


def forget():
    memory.cache_clear()
    containers.cache_clear()
    related.cache_clear()


def hold_spots(held):
    places = sorted(Place.objects.all(), key=lambda place: (KINDS.index(place.kind), place.code))
    for place in places:
        held.spots[place.code] = Spot(
            place.code,
            place.kind,
            {language: getattr(place, f"name_{language}") for language in NAME_LANGUAGES},
            {language: getattr(place, f"short_{language}") for language in NAME_LANGUAGES},
            place.latitude,
            place.longitude,
            place.population or 0,
        )


def hold_containers(held):
    inside = defaultdict(set)
    pairs = Place.containers.through.objects.values_list("from_place__code", "to_place__code")
    for inner, outer in pairs:
        if held.spots[inner].kind == "locality":
            held.home[inner] = outer
            held.localities[outer].append(inner)
        else:
            inside[outer].add(inner)
            inside[inner].add(inner)
    held.municipalities = {code: frozenset(parts) for code, parts in inside.items()}
    for code, parts in held.municipalities.items():
        inhabitants = sum(held.spots[part].population for part in parts)
        held.spots[code] = replace(held.spots[code], population=inhabitants)


def hold_postal_codes(held):
    rows = PostalCode.objects.order_by("code", "-is_main", "pk")
    for row in rows.select_related("locality"):
        held.postal_codes[row.code].append((row.locality.code, row.latitude, row.longitude))


def hold_names(held):
    for spot in held.spots.values():
        meaning = meaning_in(held, spot)
        for key in keys_of(spot):
            held.names[key].append(meaning)
    for alias in PlaceAlias.objects.select_related("place"):
        held.names[name_key(alias.name)].append(meaning_in(held, held.spots[alias.place.code]))


def keys_of(spot):
    names = [*spot.names.values(), *spot.short_names.values()]
    return dict.fromkeys(name_key(name) for name in names if name)


def meaning_in(held, spot):
    if spot.code not in held.home:
        return Meaning(spot, "", None, spot.latitude, spot.longitude)
    municipality = held.spots[held.home[spot.code]]
    return Meaning(municipality, "", spot, spot.latitude, spot.longitude)


def meaning_of(spot):
    return meaning_in(memory(), spot)


def is_wider(other, code):
    return rank(other) > rank(code)


def rank(code):
    return KINDS.index(memory().spots[code].kind)


def in_language(names):
    return names.get((get_language() or "en")[:2]) or names.get("en", "")
