import json
import re
from io import StringIO

import pytest
from django.core.management import call_command

from places import gazetteer
from places.outlines import drawing
from places.simplify import is_inside, simplified

pytestmark = pytest.mark.django_db
WAVY = [[1, 0], [1.2, 0.3], [0.9, 0.6], [1, 1]]
TWO_NEIGHBOURS = {
    "WEST": [[[[0, 0], *WAVY, [0, 1], [0, 0]]]],
    "EAST": [[[[2, 1], *WAVY[::-1], [2, 0], [2, 1]]]],
}
ROUND = [[0.4, 0.5], [0.5, 0.4], [0.6, 0.5], [0.5, 0.6], [0.4, 0.5]]
ONE_IN_THE_OTHER = {
    "INNER": [[ROUND[2:] + ROUND[1:3]]],
    "OUTER": [[[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], ROUND]],
}


def rings(path):
    """The points of a path that goes by relative steps."""
    found = []
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)l([^z]+)z", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        ring = [(int(x), int(y))]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            ring.append((ring[-1][0] + across, ring[-1][1] + down))
        found.append(ring)
    return found


def sides(path):
    return [(a, b) for ring in rings(path) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]


def outline(code):
    (found,) = [outline for outline in drawing().outlines if outline.code == code]
    return found


def test_every_province_and_brussels_is_drawn_once_and_brussels_last():
    provinces = {spot.code for spot in gazetteer.of_kinds(["province"])}
    codes = [outline.code for outline in drawing().outlines]

    assert sorted(codes) == sorted({*provinces, "BE-BRU"})
    assert codes[-1] == "BE-BRU"


def test_drawing_stays_within_its_size():
    width, height = drawing().size
    points = [p for one in drawing().outlines for ring in rings(one.path) for p in ring]

    assert all(0 < x < width and 0 < y < height for x, y in points)


def test_number_stands_inside_its_province():
    for one in drawing().outlines:
        assert is_inside(one.label, sides(one.path)), one.code


@pytest.mark.parametrize(
    ("municipality", "code"),
    [
        ("11002", "BE-VAN"),
        ("24062", "BE-VBR"),
        ("71072", "BE-VLI"),
        ("44021", "BE-VOV"),
        ("31005", "BE-VWV"),
        ("25112", "BE-WBR"),
        ("53053", "BE-WHT"),
        ("62063", "BE-WLG"),
        ("81001", "BE-WLX"),
        ("92094", "BE-WNA"),
        ("21004", "BE-BRU"),
    ],
)
def test_capital_lies_in_its_province(municipality, code):
    point = drawing().point(gazetteer.get(municipality))

    holding = [one.code for one in drawing().outlines if is_inside(point, sides(one.path))]

    assert holding == [code]


def test_province_around_brussels_leaves_no_gap():
    (brussels,) = rings(outline("BE-BRU").path)

    hole = min(rings(outline("BE-VBR").path), key=len)

    assert set(hole) == set(brussels)


def test_neighbours_keep_one_border():
    shapes = simplified(TWO_NEIGHBOURS, width=100)["shapes"]
    west, east = ({frozenset(side) for side in sides(shapes[code]["path"])} for code in shapes)

    assert len(west & east) == 3


def test_shape_within_another_keeps_its_border():
    shapes = simplified(ONE_IN_THE_OTHER, width=100)["shapes"]
    (inner,) = rings(shapes["INNER"]["path"])

    assert set(rings(shapes["OUTER"]["path"])[1]) == set(inner)
    assert len(inner) == 4


def test_command_writes_the_drawing_that_the_site_reads(tmp_path):
    source, target = tmp_path / "exact.json", tmp_path / "small.json"
    source.write_text(json.dumps({"source": "Example", "shapes": TWO_NEIGHBOURS}))

    call_command("simplify_outlines", source, target=target, stdout=StringIO())

    written = json.loads(target.read_text())
    assert set(written) == {"source", "size", "origin", "units", "margin", "shapes"}
    assert set(written["shapes"]) == {"WEST", "EAST"}
