"""What the search knows of a practice."""

from places import gazetteer
from search.analysis import LANGUAGES
from search.index import Entry

BODY_FIELDS = (
    "summary",
    "for_whom",
    "first_contact",
    "activities",
    "method",
    "aims",
    "context",
    "partner_note",
    "status_note",
)


def search_entry(practice):
    return Entry(
        kind="practice",
        key=practice.code,
        is_public=practice.is_published,
        title={language: title(practice, language) for language in LANGUAGES},
        label={language: labels(practice, language) for language in LANGUAGES},
        body={language: body(practice, language) for language in LANGUAGES},
    )


def title(practice, language):
    name = getattr(practice, f"name_{language}") or ""
    return f"{practice.code} {name} {practice.also_known_as}"


def labels(practice, language):
    """Everything that is attached to it: terms, organisation, places, in this language."""
    names = [getattr(term, f"name_{language}") or "" for term in practice.terms.all()]
    actor = practice.public_lead_actor
    if actor:
        names += [getattr(actor, f"name_{language}") or "", actor.also_known_as]
    names += [place_name(place, language) for place in places(practice)]
    return " ".join(names)


def places(practice):
    return dict.fromkeys([*practice.coverage.all(), *practice.seats.all()])


def place_name(place, language):
    spot = gazetteer.get(place.code)
    return (
        f"{getattr(place, f'name_{language}')} {spot.short_names.get(language, '') if spot else ''}"
    )


def body(practice, language):
    return " ".join(getattr(practice, f"{field}_{language}") or "" for field in BODY_FIELDS)
