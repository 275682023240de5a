"""When the database is gone, full or busy: which fault it is, and what a visitor is answered."""

import logging
import sqlite3
from enum import Enum
from time import monotonic
from traceback import walk_tb

from django.contrib.messages import get_messages
from django.db import Error, InterfaceError, OperationalError
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.deprecation import MiddlewareMixin

logger = logging.getLogger("care.faults")

RETRY_AFTER_SECONDS = 30
TELL_AGAIN_AFTER_SECONDS = 300


class Fault(Enum):
    AWAY = "away"
    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read_only"


# Everything else that SQLite says (a wrong statement, a broken rule) is a fault of ours.
SQLITE_FAULTS = {
    sqlite3.SQLITE_BUSY: Fault.BUSY,
    sqlite3.SQLITE_LOCKED: Fault.BUSY,
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Fault.AWAY,
    sqlite3.SQLITE_CORRUPT: Fault.AWAY,
    sqlite3.SQLITE_IOERR: Fault.AWAY,
    sqlite3.SQLITE_NOTADB: Fault.AWAY,
}
POSTGRES_FAULTS = {
    "57014": Fault.BUSY,  # query_canceled: statement_timeout
    "55P03": Fault.BUSY,  # lock_not_available
    "40P01": Fault.BUSY,  # deadlock_detected
    "53100": Fault.FULL,  # disk_full
    "25006": Fault.READ_ONLY,  # read_only_sql_transaction
    "42P01": Fault.AWAY,  # undefined_table: the database is empty
}


# --- Which fault it is -------------------------------------------------------------------------


def fault_of(exception) -> Fault | None:
    """The fault behind an exception, or None when it is no fault of the database."""
    while exception is not None:
        if isinstance(exception, Error):
            return fault_of_database_error(exception)
        exception = exception.__cause__ or exception.__context__
    return None


def fault_of_database_error(error):
    said = error.__cause__
    sqlite_code = getattr(said, "sqlite_errorcode", None)
    if sqlite_code is not None:
        is_empty = str(said).startswith("no such table")
        return Fault.AWAY if is_empty else SQLITE_FAULTS.get(sqlite_code & 0xFF)
    state = getattr(said, "sqlstate", None)
    if state in POSTGRES_FAULTS:
        return POSTGRES_FAULTS[state]
    return Fault.AWAY if isinstance(error, (OperationalError, InterfaceError)) else None


# --- What is answered --------------------------------------------------------------------------


def without_database(stand_in):
    """Marks a view that has an answer of its own, `stand_in(request)`, when the database fails."""

    def mark(view):
        view.without_database = stand_in
        return view

    return mark


class DatabaseFaultMiddleware(MiddlewareMixin):
    """Faults in a view; those in a middleware arrive at the handlers of 400 and 500."""

    def process_exception(self, request, exception):
        return answer(request, exception)


def answer(request, exception):
    """The response to a fault of the database; None when the exception is something else."""
    fault = fault_of(exception)
    if fault is None:
        return None
    tell(request, fault, exception)
    request.database_is_away = fault in {Fault.AWAY, Fault.BUSY}
    forget_unsaved(request)
    stand_in = stand_in_for(request)
    response = stand_in(request) if stand_in else refusal(request, fault, exception)
    response.headers["Cache-Control"] = "no-store"
    return response


def stand_in_for(request):
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return None
    return getattr(match.func, "without_database", None)


def refusal(request, fault, exception):
    context = {
        "fault": fault.value,
        "nothing_was_saved": request.method == "POST" and not was_committing(exception),
        "perhaps_saved": request.method == "POST" and was_committing(exception),
        "typed": typed(request),
    }
    response = render(request, "503.html", context, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def was_committing(exception) -> bool:
    """Whether the answer to a COMMIT was lost: then nobody knows which side of it the fault was."""
    frames = walk_tb(exception.__traceback__)
    return any(frame.f_code.co_name == "_commit" for frame, _line in frames)


def typed(request):
    """What was typed, for a button that sends it once more; never a password."""
    if request.method != "POST" or any("password" in name for name in request.POST):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]


def forget_unsaved(request):
    """A session that cannot be saved, and a message that tells of a save that was undone."""
    if hasattr(request, "session"):
        request.session.modified = False
    for _ in get_messages(request):
        pass  # one that was read is not kept


# --- What the operator reads -------------------------------------------------------------------

last_told = {}


def tell(request, fault, exception):
    """One line per fault every five minutes: an outage fills no disk and no mailbox."""
    now = monotonic()
    if now - last_told.get(fault, -TELL_AGAIN_AFTER_SECONDS) < TELL_AGAIN_AFTER_SECONDS:
        return
    last_told[fault] = now
    reason = (str(exception).strip() or type(exception).__name__).splitlines()[0]
    logger.error("The database fails (%s) at %s: %s", fault.value, request.path, reason)
