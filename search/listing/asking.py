"""What is asked of a list: read from an address, from a form, or from a change to either."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from care.sealing import SEARCH_LIVES, unseal

BUTTONS = {"change", "language", "readable"}


@dataclass(frozen=True)
class SealedSearch:
    """What somebody searched, in no address; it can be opened `until` its hour."""

    asked: QueryDict
    until: datetime

    @property
    def has_expired(self):
        return timezone.now() >= self.until


def open_search(token: str) -> SealedSearch:
    """Raises care.sealing.BrokenSealError."""
    query, sealed_at = unseal(token)
    return SealedSearch(QueryDict(query), sealed_at + SEARCH_LIVES)


def asked_now(posted, before) -> QueryDict:
    """A whole form as it was sent; or what was asked `before` with the change of one button."""
    return changed(before, posted.get("change", "")) if BUTTONS & posted.keys() else posted


def changed(before, change: str) -> QueryDict:
    """What was asked `before`, with a change as `change_of` writes it."""
    asked, changes = before.copy(), QueryDict(change)
    if changes:
        asked.pop("page", None)
    for name, values in changes.lists():
        asked.setlist(name, [value for value in values if value])
    return asked


def change_of(changes: dict) -> str:
    """What a button sends; an empty value takes a parameter away."""
    return urlencode({name: value or "" for name, value in changes.items()}, doseq=True)
