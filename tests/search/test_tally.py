from hypothesis import given
from hypothesis import strategies as st

from search.tally import Tally

RECORDS = 12
masks = st.integers(0, 2**RECORDS - 1)
added = st.lists(st.tuples(masks, st.integers(1, 50)), max_size=8)


def sum_of(position, added):
    return sum(weight for mask, weight in added if mask >> position & 1)


@given(added, masks, st.integers(0, RECORDS))
def test_best_are_those_with_the_largest_sums_in_order_of_position(added, within, most):
    tally = Tally()
    for mask, weight in added:
        tally.add(mask, weight)

    best = tally.best(within, most)

    inside = [position for position in range(RECORDS) if within >> position & 1]
    ranked = sorted(inside, key=lambda position: (-sum_of(position, added), position))
    assert best == sum(1 << position for position in ranked[:most])


@given(added, masks, st.integers(0, 200))
def test_at_least_are_those_whose_sum_is_large_enough(added, within, least):
    tally = Tally()
    for mask, weight in added:
        tally.add(mask, weight)

    inside = [position for position in range(RECORDS) if within >> position & 1]
    enough = [position for position in inside if sum_of(position, added) >= least]
    assert tally.at_least(least, within) == sum(1 << position for position in enough)
    assert tally.largest(within) == max((sum_of(p, added) for p in inside), default=0)
