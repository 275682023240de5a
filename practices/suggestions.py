"""Suggestions while a visitor types: practices, terms, organisations and places, from memory."""

from dataclasses import dataclass, field

from django.utils.translation import get_language

from network.models import Actor
from places import gazetteer
from places.labels import around, meaning_label
from practices.facets import directory
from practices.models import Practice
from search.analysis import PLAIN_WORD, fold
from search.listing.asking import change_of
from search.version import Remembered

KINDS = ("practice", "term", "organisation", "place")
MOST = 8
SHORTEST, LONGEST = 2, 60


@dataclass(frozen=True)
class Suggestion:
    """What is offered; `value` fills a box.

    It leads to the page `url`, or to the list with a `change`, which stands in no address.
    """

    kind: str
    label: str
    value: str
    url: str = ""
    change: str = ""
    key: str = field(init=False)  # the label as it is compared

    def __post_init__(self):
        object.__setattr__(self, "key", key_of(self.label))

    def has_word_starting(self, start):
        return f" {start}" in f" {self.key}"

    def as_json(self):
        leads_to = {"url": self.url} if self.url else {"change": self.change}
        return {"kind": self.kind, "label": self.label, "value": self.value, **leads_to}


def suggestions(text, box, version) -> list[dict]:
    """What a visitor may be typing, labels that start with it first; one for each address."""
    text = text[:LONGEST].strip()
    start = key_of(text)
    if len(start) < SHORTEST:
        return []
    named = [] if box == "place" else names(version)
    found = [name for name in named if name.has_word_starting(start)] + places(text)
    found.sort(key=lambda one: (not one.key.startswith(start), KINDS.index(one.kind)))
    first = {}
    for one in found:
        first.setdefault(one.url or one.change, one)
    return [one.as_json() for one in first.values()][:MOST]


def key_of(text):
    """Folded words with single spaces between them."""
    return " ".join(PLAIN_WORD.findall(fold(text)))


# --- Names -------------------------------------------------------------------------------------

remembered = Remembered(dict)  # language → names, filled as they are asked for


def names(version):
    held = remembered(version)
    language = get_language()
    if language not in held:
        held[language] = read_names(version)
    return held[language]


def read_names(version):
    """Own names in alphabetical order, other names behind them."""
    own = [*terms(directory(version))]
    other = []
    for kind, records in published_records():
        for record in records.order_by("code"):
            name, url = record.name or record.code, record.get_absolute_url()
            own.append(Suggestion(kind, name, name, url))
            other += [
                Suggestion(kind, f"{other_name} – {name}", name, url)
                for other_name in filter(None, map(str.strip, record.also_known_as.splitlines()))
            ]
    return [*sorted(own, key=by_label), *sorted(other, key=by_label)]


def published_records():
    """Kind → its published records, with no more of each than is suggested."""
    practices = Practice.objects.published().only("code", "name", "slug", "also_known_as")
    actors = Actor.objects.published().only("code", "name", "also_known_as")
    return ("practice", practices), ("organisation", actors)


def by_label(one):
    return one.key, one.url, one.change


def terms(found):
    """Those that a published practice carries; a name in two taxonomies says in which."""
    language = get_language()
    carried = [
        (taxonomy, term, term.names[language])
        for taxonomy in found.taxonomies
        for term in taxonomy.values
        if term.names[language] and found.snapshot.masks.get(taxonomy.code, {}).get(term.code)
    ]
    all_names = [name for _, _, name in carried]
    for taxonomy, term, name in carried:
        is_shared = all_names.count(name) > 1
        label = f"{name} ({taxonomy.names[language]})" if is_shared else name
        yield Suggestion("term", label, name, change=change_of({taxonomy.code: term.code}))


# --- Places ------------------------------------------------------------------------------------


def places(text):
    """Places that start so, the likeliest first; the value is what the where box understands."""
    found = {}
    for meaning in gazetteer.complete(text, most=3 * MOST):
        if meaning.postal_code:
            found.setdefault(meaning.postal_code, []).append(meaning.spot.name)
        elif not is_named_after_its_town(meaning):
            found.setdefault(place_label(meaning), [])
    return [place(value, ", ".join(municipalities)) for value, municipalities in found.items()]


def place(value, municipalities):
    """A name, or a postal code with its municipalities."""
    label = f"{value} {municipalities}".strip()
    return Suggestion("place", label, value, change=change_of({"place": value}))


def is_named_after_its_town(meaning):
    """Such an arrondissement is left out: who types its name means the town."""
    if meaning.spot.kind != "arrondissement":
        return False
    return gazetteer.understand(meaning.spot.name)[:1] != [meaning]


def place_label(meaning):
    """A label the where box understands; a municipality with a namesake tells its province."""
    label = meaning_label(meaning)
    if meaning.spot.kind != "municipality" or label != meaning.spot.name:
        return label
    meant = gazetteer.understand(label)
    namesakes = [one.spot for one in meant if one.spot.kind == "municipality" and not one.locality]
    is_clear = namesakes == [meaning.spot] and meant[0].spot == meaning.spot
    return label if is_clear else f"{label} ({around(meaning.spot)})"
