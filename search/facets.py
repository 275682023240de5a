"""Facet counts: one integer per value with a bit per record, counted with & and bit_count()."""

from collections.abc import Iterable, Mapping


class Snapshot:
    """Which records carry which facet values, at one data version."""

    def __init__(self, keys: Iterable):
        self.positions = {key: position for position, key in enumerate(keys)}
        self.everything = (1 << len(self.positions)) - 1
        self.masks: dict[str, dict[str, int]] = {}

    def add(self, facet: str, value: str, keys: Iterable):
        values = self.masks.setdefault(facet, {})
        values[value] = values.get(value, 0) | self.mask(keys)

    def mask(self, keys: Iterable) -> int:
        mask = 0
        for key in keys:
            if key in self.positions:
                mask |= 1 << self.positions[key]
        return mask

    def chosen(self, facet: str, values: Iterable[str]) -> int:
        """Records with any of the values; every record when none is chosen."""
        known = self.masks.get(facet, {})
        mask = 0
        for value in values:
            mask |= known.get(value, 0)
        return mask if values else self.everything

    def counts(self, chosen: Mapping[str, int], within: int) -> dict[str, dict[str, int]]:
        """Per facet and value: records `within` that have the value and suit the other facets.

        `chosen` has the mask of what is chosen in each facet.
        """
        return {
            facet: self.count_values(values, within & self.others(facet, chosen))
            for facet, values in self.masks.items()
        }

    @staticmethod
    def count_values(values, suitable):
        return {value: (mask & suitable).bit_count() for value, mask in values.items()}

    def others(self, facet, chosen):
        mask = self.everything
        for other, other_mask in chosen.items():
            if other != facet:
                mask &= other_mask
        return mask
