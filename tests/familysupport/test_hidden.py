"""What is not published, and a protected address, show nowhere: not in one public output."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from curation.verification.reminders import sealed
from network.models import Actor, ActorContact
from network.publishing import EditorialStatus
from places.models import Place
from practices.asking import seal_search
from practices.models import Citation, Practice, PracticeContact, ThemeRule
from tests.factories import (
    in_all,
    make_actor,
    make_event,
    make_help_line,
    make_need,
    make_offer,
    make_practice,
    make_publication,
    make_question,
    make_recommendation,
    make_relation,
    make_session,
    make_source,
    make_term,
    make_theme,
    make_training,
    make_word,
)
from tests.pages import address, body, get, search
from trainings.models import Session

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
CANARY = "zwaluwnest"  # stands in every text that must not show
STREET = "Kanariestraat 77"
HIDDEN = [EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW, EditorialStatus.ARCHIVED]
TAG = re.compile(r'name="csrf[^>]*>|integrity="[^"]*"')


@pytest.fixture(params=HIDDEN)
def hidden(request):
    """A published directory, and beside it a hidden record of every kind."""
    parents = make_term("target_group", "parents")
    shown = make_actor(code="shown", roles=["trainer"], **in_all("name", "Open house"))
    rule = ThemeRule.objects.create(theme=make_theme(), offer_kinds=["training", "monitoring"])
    rule.terms.add(parents)
    make_practice("BE11", lead_actor=shown, terms=[parents], coverage=["63079"])
    make_help_line(languages=["nl", "fr", "en"])
    make_recommendation(terms=[parents], themes=["competences"], offer_kinds=["training"])
    make_word("summary", code="summary")
    protect(ActorContact(actor=shown))
    protect(PracticeContact(practice=make_practice("BE12", coverage=["63079"])))
    return hide(request.param, shown)


def hide(status, shown):
    named = {**in_all("name", CANARY), "editorial_status": status}
    texts = {field: f"{CANARY} {field}" for field in ("summary_nl", "summary_fr", "activities_nl")}
    slugs = {f"slug_{code}": f"{CANARY}-{code}" for code in LANGUAGES}
    actor = make_actor(code=CANARY, also_known_as=CANARY, **named)
    practice = make_practice(
        "BE99",
        lead_actor=actor,
        terms=[make_term("target_group", "hidden", **in_all("name", f"{CANARY} group"))],
        coverage=["11002"],
        also_known_as=CANARY,
        **named | texts | slugs,
    )
    practice.partners.add(shown)
    source = make_source()
    Citation.objects.create(practice=practice, field="name", source=source, note=CANARY)
    phone = {"kind": "phone", "value": "0499 77 66 55", "source": source}
    PracticeContact.objects.create(practice=practice, **phone)
    make_offer(code=CANARY, actor=actor, **in_all("name", CANARY))
    make_offer(code=f"{CANARY}-own", actor=shown, kind="monitoring", **named)
    hide_trainings(actor, shown, named)
    for pair in ((actor, shown), (shown, actor)):
        make_relation(*pair)
    hide_guide(shown, status)
    need = make_need("hidden-need", **in_all("name", f"{CANARY} need"))
    line = make_help_line(number="0800 77 665", languages=["nl", "fr", "en"], **named)
    line.needs.add(need)
    return practice


def hide_trainings(actor, shown, named):
    """Beside a public one that is given at a protected address."""
    theme = make_theme().code
    make_session(make_training(code=CANARY, providers=[shown], themes=[theme], **named))
    public = make_training(code="day", providers=[actor, shown], themes=[theme])
    make_session(public, state="draft", address=CANARY)
    make_session(
        public,
        address=STREET,
        is_protected=True,
        is_online=True,
        online_address=f"https://meet.example/{CANARY}",
    )


def hide_guide(shown, status):
    """What the project left, hidden, and a public record beside each that may name it."""
    hidden = {"code": CANARY, "editorial_status": status}
    make_publication(**hidden, **in_all("title", CANARY), publishers=[shown])
    make_publication(publishers=list(Actor.objects.filter(code=CANARY)))
    make_event(**hidden, **in_all("name", CANARY))
    make_recommendation(
        **hidden,
        **in_all("statement", CANARY),
        terms=[make_term("target_group", "parents")],
        themes=["competences"],
        offer_kinds=["training"],
    )
    word = make_word(CANARY, **hidden, forms_nl="summary", forms_fr="summary", forms_en="summary")
    make_word("open word", related=[word])


def protect(contact):
    contact.kind, contact.value, contact.is_protected = "address", STREET, True
    contact.municipality = Place.objects.get(code="63079")
    contact.source = make_source()
    contact.save()


def outputs(language):
    """Every public output that could tell, with the words of the hidden records asked for."""
    asked = (CANARY, CANARY[:5], "zwaluwnst", "0499 77 66 55", "Kanariestraat", "BE99", "Antwerpen")
    for words in asked:
        yield get(address("practice_list", language=language), {"q": words})
        yield search(language, q=words, place="2000")
        yield search(language, q=f"{words} ouders parents")
        yield suggest(words, language, "words")
        yield suggest(words, language, "place")
        for name in ("actor_list", "offer_list", "training_list"):
            path = address(name, language=language)
            yield get(path, {"q": words})
            yield Client().post(path, {"q": words, "place": "2000"}, follow=True)
    for name in ("home", "about", "help_line_list", "safety", "privacy", "accessibility"):
        yield get(address(name, language=language))
    for name in ("actor_list", "offer_list", "network", "expert_platform", "network_join"):
        yield get(address(name, language=language))
    for name in ("guide", "recommendations", "timeline", "glossary", "vocabulary"):
        yield get(address(name, language=language))
    yield get(address("actor_list", language=language), {"place": "2000", "role": "trainer"})
    yield get(address("expert_theme", "competences", language=language))
    yield from training_pages(language)
    yield from finder_pages(language)
    yield from shortlist_pages(language)
    yield get(address("help_line_list", language=language), {"need": "hidden-need"})
    yield get(address("practice_list", language=language))
    yield get(address("practice_list", language=language), {"place": "2000", "sort": "name"})
    for code in ("be11", "be12"):
        yield get(address("practice_detail", f"{code}-{language}", language=language))
    yield get(address("actor_detail", "shown", language=language))
    yield get(address("suggest_about_practice", "BE11", language=language))
    yield get(address("suggest_about_practice", "BE12", language=language))
    yield get(address("suggest_about_actor", "shown", language=language))
    yield from organisation_pages(language)
    yield get(address("actor_vcard", "shown", language=language))
    yield get("/p/BE11", **{"Accept-Language": language})
    yield get("/de/")
    yield get("/ar/")
    yield get("/readyz")


def training_pages(language):
    session = Session.objects.get(training__code="day", state="planned")
    for name in ("training_list", "training_calendar", "training_calendar_file", "training_feed"):
        yield get(address(name, language=language))
    yield get(address("training_detail", "day", language=language))
    yield get(
        address(
            "training_month",
            timezone.localdate(session.starts_at).strftime("%Y-%m"),
            language=language,
        )
    )
    for name in ("session_detail", "session_file"):
        yield get(address(name, "day", session.pk, language=language))


def finder_pages(language):
    yield get(address("finder", language=language))
    for place in ("", "2000", "4800", CANARY):
        token = seal_search(f"situation=signs&relation=parent&place={place}")
        yield get(address("finder_step", 2, token, language=language))
        yield get(address("finder_answer", token, language=language))
        yield Client().post(address("nothing_fits", token, language=language), follow=True)


def shortlist_pages(language):
    token = seal_search("keep=BE99&keep=BE11&keep=BE12")
    yield Client().post(address("shortlist_start", language=language), {"code": "BE99"})
    for name in ("shortlist", "shortlist_compare", "shortlist_handout"):
        yield get(address(name, token, language=language))


def organisation_pages(language):
    """Behind the links that organisations got, also for a record that was hidden since."""
    for practice in Practice.objects.filter(code__in=["BE11", "BE12", "BE99"]):
        due_on = f"2026-01-{len(practice.check_mails.all()) + 1:02d}"
        token = sealed(make_question(practice, due_on=due_on))
        yield get(address("organisation_check", token, language=language))


def suggest(words, language, box):
    path = address("suggest", language=language)
    return Client().post(path, {"text": words, "box": box})


def told(response):
    """What an answer tells by itself: not the words that the visitor typed."""
    page = TAG.sub("", body(response))
    page = re.sub(r'<input[^>]*name="(?:q|place)"[^>]*>', "", page)
    page = re.sub(r'name="change" value="[^"]*"', "", page)
    page = re.sub(r'href="[^"]*\?[^"]*"', "", page)
    return re.sub(r"“[^”]*”|«[^»]*»|‘[^’]*’|<em>[^<]*</em>", "", page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_output_tells_of_a_hidden_record(hidden, language):
    for response in outputs(language):
        page = told(response)

        assert CANARY not in page.lower(), response.request
        assert "0499 77 66 55" not in page, response.request
        assert "0800 77 665" not in page, response.request
        assert 'data-code="BE99"' not in page, response.request


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_output_tells_a_protected_address(hidden, language):
    for response in outputs(language):
        assert "Kanariestraat 77" not in body(response), response.request


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_leave_out_what_is_hidden(hidden, language):
    listed = body(get(address("practice_list", language=language)))

    assert 'data-total="2"' in listed
    assert 'value="hidden"' not in listed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "there", "nowhere"), [
    ("practice_detail", f"{CANARY}-{{language}}", "nothing-{language}"),
    ("actor_detail", CANARY, "nothing"),
    ("actor_vcard", CANARY, "nothing"),
    ("offer_detail", CANARY, "nothing"),
    ("offer_detail", f"{CANARY}-own", "nothing"),
    ("training_detail", CANARY, "nothing"),
    ("suggest_about_practice", "BE99", "BE98"),
    ("suggest_about_actor", CANARY, "nothing"),
])  # fmt: skip
def test_address_of_a_hidden_record_answers_like_one_that_does_not_exist(
    hidden, language, name, there, nowhere
):
    met = get(address(name, there.format(language=language), language=language))
    missed = get(address(name, nowhere.format(language=language), language=language))

    if name == "practice_detail" and hidden.editorial_status == EditorialStatus.ARCHIVED:
        assert met.status_code == 410  # readers saw it once: it says that it is gone, not its name
        return
    assert met.status_code == missed.status_code == 404
    assert headers_of(met) == headers_of(missed)
    assert body(met).replace(there.format(language=language), "") == body(missed).replace(
        nowhere.format(language=language), ""
    )


def headers_of(response):
    """Without the length, which is that of the address in the page."""
    return {name: value for name, value in response.headers.items() if name != "Content-Length"}


def test_the_same_record_shows_once_it_is_published(hidden):
    """The outputs above would tell it: the test can fail."""
    hidden.lead_actor.editorial_status = hidden.editorial_status = EditorialStatus.PUBLISHED
    hidden.published_at = hidden.lead_actor.published_at = timezone.now()
    hidden.lead_actor.save()
    hidden.save()

    telling = [response for response in outputs("nl") if CANARY in told(response).lower()]

    assert len(telling) > 10
