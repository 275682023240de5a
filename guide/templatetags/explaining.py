from django import template
from django.template.defaultfilters import linebreaks
from django.utils.html import escape

from guide.explaining import PageWords

register = template.Library()


@register.simple_tag(takes_context=True)
def words_of_page(context):
    """Collects the words that `explained` finds; `guide/_words.html` tells them below."""
    return PageWords(context["request"].data_version)


@register.filter
def explained(text, words):
    """A `Text` as paragraphs, with the words of the glossary explained."""
    return words.explain(linebreaks(text.value, autoescape=True), text.language)


@register.filter
def explained_inline(text, words):
    """The same within a line."""
    return words.explain(escape(text.value), text.language)
