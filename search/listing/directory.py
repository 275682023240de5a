"""The published records of one kind as each worker remembers them."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from places import gazetteer
from places.ladder import Ladder
from search.facets import Snapshot

PLACE_KINDS = ("region", "community", "province")


@dataclass(kw_only=True)
class Directory:
    """Who carries what, and where they work; places are codes by key of a record."""

    snapshot: Snapshot
    coverage: dict
    seats: dict
    orders: dict = field(default_factory=dict)
    cards: dict = field(default_factory=dict)  # language → key → card, filled as they are read
    menus: dict = field(default_factory=dict)  # language → facets of the whole list

    @property
    def keys(self):
        return self.snapshot.keys

    @property
    def everything(self):
        return self.snapshot.everything

    @cached_property
    def coverage_masks(self):
        return masks_by_place(self.snapshot, self.coverage)

    @cached_property
    def seat_masks(self):
        return masks_by_place(self.snapshot, self.seats)

    @cached_property
    def stated_coverage(self):
        return self.snapshot.mask(self.coverage)

    def add_places(self):
        """The facet of wide places: each has what its ladder has."""
        self.snapshot.masks["place"] = {
            spot.code: Ladder(self, [spot.code]).everything
            for kind in PLACE_KINDS
            for spot in gazetteer.of_kinds([kind])
        }


def places_of(records, relation):
    """Key → codes of the places a record is bound to."""
    found = defaultdict(list)
    bound = records.filter(**{f"{relation}__isnull": False})
    for key, place in bound.values_list("code", f"{relation}__code").order_by("code"):
        found[key].append(place)
    return dict(found)


def masks_by_place(snapshot, places_by_key):
    keys = defaultdict(list)
    for key, places in places_by_key.items():
        for place in places:
            keys[place].append(key)
    return {place: snapshot.mask(found) for place, found in keys.items()}
