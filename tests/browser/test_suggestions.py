"""Suggestions while somebody types: by keyboard, by mouse, by ear, and not at all."""

from urllib.parse import parse_qs, unquote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, listen, path_of, practice_path
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import TOO_WIDE
from tests.browser.test_traces import KEPT

LANGUAGES = ("nl", "fr", "en")
WORDS = {"nl": "slim v", "fr": "slim p", "en": "slim f"}  # starts the name of VB16
ANTWERP = {"nl": "Antwerpen", "fr": "Anvers", "en": "Antwerp"}
HEADER_PAGE = "help_line_list"  # a page whose only search is the one on top


def text_asked(request):
    """What a request for suggestions asks; nothing for another request."""
    if not request.url.endswith("/suggest/"):
        return ""
    return parse_qs(request.post_data)["text"][0]


def type_in(page, box, text):
    """Type, and wait for the list that answers all of it."""
    with page.expect_response(lambda answer: text_asked(answer.request).endswith(text)):
        page.locator(box).press_sequentially(text)
    expect(page.locator(box)).to_have_attribute("aria-expanded", "true")


def options(page, box):
    return page.locator(f"{box}-suggestions [role=option]")


def active(page, box):
    """The option a screen reader speaks of, and those shown as chosen: they must be one."""
    pointed = page.locator(box).get_attribute("aria-activedescendant")
    shown = page.locator(f"{box}-suggestions [aria-selected=true]").evaluate_all(
        "options => options.map(option => option.id)"
    )
    assert shown == ([pointed] if pointed else [])
    return pointed and int(pointed.rpartition("-")[2])


def closed(page, box):
    expect(page.locator(box)).to_have_attribute("aria-expanded", "false")
    expect(page.locator(f"{box}-suggestions")).to_be_hidden()


# --- Keyboard ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_arrow_and_enter_lead_to_the_practice(page, language):
    page.goto(path_of("home", language))
    type_in(page, "#q", WORDS[language])

    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith(practice_path("VB16", language))


def test_enter_without_an_option_searches_what_was_typed(page):
    page.goto(path_of("home", "en"))
    type_in(page, "#q", "parents")

    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "/en/practices/r/" in page.url
    assert page.input_value("#q") == "parents"


def test_arrows_go_round_through_the_text_itself(page):
    page.goto(path_of("home", "en"))
    type_in(page, "#q", "pa")
    last = options(page, "#q").count() - 1
    seen = [active(page, "#q")]

    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        seen.append(active(page, "#q"))

    assert last > 1
    assert seen == [None, 0, 1, 0, None, last, None]
    assert page.input_value("#q") == "pa"


def test_home_and_end_move_the_caret(page):
    page.goto(path_of("home", "en"))
    type_in(page, "#q", "paren")
    carets = []

    for key in ("Home", "End"):
        page.keyboard.press("ArrowDown")
        page.keyboard.press(key)
        carets.append(page.locator("#q").evaluate("box => box.selectionStart"))
        assert active(page, "#q") is None

    assert carets == [0, 5]


def test_escape_closes_and_keeps_what_was_typed(page):
    page.goto(path_of("home", "en"))
    type_in(page, "#q", "paren")
    page.keyboard.press("ArrowDown")

    page.keyboard.press("Escape")

    closed(page, "#q")
    assert page.input_value("#q") == "paren"
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "true")


def test_tab_closes_and_goes_on(page):
    page.goto(path_of("home", "en"))
    type_in(page, "#q", "paren")
    page.keyboard.press("ArrowDown")

    page.keyboard.press("Tab")

    closed(page, "#q")
    assert page.evaluate("document.activeElement.id") == "place"
    assert page.input_value("#q") == "paren"


@pytest.mark.parametrize("language", LANGUAGES)
def test_place_box_takes_the_place(page, language):
    page.goto(path_of("home", language))
    type_in(page, "#place", "antw")
    options(page, "#place").filter(has_text=ANTWERP[language]).first.wait_for()
    offered = options(page, "#place").all_inner_texts()

    for _ in range(offered.index(ANTWERP[language]) + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    closed(page, "#place")
    assert page.input_value("#place") == ANTWERP[language]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("[data-total]").first.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_place_among_the_words_moves_to_the_where_box(page, language):
    page.goto(path_of("home", language))
    type_in(page, "#q", "eupe")

    options(page, "#q").filter(has_text="Eupen").first.click()

    closed(page, "#q")
    assert page.input_value("#q") == ""
    assert page.input_value("#place") == "Eupen"
    assert page.evaluate("document.activeElement.id") == "q"
    assert "Eupen" in page.locator("#q ~ [role=status]").inner_text()


# --- Mouse and finger --------------------------------------------------------------------------


def test_click_leads_to_the_list_of_a_topic(page):
    page.goto(path_of("home", "en"))
    type_in(page, "#q", "grandp")

    follow(options(page, "#q").filter(has_text="grandparents"))

    assert "/en/practices/r/" in page.url
    assert page.locator("[name=target_group][value=grandparents]").last.is_checked()


def test_tap_chooses_and_tap_elsewhere_closes(new_context):
    page = new_context(has_touch=True, viewport={"width": 360, "height": 640}).new_page()
    page.goto(path_of("home", "nl"))
    type_in(page, "#place", "eupe")
    options(page, "#place").first.tap()
    chosen = page.input_value("#place")
    page.fill("#place", "")
    type_in(page, "#place", "eupe")

    page.locator("h1").tap()

    assert chosen == "Eupen"
    closed(page, "#place")


# --- Header ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_on_top_suggests_too(page, language):
    page.goto(path_of(HEADER_PAGE, language))
    type_in(page, "#header-q", "eupe")

    follow(options(page, "#header-q").filter(has_text="Eupen").first)

    assert f"{path_of('practice_list', language)}r/" in page.url
    assert page.input_value("#place") == "Eupen"


# --- By ear ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "box"), [("home", "#q"), ("home", "#place"), (HEADER_PAGE, "#header-q")]
)
def test_box_tells_what_it_is_and_what_it_offers(page, name, box, language):
    page.goto(path_of(name, language))
    field = page.locator(box)
    listbox = page.locator(f"{box}-suggestions")
    told = page.locator(f"{box} ~ [role=status]")
    before = {
        attribute: field.get_attribute(attribute)
        for attribute in ("role", "aria-autocomplete", "aria-controls", "aria-expanded")
    }

    type_in(page, box, "antwer" if box == "#place" else "par")
    number = options(page, box).count()

    assert before == {
        "role": "combobox",
        "aria-autocomplete": "list",
        "aria-controls": f"{box[1:]}-suggestions",
        "aria-expanded": "false",
    }
    assert listbox.get_attribute("role") == "listbox"
    assert listbox.get_attribute("aria-label")
    assert 1 < number <= 8
    assert told.inner_text().startswith(f"{number} ")
    page.keyboard.press("ArrowDown")
    assert active(page, box) == 0


def test_nothing_found_is_told_and_shows_no_list(page):
    page.goto(path_of("home", "en"))

    page.locator("#q").press_sequentially("qqqqqq")

    expect(page.locator("#q ~ [role=status]")).to_have_text("No suggestions")
    closed(page, "#q")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "box"), [("home", "#q"), ("home", "#place"), (HEADER_PAGE, "#header-q")]
)
def test_axe_finds_nothing_while_the_list_is_open(page, name, box, colours, width):
    page.set_viewport_size({"width": width, "height": 10_000})
    page.emulate_media(color_scheme=colours)
    page.goto(path_of(name, "nl"))
    type_in(page, box, "antwer" if box == "#place" else "par")
    page.keyboard.press("ArrowDown")

    found = violations(page)

    assert not found, "\n".join(found)


# --- Screen ------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 480, 768, 1280])
@pytest.mark.parametrize(
    ("name", "box"), [("home", "#q"), ("home", "#place"), (HEADER_PAGE, "#header-q")]
)
def test_list_fits_the_screen_and_its_options_the_finger(page, name, box, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(path_of(name, "fr"))
    type_in(page, box, "limel" if box == "#place" else "rad")

    heights = [option.bounding_box()["height"] for option in options(page, box).all()]
    field = page.locator(box).bounding_box()
    shown = page.locator(f"{box}-suggestions").bounding_box()

    assert page.evaluate(TOO_WIDE) == []
    assert min(heights) >= 44
    assert shown["x"] >= 0
    assert shown["x"] + shown["width"] <= width
    assert 0 <= shown["y"] - (field["y"] + field["height"]) <= 12


@pytest.mark.parametrize("media", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {}])
def test_active_option_shows_in_all_colours(page, media):
    page.emulate_media(**(media or {"forced_colors": "active"}))
    page.goto(path_of("home", "en"))
    type_in(page, "#q", "par")
    page.keyboard.press("ArrowDown")

    colours = options(page, "#q").evaluate_all(
        "options => options.map(option => getComputedStyle(option).backgroundColor)"
    )

    assert colours[0] not in colours[1:]


# --- What is sent ------------------------------------------------------------------------------


def test_typed_text_enters_no_address_and_nothing_is_kept(page, base_url):
    asked = []
    page.on("request", lambda request: asked.append(request))
    wrong = listen(page, base_url)
    page.goto(path_of("home", "en"))
    length = page.evaluate("history.length")

    type_in(page, "#q", "parents")
    page.keyboard.press("Escape")
    type_in(page, "#place", "verviers")

    questions = [request for request in asked if request.method == "POST"]
    assert questions
    assert {request.url for request in questions} == {f"{base_url}/en/practices/suggest/"}
    assert parse_qs(questions[-1].post_data) == {"text": ["verviers"], "box": ["place"]}
    assert not [url for url in map(unquote, (request.url for request in asked)) if "par" in url]
    assert not [request for request in asked if "verv" in request.url]
    assert not [request for request in questions if "cookie" in request.all_headers()]
    assert page.url == f"{base_url}/en/"
    assert page.evaluate("history.length") == length
    assert not any(page.evaluate(KEPT).values())
    assert page.context.cookies() == []
    assert wrong == []


def test_cookie_of_a_curator_is_not_sent(curator):
    asked = []
    curator.on("request", lambda request: request.method == "POST" and asked.append(request))
    curator.goto(path_of("home", "en"))

    type_in(curator, "#q", "par")

    assert asked
    assert not [request for request in asked if "cookie" in request.all_headers()]


def test_one_letter_asks_nothing_and_quick_typing_asks_once(page):
    asked = []
    page.on("request", lambda request: request.method == "POST" and asked.append(request.post_data))
    page.goto(path_of("home", "en"))

    page.locator("#q").press_sequentially("p")
    page.wait_for_timeout(400)
    after_one = list(asked)
    page.locator("#q").press_sequentially("arent")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "true")

    assert after_one == []
    assert asked == ["text=parent&box=words"]


def test_late_answer_to_an_earlier_text_is_dropped(page):
    held = []

    def slow_for_the_first(route):
        if "text=par&" in route.request.post_data:
            held.append(route)
        else:
            route.continue_()

    page.route("**/suggest/", slow_for_the_first)
    page.goto(path_of("home", "en"))
    with page.expect_request("**/suggest/"):
        page.locator("#q").press_sequentially("par")

    type_in(page, "#q", "ents")
    before = options(page, "#q").all_inner_texts()
    for route in held:
        route.fulfill(json={"suggestions": [{"kind": "term", "label": "late", "url": "/"}]})
    page.wait_for_timeout(200)

    assert len(held) == 1
    assert options(page, "#q").all_inner_texts() == before
    assert not [text for text in before if "late" in text]


@pytest.mark.parametrize("fault", ["offline", "error", "nonsense"])
def test_fault_on_the_way_shows_nothing_and_the_form_works(page, fault):
    answers = {
        "offline": lambda route: route.abort(),
        "error": lambda route: route.fulfill(status=500, body="fault"),
        "nonsense": lambda route: route.fulfill(status=200, body="<html>"),
    }
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route("**/suggest/", answers[fault])
    page.goto(path_of("home", "en"))

    with page.expect_request("**/suggest/"):
        page.locator("#q").press_sequentially("parents")
    page.wait_for_timeout(200)
    closed(page, "#q")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert faults == []
    assert page.input_value("#q") == "parents"


# --- Without script ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_the_form_is_plain_and_works(new_context, language):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(path_of("home", language))
    page.fill("#q", "radicalis")
    page.fill("#place", "Antwerpen (provincie)")

    follow(page.locator("form.search button"))

    assert page.locator("[role=combobox]").count() == 0
    assert page.locator("[role=listbox]").count() == 0
    assert int(page.locator("[data-total]").get_attribute("data-total")) > 0
