"""When a record is to be checked again: so many calendar months after somebody checked it.

A record that nobody ever checked has no such day. Age alone takes nothing off the site.
"""

from calendar import monthrange
from datetime import date, timedelta

from django.db.models import F, Q
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear
from django.db.models.lookups import Exact, LessThan, LessThanOrEqual

TOLD_AFTER = timedelta(weeks=2)  # readers see how long ago it was
LOWER_AFTER = timedelta(weeks=4)  # it stands where unverified records stand
TASK_AFTER = timedelta(weeks=6)  # a curator has to do it


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_past(start: str, months: str, day: date) -> Q:
    """Whether so many months after a date come on or before the day; both are names of columns.

    The same as `months_later`, in words that both databases know.
    """
    due_month = ExtractYear(start) * 12 + ExtractMonth(start) + F(months)
    this_month = day.year * 12 + day.month
    is_last_day = (day + timedelta(days=1)).day == 1
    reached = Q() if is_last_day else Q(LessThanOrEqual(ExtractDay(start), day.day))
    return Q(LessThan(due_month, this_month)) | Q(Exact(due_month, this_month)) & reached
