from urllib.parse import urlsplit

from django import template

from guide.models import Publication

register = template.Library()


@register.filter
def host(address):
    """Tells two addresses of one publication apart."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.simple_tag
def publications_of(actor):
    """What an organisation published, the newest first; only what readers may see."""
    return Publication.objects.published().filter(publishers=actor).order_by("-year", "code")
