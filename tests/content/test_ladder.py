"""The ladder over the whole of Belgium, on the real content."""

import pytest

from places import gazetteer
from places.ladder import Ladder
from practices.facets import directory
from search.version import current

pytestmark = pytest.mark.django_db


def test_every_place_puts_each_practice_on_one_rung(content):
    known = directory(current())
    for spot in gazetteer.of_kinds(["municipality", "province", "region", "community"]):
        masks = Ladder(known, [spot.code], spot).masks.values()
        assert (
            sum(mask.bit_count() for mask in masks)
            == Ladder(known, [spot.code], spot).everything.bit_count()
        ), spot.code
