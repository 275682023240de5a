"""The widening ladder: whose help reaches a place, from the nearest area to the widest.

A record's rung is the smallest stated coverage that contains the place; the way of contact never
decides. Then come services close by that are meant for others, and last those of which no source
says where they work.
"""

from functools import cached_property

from places import gazetteer

SERVING = ("municipality", "arrondissement", "province", "region", "national")
RUNGS = (*SERVING, "nearby", "unstated")
NEARBY_KM = 25
RUNG_OF_KIND = {
    "locality": "municipality",
    "municipality": "municipality",
    "arrondissement": "arrondissement",
    "province": "province",
    "region": "region",
    "community": "region",
    "country": "national",
}


class Ladder:
    """Rungs as bit masks over the directory.

    `codes` are the places meant: the municipalities of one postal code, or one place of any kind.
    `origin` has the latitude and longitude that distances start from.
    """

    def __init__(self, directory, codes, origin=None):
        self.directory = directory
        self.codes = codes
        self.origin = origin

    @cached_property
    def masks(self):
        """Rung → mask of the practices on it, each on one rung only."""
        found, taken = {}, 0
        for rung in RUNGS:
            found[rung] = self.on_rung(rung) & ~taken
            taken |= found[rung]
        return found

    @property
    def everything(self):
        mask = 0
        for rung_mask in self.masks.values():
            mask |= rung_mask
        return mask

    def on_rung(self, rung):
        if rung == "nearby":
            return self.close_by & self.directory.stated_coverage
        if rung == "unstated":
            return self.directory.everything & ~self.directory.stated_coverage
        return self.serving.get(rung, 0)

    @cached_property
    def serving(self):
        """Rung → mask of the practices with a coverage of that size that shares the place."""
        shared = set().union(*map(gazetteer.related, self.codes))
        found = {}
        for place in shared & self.directory.coverage_masks.keys():
            rung = self.rung_of(place)
            found[rung] = found.get(rung, 0) | self.directory.coverage_masks[place]
        return found

    def rung_of(self, place):
        """A place that is smaller than the one asked for stands on the rung of that one."""
        own = max(map(rank, self.codes))
        return SERVING[max(own, rank(place))]

    @cached_property
    def close_by(self):
        """Practices whose seat is within reach, wherever they work; for small places only."""
        mask = 0
        if self.origin is None or self.origin.latitude is None:
            return mask
        for place, seated in self.directory.seat_masks.items():
            spot = gazetteer.get(place)
            if spot.latitude and gazetteer.distance_km(self.origin, spot) <= NEARBY_KM:
                mask |= seated
        return mask

    @cached_property
    def wholly_inside(self):
        """Practices that work inside the place and nowhere else."""
        own = frozenset().union(*map(gazetteer.municipalities, self.codes))
        inside = outside = 0
        for place, covering in self.directory.coverage_masks.items():
            if gazetteer.municipalities(place) <= own:
                inside |= covering
            else:
                outside |= covering
        return inside & ~outside


def rank(code):
    return SERVING.index(RUNG_OF_KIND[gazetteer.get(code).kind])
