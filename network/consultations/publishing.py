"""From an answer to a public one: who asked and two persons agree, and nobody can be found."""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consultations.identifying import findings
from network.consultations.models import PublicAnswer
from search.analysis import LANGUAGES


class CannotAgreeError(Exception):
    """Why it cannot be published, for the person who tries."""


@transaction.atomic
def agree(answer, account, seen):
    """The second person agrees with what it says; `seen` is the `version_of` what was shown."""
    held = PublicAnswer.objects.select_for_update().get(pk=answer.pk)
    if not held.has_word_of_asker:
        raise CannotAgreeError(_("Who asked has not agreed that it becomes public."))
    if version_of(held) != seen:
        raise CannotAgreeError(_("It was changed since you opened it: read it again."))
    if held.proposed_by_id in {None, account.pk}:
        raise CannotAgreeError(_("Somebody else than who wrote it has to agree."))
    if not is_whole(held):
        raise CannotAgreeError(_("Question and answer must stand there in the three languages."))
    held.agreed_by, held.agreed_at, held.asker_agreed = account, timezone.now(), True
    held.save()


def version_of(answer) -> str:
    return sha256("\0".join(text or "" for text in texts_of(answer)).encode()).hexdigest()


def withdraw(answer):
    answer.agreed_by = answer.agreed_at = None


def is_whole(answer):
    return all(texts_of(answer))


def texts_of(answer):
    names = [f"{field}_{code}" for field in ("question", "answer") for code in LANGUAGES]
    return [getattr(answer, name) for name in names]


def what_may_lead_to_a_person(answer):
    return [found for text in texts_of(answer) for found in findings(text or "")]
