"""Whatever is asked, the list answers, and shows published practices only."""

import random

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.models import Practice
from search.query import search
from tests.pages import codes, practice_list, total

pytestmark = pytest.mark.django_db

relaxed = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
anything = st.text(max_size=200)
WORDS = ["moeder", "zoon", "école", "Luik", "1080", "prison", "-a", "OR", '"', "(", "*", "'é", "ß"]
from_words = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@relaxed
@given(text=anything | from_words, language=st.sampled_from(["nl", "fr", "en"]))
def test_search_never_fails_and_finds_published_practices_only(content, text, language):
    published = set(Practice.objects.published().values_list("code", flat=True))

    for exact in (False, True):
        found = [
            hit.key for hit in search("practice", text.replace("\0", ""), language, exact=exact)
        ]
        assert set(found) <= published
        assert len(found) == len(set(found))


@relaxed
@given(words=anything | from_words, place=anything | from_words)
def test_list_answers_every_pair_of_texts(content, words, place):
    assert practice_list(q=words, place=place).status_code in {200, 400, 414}


@pytest.mark.parametrize(
    "asked", [{}, {"q": "radicalisering"}, {"place": "1080"}, {"sort": "name"}]
)
def test_pages_together_are_the_full_list(content, asked):
    first = practice_list(**asked)
    pages = range(1, (total(first) + 19) // 20 + 1)

    found = [code for page in pages for code in codes(practice_list(**asked, page=page))]

    assert len(found) == len(set(found)) == total(first)


def test_endless_query_is_refused_also_without_a_server_in_front():
    statuses = [
        Client().get("/en/practices/?q=" + "a" * length).status_code
        for length in (7_000, 30_000, 1_000_000)
    ]

    assert statuses == [400, 414, 414]


def test_thousand_parameters_are_answered():
    address = "/en/practices/?" + "&".join(f"target_group=x{number}" for number in range(600))

    assert Client().get(address).status_code in {400, 414}


def test_random_bytes_in_the_address_are_answered():
    chance = random.Random(2018)
    for _ in range(10):
        text = "".join(f"%{chance.randrange(256):02x}" for _ in range(chance.randrange(1, 60)))
        for name in ("q", "place", "sort", "target_group", "page"):
            assert Client().get(f"/fr/pratiques/?{name}={text}").status_code in {200, 400, 404}
