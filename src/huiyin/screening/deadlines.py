"""Until when the sheets of a campaign are handed in, and why on that day.

The Regulations know no number here: the office sets the day itself. Nobody hands in on a rest day, so that a day on which
offices don't work moves to the next one on which they do, by analogy with 民法典 Art. 203, as with the statutory terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.kernel.errors import Refused
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import LAST_YEAR
from huiyin.procedure.explanations import provisional, rolled
from huiyin.procedure.words import Words, day_words

OWN_DAY = Words(
    "排查的期限是本单位自己定的，条例没有规定天数；碰上不上班的日子往后顺延，参照《民法典》第二百零三条。",
    "The day of a screening is the office's own, the Regulations name none; where it is no working day it moves on, "
    "by analogy with Art. 203 of the Civil Code.",
)


@dataclass(frozen=True)
class Day:
    """A day that was asked for, the working day that counts, whether that is provisional, the calendar, and the reasons."""

    asked: date
    due: date
    provisional: bool
    calendar: str
    steps: tuple[Words, ...]


def settle(asked: date, calendar: Calendar) -> Day:
    """The working day on or after `asked`. Raises Refused for years of which no calendar speaks."""
    if not calendar.first_year <= asked.year <= LAST_YEAR:
        raise Refused(
            f"日期要在{calendar.first_year}年到{LAST_YEAR}年之间。",
            f"The date must lie between {calendar.first_year} and {LAST_YEAR}.",
        )
    due = calendar.next_workday(asked)
    unofficial = sorted({asked.year, due.year} - calendar.official_years)
    said = day_words(asked, year=True, weekday=True)
    first = Words(f"定的是{said.zh}。", f"The day that was set is {said.en}.")
    steps = (first, rolled(asked, asked, due, calendar), OWN_DAY, *(provisional(year) for year in unofficial))
    return Day(asked, due, bool(unofficial), calendar.version, steps)
