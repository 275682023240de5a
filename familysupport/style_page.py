"""The page that shows every component and state, in its real templates and classes."""

from datetime import date
from types import SimpleNamespace as Sample

from django.core.paginator import Paginator
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from familysupport import palette
from network.models import Actor, ActorContact
from practices.models import Practice, TaxonomyTerm
from search.analysis import LANGUAGES
from search.listing.menu import Choice, Facet

NOWHERE = Sample(address="#states", change="")
SCALES = ("step", "space", "radius", "size", "motion")


@require_GET
def style_page(request):
    css = palette.read_sheet()
    context = {
        "contrasts": list(contrasts(palette.palettes(css))),
        "colours": named_colours(palette.palettes(css)),
        "scales": {name: scale(css, name) for name in SCALES},
        "cards": [current_card(), doubtful_card()],
        "rung": Sample(rung="municipality"),
        "facet": sample_facet(),
        "paged": Paginator(range(30), 10).page(2),
        "menu": sample_menu(),
        "asked": {"q": _("mothr")},
        "results": Sample(is_danger=True, answer=None),
    }
    return render(request, "style_page.html", context)


def named_colours(palettes):
    return [(name, value, palettes["dark"][name]) for name, value in palettes["light"].items()]


def contrasts(palettes):
    for use, front, ground in palette.pairs():
        measured = [measure(colours[front], colours[ground], use) for colours in palettes.values()]
        yield Sample(use=use, front=front, ground=ground, measured=measured)


def measure(front, ground, use):
    ratio = palette.contrast(front, ground)
    return Sample(front=front, ground=ground, ratio=ratio, fits=ratio >= palette.ENOUGH[use])


def scale(css, name):
    found = palette.tokens(css).items()
    return [(token, value) for token, value in found if token.split("-")[0] == name]


# --- Samples: records that are nowhere in the database -----------------------------------------


def current_card():
    practice = sample_practice("XX01", operating_status="active", verified_on=date(2026, 11, 1))
    phone = ActorContact(kind="phone", value="02 111 22 33", year=2026)
    return finished_card(practice, phone, ("verified", None))


def doubtful_card():
    """Not translated, ended, never verified, without a number."""
    practice = sample_practice("XX02", operating_status="ended", operating_status_date="2018")
    setattr(practice, f"summary_{get_language()}", "")
    return finished_card(practice, None, ("stale", _("Not verified yet")))


def sample_practice(code, **values):
    practice = Practice(code=code, slug=code.lower(), **values)
    for language in LANGUAGES:
        setattr(practice, f"name_{language}", _("A practice that does not exist"))
        setattr(practice, f"summary_{language}", _("An example: for whom it is and what they do."))
    return practice


def finished_card(practice, phone, freshness):
    card = Sample(
        practice=practice,
        actor=in_every_language(Actor(), _("An organisation that does not exist")),
        target_groups=[in_every_language(TaxonomyTerm(), _("parents"))],
        coverage=_("Belgium"),
        phone=phone,
        freshness=freshness,
    )
    return card, render_to_string("practices/_card_body.html", {"card": card, "found": {}})


def in_every_language(record, name):
    for language in LANGUAGES:
        setattr(record, f"name_{language}", name)
    return record


def sample_facet():
    states = [(_("Chosen"), 12, True), (_("Not chosen"), 7, False), (_("Not choosable"), 0, False)]
    choices = [
        Choice("sample", str(number), label, "", number, is_chosen)
        for label, number, is_chosen in states
    ]
    return Facet("sample", _("A facet"), "", choices)


def sample_menu():
    return Sample(
        previous_link=NOWHERE,
        next_link=NOWHERE,
        corrected=_("mother"),
        exact_link=NOWHERE,
        gains=[Sample(link=NOWHERE, label=_("Not chosen"), number=3)],
        chips=[Sample(link=NOWHERE, label=label) for label in (_("Chosen"), _("parents"))],
        everything=NOWHERE,
    )
