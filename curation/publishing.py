"""What may go public, by whom and when."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guide.models import Event, GlossaryTerm, HelpLine, Publication, Recommendation
from network.history import because
from network.models import Actor, Offer
from practices.models import Practice
from trainings.models import Training

PUBLISHABLE = (
    *(Practice, Actor, Offer, Training, HelpLine),
    *(Publication, Event, Recommendation, GlossaryTerm),
)


def may_publish(user, record):
    """Of a record or of its model."""
    options = record._meta
    return user.has_perm(f"{options.app_label}.publish_{options.model_name}")


def needs_other_eyes(user, last_author):
    """Why this person may not publish what they wrote themselves; empty when they may."""
    if settings.FOUR_EYES and last_author == user:
        return _("You made the last change yourself: somebody else publishes it.")
    return ""


def last_author(record):
    """Who changed it last, by hand."""
    by_hand = record.history.exclude(history_user=None).order_by("-history_id").first()
    return by_hand.history_user if by_hand else None


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
    with because(gettext_noop("planned")):
        return bool(type(record).objects.filter(pk=record.pk).publish())
