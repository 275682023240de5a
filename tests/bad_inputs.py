"""Sends a running site what nobody should: python -m tests.bad_inputs http://127.0.0.1:8000

Prints how many of which status came back; ends with 1 when one was 5xx or none at all, or when
what must be refused was answered.
"""

import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from itertools import product
from threading import local
from urllib.parse import quote, urlencode, urlsplit

from tests.hostile import HOSTILE

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FOLDERS = (
    "/en/practices/",
    "/fr/organisations/",
    "/fr/organisations/r/",
    "/en/offers-for-professionals/",
    "/en/offers-for-professionals/r/",
    "/en/expert-platform/themes/",
    "/en/trainings/",
    "/en/trainings/r/",
    "/en/trainings/calendar/",
    "/en/trainings/registration/",
    "/en/guide/",
    "/nl/praktijken/r/",
    "/fr/trouver/r/",
    "/en/preview/",
    "/en/still-right/",
    "/en/something-wrong/practice/",
    "/en/something-wrong/organisation/",
    "/",
    "/nl/",
)
LISTS = {"nl": "/nl/praktijken/", "fr": "/fr/pratiques/", "en": "/en/practices/"}
OTHER_LISTS = {
    "/fr/organisations/": ("q", "place", "role", "level", "sort", "page"),
    "/en/offers-for-professionals/": ("q", "place", "kind", "organisation", "cost", "exact"),
    "/en/trainings/": ("q", "place", "form", "from", "until", "on_request", "page"),
    "/en/trainings/calendar.ics": ("q", "place", "form", "from", "until", "on_request"),
    "/en/trainings/feed.atom": ("q", "place", "form", "from", "until"),
}
NAMES = ("q", "place", "target_group", "status", "sort", "page", "help_language", "exact")
TEXTS = [text.encode("utf-8", "surrogatepass") for text in HOSTILE]
BROKEN = [b"\xff\xfe", b"\xc3(", b"\xed\xa0\x80", b"\0", b"a\0b", b"%", b"%u0041", b"\x80" * 200]
STORING = (
    "/en/something-wrong/practice/VB07/",
    "/en/network/join/",
    "/en/network/suggest-a-practice/",
)
METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "BREW", "get")
HOSTS = ("elsewhere.example", "127.0.0.1.example", "a b", "[::1", "localhost:x", "%00", "é")
CONNECTIONS = 3
LENGTHS = (1_001, 7_000, 9_000, 30_000, 300_000)


def requests():
    """(method, address, body, headers, must be refused)."""
    yield from addresses()
    yield from forms()
    yield from refused()


def addresses():
    for text, name, path in product(TEXTS + BROKEN, NAMES, LISTS.values()):
        yield "GET", f"{path}?{name}={quote(text)}", None, {}, False
    for path, names in OTHER_LISTS.items():
        for text, name in product(TEXTS + BROKEN, names):
            yield "GET", f"{path}?{name}={quote(text)}", None, {}, False
    for text in TEXTS + BROKEN:
        for folder in FOLDERS:
            yield "GET", f"{folder}{quote(text, safe='')}/", None, {}, False
        for name in ("need", "language"):
            yield "GET", f"/en/help-lines/?{name}={quote(text)}", None, {}, False
        yield "GET", f"/en/invitation/?key={quote(text)}", None, {}, False
        yield "GET", "/", None, {"Accept-Language": text.decode("latin-1")}, False
        yield "GET", "/en/", None, {"If-None-Match": text.decode("latin-1")}, False


def forms():
    for text in TEXTS + BROKEN:
        for name in ("q", "place", "change", "language", "readable", "target_group"):
            yield "POST", LISTS["fr"], urlencode({name: text}).encode(), FORM, False
        for path, name in product(OTHER_LISTS, ("q", "place", "change", "language", "role")):
            yield "POST", path, urlencode({name: text}).encode(), FORM, False
        yield "POST", "/en/practices/suggest/", urlencode({"text": text}).encode(), FORM, False
        yield "POST", "/en/practices/", text, FORM, False
        for path in (*STORING, "/en/invitation/"):
            yield "POST", path, urlencode({"text": text, "key": text}).encode(), FORM, True
        yield "POST", f"/en/still-right/{quote(text, safe='')}/", b"confirm=1", FORM, True
        yield "POST", "/en/admin/login/", urlencode({"username": text}).encode(), FORM, True


def refused():
    for path, method in product([*LISTS.values(), "/en/", "/healthz"], METHODS):
        yield method, path, None, {}, True
    for host in HOSTS:
        yield "GET", LISTS["en"], None, {"Host": host}, True
    for path, length in product(LISTS.values(), LENGTHS):
        yield "GET", f"{path}?q={'a' * length}", None, {}, True
        yield "POST", path, b"q=" + b"a" * length, FORM, True
    for path in LISTS.values():
        yield "GET", f"{path}?{'&'.join(['target_group=parents'] * 50)}", None, {}, True
        yield "GET", f"{path}?{'&'.join(f'a{n}=1' for n in range(1_100))}", None, {}, True
        yield "POST", path, b"&".join(b"a%d=1" % n for n in range(1_100)), FORM, True
        yield "POST", path, os.urandom(4_000), {"Content-Type": "multipart/form-data"}, True


def send(connection, method, address, body, headers):
    """The status; 0 when there was no answer."""
    headers = {"Host": connection.at, **headers}
    try:
        connection.putrequest(method, address, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value.encode("utf-8", "replace").replace(b"\n", b" "))
        connection.putheader("Content-Length", str(len(body or b"")))
        connection.endheaders(body)
        response = connection.getresponse()
        response.read()
    except (HTTPException, OSError, ValueError):
        return 0
    return response.status


class Sender:
    def __init__(self, site):
        self.at = urlsplit(site).netloc
        self.connection = None

    def __call__(self, method, address, body, headers):
        """Once more on a new connection: the server closes one after what it refuses."""
        status = self.try_on(self.connection, method, address, body, headers)
        if not status:
            status = self.try_on(None, method, address, body, headers)
        return status

    def try_on(self, connection, *asked):
        if connection is None:
            connection = HTTPConnection(self.at, timeout=20)
            connection.at = self.at
        self.connection = connection
        status = send(connection, *asked)
        if not status:
            connection.close()
            self.connection = None
        return status


def send_all(site):
    """(status, request) of each, sent over a few connections at once."""
    own = local()

    def answer(request):
        if not hasattr(own, "sender"):
            own.sender = Sender(site)
        return own.sender(*request[:4]), request

    with ThreadPoolExecutor(CONNECTIONS) as senders:
        yield from senders.map(answer, requests())


def is_wrong(status, must_be_refused):
    is_refused = 400 <= status < 500
    return status >= 500 or status == 0 or (must_be_refused and not is_refused)


def main(site):
    counts, wrong = Counter(), []
    for status, (method, address, body, headers, must_be_refused) in send_all(site):
        counts[status] += 1
        if is_wrong(status, must_be_refused):
            wrong.append((status, method, address[:100], (body or b"")[:60], headers))
    told = ", ".join(f"{number} × {status or 'none'}" for status, number in sorted(counts.items()))
    print(f"{counts.total()} bad inputs answered {told}")
    for one in wrong[:20]:
        print("wrong:", *one)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
