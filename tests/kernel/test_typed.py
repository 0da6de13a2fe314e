"""What people type becomes one plain line, and nothing that they meant is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiyin.kernel.typed import half_width, one_line, row_number


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  孟庆兰 ", "孟庆兰"),
        ("孟\u3000庆\t兰\r\n", "孟 庆 兰"),
        ("a  b", "a b"),
        ("\u200b孟\ufeff庆\u202e兰", "孟庆兰"),
        ("孟\x00庆\ud842兰", "孟 庆 兰"),
        ("𠮷田䶮", "𠮷田䶮"),
        ("e\u0301", "é"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("", ""),
    ],
)
def test_text_comes_on_one_line(typed: str, plain: str) -> None:
    assert one_line(typed) == plain


def test_full_width_signs_become_plain() -> None:
    assert half_width("１１０－ＡＢｘ：（）") == "110-ABx:()"


@given(some.text())
def test_any_text_can_be_kept_and_stays_when_read_again(typed: str) -> None:
    plain = one_line(typed)
    plain.encode("utf-8")
    assert "\x00" not in plain and "\n" not in plain
    assert one_line(plain) == plain


@pytest.mark.parametrize("sent", ["", "-1", "1.5", "²", "٣", "9" * 5000, None, True, [], 1.0])
def test_what_is_no_number_of_a_row_is_none(sent: object) -> None:
    assert row_number(sent) is None


def test_the_number_of_a_row_is_read() -> None:
    assert (row_number(" 42 "), row_number(7)) == (42, 7)
