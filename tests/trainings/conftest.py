from datetime import timedelta

import pytest
from django.utils import timezone


@pytest.fixture
def pass_time(monkeypatch):
    def pass_some(**passed):
        moment = timezone.now() + timedelta(**passed)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return pass_some
