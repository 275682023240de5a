"""Facet counts: one integer per value with a bit per record, counted with & and bit_count()."""

from collections.abc import Iterable, Mapping


class Snapshot:
    """Which records carry which facet values, at one data version."""

    def __init__(self, keys: Iterable):
        self.keys = tuple(keys)
        self.positions = {key: position for position, key in enumerate(self.keys)}
        self.everything = (1 << len(self.keys)) - 1
        self.masks: dict[str, dict[str, int]] = {}

    def add_all(self, facet: str, pairs: Iterable[tuple[str, str]]):
        """All (value, key) of a facet at once; keys that are not known are left out."""
        keys_by_value = {}
        for value, key in pairs:
            keys_by_value.setdefault(value, []).append(key)
        self.masks[facet] = {value: self.mask(keys) for value, keys in keys_by_value.items()}

    def mask(self, keys: Iterable) -> int:
        known = self.positions
        return self.mask_of_positions(known[key] for key in keys if key in known)

    def mask_of_positions(self, positions: Iterable[int]) -> int:
        bits = bytearray(len(self.keys) // 8 + 1)
        for position in positions:
            bits[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(bits, "little")

    def keys_in(self, mask: int, order: Iterable) -> list:
        """The keys of a mask, in the given order of keys."""
        if not mask:
            return []
        marks = f"{mask:0{len(self.keys)}b}"[::-1]
        return [key for key in order if marks[self.positions[key]] == "1"]

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
