"""The judged queries: how good the list is, and that it stays so."""

import pytest

from practices import evaluation
from practices.management.commands.evaluate_search import QUERIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(content):
    measured = [evaluation.measure(query) for query in evaluation.read_queries(QUERIES)]
    return {group: figures for group, _, *figures in evaluation.table(measured)}


def test_judged_queries_are_answered_well(rows):
    ndcg, recall, rank, empty, nothing = rows["all"]

    assert ndcg >= 0.85
    assert recall >= 0.88
    assert rank >= 0.85
    assert (empty, nothing) == (0, 1.0)


def test_no_kind_of_query_is_left_behind(rows):
    weak = {group: figures[0] for group, figures in rows.items() if (figures[0] or 1) < 0.70}

    assert weak == {}


def test_measures_are_those_of_the_textbook():
    relevant = {"a": 3, "b": 2, "c": 1}

    assert evaluation.ndcg(["a", "b", "c"], relevant) == 1
    assert evaluation.ndcg(["x", "a"], {"a": 3}) == pytest.approx(0.6309, abs=0.0001)
    assert evaluation.recall(["x", "a"], relevant) == 0.5
    assert evaluation.reciprocal_rank(["x", "c", "b"], relevant) == pytest.approx(1 / 3)
    assert evaluation.reciprocal_rank(["x"], relevant) == 0
