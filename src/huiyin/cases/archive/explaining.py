"""Why a clock of a case ends on its day, in words that stay true when the calendar has changed since."""

from __future__ import annotations

from huiyin.cases.models import Clock
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import compute
from huiyin.procedure.terms import TERMS
from huiyin.procedure.words import Words, day_words


def explain(row: Clock, calendar: Calendar) -> list[Words]:
    """The steps of the computation; if the calendar gives other days now, the dates as they were computed then."""
    rule = TERMS[row.term].with_days(row.days)
    deadline = compute(rule, row.start_on, calendar)
    if (deadline.raw, deadline.due, deadline.internal_due) == (row.raw_on, row.due_on, row.internal_on):
        return list(deadline.steps)
    start, due, internal = (day_words(day, year=True) for day in (row.start_on, row.due_on, row.internal_on))
    return [
        Words(
            f"从{start.zh}起算{rule.length.zh}，按当时的日历{row.calendar}，法定期限{due.zh}，宜在{internal.zh}以前办完。",
            f"{rule.length.en} counted from {start.en}; by the calendar of the time, {row.calendar}, due on {due.en}, "
            f"to be done by {internal.en}.",
        )
    ]
