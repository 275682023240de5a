"""Two organisations, and what is said of them."""

from dataclasses import dataclass

from network.models import Actor
from network.sheet import Reference, doubt_of


@dataclass(frozen=True)
class Tie:
    """`told` is said of `one` and `other` by a source, or by the record `seen_in`."""

    one: Actor
    told: str
    other: Actor
    reference: Reference | None = None
    seen_in: object = None
    period: str = ""

    @classmethod
    def stated(cls, relation, numbered):
        reference = numbered.reference(relation.source, relation.certainty)
        told = relation.get_kind_display()
        return cls(relation.actor, told, relation.other, reference, period=relation.period)

    def beside(self, actor):
        return self.other if self.one == actor else self.one

    @property
    def doubt(self):
        return doubt_of(self.reference) if self.reference else ""

    @property
    def in_short(self):
        """What stands under a name in a picture."""
        return str(self.seen_in.name) if self.seen_in else self.told_with_years

    @property
    def told_with_years(self):
        return f"{self.told} ({self.period})" if self.period else str(self.told)
