"""What the search knows of organisations and of what they offer."""

from django.utils.translation import override

from search.analysis import LANGUAGES
from search.index import Entry

# What somebody of an audience may call themselves. Found by it, never shown: the sources name the
# audience only. Synonyms do the rest.
SELF_NAMES = {
    "first_line": {
        "nl": "leerkracht school jeugdwerker",
        "fr": "enseignant école travailleur de jeunesse",
        "en": "teacher school youth worker",
    }
}


def actor_entry(actor):
    names = actor.also_known_as.replace("\n", " ")
    terms = [*actor.sectors.all(), *actor.roles.all()]
    places = [*actor.coverage.all(), *filter(None, [actor.seat])]
    return Entry(
        kind="actor",
        key=actor.code,
        is_public=actor.is_published,
        title={code: f"{text_of(actor, 'name', code)} {names}" for code in LANGUAGES},
        label={code: names_of(terms, code) for code in LANGUAGES},
        place={code: place_names(places, code) for code in LANGUAGES},
        body={code: text_of(actor, "description", code) for code in LANGUAGES},
    )


def offer_entry(offer):
    places = offer.coverage.all()
    return Entry(
        kind="offer",
        key=offer.code,
        is_public=offer.is_public,
        title={code: text_of(offer, "name", code) for code in LANGUAGES},
        label={code: offer_labels(offer, code) for code in LANGUAGES},
        place={code: place_names(places, code) for code in LANGUAGES},
        body={code: body_of(offer, code) for code in LANGUAGES},
    )


def offer_labels(offer, language):
    with override(language):
        told = [offer.get_kind_display(), *offer.audience_names, *offer.form_names]
    names = [text_of(offer.actor, "name", language), offer.actor.also_known_as]
    return " ".join([*map(str, told), *names])


def body_of(offer, language):
    fields = ("summary", "length", "availability", "how_to_ask")
    texts = [text_of(offer, field, language) for field in fields]
    return " ".join([*texts, self_names(offer.audiences, language)])


def self_names(audiences, language):
    return " ".join(SELF_NAMES[code][language] for code in audiences if code in SELF_NAMES)


def place_names(places, language):
    columns = (f"name_{language}", f"short_{language}")
    return " ".join(getattr(place, column) for place in places for column in columns)


def names_of(terms, language):
    return " ".join(text_of(term, "name", language) for term in terms)


def text_of(record, field, language):
    return getattr(record, f"{field}_{language}") or ""
