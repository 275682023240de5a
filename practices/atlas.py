"""Belgium as a picture: how many practices each province has, and where one practice works."""

from dataclasses import dataclass

from django.urls import reverse

from places import gazetteer
from places.outlines import Outline, drawing

SHADES = 4


@dataclass(frozen=True)
class Province:
    """A province or Brussels on the map, with the number of results its list has."""

    outline: Outline
    name: str
    count: int
    shade: int

    @property
    def address(self):
        return f"{reverse('practice_list')}?place={self.outline.code}"


def provinces(directory) -> list[Province]:
    """In the order in which they are drawn."""
    counts = {
        code: mask.bit_count()
        for code, mask in directory.snapshot.masks["place"].items()
        if code in drawing().codes
    }
    least, most = min(counts.values(), default=0), max(counts.values(), default=0)
    return [
        province(outline, counts[outline.code], least, most)
        for outline in drawing().outlines
        if outline.code in counts
    ]


def province(outline, count, least, most):
    name = gazetteer.get(outline.code).short_name
    return Province(outline, name, count, shade_of(count, least, most))


def shade_of(count, least, most):
    """1 is the lightest; where all have as many, all are light."""
    return 1 + (count - least) * (SHADES - 1) // max(most - least, 1)


def by_name(found):
    return sorted(found, key=lambda province: gazetteer.plain(province.name))


@dataclass(frozen=True)
class Locator:
    """Where one practice works: provinces it covers wholly and partly, and the seats as points."""

    wholly: str
    partly: str
    others: str
    seats: list

    @property
    def view_box(self):
        return drawing().view_box


def locator(coverage, seats) -> Locator | None:
    """A small map for codes of places; none when no source says where it works."""
    if not coverage:
        return None
    covered = frozenset().union(*map(gazetteer.municipalities, coverage))
    paths = {"wholly": "", "partly": "", "others": ""}
    for outline in drawing().outlines:
        paths[extent(outline.code, covered)] += outline.path
    spots = [gazetteer.get(code) for code in seats]
    points = [drawing().point(spot) for spot in spots if spot.latitude is not None]
    return Locator(**paths, seats=points)


def extent(code, covered):
    own = gazetteer.municipalities(code)
    if own <= covered:
        return "wholly"
    return "partly" if own & covered else "others"
