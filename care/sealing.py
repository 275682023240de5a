"""What a visitor searched, sealed: an address that this site alone can read, for a short time."""

import zlib
from datetime import UTC, datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

SEARCH_LIVES = timedelta(minutes=30)
LIST_LIVES = timedelta(hours=12)
STEP = 64  # bytes; the length of an address tells little about what was typed


class BrokenSealError(Exception):
    """Nobody sealed this with a key of ours."""


def seal(text: str) -> str:
    packed = zlib.compress(text.encode())
    filled = packed.ljust(-len(packed) // STEP * -STEP, b"\0")
    return keys().encrypt(filled).decode()


def unseal(token: str) -> tuple[str, datetime]:
    """The text, and when it was sealed. Raises BrokenSealError."""
    try:
        filled = keys().decrypt(token)
    except (InvalidToken, ValueError) as error:
        raise BrokenSealError from error
    packed = zlib.decompressobj()
    text = packed.decompress(filled).decode()
    return text, datetime.fromtimestamp(keys().extract_timestamp(token), UTC)


def keys():
    """The first key seals, every key opens."""
    return MultiFernet([Fernet(key) for key in settings.STATE_KEYS])
