from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

LINK = '<a{} href="{}"{}{}>{}</a>'
BUTTON = (
    '<button type="submit" class="way {}" form="changes" name="change" value="{}"{}>{}</button>'
)
CURRENT = mark_safe(' aria-current="true"')


@register.simple_block_tag(takes_context=True)
def way(context, content, to, css="", rel="", current=False):
    """A link to another list; a button where the address must not tell what was asked."""
    marked = CURRENT if current else ""
    if context.get("sealed"):
        return format_html(BUTTON, css, to.change, marked, content)
    styled = format_html(' class="{}"', css) if css else ""
    related = format_html(' rel="{}"', rel) if rel else ""
    return format_html(LINK, styled, to.address, related, marked, content)
