"""A save that cannot be made: a clear message, no half record, and it works again afterwards."""

import sqlite3
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.test import Client

from care.faults import Fault, fault_of
from practices.models import Practice
from practices.search import search_entry
from search.index import columns, holders
from search.models import Document, SynonymGroup
from tests.factories import make_practice
from tests.pages import address, text
from tests.staff import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
LANGUAGES = ("nl", "fr", "en")
ADD_GROUP = "/en/admin/search/synonymgroup/add/"
LONG_WORD = "onvindbar"  # as the index keeps it
TYPED = {"code": "canary", "language": "", "words": "een\r\ntwee", "leads_to": "drie"}
NO_INLINES = {
    f"{inline}-{count}_FORMS": "0"
    for inline in ("contacts", "citations")
    for count in ("TOTAL", "INITIAL")
}


# --- Which fault it is -------------------------------------------------------------------------


def raised(kind, said):
    """As Django raises what a driver said."""
    error = kind(str(said))
    error.__cause__ = said
    return error


def sqlite_error(*statements, kind=OperationalError):
    opened = sqlite3.connect(":memory:", isolation_level=None)
    *prepare, failing = statements
    for statement in prepare:
        opened.execute(statement)
    with pytest.raises(sqlite3.Error) as failed:
        opened.execute(failing)
    return raised(kind, failed.value)


FILL = "INSERT INTO a SELECT zeroblob(100000)"


def errors():
    yield Fault.FULL, sqlite_error("CREATE TABLE a (b)", "PRAGMA max_page_count = 2", FILL)
    yield Fault.READ_ONLY, sqlite_error("PRAGMA query_only = ON", "CREATE TABLE a (b)")
    yield Fault.AWAY, sqlite_error("SELECT * FROM a")
    yield None, sqlite_error("SELEC")
    yield None, sqlite_error("SELECT unknown")
    yield (
        None,
        sqlite_error(
            "CREATE TABLE a (b NOT NULL)", "INSERT INTO a VALUES (NULL)", kind=IntegrityError
        ),
    )
    yield Fault.FULL, raised(OperationalError, psycopg.errors.DiskFull())
    yield Fault.BUSY, raised(OperationalError, psycopg.errors.QueryCanceled())
    yield Fault.BUSY, raised(OperationalError, psycopg.errors.LockNotAvailable())
    yield Fault.READ_ONLY, raised(DatabaseError, psycopg.errors.ReadOnlySqlTransaction())
    yield Fault.AWAY, raised(OperationalError, psycopg.errors.AdminShutdown())
    yield Fault.AWAY, raised(OperationalError, psycopg.OperationalError("refused"))
    yield Fault.AWAY, raised(InterfaceError, psycopg.InterfaceError("closed"))
    yield None, raised(DatabaseError, psycopg.errors.SyntaxError())
    yield None, ValueError("no database at all")


@pytest.mark.parametrize(("fault", "error"), list(errors()), ids=str)
def test_fault_is_known_from_what_the_driver_says(fault, error):
    assert fault_of(error) is fault


def test_fault_behind_another_exception_is_found():
    lost = RuntimeError("the session is lost")
    lost.__context__ = raised(OperationalError, psycopg.errors.DiskFull())

    assert fault_of(lost) is Fault.FULL


# --- What a curator sees -----------------------------------------------------------------------


@contextmanager
def read_only(connection):
    on, off = {
        "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
        "postgresql": (
            "SET default_transaction_read_only = on",
            "RESET default_transaction_read_only",
        ),
    }[connection.vendor]
    with setting(connection, on, off):
        yield


@contextmanager
def full(connection):
    """SQLite refuses to grow; the disk of PostgreSQL cannot be filled, so its error is raised."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("VACUUM")
        with setting(connection, "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823"):
            yield
    else:
        with connection.execute_wrapper(refuse_to_write):
            yield


def refuse_to_write(execute, sql, params, many, context):
    if sql.startswith(('INSERT INTO "search_', "INSERT INTO search_tokens")):
        raise raised(OperationalError, psycopg.errors.DiskFull())
    return execute(sql, params, many, context)


@contextmanager
def setting(connection, on, off):
    connection.cursor().execute(on)
    try:
        yield
    finally:
        connection.cursor().execute(off)


@pytest.fixture
def curator(connected):
    return come_in(Client(raise_request_exception=False), get_user_model().objects.get())


@pytest.fixture
def practice(connected):
    practice = make_practice("BE77")
    yield practice
    Practice.objects.filter(code="BE77").delete()


def typed(practice, **changes):
    texts = [f"{name}_{code}" for name in ("name", "slug", "summary") for code in LANGUAGES]
    form = {name: getattr(practice, name) for name in texts}
    status = {
        "editorial_status": "published",
        "operating_status": "unknown",
        "source_language": "nl",
    }
    return NO_INLINES | form | status | {"code": practice.code} | changes


def assert_whole(practice, name):
    """The record, its search entry and what a search finds are of one piece."""
    saved = Practice.objects.get(pk=practice.pk)
    document = Document.objects.get(kind="practice", key=practice.code)
    wanted = columns(search_entry(saved))

    assert saved.name_nl == name
    assert {column: getattr(document, column) for column in wanted} == wanted
    assert found(document.title_nl.split()[-1]) == [practice.code]


def found(token):
    """What the index itself finds."""
    (ids,) = holders([{"nl": [(token,)]}])
    return list(Document.objects.filter(pk__in=ids, kind="practice").values_list("key", flat=True))


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (read_only, "Nothing can be saved at this moment"),
        (full, "There is no room to save anything"),
    ],
)
def test_save_that_cannot_be_made_leaves_no_half_record(
    harm, message, connected, curator, practice
):
    change = f"/en/admin/practices/practice/{practice.pk}/change/"
    long_text = f"{LONG_WORD} " * 10_000

    with harm(connected):
        response = curator.post(change, typed(practice, name_nl="Zandkasteel", aims_nl=long_text))
        read = curator.get("/en/practices/")

    assert (response.status_code, read.status_code) == (503, 200)
    assert response.headers["Retry-After"] == "30"
    assert message in text(response)
    assert "Nothing was saved." in text(response)
    assert 'name="name_nl" value="Zandkasteel"' in response.content.decode()
    assert_whole(practice, "Practice BE77 nl")
    assert found(LONG_WORD) == []
    assert curator.post(change, typed(practice, name_nl="Zandkasteel")).status_code == 302
    assert_whole(practice, "Zandkasteel")


def test_lock_that_is_held_too_long_is_told(connected, curator):
    holder = type(connected)(connected.settings_dict, "default")
    wait = {"sqlite": "PRAGMA busy_timeout = 50", "postgresql": "SET statement_timeout = 50"}
    lock = {
        "sqlite": "BEGIN IMMEDIATE",
        "postgresql": "BEGIN; LOCK TABLE search_synonymgroup IN ACCESS EXCLUSIVE MODE",
    }
    connected.cursor().execute(wait[connected.vendor])
    holder.cursor().execute(lock[connected.vendor])

    try:
        response = curator.post(ADD_GROUP, TYPED)
    finally:
        holder.cursor().execute("ROLLBACK")
        holder.close()

    assert response.status_code == 503
    assert "It takes too long at this moment" in text(response)
    assert "Nothing was saved." in text(response)
    assert not SynonymGroup.objects.filter(code="canary").exists()


def test_message_of_a_save_that_was_undone_is_not_shown(curator, monkeypatch):
    def fail(self, request, *rest):
        self.message_user(request, "was added successfully")
        raise raised(OperationalError, psycopg.errors.DiskFull())

    monkeypatch.setattr("curation.admin.SynonymGroupAdmin.response_add", fail)

    response = curator.post(ADD_GROUP, TYPED)

    assert response.status_code == 503
    assert list(get_messages(curator.get("/en/admin/").wsgi_request)) == []
    assert not SynonymGroup.objects.filter(code="canary").exists()


def test_session_that_cannot_be_written_is_no_server_error(connected, curator):
    with read_only(connected):
        response = Client(raise_request_exception=False).post(
            "/en/admin/login/", {"username": "curator", "password": "a long sentence"}
        )

    assert response.status_code == 503
    assert "a long sentence" not in response.content.decode()
    assert not response.cookies.get("sessionid")


def test_fault_in_a_middleware_is_answered_like_one_in_a_view(connected, monkeypatch):
    def fail(*args):
        raise raised(OperationalError, psycopg.errors.AdminShutdown())

    monkeypatch.setattr("django.middleware.common.CommonMiddleware.process_request", fail)
    client = Client(raise_request_exception=False)

    pages = [client.get(address("home", language=code)) for code in LANGUAGES]
    lines = client.get("/en/help-lines/")

    assert [page.status_code for page in pages] == [503, 503, 503]
    assert (lines.status_code, pages[0].headers["Retry-After"]) == (200, "30")


# --- How the product starts --------------------------------------------------------------------


def limits(site, code):
    told = (
        f"{code}\nfrom django.conf import settings\nfrom django.db import connection\n"
        "print(settings.WEB, settings.DATABASES['default'].get('CONN_HEALTH_CHECKS'))\n"
        "cursor = connection.cursor()\n"
        "cursor.execute('PRAGMA busy_timeout' if connection.vendor == 'sqlite' else "
        "'SHOW statement_timeout')\nprint(cursor.fetchone()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", told],
        cwd=settings.BASE_DIR,
        env=site | {"DJANGO_SETTINGS_MODULE": "familysupport.settings"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_server_has_a_limit_and_a_command_has_none(site):
    web = limits(site, "import familysupport.wsgi")
    command = limits(site, "import django; django.setup()")

    busy = {"sqlite": ("20000", "20000"), "postgresql": ("3s", "0")}
    vendor = "postgresql" if "DATABASE_URL" in site else "sqlite"
    assert web == ["True", "True", busy[vendor][0]]
    assert command == ["False", "True", busy[vendor][1]]


# --- The answer to COMMIT is lost --------------------------------------------------------------


def test_lost_answer_to_commit_says_that_nobody_knows(connected, curator, monkeypatch):
    """The server may have kept it: what is told is no promise either way."""

    def _commit(self):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as lost:
        lost.setattr(type(connected), "_commit", _commit)
        response = curator.post(ADD_GROUP, TYPED)

    assert response.status_code == 503
    assert "We do not know whether it was saved." in text(response)
    assert "Nothing was saved." not in text(response)
    assert 'name="code" value="canary"' in response.content.decode()
