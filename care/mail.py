"""Mail to people: it waits in the database, its text encrypted, until a mail server takes it.

At least once: one that may have been sent is sent again, with the same Message-ID. Error mails to
the operator do not wait here; care/reporting.py sends them.
"""

import fcntl
import logging
import re
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import override
from post_office import mail
from post_office.models import Attachment, Email
from post_office.utils import cleanup_expired_mails

from care import confidential

logger = logging.getLogger("care.mail")

SIGNED = "\n\n-- \nFamily Support\n%(site_url)s\n"
CLOSED = "closed:"
AS_IT_IS = "{% autoescape off %}{{ text }}{% endautoescape %}"


def queue(address, subject, template, context, language, files=None):
    """Plain text in one language; the subject may name what is in the context: `%(name)s`.

    `files` are bytes by name: they wait in MailFiles until the mail is removed.
    """
    with override(language):
        told = {"site_url": settings.SITE_URL, **context}
        heading = " ".join((str(subject) % told).split())
        text = get_template(template).template.render(Context(told, autoescape=False))
    put(address, heading, re.sub(r"\n{3,}", "\n\n", text).strip() + SIGNED % told, files)


def put(address, subject, text, files=None):
    """The queue reads both as templates: what people wrote is handed in as a value."""
    parts = {"subject": AS_IT_IS.replace("text", "subject"), "message": AS_IT_IS}
    attached = {name: ContentFile(content) for name, content in (files or {}).items()}
    told = {"subject": subject, "text": CLOSED + confidential.lock({"text": text})}
    mail.send(address, **parts, context=told, attachments=attached)


def opened(text):
    """Raises LostKeyError. A text that waited before texts were encrypted is as it is."""
    if not text.startswith(CLOSED):
        return text
    return confidential.unlock(text.removeprefix(CLOSED))["text"]


def send_waiting() -> int:
    """Send what waits, one after the other. Returns how many were sent."""
    sent = failed = 0
    with suppress(BlockingIOError), alone():
        while mail.get_queued():
            this_sent, this_failed, _ = mail.send_queued()
            sent, failed = sent + this_sent, failed + this_failed
    if failed:
        logger.error("%s mails were refused for too long and given up", failed)
    return sent


@contextmanager
def alone():
    """One process of this machine at a time; the system frees the lock of one that is killed."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "mail.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def forget_old() -> int:
    """Remove mails after some days, sent or not. Returns how many."""
    limit = timezone.now() - settings.MAILS_KEPT
    removed, _ = cleanup_expired_mails(limit)
    storages["mail_files"].forget_before(limit)
    return removed


def forget_about(words, address=None) -> int:
    """Remove every mail (to one address) whose subject has these words. Returns how many."""
    mails = Email.objects.filter(subject__contains=words)
    if address:
        mails = mails.filter(to=[address])
    for attachment in Attachment.objects.filter(emails__in=mails).distinct():
        attachment.file.delete(save=False)
        attachment.delete()
    removed, _ = mails.delete()
    return removed
