from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_block_tag(takes_context=True)
def way(context, content, to, css="", rel="", current=False):
    """A link to another list; a button where the address must not tell what was asked."""
    marked = format_html(' aria-current="true"') if current else ""
    if context.get("sealed"):
        return format_html(
            '<button class="way {}" form="changes" name="change" value="{}"{}>{}</button>',
            css,
            to.change,
            marked,
            content,
        )
    related = format_html(' rel="{}"', rel) if rel else ""
    styled = format_html(' class="{}"', css) if css else ""
    return format_html('<a{} href="{}"{}{}>{}</a>', styled, to.address, related, marked, content)
