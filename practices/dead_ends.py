"""The tap "nothing here fits": one number per situation, province and month, nothing else.

It is the one form of readers that stores something. It counts without knowing who taps, so what
stops a flood is a limit per hour over all visitors.
"""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from places import gazetteer
from practices.models import PROVINCES, DeadEnd, DeadEndHour


@transaction.atomic
def count(situation, place) -> bool:
    """Whether it was counted; beyond the limit of the hour nothing is."""
    purge()
    if not DeadEndHour.objects.take(this_hour(), settings.DEAD_ENDS_AN_HOUR):
        return False
    DeadEnd.objects.add_one(situation=situation, province=province_of(place), month=this_month())
    return True


def purge():
    """Remove the hours that are over, and the numbers of months long past."""
    DeadEndHour.objects.before(this_hour()).delete()
    DeadEnd.objects.before(oldest_month()).delete()


def province_of(place) -> str:
    """The code of the province of what somebody typed, for Brussels of its region, or empty."""
    meanings = gazetteer.understand(place)
    if not meanings:
        return ""
    meant = meanings[0].spot.code
    return next((code for code in (meant, *gazetteer.containers(meant)) if code in PROVINCES), "")


def this_hour():
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def this_month():
    return timezone.localdate().replace(day=1)


def oldest_month():
    """The first day of the earliest month that is kept."""
    months = this_month().year * 12 + this_month().month - 1 - settings.DEAD_END_MONTHS
    return this_month().replace(year=months // 12, month=months % 12 + 1)
