"""Four people, on their way to somebody who helps: in three languages, also without a script."""

import io

import pytest
from pypdf import PdfReader

from tests.browser.conftest import follow, path_of

LANGUAGES = ("nl", "fr", "en")
READ_IN_A_MINUTE = 200  # words, for a reader who is tired and not at home in the language
PHONE = {"width": 320, "height": 640}
WORDS_BEFORE = """target => {
  const range = document.createRange();
  range.setStart(document.querySelector("main"), 0);
  range.setEndBefore(target);
  return range.toString().split(/\\s+/).filter(Boolean).length;
}"""


class Reader:
    """Counts the pages that somebody opens and the words they read on their way."""

    def __init__(self, page, language):
        self.page, self.language = page, language
        self.pages = self.words = 0

    def open(self, name):
        self.page.goto(path_of(name, self.language))
        self.pages += 1

    def read_to(self, target):
        self.words += target.evaluate(WORDS_BEFORE)
        return target

    def press(self, target):
        self.read_to(target)
        follow(target)
        self.pages += 1

    def answer(self, name, value):
        self.press(self.page.locator(f"button[name={name}][value='{value}']"))

    def live_in(self, place):
        box = self.read_to(self.page.locator("main #place"))
        box.fill(place)
        with self.page.expect_navigation():
            box.press("Enter")
        self.pages += 1

    def rungs(self):
        return [
            group.get_attribute("data-rung") for group in self.page.locator("section.rung").all()
        ]

    def first_number(self):
        return self.page.locator("main a.call[href^='tel:']").first


@pytest.fixture(params=["script", "no script"])
def reader_of(request, new_context):
    def make(language):
        scripts = request.param == "script"
        context = new_context(viewport=PHONE, java_script_enabled=scripts)
        return Reader(context.new_page(), language)

    return make


def sees_no_query(reader):
    address = reader.page.url
    return not any(word in address for word in ("signs", "parent", "1080", "2300", "?"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_mother_in_molenbeek_has_a_number_in_four_pages_and_a_minute(reader_of, language):
    reader = reader_of(language)
    reader.open("home")
    reader.answer("situation", "signs")
    reader.answer("relation", "parent")
    reader.live_in("1080")
    number = reader.read_to(reader.first_number())

    assert reader.pages == 4
    assert reader.words <= READ_IN_A_MINUTE, reader.words
    assert number.get_attribute("href").startswith("tel:")
    assert "WB06" in [
        card.get_attribute("data-code") for card in reader.page.locator(".card").all()
    ]
    assert sees_no_query(reader)
    assert reader.page.context.cookies() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_brother_in_turnhout_is_told_how_far_help_reaches(reader_of, language):
    reader = reader_of(language)
    reader.open("home")
    reader.answer("situation", "left")
    reader.answer("relation", "sibling")
    reader.live_in("2300")

    assert reader.rungs()
    assert reader.rungs()[0] != "municipality"  # nothing there is for Turnhout alone
    assert all(heading for heading in reader.page.locator("section.rung h2").all_inner_texts())
    assert reader.first_number().is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_grandmother_in_eupen_finds_who_speaks_german(reader_of, language):
    reader = reader_of(language)
    reader.open("home")
    reader.answer("situation", "news")
    reader.answer("relation", "grandparent")
    reader.live_in("Eupen")
    ways = reader.page.locator("main a[href='tel:+32471919490']")

    assert ways.count() > 0  # Wegweiser Ostbelgien
    reader.press(reader.page.locator("header a[lang=de]"))
    assert reader.page.locator("html").get_attribute("lang") == "de"
    assert reader.page.locator("main a[href^='tel:']").count() > 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_caseworker_in_verviers_hands_over_three_places_in_english(reader_of, language):
    reader = reader_of(language)
    reader.open("practice_list")
    reader.live_in("4800")
    for _ in range(3):
        reader.press(reader.page.locator("button[name=tick]").first)
    reader.press(reader.page.locator(".kept a"))
    kept = [card.get_attribute("data-code") for card in reader.page.locator(".card").all()]
    reader.press(reader.page.locator(".tools a.button[hreflang=en]"))
    sheets = [sheet.get_attribute("data-code") for sheet in reader.page.locator(".entry").all()]
    address = reader.page.locator("a[href$='.pdf']").get_attribute("href")
    paper = PdfReader(io.BytesIO(reader.page.request.get(address).body()))

    assert reader.pages == 7
    assert len(kept) == 3
    assert sheets[:3] == kept
    assert reader.page.locator("html").get_attribute("lang") == "en"
    assert len(paper.pages) == 2
    assert "Useful numbers" in paper.pages[0].extract_text()
    assert sees_no_query(reader)


def test_list_survives_back_and_a_page_between(reader_of):
    reader = reader_of("fr")
    reader.open("practice_list")
    reader.press(reader.page.locator("button[name=tick]").first)
    reader.press(reader.page.locator(".card h3 a").nth(1))
    reader.page.go_back()

    assert reader.page.locator(".kept a").is_visible()
    assert reader.page.locator("button[name=untick]").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_from_the_browser_is_two_sheets(new_context, language):
    page = new_context().new_page()
    page.goto(path_of("practice_list", language))
    for _ in range(3):
        follow(page.locator("button[name=tick]").first)
    follow(page.locator(".kept a"))
    follow(page.locator(f".tools a.button[hreflang={language}]"))
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))

    assert len(paper.pages) == 2
    assert "Family Support" not in paper.pages[0].extract_text()


def test_answers_are_given_by_keyboard_alone(new_context):
    page = new_context(viewport=PHONE).new_page()
    page.goto(path_of("home", "fr"))
    for value in ("signs", "parent"):
        tab_to(page, f"document.activeElement.value === '{value}'")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    tab_to(page, "document.activeElement.id === 'place'")
    page.keyboard.type("1080")
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "document.activeElement.closest('main')?.matches('main')"
           " && document.activeElement.href?.startsWith('tel:')")  # fmt: skip

    assert page.locator("section.rung").count() > 0


def tab_to(page, found):
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"Boolean({found})"):
            return
    raise AssertionError(f"60 stops and no {found}")
