"""The sessions of one month, day by day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby

from django.utils import timezone

from trainings.models import Session

FIRST, LAST = date(2020, 1, 1), date(2100, 12, 1)


@dataclass(frozen=True)
class Month:
    first_day: date

    @property
    def number(self):
        return self.first_day.strftime("%Y-%m")

    @property
    def next(self):
        return Month((self.first_day + timedelta(days=31)).replace(day=1))

    @property
    def previous(self):
        return Month((self.first_day - timedelta(days=1)).replace(day=1))

    @property
    def is_kept(self):
        """Whether the calendar has a page for it: no endless row of pages."""
        return FIRST <= self.first_day <= LAST

    @cached_property
    def days(self):
        """(day, its sessions), in order; one that began in an earlier month stands on the first."""
        begins, ends = midnight(self.first_day), midnight(self.next.first_day)
        sessions = Session.objects.public().with_card_relations()
        found = sessions.filter(starts_at__lt=ends, ends_at__gt=begins)
        by_day = groupby(found.order_by("starts_at", "pk"), key=self.day_of)
        return [(day, list(group)) for day, group in by_day]

    def day_of(self, session):
        return max(timezone.localdate(session.starts_at), self.first_day)


def midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


def month_of(number):
    """Raises ValueError; `number` is 2026-12."""
    return Month(date.fromisoformat(f"{number}-01"))
