"""The database stops, and comes back: what visitors and curators see, and how soon."""

import os
import time

import pytest
from django.contrib.auth import get_user_model
from django.db import close_old_connections, connection, connections
from django.test import Client
from django.utils.translation import gettext, override

from guide import strip
from guide.models import HelpLine
from practices import facets
from search.models import SynonymGroup
from tests.databases import connected_to
from tests.gate import Gate
from tests.pages import address, links, text
from tests.staff import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
LANGUAGES = ("nl", "fr", "en")
AT_ONCE = 1  # seconds, on a busy machine
LAST_KNOWN = "We cannot reach the directory at this moment. These are the numbers we knew last."
ADD_GROUP = "/en/admin/search/synonymgroup/add/"
TYPED = {"code": "canary", "language": "", "words": "een\r\ntwee", "leads_to": "drie"}


class SqliteFile:
    """Stops by moving its file away, or by putting something else in its place."""

    def __init__(self, environment):
        self.environment = environment
        self.path = f"{environment['VAR_DIR']}/directory.sqlite3"

    def stop(self):
        os.rename(self.path, f"{self.path}.away")

    def corrupt(self):
        self.stop()
        with open(self.path, "wb") as file:
            file.write(b"no database " * 1000)

    def start(self):
        os.replace(f"{self.path}.away", self.path)


class PostgresServer:
    def __init__(self, environment):
        self.gate = Gate(environment["DATABASE_URL"])
        self.environment = environment | {"DATABASE_URL": self.gate.url}
        self.stop, self.silence, self.start = self.gate.shut, self.gate.fall_silent, self.gate.open


@pytest.fixture
def database(site, settings):
    """The database of the site, which can be stopped."""
    settings.WEB = True
    database = (PostgresServer if "DATABASE_URL" in site else SqliteFile)(site)
    with connected_to(database.environment, is_web=True):
        yield database
    if "DATABASE_URL" in site:
        database.stop()


def ask(path, data=None, client=None):
    """One request as a worker handles it, with the seconds it took."""
    client = client or Client(raise_request_exception=False)
    close_old_connections()
    started = time.monotonic()
    response = client.get(path) if data is None else client.post(path, data)
    response.seconds = time.monotonic() - started
    return response


def fresh_worker():
    """Forgets what this worker has read."""
    facets.directory.held = strip.remembered_lines.held = (None, None)


def said(language, message):
    with override(language):
        return gettext(message)


def public_pages(language):
    return [
        *(address(name, language=language) for name in ("home", "about", "practice_list")),
        address("practice_list", language=language) + "?q=canary&place=1000",
        address("practice_detail", "praattafel", language=language),
        address("actor_detail", "house", language=language),
    ]


# --- The database is stopped -------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_at_once_that_the_directory_is_away(database, language):
    assert ask(f"/{language}/").status_code == 200
    database.stop()

    try:
        responses = {path: ask(path) for path in public_pages(language)}
    finally:
        database.start()

    for path, response in responses.items():
        page = response.content.decode()
        assert (response.status_code, response.headers["Retry-After"]) == (503, "30"), path
        assert response.headers["Cache-Control"] == "no-store"
        assert response.seconds < AT_ONCE, path
        assert f'<html lang="{language}">' in page
        assert said(language, "The directory does not answer at this moment") in text(response)
        assert {"tel:112", "tel:101"} <= set(links(response))
        assert "Traceback" not in page
        for other in LANGUAGES:
            assert any(link.startswith(f"/{other}/") for link in links(response)), path
        assert "https://www.meteo.be/" in links(response)


def test_recovers_by_itself(database):
    database.stop()
    assert ask("/en/practices/").status_code == 503

    database.start()

    assert ask("/en/practices/").status_code == 200
    assert "Talking table" in text(ask("/en/practices/"))


def test_worker_that_was_connected_recovers_by_itself(database):
    assert ask("/en/practices/").status_code == 200
    database.stop()
    assert ask("/en/practices/").status_code == 503
    database.start()

    assert ask("/en/practices/").status_code == 200


@pytest.mark.parametrize("is_fresh", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lines_stand_with_the_numbers_known_last(database, language, is_fresh):
    path = address("help_line_list", language=language)
    assert ask(path).status_code == 200
    database.stop()
    if is_fresh:
        fresh_worker()

    try:
        response = ask(path)
    finally:
        database.start()

    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert "tel:080011222" in links(response)
    assert "2017" in text(response)
    assert said(language, LAST_KNOWN) in text(response)
    assert response.seconds < AT_ONCE


def test_line_taken_off_before_the_outage_is_not_shown_by_any_worker(database):
    assert "tel:080011222" in links(ask("/en/help-lines/"))
    HelpLine.objects.filter(code="line").unpublish()
    database.stop()

    try:
        held = ask("/en/help-lines/")
        fresh_worker()
        fresh = ask("/en/help-lines/")
    finally:
        database.start()
        close_old_connections()
        HelpLine.objects.filter(code="line").publish()

    for response in (held, fresh):
        assert response.status_code == 200
        assert "tel:080011222" not in links(response)


def test_page_that_does_not_exist_is_still_not_found_and_shows_the_numbers(database):
    ask("/nl/")
    database.stop()

    try:
        response = ask("/nl/nothing/")
    finally:
        database.start()

    assert response.status_code == 404
    assert "tel:080011222" in links(response)
    assert said("nl", LAST_KNOWN) in text(response)


def test_suggestions_are_none(database):
    database.stop()

    try:
        response = ask("/en/practices/suggest/", {"text": "tal"})
    finally:
        database.start()

    assert (response.status_code, response.json()) == (503, {"suggestions": []})


def test_process_is_healthy_and_not_ready(database):
    database.stop()

    try:
        healthy, ready = ask("/healthz"), ask("/readyz")
    finally:
        database.start()

    assert (healthy.status_code, ready.status_code) == (200, 503)
    assert ready.json()["ready"] is False
    assert ask("/readyz").status_code == 200


def test_what_a_curator_typed_can_be_sent_again(database):
    account = get_user_model().objects.get()
    client = come_in(Client(raise_request_exception=False), account)
    database.stop()

    try:
        listed = ask("/en/admin/search/synonymgroup/", client=client)
        refused = ask(ADD_GROUP, TYPED, client=client)
    finally:
        database.start()

    def saved():
        close_old_connections()
        return SynonymGroup.objects.filter(code="canary")

    assert listed.status_code == refused.status_code == 503
    assert "Nothing was saved." in text(refused)
    assert '<input type="hidden" name="code" value="canary">' in refused.content.decode()
    assert not saved()
    assert ask(ADD_GROUP, TYPED, client=client).status_code == 302
    assert [group.words.splitlines() for group in saved()] == [["een", "twee"]]
    saved().delete()


def test_password_is_not_written_into_the_page(database):
    database.stop()

    try:
        response = ask("/en/admin/login/", {"username": "curator", "password": "secret-canary"})
    finally:
        database.start()

    assert response.status_code == 503
    assert "secret-canary" not in response.content.decode()
    assert "Go back" in text(response)


def test_outage_is_told_once_and_without_what_was_asked(database, caplog):
    database.stop()

    try:
        for _ in range(3):
            ask("/en/practices/?q=canary")
    finally:
        database.start()

    told = [record.getMessage() for record in caplog.records if record.name == "care.faults"]
    assert len(told) == 1
    assert told[0].startswith("The database fails (away) at /en/practices/: ")
    assert "canary" not in caplog.text


# --- Other ways to be away ---------------------------------------------------------------------


@pytest.fixture
def sqlite_file(database):
    if connection.vendor != "sqlite":
        pytest.skip("about the file of SQLite")
    return database


@pytest.fixture
def postgres_server(database):
    if connection.vendor != "postgresql":
        pytest.skip("about the server of PostgreSQL")
    return database


def test_file_that_is_no_database_is_an_outage(sqlite_file):
    ask("/en/")
    sqlite_file.corrupt()

    try:
        responses = [ask("/en/"), ask("/en/help-lines/"), ask("/readyz")]
    finally:
        sqlite_file.start()

    assert [response.status_code for response in responses] == [503, 200, 503]
    assert ask("/en/").status_code == 200


def test_missing_file_is_not_made_anew(sqlite_file, settings):
    settings.WEB = True
    sqlite_file.stop()

    try:
        ask("/en/")
        assert not os.path.exists(sqlite_file.path)
    finally:
        sqlite_file.start()


def test_server_without_tables_is_an_outage(connected):
    with connected.cursor() as cursor:
        cursor.execute("ALTER TABLE search_dataversion RENAME TO hidden")

    try:
        response = ask("/en/")
    finally:
        with connected.cursor() as cursor:
            cursor.execute("ALTER TABLE hidden RENAME TO search_dataversion")

    assert response.status_code == 503


def test_silent_server_is_given_up_by_a_connected_worker(postgres_server):
    assert ask("/en/").status_code == 200
    postgres_server.silence()

    try:
        response, lines = ask("/en/"), ask("/en/help-lines/")
    finally:
        postgres_server.start()

    assert (response.status_code, lines.status_code) == (503, 200)
    assert response.seconds < 10
    assert lines.seconds < 10  # and not for ever
    assert ask("/en/").status_code == 200


# --- How long is waited ------------------------------------------------------------------------


def test_only_visitors_have_a_limit(postgres_server, site):
    def limit():
        with connections["default"].cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    for_visitors = limit()
    with connected_to(site) as of_a_command:
        for_commands = limit()
        options = of_a_command.settings_dict["OPTIONS"]

    assert (for_visitors, for_commands) == ("3s", "0")
    assert options == {"connect_timeout": 2}
