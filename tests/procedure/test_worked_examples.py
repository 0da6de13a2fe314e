"""Examples around every make-up day and every festival of 2004–2026, counted again day by day with chinesecalendar.

For each make-up working day: a notice that ends on it, and an objection that counts across it. For each run of days off:
a notice, a handling term and a request for review that end inside it. And dates known from the yearly notices themselves.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import chinese_calendar
import pytest
from chinese_calendar.constants import holidays, workdays

from huiyin.procedure.calendars import default
from huiyin.procedure.deadlines import compute
from huiyin.procedure.terms import TERMS

DAY = timedelta(days=1)
LAST = date(2026, 12, 31)
FIRST = date(2004, 1, 1)
Example = tuple[str, date]


def works(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def by_hand(code: str, start: date) -> tuple[date, date, date]:
    """raw, due and internal due, walking one day at a time."""
    term = TERMS[code]
    day, left = start, term.days
    while left:
        day += DAY
        left -= 1 if term.unit == "day" or works(day) else 0
    raw = due = internal = day
    while not works(due):
        due += DAY
    while not works(internal):
        internal -= DAY
    return raw, due, due if term.duty == "petitioner" else internal


def _around_make_up_days() -> list[Example]:
    found = []
    for worked in sorted(workdays):
        found += [("notice", worked - 15 * DAY), ("object", worked - 3 * DAY), ("simple-handle", worked - 6 * DAY)]
    return found


def _into_days_off() -> list[Example]:
    first_days = [day for day in sorted(holidays) if day - DAY not in holidays]
    return [
        (code, day - TERMS[code].days * DAY) for day in first_days for code in ("notice", "handle", "request-review")
    ]


EXAMPLES = [
    (code, start)
    for code, start in _around_make_up_days() + _into_days_off()
    if start >= FIRST and start + timedelta(days=TERMS[code].days * 3) < LAST
]


@pytest.mark.parametrize("year", range(2004, 2027))
def test_the_worked_examples_of_a_year_come_out_the_same(year: int) -> None:
    examples = [(code, start) for code, start in EXAMPLES if start.year == year]
    assert len(examples) >= 10
    for code, start in examples:
        deadline = compute(TERMS[code], start, default())
        assert (deadline.raw, deadline.due, deadline.internal_due) == by_hand(code, start), (code, start)
        assert not deadline.provisional


def test_there_are_examples_enough_and_every_years_make_up_days_are_met() -> None:
    assert len(EXAMPLES) >= 200
    ends = Counter(start.year for code, start in EXAMPLES if code == "object")
    assert all(ends[year] for year in range(2004, 2027))


# Known from the yearly notices, without any package: (term, start, raw, due).
KNOWN = [
    ("notice", "2008-01-28", "2008-02-12", "2008-02-13"),  # 春节 6–12 February 2008
    ("notice", "2008-01-18", "2008-02-02", "2008-02-02"),  # Saturday 2 February 2008 was worked
    ("notice", "2013-09-16", "2013-10-01", "2013-10-08"),  # 国庆节 1–7 October 2013
    ("notice", "2015-08-19", "2015-09-03", "2015-09-06"),  # Victory Day 3–5 September; Sunday 6 was worked
    ("notice", "2017-09-16", "2017-10-01", "2017-10-09"),  # 国庆节 and 中秋节 1–8 October 2017
    ("notice", "2018-12-14", "2018-12-29", "2018-12-29"),  # worked for New Year 2019
    ("notice", "2018-12-16", "2018-12-31", "2019-01-02"),  # off, and New Year's Day after it
    ("notice", "2019-04-16", "2019-05-01", "2019-05-05"),  # 1–4 May 2019; Sunday 5 was worked
    ("notice", "2020-09-16", "2020-10-01", "2020-10-09"),  # 国庆节 and 中秋节 1–8 October 2020
    ("notice", "2023-09-14", "2023-09-29", "2023-10-07"),  # 29 September – 6 October; Saturday 7 was worked
    ("notice", "2024-01-26", "2024-02-10", "2024-02-18"),  # 春节 10–17 February; Sunday 18 was worked
    ("notice", "2025-01-13", "2025-01-28", "2025-02-05"),  # 春节 28 January – 4 February 2025
    ("object", "2024-09-12", "2024-09-20", "2024-09-20"),  # 13, Sat 14, 18, 19, 20; 中秋节 15–17
    ("object", "2025-09-26", "2025-10-10", "2025-10-10"),  # Sun 28, 29, 30, 9, 10; 国庆节 1–8
]


@pytest.mark.parametrize(("code", "start", "raw", "due"), KNOWN)
def test_dates_known_from_the_yearly_notices(code: str, start: str, raw: str, due: str) -> None:
    deadline = compute(TERMS[code], date.fromisoformat(start), default())
    assert (deadline.raw.isoformat(), deadline.due.isoformat()) == (raw, due)
