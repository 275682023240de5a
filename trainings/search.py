"""What the search knows of a training."""

from django.utils.translation import override

from network.search import names_of, place_names, self_names, text_of
from search.analysis import LANGUAGES
from search.index import Entry

BODY = ("summary", "contents", "audience_note", "provider_note", "length", "status_note")


def training_entry(training):
    places = training.coverage.all()
    given_by = [actor for actor in training.providers.all() if actor.is_published]
    return Entry(
        kind="training",
        key=training.code,
        is_public=training.is_published,
        title={code: text_of(training, "name", code) for code in LANGUAGES},
        label={code: labels(training, given_by, code) for code in LANGUAGES},
        place={code: place_names(places, code) for code in LANGUAGES},
        body={code: body_of(training, code) for code in LANGUAGES},
    )


def body_of(training, language):
    texts = [text_of(training, field, language) for field in BODY]
    return " ".join([*texts, self_names(training.audiences, language)])


def labels(training, given_by, language):
    with override(language):
        chosen = [*training.audience_names, *training.form_names, *training.channel_names]
        told = " ".join(map(str, chosen))
    return f"{told} {names_of(given_by, language)}"
