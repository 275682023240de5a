"""What a caseworker hands over: on the screen, as PDF, as a letter; the same facts in each."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from pypdf import PdfReader

from practices.asking import MOST_KEPT, seal_search
from tests.factories import in_all, make_actor, make_contact, make_help_line, make_practice
from tests.pages import address, body, codes, get, links, text, total

pytestmark = pytest.mark.django_db
LONG = "Verein für Beratung und Begleitung von Familien und Nahestehenden – ein langer Name"


@pytest.fixture(autouse=True)
def _practice():
    actor = make_actor(**in_all("name", "Open house"))
    make_contact(actor, value="02 111 22 33", year=2017)
    make_contact(actor, kind="website", value="https://open.example.org", year=None)
    make_practice("BE11", lead_actor=actor, cost="free", **in_all("name", "Talk group"))
    make_help_line(number="107", year=2023, languages=["nl", "fr", "en"])
    make_help_line(number="112", is_urgent=True, languages=["nl", "fr", "en"])


def paper(*kept, language="en"):
    token = seal_search("&".join(f"keep={code}" for code in kept))
    return get(address("shortlist_handout", token, language=language))


def pdf(*kept, language="en"):
    token = seal_search("&".join(f"keep={code}" for code in kept))
    response = get(address("shortlist_handout_pdf", token, language=language))
    assert response.status_code == 200
    return response, PdfReader(BytesIO(response.content))


def words_of(reader):
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


FACTS = (
    "Useful numbers and addresses",
    "Talk group en",
    "Open house en",
    "02 111 22 33",
    "source of 2017, check before use",
    "source undated, check before use",
    "Cost: free",
    "Not stated in our sources:",
    "What you can say when you call",
    "107",
    "112",
    "For the file",
    "BE11",
    "Notes",
)


@pytest.mark.thorough
@pytest.mark.parametrize("fact", FACTS)
def test_screen_and_paper_say_the_same(fact):
    _, reader = pdf("BE11")

    assert fact in text(paper("BE11")).replace("\N{NO-BREAK SPACE}", " ")
    assert fact in words_of(reader)


@pytest.mark.parametrize(("language", "title", "say"), [
    ("nl", "Handige nummers en adressen", "Wat je kunt zeggen als je belt"),
    ("fr", "Numéros et adresses utiles", "Ce que vous pouvez dire au téléphone"),
    ("en", "Useful numbers and addresses", "What you can say when you call"),
])  # fmt: skip
def test_handout_speaks_the_language_chosen(language, title, say):
    _, reader = pdf("BE11", language=language)

    assert title in words_of(reader)
    assert say in words_of(reader)
    assert reader.root_object["/Lang"] == language
    assert title in text(paper("BE11", language=language))


def test_paper_does_not_tell_what_it_is_about():
    response, reader = pdf("BE11")

    assert reader.metadata.title == "Useful numbers and addresses"
    assert not reader.metadata.author
    assert 'filename="addresses.pdf"' in response.headers["Content-Disposition"]
    for word in ("family support", "radical", "extrem"):
        assert word not in reader.pages[0].extract_text().lower()


def test_pdf_is_tagged_and_kept_nowhere():
    response, reader = pdf("BE11")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(1, MOST_KEPT + 1))
def test_what_is_handed_over_fits_on_one_sheet(number):
    kept = [f"BE{30 + each}" for each in range(number)]
    for code in kept:
        actor = make_actor(**in_all("name", LONG))
        make_contact(actor)
        make_contact(actor, kind="website", value=f"https://{'long' * 12}.example.org/{code}")
        make_practice(
            code,
            lead_actor=actor,
            **in_all("name", LONG),
            **in_all("summary", ("Words of a long summary. " * 12)[:290]),
        )
    _, reader = pdf(*kept)
    sheets = [" ".join(page.extract_text().split()) for page in reader.pages]

    assert "What you can say when you call" in sheets[0]
    assert "For the file" in sheets[1]
    assert sheets[0].count(LONG) >= number


def test_ended_practice_has_no_number():
    actor = make_actor()
    make_contact(actor, value="02 999 88 77")
    ended = {"operating_status": "ended", "is_operating_status_date_unknown": True}
    make_practice("BE12", lead_actor=actor, **ended)
    _, reader = pdf("BE12")

    for told in (text(paper("BE12")), words_of(reader)):
        assert "02 999 88 77" not in told
        assert "This practice has ended." in told


def test_text_of_a_record_is_never_taken_for_markup():
    trap = '#panic("x") $1/0$ \\ *b* <tag> @ref [c] = T'
    make_practice("BE13", **{f"name_{code}": trap for code in ("nl", "fr", "en")})
    _, reader = pdf("BE13")

    assert '#panic("x")' in words_of(reader)


def test_each_practice_has_its_picture_and_its_short_address():
    page = paper("BE11")

    assert codes(page) == ["BE11"]
    assert total(page) == 1
    assert body(page).count('class="segno"') == 1
    assert "testserver/p/BE11" in text(page)
    assert "<style" not in body(page)
    assert " style=" not in body(page)


def test_picture_leads_to_the_page():
    drawn = segno.make("http://testserver/p/BE11", error="m", micro=False)
    path = drawn.svg_inline(border=2, omitsize=True)

    assert path in body(paper("BE11"))


def test_letter_says_what_the_paper_says():
    letter = next(link for link in links(paper("BE11")) if link.startswith("mailto:"))
    parts = parse_qs(urlsplit(letter).query)

    assert parts["subject"] == ["Useful numbers and addresses"]
    assert "02 111 22 33 (source of 2017, check before use)" in parts["body"][0]
    assert "testserver/p/BE11" in parts["body"][0]
