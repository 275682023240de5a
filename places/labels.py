"""Places in the words of readers."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from places import gazetteer

SHORT_LIST = 4


def meaning_label(meaning):
    return meaning.label if meaning.locality else place_label(meaning.spot)


def place_label(spot):
    """A name that cannot be taken for another place of that name."""
    if spot.kind == "province":
        return _("%(name)s (province)") % {"name": spot.name}
    if spot.kind == "arrondissement":
        return _("%(name)s (arrondissement)") % {"name": spot.name}
    return spot.name


def around(spot):
    """The province or region a municipality lies in, to tell namesakes apart."""
    if spot.kind != "municipality":
        return ""
    containers = [gazetteer.get(code) for code in gazetteer.containers(spot.code)]
    nearest = [place for place in containers if place.kind in {"province", "region"}]
    return nearest[0].name if nearest else ""


def area_in_words(codes):
    """Where the people live who are served; empty when no source says."""
    names = [place_in_words(code) for code in codes]
    if not names:
        return ""
    more = len(names) - SHORT_LIST
    shown = ", ".join(names[:SHORT_LIST])
    if more > 0:
        shown += " " + ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more}
    return shown


def place_in_words(code):
    spot = gazetteer.get(code)
    if spot.kind in {"region", "country"}:
        return _("all of %(place)s") % {"place": spot.short_name}
    if spot.kind == "community":
        return _("the whole %(place)s") % {"place": spot.name}
    if spot.kind == "province":
        return _("the province of %(place)s") % {"place": spot.name}
    if spot.kind == "arrondissement":
        return _("the arrondissement of %(place)s") % {"place": spot.name}
    return spot.name
