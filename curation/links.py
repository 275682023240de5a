"""Whether the websites that readers are sent to still answer. Only when an operator asks."""

import http.client
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from network.models import Actor, ActorContact
from practices.models import Practice, PracticeContact

SECONDS = 10
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
CONNECTIONS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}


@dataclass(frozen=True)
class Finding:
    address: str
    told: str  # empty when it answers
    records: tuple


class NotAskedError(Exception):
    """An address to which nothing may be sent from here."""


def check_links(pause=1.0, is_allowed=None) -> Iterator[Finding]:
    """One address after the other, each once, a moment between two."""
    for address, records in addresses().items():
        yield Finding(address, fault_of(address, is_allowed or is_public), tuple(records))
        time.sleep(pause)


def addresses() -> dict:
    """Every website of a public record → codes of these records."""
    found = {}
    for model, public, of in (
        (PracticeContact, Practice.objects.published(), "practice"),
        (ActorContact, Actor.objects.published(), "actor"),
    ):
        shown = model.objects.filter(kind="website", **{f"{of}__in": public})
        for value, code in shown.values_list("value", f"{of}__code").order_by(f"{of}__code"):
            found.setdefault(value, []).append(code)
    return dict(sorted(found.items()))


def fault_of(address, is_allowed) -> str:
    """What is wrong with an address, in few words; empty when it answers."""
    try:
        status = ask(address, is_allowed)
    except (OSError, http.client.HTTPException, NotAskedError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return "" if status < 400 else f"answers {status}"


def ask(address, is_allowed) -> int:
    """The status it ends with; HEAD first, GET when that is not understood."""
    for _ in range(MOST_REDIRECTS + 1):
        status, leads_to = request("HEAD", address, is_allowed)
        if status >= 400:
            status, leads_to = request("GET", address, is_allowed)
        if status not in REDIRECTS or not leads_to:
            return status
        address = urljoin(address, leads_to)
    raise NotAskedError("leads in circles")


def request(method, address, is_allowed):
    parts = urlsplit(address)
    if parts.scheme not in CONNECTIONS or not parts.hostname:
        raise NotAskedError(f"{address} is no website")
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    if not is_allowed(parts.hostname, port):
        raise NotAskedError(f"{parts.hostname} is an address of a private network")
    connection = CONNECTIONS[parts.scheme](parts.hostname, port, timeout=SECONDS)
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    told = {"User-Agent": f"FamilySupportLinkCheck (+{settings.SITE_URL})", "Connection": "close"}
    try:
        connection.request(method, target, headers=told)
        response = connection.getresponse()
        return response.status, response.headers.get("Location")
    finally:
        connection.close()


def is_public(host, port) -> bool:
    """Every address the name stands for is one of the internet."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return all(ip_address(to[0].partition("%")[0]).is_global for *_, to in found)
