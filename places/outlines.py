"""The drawing of Belgium: ten provinces and Brussels, answered from memory."""

import json
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

BRUSSELS = "BE-BRU"


@dataclass(frozen=True)
class Outline:
    """A province or Brussels as it is drawn, and where its number stands."""

    code: str
    path: str
    label: tuple

    @property
    def is_small(self):
        """Too small for a finger: a circle around its number stands for it."""
        return self.code == BRUSSELS


@dataclass(frozen=True)
class Drawing:
    size: tuple
    origin: tuple
    units: tuple
    margin: int
    outlines: tuple

    @property
    def view_box(self):
        return "0 0 {} {}".format(*self.size)

    @property
    def codes(self):
        return {outline.code for outline in self.outlines}

    def point(self, spot):
        """Where a place with latitude and longitude lies on the drawing."""
        (west, north), (across, down) = self.origin, self.units
        x = (spot.longitude - west) * across + self.margin
        return round(x), round((north - spot.latitude) * down + self.margin)


@lru_cache(maxsize=1)
def drawing() -> Drawing:
    """Brussels comes last, because it lies within a province."""
    text = (settings.CONTENT_DIR / "places" / "outlines.json").read_text(encoding="utf-8")
    held = json.loads(text)
    shapes = sorted(held["shapes"].items(), key=lambda shape: (shape[0] == BRUSSELS, shape[0]))
    return Drawing(
        size=tuple(held["size"]),
        origin=tuple(held["origin"]),
        units=tuple(held["units"]),
        margin=held["margin"],
        outlines=tuple(
            Outline(code, shape["path"], tuple(shape["label"])) for code, shape in shapes
        ),
    )
