"""What the words of a search find beside its results: records of other kinds, few of each.

Each room registers its kinds when it is ready; the list of practices knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

MOST = 3
KINDS = []


@dataclass(frozen=True)
class AlsoFound:
    """A kind of search entry that may stand below the results of the directory."""

    kind: str
    title: str  # lazy
    url_name: str  # of the page with all of them
    records: Callable  # data version → public records by key, remembered
    name: str = "name"  # the field that leads to the record
    summary: str = "summary"  # the field that is read beside it; empty: none


@dataclass(frozen=True)
class Group:
    kind: AlsoFound
    records: list


def register(kind):
    KINDS.append(kind)


def also_found(results, version):
    """A group for each kind in which the words find something; nothing without words."""
    if not results.has_words:
        return []
    groups = [group_of(kind, results.answer.of_kind(kind.kind, version), version) for kind in KINDS]
    return [group for group in groups if group.records]


def group_of(kind, answer, version):
    keys = answer.keys if answer.fits else []
    known = kind.records(version) if keys else {}
    return Group(kind, [known[key] for key in keys if key in known][:MOST])
