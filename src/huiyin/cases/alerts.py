"""On which days must somebody look at a case again? Pure; the sweep and the one door both ask here.

Office terms ring three working days before the day to be done by, on that day, on the day after the statutory date, and on
the first working day of every week after. Acting on a case never moves these days. A matter without a running office term
is looked at when five working days passed without an act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from huiyin.procedure.actions import Running
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.terms import TERMS

IDLE_WORKDAYS = 5
SOON_WORKDAYS = 3


def next_look(
    clocks: Iterable[Running], *, is_open: bool, since: date, acted_on: date, calendar: Calendar
) -> date | None:
    """The first day, `since` or later, on which the case must be looked at; None if there is nothing to wait for."""
    clocks = list(clocks)
    days = [day for clock in clocks for day in _days_of(clock, since, calendar) if day >= since]
    if is_open and not any(is_office_duty(clock) for clock in clocks):
        days.append(max(since, calendar.add_workdays(acted_on, IDLE_WORKDAYS)))
    return min(days, default=None)


def level(clock: Running, on: date, calendar: Calendar) -> str:
    """What an office term's alarm says on a day: soon, due, late or nothing ("")."""
    if on > clock.due:
        return "late"
    if on >= clock.internal:
        return "due"
    return "soon" if on >= _soon_on(clock, calendar) else ""


def is_office_duty(clock: Running) -> bool:
    return TERMS[clock.term].duty == "office"


def leading(clocks: Iterable[Running]) -> Running | None:
    """The term that a list shows: the office term that ends first, else the petitioner's."""
    return min(clocks, key=lambda clock: (not is_office_duty(clock), clock.due, clock.term), default=None)


def _days_of(clock: Running, since: date, calendar: Calendar) -> Iterator[date]:
    day_after = clock.due + timedelta(days=1)
    if is_office_duty(clock):
        yield _soon_on(clock, calendar)
        yield clock.internal
        yield calendar.next_workday(since + timedelta(days=-since.weekday() % 7)) if since > day_after else day_after
    else:
        yield max(day_after, since)


def _soon_on(clock: Running, calendar: Calendar) -> date:
    day = clock.internal
    for _ in range(SOON_WORKDAYS):
        day = calendar.previous_workday(day - timedelta(days=1))
    return max(day, clock.start)
