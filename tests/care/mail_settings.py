"""The product as it is, with a mail server that kills it once."""

from familysupport.settings import *  # noqa: F403

EMAIL_BACKEND = "tests.care.mail_backends.DiesOnce"
