"""The way out: always there, gone at once, and Back leads nowhere."""

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

from tests.browser.conftest import (
    ERROR_KINDS,
    PAGE_KINDS,
    follow,
    path_of,
    public_path,
    visit,
)
from tests.browser.test_admin import open_practice
from tests.browser.test_layout import PHONE, UNCOVERED, ZOOMED
from tests.chromium import WITH_WINDOWS, chromium

LANGUAGES = ("nl", "fr", "en")
EVERY_KIND = (*PAGE_KINDS, *ERROR_KINDS, "admin_login")
SOME_KINDS = ("home", "list", "detail", "not_found", "too_large", "fault", "admin_login")
FOCUSED_IS_EXIT = "() => document.activeElement.matches('a.exit')"
# While a page waits for another one it can tell, but cannot be asked.
TELL_STATE = """setInterval(() => console.debug("told", tell({
  path: location.pathname,
  boxes: document.documentElement.getClientRects().length,
  title: document.title,
  kept: Object.keys(sessionStorage),
  typed: [...document.forms].flatMap(form => [...form.elements]).map(field => field.value).join(""),
  text: document.body ? document.body.textContent.trim() : "",
})), 20)"""
# Tells every page of ours that has painted something a person could read.
TELL_PAINT = """new PerformanceObserver(list => list.getEntries().forEach(entry =>
  entry.name === "first-contentful-paint" && painted(location.href)))
  .observe({type: "paint", buffered: true})"""


class Wire:
    """The browser's own protocol: unlike the test tool it does not wait for a page that comes."""

    def __init__(self, page):
        self.send = page.context.new_cdp_session(page).send

    def click(self, box):
        at = {"x": box["x"] + 20, "y": box["y"] + 20, "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", {"type": kind, **at})

    def press_shift(self, times):
        key = {"key": "Shift", "code": "ShiftLeft", "windowsVirtualKeyCode": 16}
        for _ in range(times):
            for kind in ("keyDown", "keyUp"):
                self.send("Input.dispatchKeyEvent", {"type": kind, **key})


UNREAD = (1, "")  # boxes and title while nothing of the page has arrived yet


def states_told_by(page):
    """A list that fills with what every page of this tab shows from now on."""
    states = []
    page.expose_binding("tell", lambda source, state: states.append(state))
    page.context.add_init_script(TELL_STATE)
    return states


def stops_until_exit(page):
    """From the top of the page, wherever the focus was put to begin with."""
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    for number in range(1, 6):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED_IS_EXIT):
            return number
    return None


def press_shift(page, times):
    for _ in range(times):
        page.keyboard.press("Shift")


def announced(page):
    return page.locator(".exit-status").inner_text()


def told(text, language):
    with translation.override(language):
        return gettext(text)


def wait_until_away(page, destination):
    expect(page).to_have_url(destination.url)
    expect(page).to_have_title("Weather")


def go_back(page, destination):
    """Press Back away from the other page, and wait until it has answered again."""
    answered = len(destination.referrers)
    page.evaluate("() => { setTimeout(() => history.back()) }")
    destination.wait_for_answers(answered + 1)
    wait_until_away(page, destination)


# --- Always there ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_the_exit_in_reach_and_in_view(page, destination, kind, language):
    visit(page, kind, language)
    link = page.locator("a.exit")

    for size in (PHONE, ZOOMED):
        page.set_viewport_size(size)
        for end in (0, 100_000):
            page.evaluate("end => scrollTo(0, end)", end)
            box = link.bounding_box()
            assert link.evaluate(UNCOVERED), (size, end)
            assert 44 <= box["width"] <= 128, size
            assert box["height"] >= 44, size
    assert stops_until_exit(page) == 2
    assert link.get_attribute("href") == destination.url
    assert page.locator("head script").first.get_attribute("src").startswith("/static/exit.")


@pytest.mark.parametrize("width", [320, 1280])
def test_curators_pages_have_the_exit_in_reach_and_in_view(curator, width):
    curator.set_viewport_size({"width": width, "height": 640})
    popup = path_of("admin:network_actor_add", "nl") + "?_popup=1"

    for path in (path_of("admin:index", "nl"), path_of("admin:password_change", "fr"), popup):
        curator.goto(path)
        assert curator.locator("a.exit").evaluate(UNCOVERED), path
        assert stops_until_exit(curator) == 2, path
    open_practice(curator, "VB17")
    curator.evaluate("scrollTo(0, 100_000)")
    assert curator.locator("a.exit").evaluate(UNCOVERED)


@pytest.mark.parametrize("width", [320, 1280])
def test_exit_covers_nothing_of_the_curators_header(curator, width):
    curator.set_viewport_size({"width": width, "height": 640})

    curator.goto(path_of("admin:index", "nl"))

    exit_box = curator.locator("a.exit").bounding_box()
    for element in curator.locator("#header a, #header button").filter(visible=True).all():
        box = element.bounding_box()
        assert (
            box["x"] + box["width"] <= exit_box["x"]
            or box["y"] >= exit_box["y"] + exit_box["height"]
        ), element.inner_text()


@pytest.mark.parametrize("kind", ["list", "fault", "admin_login"])
def test_paper_does_not_show_the_exit(page, kind):
    visit(page, kind, "nl")
    page.locator("a.exit").focus()

    page.emulate_media(media="print")

    assert page.locator("a.exit, .exit-how").filter(visible=True).count() == 0


# --- Leaving -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SOME_KINDS)
def test_click_leaves(page, destination, kind):
    visit(page, kind, "nl")

    page.click("a.exit")

    wait_until_away(page, destination)
    assert destination.referrers[-1] is None


def test_enter_leaves(page, destination):
    visit(page, "detail", "fr")
    stops_until_exit(page)

    page.keyboard.press("Enter")

    wait_until_away(page, destination)


def test_touch_leaves(new_context, destination):
    page = new_context(has_touch=True, viewport=PHONE).new_page()
    visit(page, "list", "nl")

    page.tap("a.exit")

    wait_until_away(page, destination)


def test_touch_leaves_from_the_open_filter_panel(new_context, destination):
    page = new_context(has_touch=True, viewport=PHONE).new_page()
    page.goto(f"{public_path('list', 'nl')}#filters")

    page.tap("a.exit")

    wait_until_away(page, destination)


def test_click_with_a_modifier_leaves_in_the_same_tab(page, destination):
    visit(page, "home", "nl")

    page.click("a.exit", modifiers=["Control"])

    wait_until_away(page, destination)
    assert len(page.context.pages) == 1


@pytest.mark.parametrize("kind", SOME_KINDS)
def test_shift_three_times_leaves(page, destination, kind):
    visit(page, kind, "en")

    press_shift(page, 3)

    wait_until_away(page, destination)


def test_shift_leaves_while_something_is_typed(page, destination):
    visit(page, "home", "nl")
    page.type("#q", "Moeder")

    press_shift(page, 3)

    wait_until_away(page, destination)


def test_curator_leaves_by_click_and_by_shift(curator, destination):
    open_practice(curator, "VB17")
    curator.click("a.exit")
    wait_until_away(curator, destination)

    open_practice(curator, "VB17")
    press_shift(curator, 3)
    wait_until_away(curator, destination)


@pytest.mark.parametrize("kind", ["home", "admin_login"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_presses_that_are_left_are_announced(page, kind, language):
    visit(page, kind, language)

    heard = [announced(page)]
    for _ in range(2):
        page.keyboard.press("Shift")
        heard.append(announced(page))

    twice, once = "Press Shift 2 more times to leave.", "Press Shift 1 more time to leave."
    assert heard == ["", told(twice, language), told(once, language)]
    assert page.locator(".exit-status").get_attribute("role") == "status"


@pytest.mark.parametrize("language", LANGUAGES)
def test_exit_describes_itself(page, language):
    text = "Leaves this site at once. Pressing Shift three times does the same."
    visit(page, "home", language)
    hint = page.locator("#exit-how")
    was_visible = hint.is_visible()

    stops_until_exit(page)

    assert page.locator("a.exit").get_attribute("aria-describedby") == "exit-how"
    assert not was_visible
    assert hint.is_visible()
    assert hint.inner_text() == told(text, language)


# Each of them ends with Shift pressed alone twice, or not at all.
NOT_THREE_TIMES = {
    "capitals": lambda page: page.type("#q", "ABCDEF"),
    "capitals with Shift held": lambda page: [page.keyboard.press("Shift+KeyA") for _ in range(4)],
    "back by keyboard": lambda page: [page.keyboard.press("Shift+Tab") for _ in range(4)],
    "screen reader": lambda page: [page.keyboard.press("Control+Alt+Shift") for _ in range(4)],
    "Shift before Control": lambda page: [page.keyboard.press("Shift+Control") for _ in range(4)],
    "a letter between": lambda page: (
        press_shift(page, 2),
        page.keyboard.press("a"),
        press_shift(page, 2),
    ),
    "a click between": lambda page: (press_shift(page, 2), page.click("h1"), press_shift(page, 2)),
    "selecting with the mouse": lambda page: [
        page.click("h1", modifiers=["Shift"]) for _ in range(4)
    ],
    "held for long": lambda page: [page.keyboard.down("Shift") for _ in range(9)],
    "a letter let go late": lambda page: [
        (
            page.keyboard.down("a"),
            page.keyboard.down("Shift"),
            page.keyboard.up("a"),
            page.keyboard.up("Shift"),
        )
        for _ in range(4)
    ],
}


@pytest.mark.parametrize("case", NOT_THREE_TIMES)
def test_shift_for_something_else_does_not_leave(page, destination, case):
    visit(page, "home", "nl")
    page.focus("#q")
    answered = len(destination.referrers)

    NOT_THREE_TIMES[case](page)
    page.evaluate("new Promise(requestAnimationFrame)")

    assert page.locator("h1").is_visible()
    assert len(destination.referrers) == answered


def test_presses_far_apart_do_not_leave(page, destination):
    page.clock.install()
    visit(page, "home", "nl")
    press_shift(page, 2)

    page.clock.run_for(5_001)
    silenced = announced(page)
    press_shift(page, 2)

    assert silenced == ""
    assert announced(page) == told("Press Shift 1 more time to leave.", "nl")


@pytest.mark.parametrize("leave", ["click", "shift"])
def test_screen_is_blank_before_the_other_page_answers(page, destination, leave):
    wire = Wire(page)
    told = states_told_by(page)
    page.goto(public_path("list_narrowed", "nl"))
    page.fill("#q", "half a word")
    box = page.locator("a.exit").bounding_box()

    with destination.silent():
        if leave == "click":
            wire.click(box)
        else:
            wire.press_shift(3)
        page.wait_for_event("console", lambda message: message.text.startswith("told"))
        left = told[-1]

    assert "half a word" not in left["typed"]
    assert (left["boxes"], left["title"]) == (0, destination.host)
    assert left["kept"] == ["exit"]
    wait_until_away(page, destination)


def test_without_script_the_exit_leaves(new_context, destination):
    page = new_context(java_script_enabled=False).new_page()

    for kind in EVERY_KIND:
        if kind in {"form_refused", "too_large"}:
            continue  # sent by script in these tests
        page.goto(public_path(kind, "nl"))
        follow(page.locator("a.exit"))

        assert page.url == destination.url, kind
    assert page.locator("a.exit").count() == 0


# --- Coming back -------------------------------------------------------------------------------


def walk(page, language, last):
    """A search as people do it, four pages long."""
    page.goto(public_path("home", language))
    page.fill("#q", "help")
    follow(page.locator("form.search button"))
    follow(page.locator(".card h3 a").first)
    page.goto(public_path(last, language))


@pytest.mark.parametrize("last", ["about", "fault", "too_long", "admin_login"])
def test_back_never_shows_a_page_of_ours(page, base_url, destination, last):
    painted = []
    page.expose_binding("painted", lambda source, address: painted.append(address))
    page.context.add_init_script(TELL_PAINT)
    walk(page, "nl", last)
    page.screenshot()  # waits for the last page to be painted
    seen_before = [address for address in painted if address.startswith(base_url)]

    page.click("a.exit")
    wait_until_away(page, destination)
    painted.clear()
    for _ in range(3):
        go_back(page, destination)

    assert len(seen_before) >= 3
    assert [address for address in painted if address.startswith(base_url)] == []
    assert page.evaluate("history.length") == 5  # the blank page at first, and four pages


def test_coming_back_over_a_bad_connection_shows_nothing(page, destination):
    walk(page, "nl", "about")
    page.click("a.exit")
    wait_until_away(page, destination)
    told = states_told_by(page)

    with destination.silent():
        page.evaluate("() => { setTimeout(() => history.back()) }")
        page.wait_for_url("**/praktijken/**", wait_until="commit")
        page.wait_for_event("console", lambda message: message.text.startswith("told"))
        left = [state for state in told if "praktijken" in state["path"]]

    assert left
    for state in left:
        assert (state["boxes"], state["title"]) in [(0, destination.host), UNREAD]
        assert (state["text"], state["typed"], state["kept"]) == ("", "", ["exit"])
    wait_until_away(page, destination)


def test_reloading_on_the_way_out_shows_nothing(page, destination):
    page.goto(public_path("detail", "nl"))
    page.evaluate("sessionStorage.setItem('exit', '1')")

    page.evaluate("() => { setTimeout(() => location.reload()) }")

    wait_until_away(page, destination)


def test_later_visit_in_the_same_tab_works(page, destination):
    walk(page, "nl", "about")
    page.click("a.exit")
    wait_until_away(page, destination)
    go_back(page, destination)

    visit(page, "list", "nl")
    kept = page.evaluate("Object.keys(sessionStorage)")
    follow(page.locator(".card h3 a").first)
    page.go_back()
    page.reload()

    assert kept == []
    assert page.locator("[data-total]").is_visible()
    assert page.evaluate("Object.keys(sessionStorage)") == []


@pytest.mark.parametrize("kind", ["home", "admin_login"])
def test_half_filled_form_is_not_restored(page, destination, kind):
    field = {"home": "#q", "admin_login": "#id_username"}[kind]
    visit(page, kind, "nl")
    page.fill(field, "half a word")
    page.click("a.exit")
    wait_until_away(page, destination)

    visit(page, kind, "nl")

    assert page.input_value(field) == ""


# --- Pages that the browser keeps whole --------------------------------------------------------


@pytest.fixture
def keeping_page(playwright, browser_type_launch_args, base_url):
    """A page of a browser that keeps whole pages for Back, which the test tool switches off."""
    keeping = chromium(WITH_WINDOWS)
    if not keeping:
        pytest.skip("chromium is not installed; without windows it keeps no pages")
    browser = playwright.chromium.launch(
        **browser_type_launch_args | {"executable_path": keeping},
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser.new_page(base_url=base_url)
    browser.close()


def test_kept_page_is_shown_again_on_back(keeping_page):
    keeping_page.goto(public_path("home", "nl"))
    keeping_page.evaluate("window.isKept = true")
    follow(keeping_page.locator(".rooms a").nth(1))

    keeping_page.go_back(wait_until="commit")

    assert keeping_page.evaluate("window.isKept")
    assert keeping_page.locator("h1").is_visible()


def test_kept_page_leaves_again_after_the_exit(keeping_page, destination):
    keeping_page.goto(public_path("home", "nl"))
    follow(keeping_page.locator(".rooms a").nth(1))
    keeping_page.click("a.exit")
    wait_until_away(keeping_page, destination)

    go_back(keeping_page, destination)

    assert keeping_page.locator("p").inner_text() == "It rains."
