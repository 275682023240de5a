"""A proxy that lets a page arrive in pieces, as over a poor connection."""

import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

PIECE = 200
PAUSE = 0.02
KEPT = ("Content-Type", "Content-Security-Policy", "Cross-Origin-Resource-Policy")


def pieces(page):
    """The page, cut behind a line: no layout can know the other half of a word."""
    start = 0
    while start < len(page):
        end = page.find(b"\n", start + PIECE) + 1 or len(page)
        yield page[start:end]
        start = end


class Dripping(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    source = ""

    def do_GET(self):
        with self.answer() as answer:
            body, status = answer.read(), answer.status
            kept = [(name, answer.headers[name]) for name in KEPT if name in answer.headers]
        self.send_response(status)
        for name, value in [*kept, ("Transfer-Encoding", "chunked")]:
            self.send_header(name, value)
        self.end_headers()
        slow = "html" in dict(kept)["Content-Type"]
        for piece in pieces(body) if slow else [body]:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            time.sleep(PAUSE if slow else 0)
        self.wfile.write(b"0\r\n\r\n")

    def answer(self):
        asked = Request(self.source + self.path, headers={"Accept": self.headers["Accept"]})
        try:
            return urlopen(asked, timeout=30)
        except HTTPError as refused:
            return refused

    def log_message(self, *parts):
        pass


@contextmanager
def dripping(source):
    """Yields the address at which what `source` serves arrives in pieces."""
    handler = type("DrippingSource", (Dripping,), {"source": source})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
