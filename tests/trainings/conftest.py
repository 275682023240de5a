from datetime import timedelta

import pytest
from django.utils import timezone

from care import unhurried
from tests.network.consultations.conftest import site  # noqa: F401  a fixture


@pytest.fixture
def pass_time(monkeypatch):
    def pass_some(**passed):
        moment = timezone.now() + timedelta(**passed)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return pass_some


CANARY = "zwaluwnest"
TOLD = {
    "name": f"Els {CANARY}",
    "organisation": f"House of {CANARY}",
    "function": f"{CANARY} officer",
    "email": f"els@{CANARY}.example",
    "needs": f"room for {CANARY}",
}


@pytest.fixture
def typed(pass_time):
    """What somebody sends half a minute after the form was shown."""
    shown_at = unhurried.stamp()
    pass_time(seconds=30)
    return {
        **TOLD,
        "language": "fr",
        "consent": "on",
        "form_token": "a-token-of-the-form",
        "shown_at": shown_at,
    }
