"""Times of day as clerks type them (9:30, 0930, 9点半, full-width digits too), moments, and days that are still to come."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from huiyin.kernel.clock import ZONE
from huiyin.kernel.typed import half_width
from huiyin.web.desk.dates import read_day

_PARTED = re.compile(r"(\d{1,2})(?:[:.：点时](\d{2}|半)?分?)")  # data: times as written
_YEAR = re.compile(r"\d{4}")
_JOINED = re.compile(r"(\d{1,2})(\d{2})")


def read_time(typed: str) -> time | None:
    """The time that was typed; None if it is none."""
    plain = re.sub(r"\s", "", half_width(typed))
    found = _PARTED.fullmatch(plain) or _JOINED.fullmatch(plain)
    if not found:
        return None
    hour, minute = int(found[1]), 30 if found[2] == "半" else int(found[2] or 0)  # data: half past
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_moment(day: str, at: str, *, today: date) -> datetime | None:
    """The moment of a typed day and time in the office's zone; None if one of them is missing or wrong."""
    on, when = read_day(day, today=today), read_time(at)
    return datetime.combine(on, when, ZONE) if on and when else None


def read_coming(typed: str, *, today: date) -> date | None:
    """A day that is planned: without its year it is the next one that is not before today; None if it is no date."""
    day = read_day(typed, today=today)
    if day is None or day >= today or _YEAR.search(half_width(typed)):
        return day
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return None
