"""The check of websites: what it asks a server on this machine, and where it never goes."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import call_command

from curation import links
from network.publishing import EditorialStatus
from practices.models import Practice, PracticeContact
from tests.factories import make_actor, make_contact, make_practice, make_source

pytestmark = pytest.mark.django_db


class Website(BaseHTTPRequestHandler):
    asked = []

    def answer(self):
        Website.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status, leads_to = {
            "/fine": (200, None),
            "/gone": (404, None),
            "/no-head": (405 if self.command == "HEAD" else 200, None),
            "/moved": (301, "/fine"),
            "/circle": (302, "/circle"),
            "/inside": (302, "http://10.0.0.1/secret"),
            "/metadata": (302, "http://169.254.169.254/latest"),
            "/file": (302, "file:///etc/passwd"),
        }[self.path]
        self.send_response(status)
        if leads_to:
            self.send_header("Location", leads_to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    """Its address; it is the one on this machine that the check may ask."""
    Website.asked = []
    server = HTTPServer(("127.0.0.1", 0), Website)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def allowed(host, port):
    return host == "127.0.0.1" or links.is_public(host, port)


def asked():
    return [(method, path) for method, path, _ in Website.asked]


@pytest.mark.parametrize(("path", "told", "requests"), [
    ("/fine", "", ["HEAD /fine"]),
    ("/gone", "answers 404", ["HEAD /gone", "GET /gone"]),
    ("/no-head", "", ["HEAD /no-head", "GET /no-head"]),
    ("/moved", "", ["HEAD /moved", "HEAD /fine"]),
    ("/circle", "NotAskedError: leads in circles", ["HEAD /circle"] * 6),
    ("/inside", "NotAskedError: 10.0.0.1 is an address of a private network", ["HEAD /inside"]),
    ("/metadata", "NotAskedError: 169.254.169.254 is an address of a private network",
     ["HEAD /metadata"]),
    ("/file", "NotAskedError: file:///etc/passwd is no website", ["HEAD /file"]),
])  # fmt: skip
def test_what_a_website_answers(site, path, told, requests):
    assert links.fault_of(f"{site}{path}", allowed) == told
    assert [" ".join(one) for one in asked()] == requests
    assert {agent for *_, agent in Website.asked} == {
        "FamilySupportLinkCheck (+http://127.0.0.1:8000)"
    }


def test_website_that_is_not_there_is_told(site):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]

        assert links.fault_of(f"http://127.0.0.1:{closed}/", allowed).startswith("Connection")


def test_website_that_does_not_answer_is_given_up(monkeypatch):
    monkeypatch.setattr(links, "SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"

        assert links.fault_of(address, allowed) == "TimeoutError: timed out"


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "::1", "fd00::1"])
def test_addresses_of_private_networks_are_not_asked(host):
    assert not links.is_public(host, 80)


def test_each_website_of_a_public_record_is_asked_once(monkeypatch):
    practice, house = make_practice("BE11"), make_actor(code="house")
    hidden = make_practice("BE12", editorial_status=EditorialStatus.DRAFT)
    for record in (practice, hidden):
        PracticeContact.objects.create(
            practice=record, kind="website", value="https://a.example/", source=make_source()
        )
    PracticeContact.objects.create(
        practice=hidden, kind="website", value="https://hidden.example/", source=make_source()
    )
    make_contact(house, kind="website", value="https://a.example/")
    make_contact(house)

    assert links.addresses() == {"https://a.example/": ["BE11", "house"]}


def test_command_prints_what_is_wrong_and_stores_nothing(site, monkeypatch, capsys):
    practice = make_practice("BE11")
    for path in ("/fine", "/gone"):
        PracticeContact.objects.create(
            practice=practice, kind="website", value=f"{site}{path}", source=make_source()
        )
    monkeypatch.setattr(links, "is_public", allowed)
    before = Practice.objects.get().updated_at

    call_command("check_links", pause=0)

    assert capsys.readouterr().out.splitlines() == [
        f"{site}/gone (BE11): answers 404",
        "2 websites asked, 1 with a fault.",
    ]
    assert Practice.objects.get().updated_at == before
