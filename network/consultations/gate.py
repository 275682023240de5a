"""Whether the platform takes questions: only when the operator says so and somebody reads them."""

from django.conf import settings
from django.contrib.auth import get_user_model

COORDINATE = "network.coordinate_consultations"
ANSWER = "network.answer_consultations"


def takes_questions() -> bool:
    return settings.CONSULTATIONS_OPEN and coordinators().exists()


def coordinators():
    """Active accounts with the role; an operator who may do everything does not count as one."""
    return colleagues_who_may(COORDINATE)


def experts():
    return colleagues_who_may(ANSWER)


def colleagues_who_may(right):
    accounts = get_user_model().objects.with_perm(
        right, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    return accounts.filter(is_staff=True)


def coordinates(account):
    return account.has_perm(COORDINATE)


def may_enter(account):
    return account.has_perm(COORDINATE) or account.has_perm(ANSWER)


def may_read(account, consultation):
    """A coordinator reads every question, an expert only those given to them."""
    if coordinates(account):
        return True
    expert = consultation.expert
    return account.has_perm(ANSWER) and expert is not None and expert.account_id == account.pk
