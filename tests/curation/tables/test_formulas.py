import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tablib import Dataset

from curation.tables.formulas import neutral, restored
from curation.tables.limits import Limits
from curation.tables.writing import csv_of, xlsx_of
from tests.curation.tables.sheets import read

WAYS = {"csv": csv_of, "xlsx": xlsx_of}
LARGE = Limits(size=10_000_000, rows=2_000)


@given(st.text(alphabet="'=+-@\t\r ab1", max_size=8))
def test_neutral_text_comes_back_as_it_was(text):
    assert restored(neutral(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_starts_a_formula(text):
    assert neutral(text) == f"'{text}"


def test_telephone_number_stays_as_it_is():
    assert neutral("+32 2 111 22 33") == "+32 2 111 22 33"


def numbers_of_telephones(how_many):
    random_digits = random.Random(32)
    return [
        "+32 " + "".join(random_digits.choice("0123456789 ") for _ in range(12)) + "7"
        for _ in range(how_many)
    ]


@pytest.mark.parametrize("way", WAYS)
def test_a_thousand_telephone_numbers_come_back_byte_for_byte(way):
    numbers = numbers_of_telephones(1_000)
    dataset = Dataset(headers=["code", "phone"])
    for place, number in enumerate(numbers):
        dataset.append([f"XA{place:04d}", neutral(number)])

    data = WAYS[way](dataset)

    assert [texts[1] for _number, texts in read(data, LARGE).rows] == numbers
    if way == "csv":
        assert all(number.encode() in data for number in numbers)


@pytest.mark.parametrize("way", WAYS)
@settings(deadline=None, max_examples=50)  # a workbook is slow on a busy machine
@given(text=st.text(alphabet="'=+-@\t\n _x0D éß漢🙂\"|;,", max_size=12))
def test_any_text_comes_back_in_both_formats(way, text):
    dataset = Dataset(headers=["code", "context_nl"])
    dataset.append(["BE11", neutral(text)])

    assert read(WAYS[way](dataset)).rows == [(2, ["BE11", text])]
