"""The profiles of all practices, read with a handful of questions and kept per data version."""

from collections import defaultdict
from dataclasses import dataclass

from curation.duplicates.likeness import Profile, common_words, site_of, telling_names, words
from places.models import Place
from practices.models import Practice, PracticeContact
from search.analysis import LANGUAGES
from search.version import Remembered, current

START = 4  # letters that two spellings of a word share
LARGEST_BLOCK = 40
NAMES = [f"name_{language}" for language in LANGUAGES]
PLACE_NAMES = [f"{kind}_{language}" for kind in ("name", "short") for language in LANGUAGES]


@dataclass(frozen=True)
class Known:
    """Every practice but those that were archived, by primary key."""

    profiles: dict
    common: frozenset
    telling: dict  # primary key → names
    blocks: dict  # start of a telling word → primary keys

    def near(self, names):
        """Those that share the start of a word; what very many share is no reason to look."""
        return frozenset().union(
            *(
                block
                for start in starts(names)
                if len(block := self.blocks.get(start, ())) <= LARGEST_BLOCK
            )
        )


def starts(names):
    return {word[:START] for name in names for word in name.split()}


def blocks_of(telling):
    blocks = defaultdict(set)
    for pk, names in telling.items():
        for start in starts(names):
            blocks[start].add(pk)
    return dict(blocks)


def known() -> Known:
    return remembered(current())


def read_profiles():
    practices = Practice.objects.exclude(editorial_status="archived").order_by("code")
    places, sites = places_of_practices(), sites_of_practices()
    words_of_places = place_words({place for found in places.values() for place in found})
    profiles = {
        pk: Profile(
            key=pk,
            code=code,
            names=names_in(names, aliases),
            actor=actor,
            places=frozenset(places[pk]),
            sites=frozenset(sites[pk]),
            place_words=frozenset().union(*(words_of_places[place] for place in places[pk])),
        )
        for pk, code, aliases, actor, *names in practices.values_list(
            "pk", "code", "also_known_as", "lead_actor_id", *NAMES
        )
    }
    common = common_words(list(profiles.values()))
    telling = {pk: telling_names(profile, common) for pk, profile in profiles.items()}
    return Known(profiles, common, telling, blocks_of(telling))


remembered = Remembered(read_profiles)


def names_in(names, aliases):
    found = [*names, *aliases.splitlines()]
    return tuple(dict.fromkeys(name.strip() for name in found if name and name.strip()))


def places_of_practices():
    found = defaultdict(set)
    for relation in (Practice.coverage, Practice.seats):
        for practice, place in relation.through.objects.values_list("practice_id", "place_id"):
            found[practice].add(place)
    return found


def sites_of_practices():
    found = defaultdict(set)
    contacts = PracticeContact.objects.filter(kind=PracticeContact.Kind.WEBSITE)
    for practice, address in contacts.values_list("practice_id", "value"):
        found[practice].add(site_of(address))
    return found


def place_words(keys):
    """Primary key of a place → the words of its names."""
    rows = Place.objects.filter(pk__in=keys).values_list("pk", *PLACE_NAMES)
    return {pk: frozenset(word for name in names for word in words(name)) for pk, *names in rows}


# --- One that is not saved yet -----------------------------------------------------------------


def profile_of(practice, places=(), sites=()):
    """Of a practice with or without a row; what hangs on the row is handed in."""
    names = [getattr(practice, name) for name in NAMES]
    return Profile(
        key=practice.pk,
        code=practice.code,
        names=names_in(names, practice.also_known_as),
        actor=practice.lead_actor_id,
        places=frozenset(places),
        sites=frozenset(site_of(site) for site in sites) - {""},
        place_words=frozenset().union(*place_words(places).values()),
    )


def saved_profile(pk):
    """Of a record as it stands now; none when it is archived."""
    return known().profiles.get(pk)
