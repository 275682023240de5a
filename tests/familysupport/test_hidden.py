"""What is not published, and a protected address, show nowhere: not in one public output."""

import re
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from curation.verification.reminders import sealed
from network.models import Actor, ActorContact
from network.publishing import EditorialStatus
from places.models import Place
from practices.asking import seal_search
from practices.models import Citation, Practice, PracticeContact, ThemeRule
from tests.databases import taken_back
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
from tests.pages import address, body, get, search, text
from trainings.models import Session

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
LANGUAGES = ("nl", "fr", "en")
STREET = "Kanariestraat 77"
TAG = re.compile(r'name="csrf[^>]*>|integrity="[^"]*"')


class Hidden(NamedTuple):
    """What stands in records of one status, so that an output that tells it says of which."""

    status: str
    canary: str  # in every text
    code: str
    phone: str
    line: str

    def asked(self):
        """What would find the records: a word, its beginning, the word misspelled, numbers."""
        yield from (self.canary, self.canary[:5], self.canary[:-3] + self.canary[-2:])
        yield from (self.phone, self.code)


HIDDEN = (
    Hidden(EditorialStatus.DRAFT, "zwaluwnest", "BE97", "0499 77 66 51", "0800 77 661"),
    Hidden(EditorialStatus.IN_REVIEW, "mussenveer", "BE98", "0499 77 66 52", "0800 77 662"),
    Hidden(EditorialStatus.ARCHIVED, "koolmeesei", "BE99", "0499 77 66 53", "0800 77 663"),
)
OF_SESSIONS = "nachtegaal"  # in a draft of a session, and where an online one is met


@pytest.fixture(scope="module", autouse=True)
def _directory(django_db_setup, django_db_blocker):
    """A published directory, and beside it a record of every kind and every hidden status."""
    with django_db_blocker.unblock(), override("en"), taken_back():
        shown = make_shown()
        for hidden in HIDDEN:
            hide(hidden, shown)
        make_day(shown)
        yield


def make_shown():
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
    return shown


def hide(hidden, shown):
    canary = hidden.canary
    named = {**in_all("name", canary), "editorial_status": hidden.status}
    actor = make_actor(code=canary, also_known_as=canary, **named)
    hide_practice(hidden, actor, named).partners.add(shown)
    make_offer(code=canary, actor=actor, **in_all("name", canary))
    make_offer(code=f"{canary}-own", actor=shown, kind="monitoring", **named)
    make_session(make_training(code=canary, providers=[shown], themes=["competences"], **named))
    for pair in ((actor, shown), (shown, actor)):
        make_relation(*pair)
    hide_guide(hidden, actor, shown)
    need = make_need(f"need-{canary}", **in_all("name", f"{canary} need"))
    line = make_help_line(number=hidden.line, languages=["nl", "fr", "en"], **named)
    line.needs.add(need)


def hide_practice(hidden, actor, named):
    canary, source = hidden.canary, make_source()
    texts = {field: f"{canary} {field}" for field in ("summary_nl", "summary_fr", "activities_nl")}
    slugs = {f"slug_{code}": f"{canary}-{code}" for code in LANGUAGES}
    practice = make_practice(
        hidden.code,
        lead_actor=actor,
        terms=[make_term("target_group", f"group-{canary}", **in_all("name", f"{canary} group"))],
        coverage=["11002"],
        also_known_as=canary,
        **named | texts | slugs,
    )
    Citation.objects.create(practice=practice, field="name", source=source, note=canary)
    PracticeContact.objects.create(
        practice=practice, kind="phone", value=hidden.phone, source=source
    )
    return practice


def make_day(shown):
    """A public training of everybody, with a session in draft and one at a protected address."""
    providers = [*Actor.objects.filter(code__in=[hidden.canary for hidden in HIDDEN]), shown]
    day = make_training(code="day", providers=providers, themes=["competences"])
    make_session(day, state="draft", address=OF_SESSIONS)
    make_session(
        day,
        address=STREET,
        is_protected=True,
        is_online=True,
        online_address=f"https://meet.example/{OF_SESSIONS}",
    )


def hide_guide(hidden, actor, shown):
    """What the project left, hidden, and a public record beside each that may name it."""
    canary = hidden.canary
    held = {"code": canary, "editorial_status": hidden.status}
    make_publication(**held, **in_all("title", canary), publishers=[shown])
    make_publication(publishers=[actor])
    make_event(**held, **in_all("name", canary))
    make_recommendation(
        **held,
        **in_all("statement", canary),
        terms=[make_term("target_group", "parents")],
        themes=["competences"],
        offer_kinds=["training"],
    )
    word = make_word(canary, **held, forms_nl="summary", forms_fr="summary", forms_en="summary")
    make_word("open word", related=[word])


def protect(contact):
    contact.kind, contact.value, contact.is_protected = "address", STREET, True
    contact.municipality = Place.objects.get(code="63079")
    contact.source = make_source()
    contact.save()


def outputs(language):
    """Every public output that could tell, with the words of the hidden records asked for."""
    asked = [words for hidden in HIDDEN for words in hidden.asked()]
    for words in (*asked, OF_SESSIONS, "Kanariestraat", "Antwerpen"):
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
    for hidden in HIDDEN:
        asked = {"need": f"need-{hidden.canary}"}
        yield get(address("help_line_list", language=language), asked)
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
    for place in ("", "2000", "4800", HIDDEN[0].canary):
        token = seal_search(f"situation=signs&relation=parent&place={place}")
        yield get(address("finder_step", 2, token, language=language))
        yield get(address("finder_answer", token, language=language))
        yield Client().post(address("nothing_fits", token, language=language), follow=True)


def shortlist_pages(language):
    codes = [hidden.code for hidden in HIDDEN]
    token = seal_search(urlencode({"keep": [*codes, "BE11", "BE12"]}, doseq=True))
    for code in codes:
        yield Client().post(address("shortlist_start", language=language), {"code": code})
    for name in ("shortlist", "shortlist_compare", "shortlist_handout"):
        yield get(address(name, token, language=language))


def organisation_pages(language):
    """Behind the links that organisations got, also for a record that was hidden since."""
    for practice in Practice.objects.all():
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


# What must not show, and of which status it is.
MARKS = {
    mark: hidden.status
    for hidden in HIDDEN
    for mark in (hidden.canary, hidden.phone, hidden.line, f'data-code="{hidden.code.lower()}"')
} | {OF_SESSIONS: "of a session"}


def leaks(response):
    page, asked = told(response).lower(), response.request
    found = [f"{status} {mark}" for mark, status in MARKS.items() if mark in page]
    if STREET in body(response):
        found.append("protected address")
    path = f"{asked['REQUEST_METHOD']} {asked['PATH_INFO']}?{asked['QUERY_STRING']}"
    return [f"{mark} in {path}" for mark in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_output_tells_of_a_hidden_record_or_a_protected_address(language):
    assert [leak for response in outputs(language) for leak in leaks(response)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_leave_out_what_is_hidden(language):
    listed = body(get(address("practice_list", language=language)))

    assert 'data-total="2"' in listed
    assert 'value="parents"' in listed
    assert 'value="group-' not in listed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "there", "nowhere"), [
    ("practice_detail", "{canary}-{language}", "nothing-{language}"),
    ("actor_detail", "{canary}", "nothing"),
    ("actor_vcard", "{canary}", "nothing"),
    ("offer_detail", "{canary}", "nothing"),
    ("offer_detail", "{canary}-own", "nothing"),
    ("training_detail", "{canary}", "nothing"),
    ("suggest_about_practice", "{code}", "BE96"),
    ("suggest_about_actor", "{canary}", "nothing"),
])  # fmt: skip
def test_address_of_a_hidden_record_answers_like_one_that_does_not_exist(
    language, name, there, nowhere
):
    missing = nowhere.format(language=language)
    missed = get(address(name, missing, language=language))
    assert missed.status_code == 404
    for hidden in HIDDEN:
        key = there.format(**hidden._asdict(), language=language)
        met = get(address(name, key, language=language))

        if name == "practice_detail" and hidden.status == EditorialStatus.ARCHIVED:
            assert met.status_code == 410  # readers saw it once: it says that it is gone
            assert hidden.canary not in text(met)
        else:
            assert answer(met, key) == answer(missed, missing), hidden.status


def answer(response, key):
    """Without what is that of the address: its words, and the length of the page with them."""
    headers = {name: told for name, told in response.headers.items() if name != "Content-Length"}
    return response.status_code, headers, body(response).replace(key, "")


def test_the_same_records_show_once_they_are_published():
    """The outputs above would tell them: the test can fail."""
    for practice in Practice.objects.filter(code__in=[hidden.code for hidden in HIDDEN]):
        for record in (practice.lead_actor, practice):
            record.editorial_status = EditorialStatus.PUBLISHED
            record.published_at = timezone.now()
            record.save()

    pages = [told(response).lower() for response in outputs("nl")]

    for hidden in HIDDEN:
        assert sum(hidden.canary in page for page in pages) > 10, hidden.status
