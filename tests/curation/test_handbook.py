"""The handbook says the same in three languages, with a picture wherever it names one."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from curation.handbook import HEADING, TEXTS, folder_of, text_in
from tests.browser.test_handbook_pictures import PICTURES
from tests.pages import links
from tests.staff import curator_client, make_account

LANGUAGES = ("nl", "fr", "en")
FOLDER = settings.BASE_DIR / "curation" / "static"
PICTURE = re.compile(r'<img src="([^"]+)" alt="([^"]*)"')
SECTION = re.compile(r'<section id="(\w+)">(.*?)</section>', re.DOTALL)
MOST, MOST_IN_ALL = 40_000, 1_000_000


def shape(language):
    """Per section its tags and pictures, in order."""
    parts = SECTION.findall(text_in(language))
    return [
        (name, re.findall(r"<(h2|p|ul|li|img)\b", text), names_of_pictures(text))
        for name, text in parts
    ]


def names_of_pictures(text):
    return [re.search(r"(\w+)[\w.]*\.webp$", address)[1] for address, _alt in PICTURE.findall(text)]


def files(language):
    return {path.stem: path for path in (FOLDER / folder_of(language)).iterdir()}


def test_there_is_a_text_in_every_language():
    assert tuple(TEXTS) == LANGUAGES
    assert len(HEADING.findall(text_in("en"))) == 18


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_text_has_the_same_parts_as_in_english(language):
    assert shape(language) == shape("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_and_shown_once(language):
    named = names_of_pictures(text_in(language))

    assert sorted(named) == sorted(PICTURES) == sorted(files(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_told_in_its_own_language(language):
    own = [alt for _address, alt in PICTURE.findall(text_in(language))]
    others = {
        alt
        for other in LANGUAGES
        if other != language
        for _address, alt in PICTURE.findall(text_in(other))
    }

    assert all(own)
    assert len(set(own)) == len(PICTURES)
    assert not set(own) & others


def test_pictures_stay_small():
    sizes = [path.stat().st_size for one in LANGUAGES for path in files(one).values()]

    assert max(sizes) <= MOST
    assert sum(sizes) <= MOST_IN_ALL


def test_french_keeps_its_no_break_spaces():
    assert re.findall(r"[^\N{NO-BREAK SPACE}\w)\"/%;.=]?[ ][:;?!»]|« ", text_in("fr")) == []


@pytest.mark.django_db
def test_every_page_of_staff_leads_to_the_handbook():
    client = curator_client(make_account(is_superuser=False))

    page = client.get(reverse("admin:index"))

    assert reverse("handbook") in links(page)
    assert f"#{'never'}" in links(client.get(reverse("handbook")))
