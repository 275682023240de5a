"""Numbers that point at nobody."""

from datetime import timedelta

import pytest

from network.consultations.statistics import rows, tables, withheld
from network.models import Consultation
from tests.factories import make_consultation
from tests.pages import address, body
from tests.staff import curator_client, make_colleague

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        ([], set()),
        ([5, 12, 0], set()),
        ([4, 12, 9], {0, 2}),  # alone it could be reckoned from the total: the next goes too
        ([4, 3, 9], {0, 1}),
        ([1], {0}),
        ([0, 0], set()),
    ],
)
def test_small_numbers_are_withheld(numbers, hidden):
    assert withheld(numbers) == hidden


def test_rows_tell_what_may_be_told():
    assert [row.number for row in rows([("a", 5), ("b", 2), ("c", 7)])] == [None, None, 7]


def ask(number, **facts):
    for _ in range(number):
        make_consultation(**facts)


def test_counts_by_language_and_theme():
    ask(6, language="nl")
    ask(5, language="fr", themes=["accessibility"])

    found = {table.title: {row.label: row.number for row in table.rows} for table in tables()}

    assert found["By language"] == {"Dutch": 6, "French": 5, "English": 0}
    assert found["By theme"] == {"competences en": 6, "accessibility en": 5}


def test_time_until_the_first_answer():
    ask(11)
    for days, one in zip([0, 1, 2, 3, 3, 4], Consultation.objects.all(), strict=False):
        one.answered_at = one.made_at + timedelta(days=days)
        one.save()

    waits = tables()[-1].rows

    assert [row.number for row in waits] == [None, None, 0, 0, 5] or [
        row.number for row in waits
    ] == [5, None, 0, 0, None]


def test_months_without_questions_are_told_too(monkeypatch):
    ask(5)
    first = Consultation.objects.first()
    first.made_at -= timedelta(days=70)
    first.save()

    assert len(tables()[0].rows) in {3, 4}


def test_page_is_for_coordinators(coordinator):
    ask(5)
    path = address("consultation_statistics")

    assert 'class="bar"' in body(curator_client(coordinator).get(path))
    assert curator_client(make_colleague("Expert")).get(path).status_code == 403
    assert curator_client(make_colleague("Publisher")).get(path).status_code == 403
