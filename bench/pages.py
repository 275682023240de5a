"""Which pages are measured, and what each of them should reach."""

from dataclasses import dataclass, replace

import django
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from bench import NotMeasuredError
from bench.load import ask_once

HEAD = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n"
    "Accept-Language: nl\r\nAccept-Encoding: gzip\r\n"
)
LIST_TARGET = 0.05
UNCHANGED_TARGETS = {"sqlite": 0.8, "postgresql": 0.55}


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    status: int = 200
    etag: str = ""
    target: float | None = None

    @property
    def request(self):
        condition = f"If-None-Match: {self.etag}\r\n" if self.etag else ""
        return f"{HEAD.format(path=self.path)}{condition}\r\n".encode()


CONSTANT = Page("constant", "/healthz")


def site_pages(address):
    """The constant view first: the others are compared with it."""
    django.setup()
    with override("nl"):
        listing = Page("list", reverse("practice_list"), target=LIST_TARGET)
        return [
            CONSTANT,
            Page("home", reverse("home")),
            listing,
            Page("search", f"{listing.path}?q=moeder&place=1080"),
            Page("detail", path_of_a_practice()),
            unchanged(listing, address),
        ]


def unchanged(page, address):
    """The same page for a browser that still holds it."""
    etag = ask_once(address, page).header("ETag")
    if not etag:
        raise NotMeasuredError(f"{page.path} has no ETag")
    target = UNCHANGED_TARGETS[connection.vendor]
    return replace(page, name=f"{page.name}, 304", status=304, etag=etag, target=target)


def path_of_a_practice():
    from practices.models import Practice  # models exist after django.setup() only

    practice = Practice.objects.published().by_usefulness().first()
    if practice is None:
        raise NotMeasuredError("no practice is published")
    return practice.get_absolute_url()


def database_name():
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}"
