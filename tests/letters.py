"""Mails that wait."""

from care import mail


def text_of(letter):
    """What the reader will read; in the database it stands encrypted."""
    return mail.opened(letter.message)
