"""Keeps a spreadsheet from computing what a curator wrote.

A text that a spreadsheet would compute gets an apostrophe in front, and loses it when it is read
back. A telephone number computes nothing that could harm: it stays as it is.
"""

import re

from network.publishing import PHONE

COMPUTED = re.compile(r"'*[=+\-@\t\r]")
MARKED = re.compile(r"'+[=+\-@\t\r]")


def neutral(text: str) -> str:
    """`restored` gives back exactly what was put in."""
    if COMPUTED.match(text) and not PHONE.fullmatch(text):
        return f"'{text}"
    return text


def restored(text: str) -> str:
    return text[1:] if MARKED.match(text) else text
