import pytest

from tests.pages import address, body
from tests.staff import curator_client
from wording.words import avoided_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "Zo schrijven we"), ("fr", "Comment nous écrivons"), ("en", "How we write")],
)
def test_page_tells_the_rules_and_every_word(language, title):
    response = curator_client().get(address("admin:how_we_write", language=language))

    page = body(response)
    assert f"<h1>{title}</h1>" in page
    assert page.count("<tr><td") == sum(len(avoided_words(code)) for code in ("nl", "fr", "en"))
    assert "radicaliseringsdossier…" in page


def test_every_page_of_curators_leads_there():
    page = body(curator_client().get(address("admin:index", language="en")))

    assert f'href="{address("admin:how_we_write", language="en")}"' in page
