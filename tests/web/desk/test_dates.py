"""Dates as clerks type them."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.web.desk.dates import read_day

TODAY = date(2026, 2, 12)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("今天", date(2026, 2, 12)), ("昨天", date(2026, 2, 11)), ("前天", date(2026, 2, 10)), ("yesterday", date(2026, 2, 11)),
        ("2.9", date(2026, 2, 9)), ("2-9", date(2026, 2, 9)), ("2/9", date(2026, 2, 9)), ("2月9日", date(2026, 2, 9)),
        ("２．９", date(2026, 2, 9)), ("12.30", date(2025, 12, 30)), ("2026-02-09", date(2026, 2, 9)), ("20260209", date(2026, 2, 9)),
        ("2026年2月9号", date(2026, 2, 9)), (" 2026 / 2 / 9 ", date(2026, 2, 9)), ("2.29", None), ("2.30", None), ("13.1", None),
        ("9月", None), ("", None), ("abc", None), ("2026-02-30", None), ("99999999999", None), ("²·⁹", None),
        ("0001-01-01", None), ("1949-10-01", date(1949, 10, 1)), ("2100-01-01", None),
    ],
)  # fmt: skip
def test_a_typed_day_is_read_or_refused(typed: str, day: date | None) -> None:
    assert read_day(typed, today=TODAY) == day


def test_the_29th_of_february_is_the_one_of_the_leap_year_before() -> None:
    assert read_day("2.29", today=date(2025, 1, 5)) == date(2024, 2, 29)


def test_a_day_that_may_lie_ahead_is_the_nearest_of_its_name() -> None:
    today = date(2026, 12, 20)
    for typed, day in (
        ("1.9", date(2027, 1, 9)),
        ("12.24", date(2026, 12, 24)),
        ("12.1", date(2026, 12, 1)),
        ("后天", date(2026, 12, 22)),
        ("2.30", None),
    ):
        assert read_day(typed, today=today, ahead=True) == day, typed
