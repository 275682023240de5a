"""Where nobody helps one family at a time: situations × municipalities, told by province."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from places import gazetteer
from places.ladder import Ladder
from practices.facets import directory
from practices.models import PROVINCES
from search.version import Remembered, current

TAXONOMY = "situation"
ALONE = ("individual", "duo", "family")  # work forms in which one family is met


@dataclass(frozen=True)
class Gap:
    """Of the municipalities of one province: how many no practice serves in this situation."""

    province: str
    without: int
    number: int

    @property
    def name(self):
        return gazetteer.get(self.province).short_name


@dataclass(frozen=True)
class Row:
    names: dict
    gaps: list

    @property
    def without(self):
        return sum(gap.without for gap in self.gaps)


def build_gaps():
    found = directory(current())
    facet = next((one for one in found.taxonomies if one.code == TAXONOMY), None)
    helping = serving_masks(found)
    return [row(found, value, helping) for value in facet.values] if facet else []


gaps = Remembered(build_gaps)


def serving_masks(found):
    """Municipality → practices that work there, have not ended, and meet one family at a time."""
    alone = carried(found, "work_form", ALONE) & ~carried(found, "status", ["ended", "renamed"])
    return {
        code: reduce(or_, Ladder(found, [code]).serving.values(), 0) & alone
        for province in PROVINCES
        for code in gazetteer.municipalities(province)
    }


def carried(found, facet, codes):
    masks = found.snapshot.masks.get(facet, {})
    return reduce(or_, (masks.get(code, 0) for code in codes), 0)


def row(found, value, helping):
    named = carried(found, TAXONOMY, [value.code])
    return Row(value.names, [gap(province, named, helping) for province in PROVINCES])


def gap(province, named, helping):
    own = gazetteer.municipalities(province)
    without = sum(1 for code in own if not helping[code] & named)
    return Gap(province, without, len(own))
