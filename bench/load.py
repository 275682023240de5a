"""Asks for one page over and over, on keep-alive sockets that parse as little as possible."""

import re
import signal
import socket
from multiprocessing import get_context
from time import perf_counter
from typing import NamedTuple

from bench import NotMeasuredError

CONNECTIONS = 8  # as many as gunicorn.conf.py has threads, in a process each
PATIENCE_SECONDS = 30
CHUNK = 65536
IGNORE_INTERRUPT = (signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Answer(NamedTuple):
    head: bytes
    body: bytes

    @property
    def status(self):
        return int(self.head.split(b" ", 2)[1])

    def header(self, name):
        found = re.search(rf"\r\n{name}: *([^\r]*)".encode(), self.head, re.IGNORECASE)
        return found[1].decode() if found else ""


class Connection:
    def __init__(self, address):
        self.socket = socket.create_connection(address, timeout=PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def ask(self, page):
        self.socket.sendall(page.request)
        answer = self.receive()
        if answer.status != page.status:
            raise NotMeasuredError(f"{page.path} answered {answer.status}, not {page.status}")
        return answer

    def receive(self):
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.receive_some()
        head, _, body = received.partition(b"\r\n\r\n")
        length = body_length(head)
        while len(body) < length:
            body += self.receive_some()
        return Answer(head, body)

    def receive_some(self):
        received = self.socket.recv(CHUNK)
        if not received:
            raise NotMeasuredError("the server closed a connection")
        return received


def body_length(head):
    if found := CONTENT_LENGTH.search(head):
        return int(found[1])
    if head.startswith(b"HTTP/1.1 304"):
        return 0
    raise NotMeasuredError("an answer does not state its length")


def ask_once(address, page):
    with Connection(address) as connection:
        return connection.ask(page)


def rate_of_one(address, page, seconds):
    """Answers per second on one connection."""
    answers, start = 0, perf_counter()
    with Connection(address) as connection:
        while perf_counter() < start + seconds:
            connection.ask(page)
            answers += 1
    return answers / (perf_counter() - start)


class Clients:
    """The processes that ask, kept from one measurement to the next."""

    def __init__(self, address):
        self.address = address
        self.pool = get_context("spawn").Pool(CONNECTIONS, signal.signal, IGNORE_INTERRUPT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.pool.terminate()
        self.pool.join()

    def rate(self, page, seconds):
        """Answers per second on all connections together."""
        work = [(self.address, page, seconds)] * CONNECTIONS
        return sum(self.pool.starmap(rate_of_one, work, chunksize=1))
