"""How good the list is: judged queries, run through the list that visitors get."""

import json
from collections import defaultdict
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean

from django.utils.translation import override

from practices.facets import directory
from practices.filters import PracticeFilterSet
from practices.results import Results
from search.version import current

NOT_JUDGED = frozenset({"WB13"})
CLEARLY_USEFUL = 2


@dataclass(frozen=True)
class Judged:
    id: str
    language: str
    text: str
    place: str
    kind: str
    relevant: dict

    @property
    def has_no_answer(self):
        return not self.relevant


def read_queries(path: Path) -> list[Judged]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [
        Judged(row["id"], row["lang"], row["q"], row["place"] or "", row["kind"], row["relevant"])
        for row in rows
    ]


def run(query: Judged) -> Results:
    with override(query.language):
        asked = {"q": query.text, "place": query.place}
        filterset = PracticeFilterSet(asked, directory(current()))
        filterset.form.full_clean()
        results = Results(filterset)
        results.codes  # noqa: B018 - in the language of the query
        return results


def codes_of(results: Results) -> list[str]:
    return [code for code in results.codes if code not in NOT_JUDGED]


def ndcg(codes, relevant, depth=10) -> float:
    """Gain 2^grade − 1, discounted by the logarithm of the place in the list."""
    gains = [2 ** relevant.get(code, 0) - 1 for code in codes[:depth]]
    ideal = sorted((2**grade - 1 for grade in relevant.values()), reverse=True)[:depth]
    return discounted(gains) / discounted(ideal)


def discounted(gains):
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


def useful(relevant):
    return {code for code, grade in relevant.items() if grade >= CLEARLY_USEFUL}


def recall(codes, relevant, depth=5) -> float:
    """The share of the useful records that stand among the first."""
    wanted = useful(relevant)
    return len(wanted & set(codes[:depth])) / len(wanted)


def reciprocal_rank(codes, relevant) -> float:
    wanted = useful(relevant)
    ranks = [place for place, code in enumerate(codes, start=1) if code in wanted]
    return 1 / ranks[0] if ranks else 0.0


@dataclass(frozen=True)
class Measured:
    query: Judged
    codes: list
    ndcg: float | None
    recall: float | None
    reciprocal_rank: float | None
    is_right_nothing: bool | None


def measure(query: Judged) -> Measured:
    codes = codes_of(run(query))
    if query.has_no_answer:
        return Measured(query, codes, None, None, None, not codes)
    graded = useful(query.relevant)
    return Measured(
        query,
        codes,
        ndcg(codes, query.relevant),
        recall(codes, query.relevant) if graded else None,
        reciprocal_rank(codes, query.relevant) if graded else None,
        None,
    )


def table(measured: list[Measured]) -> list[tuple]:
    """Rows of (group, queries, nDCG@10, recall@5, MRR, empty answers, right nothings)."""
    groups = defaultdict(list)
    for one in measured:
        for group in ("all", one.query.language, one.query.kind):
            groups[group].append(one)
    return [(group, len(rows), *figures(rows)) for group, rows in groups.items()]


def figures(rows):
    return (
        mean(row.ndcg for row in rows),
        mean(row.recall for row in rows),
        mean(row.reciprocal_rank for row in rows),
        sum(not row.codes for row in rows if not row.query.has_no_answer),
        mean(row.is_right_nothing for row in rows),
    )


def mean(values):
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
