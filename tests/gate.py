"""A gate in front of PostgreSQL that can be shut, so that a test may stop the server."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Gate:
    """Stands between the product and PostgreSQL: open, shut (refuses), or silent."""

    def __init__(self, url):
        parts = urlsplit(url)
        self.behind = (parts.hostname, parts.port or 5432)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = parts._replace(netloc=f"{parts.username}@127.0.0.1:{self.port}").geturl()
        self.ends, self.flows = [], threading.Event()
        self.flows.set()
        self.watch()

    def open(self):
        self.flows.set()
        if self.listener is None:
            self.listener = socket.create_server(("127.0.0.1", self.port))
            self.watch()

    def watch(self):
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def shut(self):
        """As when the server is stopped: connections end, and new ones are refused."""
        self.flows.set()
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.listener = None
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.ends = []

    def fall_silent(self):
        """As when the server is frozen: it takes connections and questions and says nothing."""
        self.flows.clear()

    def accept(self, listener):
        with suppress(OSError):
            while True:
                visitor, _ = listener.accept()
                server = socket.create_connection(self.behind)
                self.ends += [visitor, server]
                for ends in ((visitor, server), (server, visitor)):
                    threading.Thread(target=self.carry, args=ends, daemon=True).start()

    def carry(self, source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                self.flows.wait()
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
