"""On which days must somebody look at a case again, and what rings when they do? Pure; the sweep and the one door ask here.

Office terms ring three working days before the day to be done by, on that day and on the day after the statutory date; a late
one is looked at on the first working day of every week after. Acting on a case never moves these days. A matter without any
running term is looked at when five working days passed without an act, one whose opinion is to be executed on the day after
that date, an extension that was not told and a review that nobody was named for after three. What the rules are stands in `procedure.alarms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huiyin.procedure.actions import Running
from huiyin.procedure.alarms import EXTENSION_WORKDAYS, IDLE_WORKDAYS, SOON_WORKDAYS, UNTAKEN_WORKDAYS, kind_of
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.terms import TERMS

Marks = Mapping[str, Any]
ONE_DAY = timedelta(days=1)
FOLLOWED = frozenset({"execute", "perform"})
REVIEWS = frozenset({"review", "rereview"})


@dataclass(frozen=True)
class Ringing:
    """Something that rings on a day: its rule, the term it is about ("" if none), and the date that is due."""

    kind: str
    term: str = ""
    due: date | None = None


def next_look(
    clocks: Iterable[Running], *, is_open: bool, since: date, acted_on: date, calendar: Calendar, marks: Marks | None = None
) -> date | None:  # fmt: skip
    """The first day, `since` or later, on which the case must be looked at; None if there is nothing to wait for."""
    clocks = list(clocks)
    days = [day for clock in clocks for day in _days_of(clock, since, calendar) if day >= since]
    if is_open and not clocks:
        days.append(max(since, calendar.add_workdays(acted_on, IDLE_WORKDAYS)))
    days += [max(since, first) for _, first in _waiting(clocks, marks or {}, calendar)]
    if execution := to_execute(marks or {}):
        days.append(_weekly(execution + ONE_DAY, since, calendar))
    return min(days, default=None)


def look_after_an_act(
    clocks: Iterable[Running], *, is_open: bool, today: date, calendar: Calendar, marks: Marks
) -> date | None:
    """The next look after an act of today: today itself if anything rings, as no sweep may have seen it yet."""
    clocks = list(clocks)
    if rings(clocks, marks, is_open=is_open, on=today, acted_on=today, calendar=calendar):
        return today
    return next_look(clocks, is_open=is_open, since=today, acted_on=today, calendar=calendar, marks=marks)


def rings(
    clocks: Iterable[Running], marks: Marks, *, is_open: bool, on: date, acted_on: date, calendar: Calendar
) -> list[Ringing]:
    """What rings on a day because it holds on that day; alarms that an act raises are not here."""
    clocks = list(clocks)
    found = [ringing for clock in clocks if (ringing := _of_term(clock, on, calendar))]
    if is_open and not clocks and on >= calendar.add_workdays(acted_on, IDLE_WORKDAYS):
        found.append(Ringing("idle"))
    found += _for_senders(clocks, marks, on, calendar) if is_open else []
    found += [Ringing(kind) for kind, first in _waiting(clocks, marks, calendar) if on >= first]
    execution = to_execute(marks)
    return [*found, Ringing("unexecuted", "", execution)] if execution and on > execution else found


def _for_senders(clocks: list[Running], marks: Marks, on: date, calendar: Calendar) -> list[Ringing]:
    """What rings for whoever passed the matter on: an objection to decide, a petitioner not told, a term that the receiver let pass."""
    if not marks.get("senders"):
        return []
    found = [Ringing("objected")] if marks.get("objected_on") else []
    if not marks.get("transfer_told_on"):
        found += [
            Ringing("untold", each.term, each.due)
            for each in clocks
            if each.term == "notice" and level(each, on, calendar)
        ]
    late = (each for each in clocks if is_office_duty(each) and each.term not in FOLLOWED and on > each.due)
    return found + [Ringing("sent_late", each.term, each.due) for each in late]


def _waiting(clocks: list[Running], marks: Marks, calendar: Calendar) -> Iterator[tuple[str, date]]:
    """What waits for somebody besides the terms, and from which day on that rings: an extension that the petitioner was not told of,
    a review for which the unit above named nobody."""
    running = {clock.term: clock for clock in clocks}
    told = marks.get("extension_told_on") or marks.get("identity_unclear")
    if "extend" in running and marks.get("extended_on") and not told:
        yield "extension_untold", calendar.add_workdays(date.fromisoformat(marks["extended_on"]), EXTENSION_WORKDAYS)
    for term in REVIEWS & running.keys() if waits_above(marks) else ():
        yield "untaken", calendar.add_workdays(running[term].start, UNTAKEN_WORKDAYS)


def waits_above(marks: Marks) -> bool:
    """Whether a review was asked of a unit here that has named nobody for it yet."""
    return bool(marks.get("asked_here")) and not marks.get("review_taken")


def to_execute(marks: Marks) -> date | None:
    """The day by which a supported request is to be executed, while no execution is recorded."""
    kept = marks.get("execution_due_on")
    return date.fromisoformat(kept) if kept and not marks.get("executed_on") else None


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
    """The term that a list shows: the office term that ends first – what only has to be carried out comes after the others –,
    else the petitioner's."""
    return min(clocks, key=_precedence, default=None)


def _precedence(clock: Running) -> tuple[bool, bool, date, str]:
    return not is_office_duty(clock), clock.term in FOLLOWED, clock.due, clock.term


def _of_term(clock: Running, on: date, calendar: Calendar) -> Ringing | None:
    says = level(clock, on, calendar) if is_office_duty(clock) else ""
    if says == "late" and clock.term in FOLLOWED:
        return None  # that rings as `unexecuted`
    return Ringing(kind_of(clock.term, says), clock.term, clock.due) if says else None


def _days_of(clock: Running, since: date, calendar: Calendar) -> Iterator[date]:
    day_after = clock.due + ONE_DAY
    if is_office_duty(clock):
        yield _soon_on(clock, calendar)
        yield clock.internal
        yield _weekly(day_after, since, calendar)
    else:
        yield max(day_after, since)


def _weekly(first: date, since: date, calendar: Calendar) -> date:
    """`first`, and after it the first working day of every week."""
    return calendar.next_workday(since + timedelta(days=-since.weekday() % 7)) if since > first else first


def _soon_on(clock: Running, calendar: Calendar) -> date:
    day = clock.internal
    for _ in range(SOON_WORKDAYS):
        day = calendar.previous_workday(day - ONE_DAY)
    return max(day, clock.start)
