"""What is told in confidence, and the marks of links, while keys are renewed."""

import pytest
from cryptography.fernet import Fernet

from care import confidential

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def test_new_link_is_marked_with_the_first_key_and_outlives_the_old_one(settings):
    settings.CONFIDENTIAL_KEYS = [NEW, OLD]
    mark = confidential.mark_of("a link")

    settings.CONFIDENTIAL_KEYS = [NEW]

    assert mark in confidential.marks_of("a link")


def test_older_link_is_found_as_long_as_its_key_is_there(settings):
    settings.CONFIDENTIAL_KEYS = [OLD]
    mark = confidential.mark_of("a link")

    settings.CONFIDENTIAL_KEYS = [NEW, OLD]
    assert mark in confidential.marks_of("a link")
    settings.CONFIDENTIAL_KEYS = [NEW]
    assert mark not in confidential.marks_of("a link")


def test_first_key_closes_and_every_key_opens(settings):
    settings.CONFIDENTIAL_KEYS = [OLD]
    before = confidential.lock({"question": "x"})
    settings.CONFIDENTIAL_KEYS = [NEW, OLD]
    after = confidential.lock({"question": "y"})
    assert confidential.unlock(before) == {"question": "x"}

    settings.CONFIDENTIAL_KEYS = [NEW]

    assert confidential.unlock(after) == {"question": "y"}


def test_what_a_lost_key_closed_cannot_be_read(settings):
    settings.CONFIDENTIAL_KEYS = [OLD]
    locked = confidential.lock({"question": "x"})
    settings.CONFIDENTIAL_KEYS = [NEW]

    with pytest.raises(confidential.LostKeyError):
        confidential.unlock(locked)
