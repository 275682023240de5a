import pytest

from network.publishing import EditorialStatus
from tests.factories import make_practice
from tests.pages import body, get, links

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("spoken", "path"), [
    ("nl-BE,fr;q=0.5", "/nl/praktijken/be07-nl/"),
    ("fr", "/fr/pratiques/be07-fr/"),
    ("en-GB", "/en/practices/be07-en/"),
    ("ar,fr;q=0.8", "/fr/pratiques/be07-fr/"),
])  # fmt: skip
def test_short_address_leads_to_the_page_in_the_reader_s_language(spoken, path):
    make_practice("BE07")

    response = get("/p/BE07", **{"Accept-Language": spoken})

    assert (response.status_code, response.url) == (302, path)
    assert response.headers["Vary"] == "Accept-Language"
    assert not response.cookies


def test_code_may_be_typed_in_small_letters():
    make_practice("BE07")

    assert get("/p/be07").status_code == 302


@pytest.mark.parametrize("status", [EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW])
def test_hidden_practice_answers_like_none(status):
    make_practice("BE07", editorial_status=status)

    there, nowhere = get("/p/BE07"), get("/p/BE08")

    assert there.status_code == nowhere.status_code == 404
    assert body(there).replace("BE07", "") == body(nowhere).replace("BE08", "")


@pytest.mark.parametrize("code", ["%00", "BE07'--", "é", "BE07/x", "a" * 300, "BE 07"])
def test_other_texts_are_not_found(code):
    assert get(f"/p/{code}").status_code in {400, 404}


def test_page_shows_its_short_address_whole():
    practice = make_practice("BE07")

    page = get(practice.get_absolute_url())

    assert "/p/BE07" in links(page)
    assert ">testserver/p/BE07</a>" in body(page)
