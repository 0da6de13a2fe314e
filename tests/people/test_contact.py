"""Telephone numbers: what is taken and what is refused in which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiyin.kernel.errors import Refused
from huiyin.people.contact import phone_tail, read_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("0451-82345678", "0451-82345678"),
        ("045182345678", "0451-82345678"),
        ("(0451) 8234 5678", "0451-82345678"),
        ("（010）62345678", "010-62345678"),
        ("0451—8234567", "0451-8234567"),
        ("0451-82345678转12", "0451-82345678-12"),
        ("0451-82345678-8012", "0451-82345678-8012"),
        ("010-62345678 ext.3", "010-62345678-3"),
        ("+852 2123 4567", "+85221234567"),
    ],
)
def test_a_telephone_number_is_read_however_it_was_typed(typed: str, kept: str) -> None:
    assert read_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1380000000", "10位"),
        ("12800000000", "看不懂"),
        ("82345678", "区号"),
        ("13800000000/13900000000", "不止一个"),
        ("没有电话", "看不懂"),
        ("😀", "看不懂"),
        ("", "看不懂"),
    ],
)
def test_a_telephone_number_that_can_not_be_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read_phone(typed, field="contact_phone")
    assert words in refused.value.zh
    assert refused.value.field == "contact_phone"


@given(some.text(max_size=30))
def test_no_text_at_all_breaks_the_reading_of_a_phone(typed: str) -> None:
    try:
        assert len(read_phone(typed)) <= 30
    except Refused as refused:
        assert refused.zh and refused.en


@pytest.mark.parametrize(
    ("number", "tail"), [("0451-82345678-12", "5678"), ("0451-82345678", "5678"), ("13812345678", "5678"), ("12", "")]
)
def test_the_tail_is_what_people_name(number: str, tail: str) -> None:
    assert phone_tail(number) == tail
