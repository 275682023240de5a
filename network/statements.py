"""Sentences of ours that stand on a page with their sources."""

from dataclasses import dataclass

from network.models import Source
from network.sheet import Numbered


@dataclass(frozen=True)
class Statement:
    """`keys` are those of the sources; `when` is a reduced date, or words."""

    text: str
    keys: tuple
    when: str = ""


@dataclass(frozen=True)
class Cited:
    statement: Statement
    references: list


class CitedPage:
    """Statements by name, and the sources of all of them and of `others`, numbered."""

    def __init__(self, statements, others=()):
        keys = {one.keys for group in statements.values() for one in group}
        known = Source.objects.filter(key__in={key for some in keys for key in some})
        self.numbered = Numbered([*known, *others])
        self.told = {name: [*map(self.cited, group)] for name, group in statements.items()}

    def cited(self, statement):
        sources = [one for one in self.numbered.sources if one.key in statement.keys]
        return Cited(statement, [self.numbered.reference(one) for one in sources])

    @property
    def sources(self):
        return self.numbered.sources
