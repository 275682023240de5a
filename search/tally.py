"""Sums of weights for every record at once, and the records with most: one bit per record."""


class Tally:
    """Adds weights to the records of a mask; the sums lie in binary, one mask for each digit."""

    def __init__(self):
        self.digits: list[int] = []

    def add(self, mask: int, weight: int):
        """`weight` is a whole number above zero."""
        for position in range(weight.bit_length()):
            if weight >> position & 1:
                self.carry(mask, position)

    def carry(self, mask, position):
        while len(self.digits) < position:
            self.digits.append(0)
        while mask:
            if position == len(self.digits):
                self.digits.append(0)
            held = self.digits[position]
            self.digits[position], mask = held ^ mask, held & mask
            position += 1

    def best(self, within: int, most: int) -> int:
        """The mask of the records `within` that have most, `most` of them; ties by position."""
        sure, open_ = 0, within
        for digit in reversed(self.digits):
            more = sure | (open_ & digit)
            if more.bit_count() > most:
                open_ &= digit
            else:
                sure, open_ = more, open_ & ~digit
        return sure | lowest(open_, most - sure.bit_count())

    def at_least(self, least: int, within: int) -> int:
        """The mask of the records `within` whose sum is at least so much."""
        more, equal = 0, within
        for position in reversed(range(max(len(self.digits), least.bit_length()))):
            digit = self.digits[position] if position < len(self.digits) else 0
            if least >> position & 1:
                equal &= digit
            else:
                more, equal = more | (equal & digit), equal & ~digit
        return more | equal

    def largest(self, within: int) -> int:
        """The largest sum of a record `within`."""
        first = self.best(within, 1)
        return sum(1 << position for position, digit in enumerate(self.digits) if digit & first)


def lowest(mask, number):
    """The first bits of a mask, at most so many."""
    if mask.bit_count() <= number:
        return mask
    kept = 0
    for _ in range(number):
        kept |= mask & -mask
        mask &= mask - 1
    return kept
