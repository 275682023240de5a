"""Shows why a record was found: the words that matched, marked in the text the reader sees."""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from search.analysis import PLAIN_WORD, fold, stem

register = template.Library()


@register.filter
def marked(text, found):
    """A `Text` as safe HTML; `found` has language → stems, and nothing is marked without it."""
    stems = (found or {}).get(text.language)
    if not stems:
        return text.value
    pieces, end = [], 0
    for match in PLAIN_WORD.finditer(text.value):
        if stem(fold(match[0]), text.language) in stems:
            pieces += [escape(text.value[end : match.start()]), f"<mark>{escape(match[0])}</mark>"]
            end = match.end()
    return mark_safe("".join(pieces) + escape(text.value[end:]))
