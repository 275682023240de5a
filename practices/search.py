"""What the search knows of a practice."""

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
    terms = list(practice.terms.all())
    places = dict.fromkeys([*practice.coverage.all(), *practice.seats.all()])
    return Entry(
        kind="practice",
        key=practice.code,
        is_public=practice.is_published,
        title={language: title(practice, language) for language in LANGUAGES},
        label={language: labels(practice, terms, language) for language in LANGUAGES},
        place={language: place_names(places, language) for language in LANGUAGES},
        body={language: body(practice, language) for language in LANGUAGES},
    )


def title(practice, language):
    name = getattr(practice, f"name_{language}") or ""
    return f"{practice.code} {name} {practice.also_known_as}"


def labels(practice, terms, language):
    """Names and descriptions of its terms, and its organisation, in this language."""
    texts = [
        getattr(term, f"{field}_{language}") or ""
        for term in terms
        for field in ("name", "description")
    ]
    actor = practice.public_lead_actor
    if actor:
        texts += [getattr(actor, f"name_{language}") or "", actor.also_known_as]
    return " ".join(texts)


def place_names(places, language):
    return " ".join(name for place in places for name in names_of(place, language))


def names_of(place, language):
    return getattr(place, f"name_{language}"), getattr(place, f"short_{language}")


def body(practice, language):
    return " ".join(getattr(practice, f"{field}_{language}") or "" for field in BODY_FIELDS)
