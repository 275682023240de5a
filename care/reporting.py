"""What is written down about an error: where in the code, and nothing that a visitor typed.

The text of an exception can hold a visitor's word (a value that could not be read, a row that
clashed), so traces name the kind of exception and the lines of code only.
"""

import logging
import re
from threading import Lock, Thread
from time import monotonic
from traceback import FrameSummary, TracebackException

from django.conf import settings
from django.core import mail
from django.utils.log import AdminEmailHandler

SECONDS_BETWEEN_MAILS = 60
TOKEN = re.compile(r"(?<=/)[\w:=-]{40,}")  # no name of a page is as long


def trace(exception):
    """A traceback without the texts of the exceptions, the cause first."""
    return "".join(told(TracebackException.from_exception(exception, capture_locals=False)))


def told(found):
    before = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    if before is not None:
        yield from told(before)
        yield "\nThen:\n"
    yield from (line_of(frame) for frame in found.stack)
    yield f"{found.exc_type.__module__}.{found.exc_type.__qualname__}\n"


def line_of(frame: FrameSummary):
    return f"  {frame.filename}:{frame.lineno} in {frame.name}\n    {frame.line}\n"


class WordlessFormatter(logging.Formatter):
    def formatException(self, exc_info):  # noqa: N802
        return trace(exc_info[1]).rstrip()


class NotAnOutage(logging.Filter):
    """Every request of an outage answers 503; care.faults tells of it once."""

    def filter(self, record):
        return getattr(record, "status_code", None) != 503


class WithoutLinks(logging.Filter):
    """Who reads a log opens nothing with it: no address stands in it with the token of a link."""

    def filter(self, record):
        record.msg, record.args = without_tokens(record.getMessage()), ()
        return True


def without_tokens(text):
    return TOKEN.sub("…", text)


class WordlessReporter:
    """The report in an error mail: method, path and trace; no query, form, cookie or header."""

    def __init__(self, request, exc_type, exc_value, exc_traceback, is_email=False):
        self.request, self.exception = request, exc_value

    def get_traceback_text(self):
        lines = [f"Release {settings.RELEASE}"]
        if self.request is not None:
            lines.append(f"{self.request.method} {without_tokens(self.request.path)}")
        if isinstance(self.exception, BaseException):
            lines.append(trace(self.exception))
        return "\n".join(lines)

    get_traceback_html = get_traceback_text


class AdminMailHandler(AdminEmailHandler):
    """Mails an error in the background: no visitor waits for a mail server, nor meets its fault.

    At most one mail a minute, and one at a time; the log has them all.
    """

    def __init__(self):
        super().__init__(reporter_class="care.reporting.WordlessReporter")
        self.sending = Lock()
        self.last_sent = -SECONDS_BETWEEN_MAILS
        self.thread = None

    def emit(self, record):
        try:
            if settings.ADMINS:
                super().emit(record)
        except Exception:
            self.handleError(record)

    def send_mail(self, subject, message, *args, **kwargs):
        if monotonic() - self.last_sent < SECONDS_BETWEEN_MAILS or not self.sending.acquire(False):
            return
        self.last_sent = monotonic()
        self.thread = Thread(target=self.send, args=(subject, message), daemon=True)
        self.thread.start()

    def send(self, subject, message):
        try:
            mail.mail_admins(subject, message, fail_silently=True)
        except Exception as error:  # a mail server can fail in ways its library does not expect
            logging.getLogger(__name__).warning("No error mail: %s", type(error).__name__)
        finally:
            self.sending.release()
