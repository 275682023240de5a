"""What every page needs: its language links, the help strip, the way out."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_info

from guide.strip import help_strip


def page(request):
    return {
        "brand": "Family Support",
        "site_url": SimpleLazyObject(lambda: own_address(request)),
        "exit_url": settings.EXIT_URL,
        "operator": settings.OPERATOR,
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "help_strip": SimpleLazyObject(lambda: help_strip(request)),
    }


def own_address(request):
    """Of this site, as it was asked; empty under a name that is not ours."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


def language_links(request, addresses=None):
    """The same page in every language; a view whose address differs hands in its own."""
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "url": (addresses or {}).get(code) or translated_address(request, code),
        }
        for code, _ in settings.LANGUAGES
    ]


def translated_address(request, code):
    address = translate_url(request.path, code)
    return address if address.startswith(f"/{code}/") else f"/{code}/"
