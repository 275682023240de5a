"""What was typed and not saved is guarded, except from the exit."""

from tests.browser.conftest import follow, path_of
from tests.browser.made_up import open_page


def type_something(page, made_up):
    """By keys: a browser asks nothing of who has not touched the page."""
    open_page(page, "record", made_up, "nl")
    page.locator("#id_summary_nl").press_sequentially("Bel ons. ")


def answer(page, stays):
    """The kinds of questions that the browser asks from now on; each is answered so."""
    asked = []

    def decide(dialog):
        asked.append(dialog.type)
        if stays:
            dialog.dismiss()
        else:
            dialog.accept()

    page.on("dialog", decide)
    return asked


def test_leaving_asks_once_something_is_typed(curator, made_up):
    asked = answer(curator, stays=True)
    type_something(curator, made_up)
    address = curator.url

    curator.click("#site-name a")
    curator.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert curator.url == address
    assert "Bel ons. " in curator.input_value("#id_summary_nl")


def test_who_wants_to_leave_does(curator, made_up, base_url):
    asked = answer(curator, stays=False)
    type_something(curator, made_up)

    follow(curator.locator("#site-name a"))

    assert asked == ["beforeunload"]
    assert curator.url == base_url + path_of("admin:index", "nl")


def test_leaving_asks_nothing_while_nothing_is_typed(curator, made_up):
    asked = answer(curator, stays=True)
    open_page(curator, "record", made_up, "nl")
    curator.click("#id_change_reason")

    follow(curator.locator("#site-name a"))

    assert asked == []


def test_exit_never_asks(curator, made_up, destination):
    asked = answer(curator, stays=True)
    type_something(curator, made_up)

    curator.click("a.exit")
    curator.wait_for_url(destination.url)

    assert asked == []


def test_saving_asks_nothing_and_keys_save(curator, made_up):
    asked = answer(curator, stays=True)
    type_something(curator, made_up)

    with curator.expect_navigation():
        curator.keyboard.press("Control+s")

    assert curator.locator(".messagelist .success").count() == 1
    open_page(curator, "record", made_up, "nl")
    assert "Bel ons. " in curator.input_value("#id_summary_nl")
    assert asked == []


def test_keys_save_a_translation(curator, made_up):
    asked = answer(curator, stays=True)
    open_page(curator, "translate", made_up, "nl")
    curator.fill("#id_summary_fr", "")
    curator.locator("#id_summary_fr").press_sequentially("Nous écoutons.")

    with curator.expect_navigation():
        curator.keyboard.press("Control+s")

    assert curator.url.endswith(path_of("translation_list", "nl"))
    open_page(curator, "translate", made_up, "nl")
    assert curator.input_value("#id_summary_fr") == "Nous écoutons."
    assert asked == []
