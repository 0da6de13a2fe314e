# data: invented calendars; nobody sees them
"""Invents next year's holiday calendar, as the yearly notice brings it: longer festivals, and weekends worked in exchange."""

from __future__ import annotations

import random
from datetime import date, timedelta

from huiyin.procedure.calendars import Calendar

CERTAIN = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
SPRING = {
    2027: (2, 6),
    2028: (1, 26),
    2029: (2, 13),
    2030: (2, 3),
    2031: (1, 23),
    2032: (2, 11),
}  # the first day of the year


def next_year(year: int, known: Calendar, chance: random.Random) -> list[dict[str, str]]:
    """The rows of a year that nobody has published yet."""
    month, day = SPRING.get(year, (2, 10))
    rest = {date(year, month, day) for month, day in CERTAIN}
    rest |= {entry.day for entry in known.entries if entry.day.year == year and entry.kind == "rest"}
    rest |= _run(date(year, month, day) - timedelta(days=chance.randint(0, 2)), 8)
    rest |= _run(date(year, 10, 1), chance.randint(7, 8)) | _run(date(year, 5, 1), chance.randint(3, 5))
    rest = {each for each in rest if each.year == year}
    rows = [{"date": each.isoformat(), "kind": "rest", "name_zh": "放假"} for each in sorted(rest)]
    return rows + [{"date": each.isoformat(), "kind": "work", "name_zh": "调休"} for each in _worked(rest, chance)]


def _run(first: date, days: int) -> set[date]:
    return {first + timedelta(days=number) for number in range(days)}


def _worked(rest: set[date], chance: random.Random) -> list[date]:
    """Weekend days around long festivals that are worked in exchange."""
    near = {day + timedelta(days=shift) for day in rest for shift in (-9, -8, -7, 7, 8, 9)}
    free = sorted(day for day in near - rest if day.weekday() >= 5 and day.year == min(rest).year)
    return sorted(chance.sample(free, min(6, len(free))))
