"""Plain functions that make one valid record each; what a test is about, it says itself."""

from contextlib import nullcontext
from datetime import timedelta
from itertools import count

from django.utils import timezone

from curation.suggestions.models import Suggestion
from curation.verification.models import CheckMail
from guide.models import (
    Event,
    GlossaryTerm,
    HelpLine,
    Need,
    Publication,
    Recommendation,
    RecommendationPart,
)
from network.consultations import acts
from network.history import one_record
from network.models import (
    Actor,
    ActorContact,
    ActorRelation,
    Expert,
    ExpertTheme,
    Language,
    NetworkRequest,
    NetworkRole,
    Offer,
    Sector,
    Source,
)
from network.publishing import EditorialStatus
from places.models import Place
from practices.models import Practice, Taxonomy, TaxonomyTerm
from trainings import registering
from trainings.models import Session, Training

LANGUAGES = ("nl", "fr", "en")
numbers = count(1001)  # of one length: names that end in one are in the order they were made


def in_all(field, text):
    """The same words in every language, told apart by a mark: "Hello nl"."""
    return {f"{field}_{language}": f"{text} {language}" for language in LANGUAGES}


def saved(record, **relations):
    """The record with its relations, as one change in its history and in the search."""
    relations = {name: rows for name, rows in relations.items() if rows}
    with one_record(record) if relations else nullcontext():
        record.save()
        for name, rows in relations.items():
            getattr(record, name).set(rows)
    return record


def there(model, *, defaults, **key):
    """The row with this key, made when it is not there: in one question less than Django asks."""
    return model.objects.filter(**key).first() or model.objects.create(**key | defaults)


def places(codes):
    return Place.objects.filter(code__in=codes) if codes else ()


def published():
    return {"editorial_status": EditorialStatus.PUBLISHED, "published_at": timezone.now()}


def make_source(**values):
    number = next(numbers)
    defaults = {"key": f"T-{number}", "publisher_en": f"Publisher {number}", "year": 2018}
    return Source.objects.create(**defaults | values)


def make_language(code="nl", **values):
    names = {f"name_{language}": f"{code} in {language}" for language in LANGUAGES}
    return there(Language, code=code, defaults=names | values)


def make_sector(code="family", **values):
    return there(Sector, code=code, defaults=in_all("name", code) | values)


def make_network_role(code="trainer", **values):
    return there(NetworkRole, code=code, defaults=in_all("name", code) | values)


def make_actor(*, roles=(), sectors=(), languages=(), coverage=(), seat=None, **values):
    """A published organisation; `coverage` and `seat` are place codes, the others codes of rows."""
    number = next(numbers)
    defaults = {
        "code": f"actor-{number}",
        **in_all("name", f"Organisation {number}"),
        **published(),
        "seat": Place.objects.get(code=seat) if seat else None,
    }
    return saved(
        Actor(**defaults | values),
        roles=[make_network_role(code) for code in roles],
        sectors=[make_sector(code) for code in sectors],
        languages=[make_language(code) for code in languages],
        coverage=places(coverage),
    )


def make_relation(actor, other, kind="works_with", **values):
    source = values.pop("source", None) or make_source()
    return ActorRelation.objects.create(
        actor=actor, other=other, kind=kind, source=source, **values
    )


def make_offer(*, actor=None, coverage=(), languages=(), **values):
    """A published offer of a published organisation; `coverage` are place codes."""
    number = next(numbers)
    defaults = {
        "code": f"offer-{number}",
        "kind": "training",
        **in_all("name", f"Offer {number}"),
        **in_all("summary", f"Summary of offer {number}"),
        **published(),
    }
    return saved(
        Offer(actor=actor or make_actor(), **defaults | values),
        coverage=places(coverage),
        languages=[make_language(code) for code in languages],
    )


def make_training(*, providers=(), coverage=(), languages=(), themes=(), **values):
    """A published training; `coverage` are place codes."""
    number = next(numbers)
    defaults = {
        "code": f"training-{number}",
        **in_all("name", f"Training {number}"),
        **in_all("summary", f"Summary of training {number}"),
        **published(),
    }
    return saved(
        Training(**defaults | values),
        providers=providers,
        coverage=places(coverage),
        languages=[make_language(code) for code in languages],
        themes=[make_theme(code) for code in themes],
    )


def make_session(training=None, *, days=10, place="44021", **values):
    """A planned session of three hours, so many days from now; `place` is a code."""
    begins = timezone.now().replace(microsecond=0) + timedelta(days=days)
    defaults = {
        "state": Session.State.PLANNED,
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=3),
        "language": make_language("nl"),
        "place": Place.objects.get(code=place) if place else None,
        "is_online": not place,
        "contact": "organiser@a.example",
    }
    return Session.objects.create(training=training or make_training(), **defaults | values)


def make_open_session(training=None, *, seats=2, days=10, **values):
    """One that takes registrations now, until it begins."""
    session = make_session(training, days=days, seats=seats, **values)
    session.opens_at, session.closes_at = timezone.now() - timedelta(hours=1), session.starts_at
    session.save()
    return session


def make_registration(session, name="els", language="nl"):
    """Somebody who registered, and has a seat or waits."""
    told = {"name": name, "organisation": "House", "function": "Teacher", "needs": ""}
    mark = f"form-{next(numbers)}"
    told["email"] = f"{name}@a.example"
    registering.register(session, told, language, form_mark=mark)
    return session.registrations.get(form_mark=mark)


def make_network_request(**values):
    defaults = {"kind": "join", "organisation": "Open Door", "text": "Talks", "language": "en"}
    return NetworkRequest.objects.create(**defaults | values)


def make_contact(actor, kind="phone", value="02 111 22 33", **values):
    defaults = {"source": make_source(), "year": 2018}
    return ActorContact.objects.create(actor=actor, kind=kind, value=value, **defaults | values)


def make_taxonomy(code="target_group", **values):
    return there(Taxonomy, code=code, defaults=in_all("name", code) | values)


def make_term(taxonomy="target_group", code="parents", **values):
    kind, defaults = make_taxonomy(taxonomy), in_all("name", code) | values
    return there(TaxonomyTerm, taxonomy=kind, code=code, defaults=defaults)


def make_practice(code=None, *, terms=(), coverage=(), seats=(), help_languages=(), **values):
    """A published practice; `coverage` and `seats` are place codes."""
    code = code or f"BE{next(numbers):02d}"
    defaults = {
        "code": code,
        **in_all("name", f"Practice {code}"),
        **in_all("summary", f"Summary of {code}"),
        **{f"slug_{language}": f"{code.lower()}-{language}" for language in LANGUAGES},
        **published(),
    }
    return saved(
        Practice(**defaults | values),
        terms=terms,
        coverage=places(coverage),
        seats=places(seats),
        help_languages=[make_language(language) for language in help_languages],
    )


def make_need(code="talk", **values):
    return there(Need, code=code, defaults=in_all("name", code) | values)


def make_help_line(**values):
    number = next(numbers)
    defaults = {
        "code": f"line-{number}",
        "number": "0800 11 222",
        **in_all("name", f"Line {number}"),
        **in_all("purpose", f"Purpose {number}"),
        **published(),
    }
    spoken, needs = values.pop("languages", ()), values.pop("needs", ())
    return saved(
        HelpLine(**defaults | values),
        languages=[make_language(language) for language in spoken],
        needs=[make_need(need) for need in needs],
    )


def make_publication(*, publishers=(), languages=(), sources=(), **values):
    number = next(numbers)
    defaults = {
        "code": f"publication-{number}",
        "kind": "guide",
        **in_all("title", f"Publication {number}"),
        **in_all("summary", f"What publication {number} holds"),
        **published(),
    }
    publication = Publication.objects.create(**defaults | values)
    publication.publishers.set(publishers)
    publication.languages.set([make_language(code) for code in languages])
    publication.sources.set(sources)
    return publication


def make_event(*, sources=(), place=None, **values):
    """A published event; `place` is the code of a municipality."""
    number = next(numbers)
    defaults = {
        "code": f"event-{number}",
        "kind": "other",
        "starts_on": "2018",
        **in_all("name", f"Event {number}"),
        **in_all("summary", f"What happened at event {number}"),
        **published(),
        "place": Place.objects.get(code=place) if place else None,
    }
    event = Event.objects.create(**defaults | values)
    event.sources.set(sources)
    return event


def make_part(code="6a", **values):
    defaults = in_all("title", f"Part {code}") | values
    return there(RecommendationPart, code=code, defaults=defaults)


def make_recommendation(*, part="6a", themes=(), terms=(), trainings=(), sources=(), **values):
    """A published statement; `part` and `themes` are codes."""
    number = next(numbers)
    defaults = {
        "code": f"{part}-{number}",
        **in_all("statement", f"Statement {number}"),
        **published(),
    }
    return saved(
        Recommendation(part=make_part(part), **defaults | values),
        themes=[make_theme(code) for code in themes],
        terms=terms,
        trainings=trainings,
        sources=sources,
    )


def make_word(name="radicalisation", *, sources=(), related=(), **values):
    """A published word of the glossary, written so in every language."""
    defaults = {
        "code": f"word-{next(numbers)}",
        **{f"name_{language}": name for language in LANGUAGES},
        **{f"forms_{language}": name.lower() for language in LANGUAGES},
        **in_all("definition", f"What {name} means"),
        **published(),
    }
    word = GlossaryTerm.objects.create(**defaults | values)
    word.sources.set(sources)
    word.related.set(related)
    return word


def make_suggestion(practice, **values):
    """A reader says that the summary is wrong."""
    defaults = {"practice": practice, "field": "summary_en", "text": "Wrong", "language": "en"}
    return Suggestion.objects.create(**defaults | values)


def make_question(practice, **values):
    """An organisation was asked whether the record is still right."""
    defaults = {"due_on": timezone.localdate(), "address": "info@a.example", "language": "en"}
    return CheckMail.objects.create(practice=practice, **defaults | values)


def make_theme(code="competences", **values):
    told = in_all("summary", f"Summary of {code}") | in_all("description", f"About {code}")
    defaults = in_all("name", code) | told
    return there(ExpertTheme, code=code, defaults=defaults | values)


TOLD = {
    "organisation": "House of Welfare",
    "function": "Prevention officer",
    "email": "officer@a.example",
    "phone": "02 111 22 33",
    "question": "How do we talk with the mother of a boy of sixteen?",
}


def make_consultation(*, themes=("competences",), told=None, **facts):
    """A question that was just received, and the token of its link."""
    defaults = {"language": "fr", "audience": "parents", "urgency": "calm", "region": "BE-BRU"}
    return acts.ask(
        TOLD | (told or {}),
        [make_theme(code) for code in themes],
        form_mark=facts.pop("form_mark", f"form-{next(numbers)}"),
        **defaults | {"may_publish": False} | facts,
    )


def make_expert(account, *, languages=("fr",), themes=("competences",), **values):
    expert = Expert.objects.create(account=account, **values)
    expert.languages.set([make_language(code) for code in languages])
    expert.themes.set([make_theme(code) for code in themes])
    return expert
