"""How the server runs. No access log: an address can hold what a visitor searched for."""

import os

import gunicorn

gunicorn.SERVER = "web"  # the header that every answer has; it need not tell what serves

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
accesslog = None
loglevel = "error"  # a warning would name the address of whoever sent a broken request
limit_request_line = 8190
limit_request_field_size = 8190
timeout = 30


def when_ready(server):
    """Read the word lists before the workers fork: they share them, and no visitor waits."""
    from search.analysis import LANGUAGES
    from search.lexicon import words_of

    for language in LANGUAGES:
        words_of(language)
