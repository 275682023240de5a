"""What is asked of the list of practices, and which of them the visitor keeps."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone

from care.sealing import LIST_LIVES, SEARCH_LIVES, seal, unseal
from search.listing import asking
from search.listing.asking import changed

KEPT = "keep"  # codes of the practices on the visitor's own list
MOST_KEPT = 6
CODE = re.compile(r"[A-Z]{2}\d{2,4}")
BUTTONS = asking.BUTTONS | {"tick", "untick"}


@dataclass(frozen=True)
class SealedSearch(asking.SealedSearch):
    """With what a visitor ticked, which can be opened longer."""

    kept_until: datetime

    @property
    def kept(self) -> list[str]:
        """The codes of the visitor's own list, while it lasts."""
        return kept_codes(self.asked) if timezone.now() < self.kept_until else []

    @property
    def still_open(self) -> QueryDict:
        """What may be sealed anew: the search while it lasts, the list while it lasts."""
        asked = QueryDict(mutable=True) if self.has_expired else self.asked.copy()
        asked.setlist(KEPT, self.kept)
        return asked


def seal_search(query: str) -> str:
    return seal(query)


def open_search(token: str) -> SealedSearch:
    """Raises care.sealing.BrokenSealError."""
    query, sealed_at = unseal(token)
    return SealedSearch(QueryDict(query), sealed_at + SEARCH_LIVES, sealed_at + LIST_LIVES)


def asked_now(posted, before) -> QueryDict:
    """A whole form as it was sent; or what was asked `before` with the change of one button."""
    if not BUTTONS & posted.keys():
        return posted
    return changed(ticked(before, posted), posted.get("change", ""))


def ticked(before, posted) -> QueryDict:
    """What was asked `before`, with what a button puts on the visitor's list or takes off it."""
    asked = before.copy()
    left = [code for code in kept_codes(before) if code not in posted.getlist("untick")]
    asked.setlist(KEPT, [*left, *posted.getlist("tick")])
    asked.setlist(KEPT, kept_codes(asked))
    return asked


def kept_codes(asked) -> list[str]:
    """In the order in which they were ticked, each once, no more than a list holds."""
    codes = [code.strip().upper() for code in asked.getlist(KEPT)]
    return list(dict.fromkeys(filter(CODE.fullmatch, codes)))[:MOST_KEPT]
