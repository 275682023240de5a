"""Sends a mail that waited: opens its text, and hands it to the mail server of the settings."""

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from care import mail


class OpeningBackend(BaseEmailBackend):
    def __init__(self, **options):
        super().__init__(**options)
        self.server = get_connection(**options)

    def open(self):
        return self.server.open()

    def close(self):
        self.server.close()

    def send_messages(self, messages):
        """Raises LostKeyError: the mail waits on, until it is too old."""
        for message in messages:
            message.body = mail.opened(message.body)
        return self.server.send_messages(messages)
