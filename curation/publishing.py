"""What may go public, by whom and when."""

from django.utils import timezone

from guide.models import HelpLine
from network.history import because
from network.models import Actor
from practices.models import Practice

PUBLISHABLE = (Practice, Actor, HelpLine)


def publish_what_is_due(now=None):
    """Publish what was planned for now; what lacks something waits. Returns how many."""
    number = 0
    for model in PUBLISHABLE:
        for record in model.objects.due_for_publishing(now or timezone.now()):
            number += publish_if_ready(record)
    return number


def publish_if_ready(record) -> bool:
    if record.publishing_problems():
        return False
    with because("planned"):
        return bool(type(record).objects.filter(pk=record.pk).publish())
