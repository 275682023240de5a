"""Counts of questions. A number below five is not shown, nor one that would give it away."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.consultations.models import Consultation
from network.models import ExpertTheme
from places import gazetteer

LEAST_SHOWN = 5
WAITS = (
    (3, gettext_lazy("up to 3 days")),
    (10, gettext_lazy("4 to 10 days")),
    (30, gettext_lazy("11 to 30 days")),
)


@dataclass(frozen=True)
class Row:
    label: str
    number: int | None  # None: fewer than five, or it would tell such a number

    def share(self, largest):
        """Length of its bar, in hundredths of the longest."""
        return round(100 * (self.number or 0) / largest) if largest else 0


@dataclass(frozen=True)
class Table:
    title: str
    rows: list

    @property
    def bars(self):
        largest = max((row.number or 0 for row in self.rows), default=0)
        return [(row, row.share(largest)) for row in self.rows]


def tables():
    held = list(Consultation.objects.prefetch_related("themes"))
    themes = [theme for one in held for theme in one.themes.all()]
    return [
        Table(_("By month"), rows(by_month(held))),
        Table(_("By language"), rows(by_language(held))),
        Table(_("By region"), rows(by_region(held))),
        # One question may have several themes: these numbers add up to nothing.
        Table(_("By theme"), rows([(theme.name, themes.count(theme)) for theme in all_themes()])),
        Table(_("Until the first answer"), rows(by_wait(held))),
    ]


def all_themes():
    return ExpertTheme.objects.all()


def rows(counted):
    hidden = withheld([number for _label, number in counted])
    return [
        Row(str(label), None if place in hidden else number)
        for place, (label, number) in enumerate(counted)
    ]


def withheld(numbers) -> set[int]:
    """Places of what is not shown. A single one could be reckoned from a total: one more goes."""
    small = {place for place, number in enumerate(numbers) if 0 < number < LEAST_SHOWN}
    shown = [(number, place) for place, number in enumerate(numbers) if number >= LEAST_SHOWN]
    if len(small) == 1 and shown:
        small.add(min(shown)[1])
    return small


def by_month(held):
    """Of every month since the first question, also those without any."""
    counted = Counter(month_of(timezone.localtime(one.made_at)) for one in held)
    if not counted:
        return []
    first, last = min(counted), max(counted)
    return [(told(month), counted[month]) for month in range(first, last + 1)]


def month_of(moment):
    return moment.year * 12 + moment.month - 1


def told(month):
    return date_format(date(month // 12, month % 12 + 1, 1), "YEAR_MONTH_FORMAT")


def by_language(held):
    counted = Counter(one.language for one in held)
    return [(name, counted[code]) for code, name in settings.LANGUAGES]


def by_region(held):
    counted = Counter(one.region for one in held)
    spots = [gazetteer.get(code) for code in sorted(filter(None, counted))]
    known = [(spot.name, counted[spot.code]) for spot in spots if spot]
    return sorted(known)


def by_wait(held):
    """Days until the first answer; of those without one, that there is none."""
    waits = [one.days_until_answer for one in held if one.days_until_answer is not None]
    counted, lower = [], -1
    for days, label in WAITS:
        counted.append((label, sum(lower < wait <= days for wait in waits)))
        lower = days
    longer = sum(wait > lower for wait in waits)
    return [*counted, (_("longer"), longer), (_("no answer yet"), len(held) - len(waits))]
