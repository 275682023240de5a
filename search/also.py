"""What the words of a search find beside its results: records of other kinds, few of each.

Each room registers its kinds when it is ready; the list of practices knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

MOST = 3
KINDS = []


@dataclass(frozen=True)
class AlsoFound:
    """A kind of search entry that may stand below the results of the directory.

    A record that says `is_past` is marked so.
    """

    kind: str
    title: str  # lazy
    url_name: str  # of the page with all of them
    records: Callable  # data version → public records by key, remembered
    name: str = "name"  # the field that leads to the record
    summary: str = "summary"  # the field that is read beside it; empty: none
    is_searched: bool = False  # its page takes the words
    same_as: str = ""  # its column with the key of a record that may already stand above


@dataclass(frozen=True)
class Group:
    kind: AlsoFound
    records: list
    asked: dict  # what its page is asked


def register(kind):
    KINDS.append(kind)


def also_found(results, version, above=frozenset()):
    """A group for each kind in which the words find something; nothing without words.

    `above` are the keys of records of other kinds that the page shows before.
    """
    if not results.has_words:
        return []
    asked = {name: results.cleaned[name] for name in ("q", "exact") if results.cleaned[name]}
    found = [(kind, records_of(kind, results.answer, version)) for kind in KINDS]
    groups = [Group(kind, anew(kind, records, above)[:MOST], asked) for kind, records in found]
    return [group for group in groups if group.records]


def records_of(kind, answer, version):
    answer = answer.of_kind(kind.kind, version)
    keys = answer.keys if answer.fits else []
    known = kind.records(version) if keys else {}
    return [known[key] for key in keys if key in known]


def anew(kind, records, above):
    if not kind.same_as:
        return records
    return [record for record in records if getattr(record, kind.same_as) not in above]
