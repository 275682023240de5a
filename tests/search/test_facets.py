from hypothesis import given
from hypothesis import strategies as st

from search.facets import Snapshot

KEYS = list("abcdefgh")
VALUES = {"colour": ["red", "blue"], "size": ["s", "m", "l"]}
carried = st.fixed_dictionaries(
    {
        facet: st.dictionaries(st.sampled_from(KEYS), st.sets(st.sampled_from(values)))
        for facet, values in VALUES.items()
    }
)
asked = st.fixed_dictionaries(
    {facet: st.sets(st.sampled_from(values)) for facet, values in VALUES.items()}
)


def snapshot_of(carried):
    snapshot = Snapshot(KEYS)
    for facet, by_key in carried.items():
        pairs = [(value, key) for key, values in by_key.items() for value in values]
        snapshot.add_all(facet, pairs)
    return snapshot


def results(carried, asked):
    """The plain way: a record is in when each facet is unasked or has one of its values."""
    return {
        key
        for key in KEYS
        if all(
            not values or values & carried[facet].get(key, set()) for facet, values in asked.items()
        )
    }


@given(carried, asked, st.sets(st.sampled_from(KEYS)))
def test_counts_equal_the_results_of_choosing_the_value_alone(carried, asked, within):
    snapshot = snapshot_of(carried)
    chosen = {facet: snapshot.chosen(facet, values) for facet, values in asked.items()}

    counts = snapshot.counts(chosen, snapshot.mask(within))

    for facet, values in counts.items():
        for value, count in values.items():
            alone = results(carried, asked | {facet: {value}})
            assert count == len(alone & within)


def test_chosen_without_values_is_everything():
    snapshot = Snapshot("abc")

    assert snapshot.chosen("colour", []) == 0b111
    assert snapshot.chosen("colour", ["red"]) == 0


def test_keys_that_are_not_known_are_left_out():
    snapshot = Snapshot("ab")

    snapshot.add_all("colour", [("red", "a"), ("red", "draft")])

    assert snapshot.masks == {"colour": {"red": 0b01}}


def test_keys_in_follow_the_order_given():
    snapshot = Snapshot("abcd")

    assert snapshot.keys_in(0b1101, "dcba") == ["d", "c", "a"]
