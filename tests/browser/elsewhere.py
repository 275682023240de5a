"""A page that is not ours, for the exit to lead to."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Event, Thread

PATIENCE = 20


class Elsewhere(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.host = f"127.0.0.1:{self.server_port}"
        self.url = f"http://{self.host}/"
        self.referrers = []  # one for each answer
        self.has_answered = Condition()
        self.may_answer = Event()
        self.may_answer.set()

    @contextmanager
    def silent(self):
        """Answers nobody until the block ends, as over a bad connection."""
        self.may_answer.clear()
        try:
            yield
        finally:
            self.may_answer.set()

    def wait_for_answers(self, number):
        with self.has_answered:
            assert self.has_answered.wait_for(lambda: len(self.referrers) >= number, PATIENCE)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.may_answer.wait(PATIENCE)
        page = b"<!doctype html><title>Weather</title><link rel=icon href='data:,'><p>It rains."
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(page)
        with self.server.has_answered:
            self.server.referrers.append(self.headers.get("Referer"))
            self.server.has_answered.notify_all()

    def log_message(self, *args):
        pass


@contextmanager
def elsewhere():
    server = Elsewhere()
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
