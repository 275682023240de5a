"""The way through the guide: recommendations, publications, what happened when, the vocabulary."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from network.publishing import EditorialStatus
from tests.factories import (
    in_all,
    make_actor,
    make_event,
    make_offer,
    make_part,
    make_practice,
    make_publication,
    make_recommendation,
    make_source,
    make_term,
    make_theme,
    make_training,
)
from tests.pages import address, body, get, links, text, total

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
PAGES = ("guide", "recommendations", "timeline", "vocabulary")
CANARY = "zwaluwnest"
HIDDEN = [EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW, EditorialStatus.ARCHIVED]


def page_of(name, language="en"):
    return get(address(name, language=language))


@pytest.fixture
def training():
    return make_term("activity_type", "training")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_stands_without_a_record(name, language):
    page = page_of(name, language)

    assert page.status_code == 200
    assert "ETag" in page.headers


@pytest.mark.thorough
@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_hidden_shows_on_no_page(status, training):
    hidden = {"code": CANARY, "editorial_status": status}
    make_publication(**hidden, **in_all("title", CANARY))
    make_event(**hidden, **in_all("name", CANARY))
    given = make_training()
    make_recommendation(
        **hidden,
        **in_all("statement", CANARY),
        terms=[training],
        trainings=[given],
        themes=["competences"],
    )
    make_publication(publishers=[make_actor(**hidden, **in_all("name", CANARY))])
    make_practice("BE11", terms=[training])

    for name in PAGES:
        assert CANARY not in body(page_of(name)), name
    assert CANARY not in body(get(address("practice_detail", "be11-en")))
    assert CANARY not in body(get(address("expert_theme", "competences")))
    assert CANARY not in body(get(given.get_absolute_url()))


# --- Recommendations ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_stand_by_part_with_whom_they_are_for(language):
    make_part("5a", order=2)
    make_part("6a", order=1)
    make_recommendation(part="5a", code="5a-x", kind="attention", audiences=["policy"])
    make_recommendation(part="6a", code="6a-x", sources=[make_source()])

    page = page_of("recommendations", language)

    assert re.findall(r'<h2 id="part-(\w+)"', body(page)) == ["6a", "5a"]
    assert re.findall(r'<article class="statement" id="([^"]+)"', body(page)) == ["6a-x", "5a-x"]
    assert 'href="#source-1"' in body(page)


def test_sources_that_all_of_a_part_have_stand_with_the_part_and_others_with_the_statement():
    common, own = make_source(), make_source()
    make_recommendation(part="6a", code="6a-x", sources=[common])
    make_recommendation(part="6a", code="6a-y", sources=[common, own])

    part, first, second = re.split('<article class="statement"', body(page_of("recommendations")))

    assert part.count('class="reference"') == 1
    assert 'class="reference"' not in first
    assert second.split("</article>")[0].count('class="reference"') == 1


def test_every_part_says_where_it_stands_in_the_guide():
    for code in ("6a", "fn11"):
        make_recommendation(part=code)

    for name in ("recommendations", "guide"):
        page = text(page_of(name)).lower()
        assert "part 6a of the guide" in page, name
        assert "footnote 11 of the guide" in page, name


def test_practices_that_answer_carry_a_term_of_each_taxonomy(training):
    workers = make_term("target_group", "firstline")
    make_practice("BE11", terms=[training, workers])
    make_practice("BE12", terms=[training])
    make_practice("BE13", terms=[training, workers], editorial_status=EditorialStatus.DRAFT)
    make_recommendation(terms=[training, workers])

    page = page_of("recommendations")
    (link,) = [one for one in links(page) if "activity_type=training" in one]

    assert "1 practice , where we read: firstline en, training en" in text(page)
    assert total(get(link)) == 1


def test_offers_that_answer_are_of_the_kinds(training):
    make_offer(kind="training")
    make_offer(kind="monitoring")
    make_offer(kind="training", editorial_status=EditorialStatus.DRAFT)
    make_recommendation(offer_kinds=["training"])

    page = page_of("recommendations")

    assert "1 offer for professionals (training" in text(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_trainings_that_fit_stand_by_name_and_what_is_past_says_so(language):
    given = make_training(**in_all("name", "Listening"))
    past = make_training(status="ended", status_date="2018", **in_all("name", "Old course"))
    hidden = make_training(editorial_status=EditorialStatus.DRAFT, **in_all("name", CANARY))
    make_recommendation(trainings=[given, past, hidden])

    page = page_of("recommendations", language)

    for training in (given, past):
        assert address("training_detail", training.code, language=language) in links(page)
    assert body(page).count(f"Old course {language}</a> (") == 1
    assert body(page).count(f"Listening {language}</a>,") == 1
    assert CANARY not in body(page)


def test_hidden_training_answers_nothing():
    make_recommendation(trainings=[make_training(editorial_status=EditorialStatus.DRAFT)])

    assert "Nothing in this directory works on this." in text(page_of("recommendations"))


def test_the_site_itself_may_answer_and_what_nothing_answers_says_so():
    make_recommendation(**in_all("is_answered_by_site", "This site does it"))
    make_recommendation()

    page = text(page_of("recommendations"))

    assert "This site does it en" in page
    assert page.count("Nothing in this directory works on this.") == 1


def test_codes_that_do_not_exist_are_refused():
    for field in ("audiences", "offer_kinds"):
        with pytest.raises(ValidationError):
            make_recommendation(**{field: ["nobody"]}).full_clean()


# --- And back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_practice_page_says_what_it_works_on(language, training):
    make_practice("BE11", terms=[training])
    make_practice("BE12")
    make_recommendation(code="6a-x", terms=[training], **in_all("statement", "Train people"))

    path = f"{address('recommendations', language=language)}#6a-x"
    there = get(address("practice_detail", f"be11-{language}", language=language))
    other = get(address("practice_detail", f"be12-{language}", language=language))

    assert f'<a href="{path}">Train people {language}</a>' in body(there)
    assert "works-on" not in body(other)


def test_more_than_three_stand_behind_a_line(training):
    make_practice("BE11", terms=[training])
    for _ in range(5):
        make_recommendation(terms=[training])

    page = body(get(address("practice_detail", "be11-en")))

    assert "<summary>2 more</summary>" in page


def test_offer_and_theme_pages_tell_it_too():
    offer = make_offer(kind="training")
    make_recommendation(
        offer_kinds=["training"], themes=["competences"], **in_all("statement", "Train people")
    )

    for path in (offer.get_absolute_url(), make_theme().get_absolute_url()):
        assert "Train people en" in text(get(path)), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_training_page_says_what_it_works_on(language):
    training, other = make_training(), make_training()
    make_recommendation(code="6a-x", trainings=[training], **in_all("statement", "Use cases"))

    path = f"{address('recommendations', language=language)}#6a-x"
    there = get(address("training_detail", training.code, language=language))
    elsewhere = get(address("training_detail", other.code, language=language))

    assert f'<a href="{path}">Use cases {language}</a>' in body(there)
    assert "works-on" not in body(elsewhere)


def test_retired_term_answers_nothing(training):
    make_practice("BE11", terms=[training])
    make_recommendation(terms=[training])
    training.is_retired = True
    training.save()

    assert "Nothing in this directory works on this." in text(page_of("recommendations"))
    assert "works-on" not in body(get(address("practice_detail", "be11-en")))


# --- Publications ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_publications_tell_what_they_hold_and_where(language):
    link = {"url": "https://example.org/guide", "language": "fr"}
    make_publication(
        links=[link], languages=["fr"], year=2018, legal_deposit="D/2018/1", sources=[make_source()]
    )

    page = page_of("guide", language)

    assert "D/2018/1" in text(page)
    assert 'href="https://example.org/guide" rel="noreferrer nofollow" hreflang="fr"' in body(page)
    assert 'href="#source-1"' in body(page)


def test_two_addresses_in_one_language_are_told_apart():
    hosts = ("www.a.example", "b.example")
    make_publication(links=[{"url": f"https://{host}/x", "language": "fr"} for host in hosts])

    page = text(page_of("guide"))

    assert "Open it (French) a.example Open it (French) b.example" in page


def test_a_publication_without_a_copy_says_so():
    make_publication(is_public=False)
    make_publication(is_public=True)

    page = text(page_of("guide"))

    assert page.count("We found no public copy.") == 1
    assert page.count("We know no address where you can read it.") == 1


@pytest.mark.parametrize("links", [
    [{"url": "javascript:alert(1)", "language": "nl"}],
    [{"url": "https://example.org/"}],
    ["https://example.org/"],
    {"url": "https://example.org/", "language": "nl"},
])  # fmt: skip
def test_a_link_that_is_none_is_refused(links):
    with pytest.raises(ValidationError):
        make_publication(links=links).full_clean()


# --- What happened when ------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_drawing_and_list_tell_the_same_events_in_their_order(language):
    make_event(code="later", starts_on="2019-01", order=2, place="21004")
    make_event(code="first", starts_on="2017-11-09", ends_on="2017-11-10", order=1)
    make_event(code="undated", starts_on="", order_on="2019-02", order=3)

    page = body(page_of("timeline", language))

    assert re.findall(r'<article class="event" id="(\w+)"', page) == ["first", "later", "undated"]
    assert re.findall(r'<a href="#(\w+)" transform', page) == ["first", "later", "undated"]
    assert re.findall(r"<h3>(\d+)</h3>", page) == ["2017", "2019"]


def test_an_event_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(starts_on="2018-03", ends_on="2018-02")


# --- Vocabulary --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_vocabulary_counts_practices_and_leads_to_them(language):
    group = make_term("work_form", "group", **in_all("description", "Together"))
    make_term("work_form", "alone")
    make_practice("BE11", terms=[group])
    make_practice("BE12", terms=[group], editorial_status=EditorialStatus.DRAFT)

    page = page_of("vocabulary", language)
    (link,) = [one for one in links(page) if "work_form=group" in one]

    assert f"Together {language}" in text(page)
    assert total(get(link)) == 1
    assert not [one for one in links(page) if "work_form=alone" in one]
    assert "Koehler" in text(page)


def test_grid_says_why_it_has_no_counts():
    assert "counts none by cell" in text(page_of("vocabulary"))


# --- How much it costs -------------------------------------------------------------------------

QUERIES = {"guide": 6, "recommendations": 1, "timeline": 3, "vocabulary": 6}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_queries_for_one_and_three(
    name, number, training, django_assert_num_queries
):
    for _ in range(number):
        source = make_source()
        make_publication(publishers=[make_actor()], languages=["nl"], sources=[source])
        make_event(sources=[source], place="21004")
        make_recommendation(
            terms=[training],
            trainings=[make_training()],
            themes=["competences"],
            sources=[source],
        )
        make_practice(terms=[training])
        make_term("work_form", f"form-{number}-{source.pk}").sources.add(source)
    page_of(name)

    with django_assert_num_queries(QUERIES[name]):
        page_of(name)
