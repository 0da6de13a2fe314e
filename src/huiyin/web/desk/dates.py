"""Dates as clerks type them: 昨天, 2.9, 2月9日, 2026-02-09, full-width digits too. What is typed is a day that has passed,
unless the form asks for one that may lie ahead."""

from __future__ import annotations

import re
from datetime import date, timedelta

from huiyin.kernel.typed import half_width

NAMED = {  # data: how people write days that are near
    "今天": 0, "今日": 0, "today": 0, "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2, "大前天": -3, "明天": 1, "tomorrow": 1, "后天": 2,
}  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1949, 2099
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})")  # data: dates as written
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")  # data: dates as written


def read_day(typed: str, *, today: date, ahead: bool = False) -> date | None:
    """The day that was typed; None if it is no date. A day without its year is the latest one that is not after today; with
    `ahead` the one nearest to today."""
    plain = re.sub(r"\s", "", half_width(typed)).lower()
    if plain in NAMED:
        return today + timedelta(days=NAMED[plain])
    if full := _FULL.fullmatch(plain):
        year, month, day = (int(part) for part in full.groups() if part)
        return _day(year, month, day)
    if short := _SHORT.fullmatch(plain):
        month, day = int(short[1]), int(short[2])
        if ahead:
            return _nearest(today, month, day)
        this_year = _day(today.year, month, day)
        return this_year if this_year and this_year <= today else _day(today.year - 1, month, day) or this_year
    return None


def iso_day(written: str) -> date | None:
    """A day as addresses and buttons write it (2026-02-09); None if it is none or lies in no year that the desk reckons with."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _nearest(today: date, month: int, day: int) -> date | None:
    found = [made for year in (-1, 0, 1) if (made := _day(today.year + year, month, day))]
    return min(found, key=lambda made: abs(made - today), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
