"""Records with the numbers of their sources on the page they stand on."""

from dataclasses import dataclass

from network.sheet import Numbered


@dataclass(frozen=True)
class Sourced:
    record: object
    references: list


class SourcedPage:
    """Published records that keep sources as a whole, and these sources, numbered."""

    def __init__(self, records):
        records = list(records)
        self.numbered = Numbered(source for record in records for source in record.sources.all())
        self.entries = [self.sourced(record) for record in records]

    def sourced(self, record):
        references = [self.numbered.reference(source) for source in record.sources.all()]
        return Sourced(record, references)

    @property
    def sources(self):
        return self.numbered.sources
