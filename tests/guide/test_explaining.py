"""Words of the glossary in a text: nothing is lost, nothing broken, nothing explained twice."""

import re
from html.parser import HTMLParser

import pytest
from django.template.defaultfilters import linebreaks
from hypothesis import given
from hypothesis import strategies as st

from guide.explaining import MOST, Finder, PageWords, forms_of
from guide.models import GlossaryTerm

FORMS = {
    "radicalisation": "radicalisation\nradicalization",
    "violent": "violent radicalisation",
    "safety": "cellule de sécurité\nl'extrémisme",
    "odd": "amp\nlt\nx27\na < b",
}
WORDS = st.sampled_from(
    ["radicalisation", "violent", "Radicalisation", "&", "<", ">", '"', "'", "amp", "&amp;", "\n"]
    + ["\n\n", " ", "-", "é", "cellule de sécurité", "<a href=#>radicalisation</a>", "l'extrémisme"]
)
TEXTS = st.lists(WORDS | st.text(max_size=8)).map("".join)


def terms():
    return [GlossaryTerm(pk=number, code=code, forms_en=forms) for number, (code, forms) in
            enumerate(FORMS.items(), start=1)]  # fmt: skip


class Words(PageWords):
    """With the forms above, without a database."""

    def explain(self, html, language="en"):
        return super().explain(html, language)


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    finder = Finder(terms(), "en")
    monkeypatch.setattr("guide.explaining.finder_of", lambda language, version: finder)


def explained(html):
    return str(Words(None).explain(html))


class Checker(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.deepest_links, self.words = [], 0, []

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)
        self.deepest_links = max(self.deepest_links, self.open.count("a"))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def checked(html):
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert checker.open == []
    assert checker.deepest_links <= 1
    return "".join(checker.words)


@given(TEXTS)
def test_no_text_is_lost_and_no_markup_broken(words):
    html = linebreaks(words, autoescape=True)

    assert checked(explained(html)) == checked(html)


@given(TEXTS)
def test_the_links_alone_are_added(words):
    html = str(linebreaks(words, autoescape=True))

    assert re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", explained(html)) == html


@given(st.lists(TEXTS, max_size=5))
def test_each_word_is_explained_once_a_page(texts):
    words = Words(None)
    page = "".join(words.explain(linebreaks(one, autoescape=True)) for one in texts)

    assert page.count('class="term"') == len(words.notes) <= MOST


@pytest.mark.parametrize(("html", "found"), [
    ("<p>Radicalisation here</p>", ["Radicalisation"]),
    ("<p>violent radicalisation</p>", ["violent radicalisation"]),
    ("<p>violent  radicalisation, radicalisation</p>",
     ["violent  radicalisation", "radicalisation"]),
    ("<p>deradicalisation</p>", []),
    ("<p>de-radicalisation and radicalisation-free</p>", []),
    ("<p>radicalisations</p>", []),
    ("<p>cellule de securite</p>", []),
    ("<p>CELLULE DE SÉCURITÉ</p>", ["CELLULE DE SÉCURITÉ"]),
    ("<p>l&#x27;extrémisme</p>", ["l&#x27;extrémisme"]),
    ("<p>a &amp; b &lt; c</p>", []),
    ("<h2>radicalisation</h2><p>radicalisation</p>", ["radicalisation"]),
    ('<a href="/radicalisation/">radicalisation</a>', []),
    ("<button><b>radicalisation</b></button>", []),
    ("<summary>radicalisation</summary>", []),
])  # fmt: skip
def test_whole_words_outside_links_headings_and_buttons(html, found):
    assert re.findall(r'<a class="term"[^>]*>(.*?)</a>', explained(html)) == found


def test_forms_are_those_of_one_language():
    assert list(forms_of(terms()[0], "en")) == ["radicalisation", "radicalization"]
    assert list(forms_of(terms()[0], "nl")) == []


def test_no_more_than_six_words_a_page(monkeypatch):
    words = [GlossaryTerm(pk=n, code=f"w{n}", forms_en=f"word{n}") for n in range(9)]
    finder = Finder(words, "en")
    monkeypatch.setattr("guide.explaining.finder_of", lambda language, version: finder)

    page = explained("<p>" + " ".join(f"word{n}" for n in range(9)) + "</p>")

    assert page.count('class="term"') == MOST == 6


def test_a_glossary_without_forms_leaves_texts_as_they_are():
    assert Finder([], "en").replace("radicalisation", lambda *_: "x") == "radicalisation"
