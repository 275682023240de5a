"""What is told in confidence: encrypted with keys that never stand in the database."""

import json
from hashlib import sha256
from hmac import new as keyed
from secrets import choice, token_urlsafe

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is mistaken for another on the telephone
PARTS, PART = 3, 4


class LostKeyError(Exception):
    """It was encrypted with a key that this installation no longer has."""


def lock(told: dict) -> str:
    return keys().encrypt(json.dumps(told, ensure_ascii=False).encode()).decode()


def unlock(locked: str) -> dict:
    """Raises LostKeyError. Empty when nothing is kept any more."""
    if not locked:
        return {}
    try:
        return json.loads(keys().decrypt(locked))
    except InvalidToken as error:
        raise LostKeyError from error


def keys():
    """The first key encrypts, every key opens."""
    return MultiFernet([Fernet(key) for key in settings.CONFIDENTIAL_KEYS])


def new_reference() -> str:
    """What is said on the telephone: twelve signs, which nobody guesses and which open nothing."""
    parts = ("".join(choice(LETTERS) for _ in range(PART)) for _ in range(PARTS))
    return "-".join(parts)


def new_token() -> str:
    return token_urlsafe(32)


def mark_of(token: str) -> str:
    """How the database knows the link again without holding it: a copy of it opens no link."""
    return marks_of(token)[0]


def marks_of(token: str) -> list:
    """By every key, the first one first: as long as an old key is there, so are its links."""
    return [
        keyed(key.encode(), token.encode(), sha256).hexdigest()
        for key in settings.CONFIDENTIAL_KEYS
    ]
