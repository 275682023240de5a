"""Two texts beside each other, word by word."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join

WORD = re.compile(r"\s+|[^\s]+")


def marked(old, new):
    """The old text with what went marked, the new one with what came; both safe to show."""
    before, after = WORD.findall(old), WORD.findall(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return (
        joined("del", [(kind, before[a:b]) for kind, a, b, _, _ in steps]),
        joined("ins", [(kind, after[a:b]) for kind, _, _, a, b in steps]),
    )


def joined(tag, parts):
    pieces = ((piece(tag, kind, "".join(words)),) for kind, words in parts if words)
    return format_html_join("", "{}", pieces)


def piece(tag, kind, text):
    if kind == "equal":
        return text
    return format_html("<ins>{}</ins>" if tag == "ins" else "<del>{}</del>", text)


def inline(old, new):
    """The new text with what went and what came marked in place, safe to show."""
    before, after = WORD.findall(old), WORD.findall(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    parts = []
    for kind, a, b, c, d in steps:
        parts += [] if kind == "equal" else [("del", kind, before[a:b])]
        parts += [("ins", kind, after[c:d])]
    pieces = ((piece(tag, kind, "".join(words)),) for tag, kind, words in parts if words)
    return format_html_join("", "{}", pieces)
