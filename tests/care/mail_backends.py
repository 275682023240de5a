"""Mail servers that fail, each in one way."""

import os
import signal
from pathlib import Path

from django.core.mail.backends import filebased, locmem


class TakesAndBreaks(locmem.EmailBackend):
    """The first mail arrives, and the connection breaks before the server says so."""

    broken = False

    def send_messages(self, messages):
        super().send_messages(messages)
        if not TakesAndBreaks.broken:
            TakesAndBreaks.broken = True
            raise ConnectionResetError("mother@a.example")


class RefusesOne(locmem.EmailBackend):
    """One address is refused, again and again."""

    def send_messages(self, messages):
        if messages[0].to == ["refused@a.example"]:
            raise ValueError(f"{messages[0].to[0]} is nobody")
        return super().send_messages(messages)


class DiesOnce(filebased.EmailBackend):
    """The mail has arrived, and the process is killed before it can note so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, file_path=os.environ["MAIL_FOLDER"], **kwargs)

    def send_messages(self, messages):
        super().send_messages(messages)
        died = Path(os.environ["MAIL_FOLDER"]) / "died"
        if not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
