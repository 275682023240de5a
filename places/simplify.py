"""From exact outlines in degrees to small drawings on a grid of whole numbers.

Neighbours keep one border: a stretch of border is simplified once, for both sides alike.
"""

from collections import defaultdict
from math import cos, dist, radians

MIDDLE_LATITUDE = 50.6
WIDTH = 400
MARGIN = 4
TOLERANCE = 1.8
SMALLEST_AREA = 12
LABEL_STEP = 2


def simplified(shapes: dict, width: int = WIDTH, tolerance: float = TOLERANCE) -> dict:
    """Code → polygons of rings of [longitude, latitude], as one drawing of all of them."""
    grid = grid_of(shapes, width)
    drawn = {code: project_all(polygons, grid) for code, polygons in shapes.items()}
    owners = owners_of_edges(drawn)
    rings = {
        code: [simplify_ring(ring, owners, tolerance) for polygon in polygons for ring in polygon]
        for code, polygons in drawn.items()
    }
    return grid | {"shapes": {code: shape(kept(found)) for code, found in rings.items()}}


def grid_of(shapes, width):
    """Where the drawing begins, in degrees, and how many units a degree is long."""
    points = [p for polygons in shapes.values() for polygon in polygons for r in polygon for p in r]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    unit = (width - 2 * MARGIN) / (east - west)
    units = [round(unit, 2), round(unit / cos(radians(MIDDLE_LATITUDE)), 2)]
    height = round((north - south) * units[1]) + 2 * MARGIN
    return {"size": [width, height], "origin": [west, north], "units": units, "margin": MARGIN}


def project_all(polygons, grid):
    return [
        [[project(longitude, latitude, grid) for longitude, latitude in ring] for ring in polygon]
        for polygon in polygons
    ]


def project(longitude, latitude, grid):
    west, north = grid["origin"]
    across, down = grid["units"]
    margin = grid["margin"]
    return ((longitude - west) * across + margin, (north - latitude) * down + margin)


# --- Borders -----------------------------------------------------------------------------------


def owners_of_edges(drawn):
    owners = defaultdict(set)
    for code, polygons in drawn.items():
        for ring in (ring for polygon in polygons for ring in polygon):
            for edge in edges(ring):
                owners[edge].add(code)
    return owners


def edges(ring):
    return [frozenset(pair) for pair in zip(ring, ring[1:], strict=False)]


def simplify_ring(ring, owners, tolerance):
    """The ring without the last point, which is the first again."""
    points = ring[:-1]
    ends = junctions(points, owners)
    points = points[ends[0] :] + points[: ends[0]]
    ends = [end - ends[0] for end in ends] + [len(points)]
    points = [*points, points[0]]
    found = []
    for start, end in zip(ends, ends[1:], strict=False):
        found += simplify_line(points[start : end + 1], tolerance)[:-1]
    return without_repeats([(round(x), round(y)) for x, y in found])


def junctions(points, owners):
    """Positions where another neighbour begins; where there is one only, two fixed points."""
    sides = [owners[edge] for edge in edges([points[-1], *points, points[0]])]
    found = [at for at in range(len(points)) if sides[at] != sides[at + 1]]
    return found if len(found) > 1 else sorted(map(points.index, (min(points), max(points))))


def simplify_line(points, tolerance):
    """Douglas and Peucker's way, from the same end for both neighbours."""
    if points[0] > points[-1]:
        return simplify_line(points[::-1], tolerance)[::-1]
    far, at = max((from_line(p, points[0], points[-1]), at) for at, p in enumerate(points))
    if far <= tolerance:
        return [points[0], points[-1]]
    return simplify_line(points[: at + 1], tolerance)[:-1] + simplify_line(points[at:], tolerance)


def from_line(point, start, end):
    """Distance to the nearest point of the line between two others."""
    length = dist(start, end)
    if not length:
        return dist(point, start)
    (px, py), (sx, sy), (ex, ey) = point, start, end
    along = ((px - sx) * (ex - sx) + (py - sy) * (ey - sy)) / length**2
    along = min(1, max(0, along))
    return dist(point, (sx + along * (ex - sx), sy + along * (ey - sy)))


def without_repeats(points):
    return [
        point for point, before in zip(points, [None, *points], strict=False) if point != before
    ]


def kept(rings):
    return [ring for ring in rings if len(ring) > 2 and area(ring) >= SMALLEST_AREA]


def area(ring):
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2


# --- Drawing -----------------------------------------------------------------------------------


def shape(rings):
    return {"label": list(roomiest(rings)), "path": "".join(map(path, rings))}


def path(ring):
    """Relative steps: "M10 20l3-4 5 6z"."""
    steps = [(x - u, y - v) for (x, y), (u, v) in zip(ring[1:], ring, strict=False)]
    told = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{ring[0][0]} {ring[0][1]}l{told}z"


def roomiest(rings):
    """The point farthest from every border: where a number has most room."""
    sides = [(a, b) for ring in rings for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    xs, ys = [x for (x, _), _ in sides], [y for (_, y), _ in sides]
    points = [
        (x, y)
        for x in range(min(xs), max(xs), LABEL_STEP)
        for y in range(min(ys), max(ys), LABEL_STEP)
        if is_inside((x, y), sides)
    ]
    return max(points, key=lambda point: min(from_line(point, a, b) for a, b in sides))


def is_inside(point, sides):
    x, y = point
    crossed = [
        (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in sides
    ]
    return sum(crossed) % 2 == 1
