"""The page of help lines: by need and language, from memory, colleagues apart."""

import re

import pytest

from guide.line_groups import by_need
from guide.strip import remembered_lines
from search import version
from tests.factories import make_help_line, make_need
from tests.pages import address, get, links, text

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "en")
HEADING = re.compile(r"<h([23])[^>]*>(.*?)</h\1>", re.DOTALL)


def page(site_language="en", **asked):
    return get(address("help_line_list", language=site_language), asked)


def main(response):
    return response.content.decode().split("<main")[1].split("</main>")[0]


def headings(response):
    """What stands under what, as the page is read."""
    return [" ".join(words.split()) for _, words in HEADING.findall(main(response))]


def numbers(response):
    """The numbers of the lines described on the page, without the urgent ones."""
    return re.findall(r'<a class="button call" href="tel:(\d+)"', main(response))


def make_line(name, **values):
    return make_help_line(code=name, name_en=f"Line {name}", **values)


@pytest.fixture
def lines():
    """Two needs, two languages, a line that tells none, one for colleagues, and a draft."""
    make_line("urgent", number="112", is_urgent=True, needs=["danger"], order=0)
    make_line("both", number="1", languages=["nl"], needs=["talk", "youth"], order=1)
    make_line("young", number="2", languages=["fr"], needs=["youth"], order=2)
    make_line("untold", number="3", needs=["youth"], order=3)
    colleagues = {"audience": "professionals", "order": 4}
    make_line("colleagues", number="4", languages=["nl"], needs=["youth"], **colleagues)
    draft = {"editorial_status": "draft", "order": 5, "source_language": "nl"}
    make_line("draft", number="5", languages=["ar"], needs=["secret"], **draft)


def test_lines_stand_under_their_needs_and_colleagues_apart(lines):
    assert headings(page()) == [
        "Someone is in danger now",
        "talk en",
        *("Line both", "youth en", "Line young", "Line untold"),
        "For professionals",
        "Line colleagues",
    ]


def test_line_with_two_needs_is_described_once_and_named_again(lines):
    response = page()

    assert numbers(response) == ["1", "2", "3", "4"]
    assert links(response).count("#line-both") == 1
    assert links(response).count("tel:1") == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_need_narrows_in_every_language(lines, language):
    assert numbers(page(language, need="talk")) == ["1"]
    assert sorted(numbers(page(language, need="youth"))) == ["1", "2", "3", "4"]


def test_lines_that_speak_the_language_of_the_page_come_first(lines):
    assert numbers(page("nl", need="youth"))[0] == "1"
    assert numbers(page("fr", need="youth"))[0] == "2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_narrows_and_lines_that_tell_none_come_after(lines, language):
    response = page(language, language="fr")

    assert numbers(response) == ["2", "3"]
    assert main(response).index('id="line-young"') < main(response).index(
        'aria-labelledby="lines-untold"'
    )


def test_need_and_language_hold_together(lines):
    assert numbers(page(need="youth", language="nl")) == ["1", "3", "4"]


def test_choice_that_nothing_fits_says_so_and_leads_on(lines):
    response = page(need="talk", language="fr")

    assert numbers(response) == []
    assert "we find no line for families that fits your choice" in text(response)
    assert {"?need=talk", address("help_line_list")} <= set(links(response))
    assert "tel:112" in links(response)


def test_danger_is_answered_by_the_urgent_numbers(lines):
    make_line("german", number="9", languages=["de"])

    assert "fits your choice" not in text(page(need="danger"))
    assert "fits your choice" not in text(page(need="danger", language="de"))


@pytest.mark.parametrize(
    "asked",
    [
        {"need": "nonsense"},
        {"language": "xx"},
        {"need": "secret"},
        {"language": "ar"},
        {"need": "talk", "language": "'"},
        {"need": "talk\n"},
    ],
)
def test_unknown_choice_is_refused_and_every_line_stands_below(lines, asked):
    response = page(**asked)

    assert response.status_code == 400
    assert "We do not know that choice." in text(response)
    assert numbers(response) == ["1", "2", "3", "4"]


def test_what_was_chosen_stays_chosen_and_goes_along_to_the_other_languages(lines):
    response = page(need="youth", language="fr")

    assert '<option value="youth" selected>' in main(response)
    assert '<option value="fr" selected>' in main(response)
    for language in LANGUAGES:
        other = address("help_line_list", language=language)
        assert f"{other}?need=youth&language=fr" in links(response)


@pytest.mark.parametrize("asked", [{}, {"need": "youth"}, {"language": "nl"}, {"need": "x"}])
def test_line_that_is_not_published_and_its_need_and_language_stay_hidden(lines, asked):
    words = page(**asked).content.decode()

    for hidden in ("tel:5", "secret", "ar in en"):
        assert hidden not in words


def test_line_without_a_need_comes_last():
    make_line("none", number="1")
    make_line("some", number="2", needs=["talk"])

    assert headings(page()) == ["talk en", "Line some", "Other lines", "Line none"]


def test_needs_keep_the_order_of_the_curator():
    make_need("late", order=2)
    make_need("early", order=1)
    make_help_line(number="1", needs=["late"])
    make_help_line(number="2", needs=["early"])

    assert [group.need.code for group in by_need(remembered_lines(version.current()))] == [
        "early",
        "late",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_page_reads_nothing_but_the_lines(number, django_assert_num_queries):
    for _ in range(number):
        make_help_line(languages=["nl"], needs=["talk"])
    page()

    with django_assert_num_queries(1):  # the data version
        page(need="talk", language="nl")


def test_change_of_a_need_shows_at_once(lines):
    page()
    need = make_need("youth")

    need.name_en = "Young people"
    need.save()

    assert "Young people" in headings(page())


def test_strip_shows_no_line_for_colleagues(lines):
    strip = get(address("about", language="nl")).content.decode().split('class="strip"')[1]

    assert "tel:1" in strip
    assert "tel:4" not in strip


def test_unchanged_page_is_not_sent_again(lines):
    etag = page(need="talk").headers["ETag"]

    again = get(address("help_line_list"), {"need": "talk"}, if_none_match=etag)
    other = get(address("help_line_list"), {"need": "youth"}, if_none_match=etag)

    assert (again.status_code, other.status_code) == (304, 200)
