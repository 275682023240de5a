import pytest
from cryptography.fernet import Fernet

from care.sealing import BrokenSealError, seal, unseal

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.mark.parametrize("text", ["", "q=moeder&place=1080", "q=أم", "x" * 1_000])
def test_sealed_text_is_read_back(text):
    assert unseal(seal(text))[0] == text


def test_seal_hides_the_text_and_about_how_long_it_is():
    assert "moeder" not in seal("q=moeder")
    assert len(seal("q=ma")) == len(seal("q=grootmoeder"))
    assert seal("q=moeder") != seal("q=moeder")


@pytest.mark.parametrize("token", ["", "x", "q=moeder", "é", "gAAAAA" + "A" * 100])
def test_text_that_nobody_sealed_is_refused(token):
    with pytest.raises(BrokenSealError):
        unseal(token)


def test_changed_seal_is_refused():
    token = seal("q=moeder")

    for position in (10, 40, len(token) - 5):
        changed = (
            token[:position] + ("A" if token[position] != "A" else "B") + token[position + 1 :]
        )
        with pytest.raises(BrokenSealError):
            unseal(changed)


def test_older_key_still_opens_and_the_first_one_seals(settings):
    settings.STATE_KEYS = [OLD]
    before = seal("q=moeder")

    settings.STATE_KEYS = [NEW, OLD]
    after = seal("q=moeder")
    opened = unseal(before)[0]
    settings.STATE_KEYS = [NEW]

    assert opened == unseal(after)[0] == "q=moeder"
    with pytest.raises(BrokenSealError):
        unseal(before)
