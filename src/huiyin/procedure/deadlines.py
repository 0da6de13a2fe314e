"""When a term ends, and why on that day.

The Regulations have no counting clause. By analogy with 民法典 Arts. 201 and 203 and 民事诉讼法 Art. 85 the start day
is not counted, and a last day that is not a working day moves to the next one. That move protects petitioners;
an office reminds itself by the last working day on or before the unmoved date (宜办完). A term of 0 days, as that of reporting an
urgent matter (Art. 25), ends on the day it starts and waits for no working day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, get_args

from huiyin.procedure.actions import Ending
from huiyin.procedure.calendars.calendar import Calendar
from huiyin.procedure.explanations import explain, explain_same_day
from huiyin.procedure.terms import TERMS, Term
from huiyin.procedure.words import Words, day_words

LAST_YEAR = 2099
SOON_WORKDAYS = 3
Urgency = Literal["late", "today", "soon", "calm"]
NOT_DONE = frozenset(get_args(Ending)) - {"done", "extended"}  # outcomes of clocks that ended without being done


class OutsideCalendar(ValueError):
    """A date that no calendar speaks of; `words` say it to a person."""

    def __init__(self, day: date, calendar: Calendar) -> None:
        first = calendar.first_year
        self.words = Words(
            f"{day.isoformat()}不在可以计算的范围内：日期要在{first}年到{LAST_YEAR}年之间。",
            f"{day.isoformat()} cannot be computed: dates must lie between {first} and {LAST_YEAR}.",
        )
        super().__init__(self.words.en)


@dataclass(frozen=True)
class Deadline:
    """A computed term. `raw` is the last counted day, `due` the statutory date (rolled to a working day),
    `internal_due` the date by which an office should be done (for petitioners' rights the same as `due`).
    `provisional`: a day that decided it is not official yet. `calendar` is the calendar's version.
    """

    term: Term
    start: date
    raw: date
    due: date
    internal_due: date
    provisional: bool
    calendar: str
    steps: tuple[Words, ...]

    @property
    def explanation(self) -> Words:
        """The numbered steps, one a line."""
        zh = "\n".join(f"{number}. {step.zh}" for number, step in enumerate(self.steps, 1))
        en = "\n".join(f"{number}. {step.en}" for number, step in enumerate(self.steps, 1))
        return Words(zh, en)


def compute(term: Term, start: date, calendar: Calendar) -> Deadline:
    """The end of `term` when the day it starts from is `start`. Raises OutsideCalendar before the calendar's
    first year and after 2099; beyond the listed years only weekends are known and the result is provisional.
    """
    _check(start, calendar)
    return _computed(term, start, calendar)


@lru_cache(maxsize=4096)
def _computed(term: Term, start: date, calendar: Calendar) -> Deadline:
    if term.days == 0:
        return Deadline(term, start, start, start, start, False, calendar.version, explain_same_day(term, start))
    raw = calendar.add_workdays(start, term.days) if term.unit == "workday" else start + timedelta(term.days)
    due = calendar.next_workday(raw)
    internal_due = _internal_due(term, start, raw, calendar) or due
    first_consulted = start if term.unit == "workday" else min(raw, internal_due)
    unofficial = tuple(
        year for year in range(first_consulted.year, due.year + 1) if year not in calendar.official_years
    )
    steps = explain(term, start, raw, due, internal_due, unofficial, calendar)
    return Deadline(term, start, raw, due, internal_due, bool(unofficial), calendar.version, steps)


def _check(start: date, calendar: Calendar) -> None:
    if isinstance(start, datetime):
        raise TypeError("a term starts on a date, not at a moment")
    if not calendar.first_year <= start.year <= LAST_YEAR:
        raise OutsideCalendar(start, calendar)


def _internal_due(term: Term, start: date, raw: date, calendar: Calendar) -> date | None:
    """The last working day on or before `raw`, for an office; None where no such day follows the start."""
    if term.duty == "petitioner":
        return None
    day = calendar.previous_workday(raw)
    return day if day > start else None


def urgency(due: date, today: date, calendar: Calendar) -> Urgency:
    """late: the day has passed; today; soon: at most 3 working days left; calm: more."""
    if due < today:
        return "late"
    if due == today:
        return "today"
    return "soon" if calendar.workdays_between(today, due) <= SOON_WORKDAYS else "calm"


def due_words(due: date, today: date, calendar: Calendar, done: bool = False) -> Words:
    """The distance to a due date in words: 还剩3个工作日, 今天到期, 已超期2个工作日; done: 已办完.

    Where no working day lies between (only a weekend or a holiday), natural days are said.
    """
    if done:
        return Words("已办完", "Done")
    if due == today:
        return Words("今天到期", "Due today")
    distance = _distance(due, today, calendar)
    if due < today:
        return Words(f"已超期{distance.zh}", f"{distance.en} late")
    return Words(f"还剩{distance.zh}", f"{distance.en} left")


def done_words(due: date, done_on: date, calendar: Calendar) -> Words:
    """When it was done, and how late if it was: 2月9日办完; 2月12日办完，超期2个工作日."""
    when = day_words(done_on, year=done_on.year != due.year)
    if done_on <= due:
        return Words(f"{when.zh}办完", f"Done on {when.en}")
    distance = _distance(due, done_on, calendar)
    return Words(f"{when.zh}办完，超期{distance.zh}", f"Done on {when.en}, {distance.en} late")


def broken_off_late(term: str, outcome: str, due: date, on: date) -> bool:
    """Whether a clock ended without being done, when the office was late with it by then."""
    return outcome in NOT_DONE and on > due and TERMS[term].duty == "office"


def _distance(due: date, day: date, calendar: Calendar) -> Words:
    workdays = abs(calendar.workdays_between(day, due))
    if workdays:
        return Words(f"{workdays}个工作日", f"{workdays} working {'day' if workdays == 1 else 'days'}")
    days = abs((due - day).days)
    return Words(f"{days}天", f"{days} {'day' if days == 1 else 'days'}")
