"""Which matters the small demonstration shows: every state, and dates that are near, today, past, extended and provisional."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from huiyin.demo.course import Wish
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import compute
from huiyin.procedure.terms import TERMS

QUICK, STEADY, SLOW = 0.4, 1.0, 2.2
HANDLING = ("assign", "investigate", "draft", "approve")
OLD = 46  # matters of the last months that run their course by chance


@dataclass(frozen=True)
class Chosen:
    """A matter to be shown: the day it came in, how it should run, and the channel if that matters."""

    received_on: date
    wish: Wish = field(default_factory=Wish)
    channel: str = ""


def chosen(today: date, calendar: Calendar, chance: random.Random) -> Iterator[Chosen]:
    """The matters of the small demonstration, in no order."""
    yield from _new(today, calendar)
    yield from _by_due_day(today, calendar, chance)
    yield from _about_to_be_answered(today, calendar)
    yield from _beside(today, calendar)
    for place in range(OLD):
        yield Chosen(calendar.previous_workday(today - timedelta(days=9 + 5 * place)))


def _new(today: date, calendar: Calendar) -> Iterator[Chosen]:
    """Just registered: today, these days, and with the written notice due soon."""
    last = calendar.previous_workday(today)
    for back, channel in ((0, "web"), (0, "visit"), (1, "letter"), (1, "phone"), (2, "web"), (4, "letter")):
        yield Chosen(calendar.previous_workday(last - timedelta(days=back)), Wish("register"), channel)
    for ahead in (0, 2):
        yield Chosen(_start("notice", _workday(today, ahead, calendar), calendar), Wish("register"), "letter")


def _by_due_day(today: date, calendar: Calendar, chance: random.Random) -> Iterator[Chosen]:
    """In work, with the 60 days ending late, today, soon and much later."""
    for ahead, until in (
        (-8, "investigate"),
        (-1, "draft"),
        (0, "approve"),
        (0, "investigate"),
        (1, "draft"),
        (3, "assign"),
    ):
        accepted_on = _start("handle", _workday(today, ahead, calendar), calendar)
        yield _accepted(accepted_on, Wish(until, accepted_on, QUICK), calendar)
    extended_on = _start("handle", _workday(today, -9, calendar), calendar)
    yield _accepted(extended_on, Wish("extend", extended_on, SLOW), calendar)
    for back in (2, 6, 9, 13, 18, 24):
        accepted_on = calendar.previous_workday(today - timedelta(days=back))
        yield _accepted(accepted_on, Wish(chance.choice(HANDLING), accepted_on, QUICK), calendar)


def _about_to_be_answered(today: date, calendar: Calendar) -> Iterator[Chosen]:
    """Signed off, issued, delivered, rated, settled, archived."""
    for back, until in (
        (24, "approve"),
        (26, "issue"),
        (30, "deliver"),
        (33, "evaluate"),
        (38, "deliver"),
        (45, "close"),
    ):
        accepted_on = calendar.previous_workday(today - timedelta(days=back))
        yield _accepted(accepted_on, Wish(until, accepted_on, QUICK), calendar, "web" if until == "deliver" else "")


BESIDE = (
    (6, "passed_on", "forward", "letter"), (13, "objected", "object", "visit"), (7, "informed", "inform", ""), (8, "led", "lead", "letter"),
    (9, "duty", "take_duty", ""), (8, "simple", "simple_accept", "phone"), (40, "agreement", "settle", ""), (30, "withdrawal", "", ""),
    (3, "informed", "object_outside", "hotline"), (34, "resumed", "resume", ""), (2, "urgent", "urgent", "phone"),
    (52, "review", "request_review", "letter"), (58, "review", "take_review", ""), (72, "review", "draft_review", ""),
    (76, "review", "issue_review", ""), (82, "review", "deliver_review", ""),
)  # fmt: skip


def _beside(today: date, calendar: Calendar) -> Iterator[Chosen]:
    """On the ways beside the ordinary path: days since it came in, the way, and the last step taken."""
    for back, way, until, channel in BESIDE:
        day = calendar.previous_workday(today - timedelta(days=back))
        yield Chosen(day, Wish(until, pace=QUICK, way=way), channel)


def _accepted(accepted_on: date, wish: Wish, calendar: Calendar, channel: str = "") -> Chosen:
    return Chosen(calendar.previous_workday(accepted_on - timedelta(days=2)), wish, channel)


def _workday(today: date, ahead: int, calendar: Calendar) -> date:
    """The working day so many working days from today (from the next one, if today is none)."""
    day = calendar.next_workday(today)
    if ahead >= 0:
        return calendar.add_workdays(day, ahead) if ahead else day
    for _ in range(-ahead):
        day = calendar.previous_workday(day - timedelta(days=1))
    return day


def _start(term: str, due: date, calendar: Calendar) -> date:
    """The latest working day from which a term ends on a day, or soon before it."""
    day = due - timedelta(days=TERMS[term].days)
    while not (calendar.is_workday(day) and compute(TERMS[term], day, calendar).due <= due):
        day -= timedelta(days=1)
    return day
