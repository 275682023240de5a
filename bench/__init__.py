"""Measures how fast the pages are next to a view that does nothing. It reports, it never gates."""


class NotMeasuredError(Exception):
    """Says in a sentence why there are no numbers."""
