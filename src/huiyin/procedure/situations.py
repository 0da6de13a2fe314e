"""A situation that a matter can be in, as one number: its state, its running clocks (in time or over) and its marks, each in a place
of its own, so that a step changes it and what matters is cut out of it by a single operation on the number.

Days and counts are left out: what they can be is looking.py's. What is kept of a mark is a sample, whose days can be set to any other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, NamedTuple

from huiyin.procedure import engine
from huiyin.procedure.actions import Doer, Running, Situation, Snapshot
from huiyin.procedure.attempts import DOERS, ROLES
from huiyin.procedure.calendars import Calendar, default
from huiyin.procedure.states import STATES

NOW = datetime(2024, 9, 4, 1, tzinfo=UTC)
TODAY = NOW.date()
AN_HOUR_AGO = NOW - timedelta(hours=1)  # longer back than what may be taken back at once
WIDTH = 6  # bits for each state, clock and mark
DIGITS = 7  # bits of the number of a name
PLACE = (1 << WIDTH) - 1
A_DAY, THIS_MOMENT = 1, 2
CODES = ("", *STATES)
LEADING_ON = ROLES[:4]  # whoever supervises takes no step that a matter waits for
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
CLOCK = "clock "  # before the name of a term, which may be that of a mark too
# Lists of people that bar no more than these from what is only handed to others: there is always somebody who had no part in anything
# (attempts.NEWCOMER), so situations are not told apart by them.
BARRING = frozenset({"reviewers", "revoked_of"})
LATE = "late "  # before that of a term: whether its clock is over


class NeedsDay(Exception):
    """It matters which day it is."""


class Unread(str):
    """A day of which nothing is known but that there is one; it can't be read, nor held against another."""

    __slots__ = ()

    def _refuse(self, *others: Any) -> Any:
        raise NeedsDay

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = __str__ = __getitem__ = __contains__ = _refuse


UNREAD = Unread("some day")


class Passing(NamedTuple):
    """What time does in a situation: the clock of `term` gets over, or without a term a moment is gone."""

    term: str
    place: int
    before: int
    change: int

    def touches(self, number: int) -> bool:
        """Whether the clock runs in time there, or the moment is now."""
        return number & self.place == self.before


class Outlines:
    """Gives each name its place and each of its values a number, and keeps a sample of each."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.numbers: dict[str, dict[Any, int]] = {}
        self.samples: dict[tuple[str, int], Any] = {}
        self._kept: dict[tuple[str, int, int | None], Any] = {}

    def place(self, name: str) -> int:
        """The bit at which the place of a name begins; the state stands before all."""
        place = self.places.setdefault(name, WIDTH * (len(self.places) + 1))
        assert place < WIDTH << DIGITS, name
        return place

    def mask(self, names: Collection[str]) -> int:
        """What cuts these names, and the state, out of a situation."""
        return sum(PLACE << self.place(name) for name in names) | PLACE

    def mark(self, name: str, kept: Any) -> int:
        """A mark in its place."""
        if name in BARRING:
            return 0
        outline = _outline(kept)
        numbers = self.numbers.setdefault(name, {None: 0, A_DAY: A_DAY, THIS_MOMENT: THIS_MOMENT})
        number = numbers.setdefault(outline, len(numbers))
        assert number <= PLACE, name
        if (name, number) not in self.samples:
            self.samples[name, number] = _read(kept)
        if number == THIS_MOMENT:
            self.samples.setdefault((name, A_DAY), AN_HOUR_AGO.isoformat())
        return number << self.place(name)

    def running(self, term: str) -> int:
        """A running clock in its place."""
        return 1 << self.place(CLOCK + term)

    def late(self, term: str) -> int:
        """That it is over, in a place of its own."""
        return 1 << self.place(LATE + term)

    def values(self, name: str) -> list[int]:
        """All that is known to stand in the place of a name, nothing among it."""
        numbers = {1} if name.startswith((CLOCK, LATE)) else {known for each, known in self.samples if each == name}
        return [number << self.place(name) for number in {0} | numbers]

    def kept(self, name: str, number: int, ago: int | None) -> Any:
        """What stands in the place of a mark, recorded so many days ago; with UNREAD for its days where None is given."""
        if (found := self._kept.get((name, number, ago))) is None:
            found = self._kept[name, number, ago] = _dated(self.samples[name, number], ago)
        return found

    def when_time_passes(self, names: Collection[str]) -> list[Passing]:
        """What time makes of the clocks and moments among these names."""
        late = [name.removeprefix(LATE) for name in names if name.startswith(LATE)]
        ends = [Passing(t, self.running(t) | self.late(t), self.running(t), self.late(t)) for t in late]
        gone = [self.place(name) for name in names if (name, THIS_MOMENT) in self.samples]
        return ends + [Passing("", PLACE << at, THIS_MOMENT << at, A_DAY - THIS_MOMENT << at) for at in gone]


def situation(snapshot: Snapshot, facts: Mapping[str, Any], by: Doer, now: datetime = NOW) -> Situation:
    """All that a step may look at when it is tried."""
    return Situation(snapshot, facts, by, now, now.date(), _renewed() if by.kind == "system" else default())


@cache
def _renewed() -> Calendar:
    """The same days published anew, so that the system finds something to recompute."""
    return Calendar("renewed", default().entries)


@cache
def running(term: str, over: bool, ago: int) -> Running:
    """A clock that runs, and is over or not, started as near as that lets it to so many days ago."""
    last = _last_in_time(term)
    return started(term, max(ago, last + 1) if over else min(ago, last))


@cache
def _last_in_time(term: str) -> int:
    """Since how many days at most a clock runs that is not over."""
    return next(ago for ago in count() if started(term, ago + 1).due < TODAY)


@cache
def started(term: str, ago: int) -> Running:
    """A clock that runs since so many days."""
    return engine.run(term, TODAY - timedelta(days=ago), situation(Snapshot(), {}, DOERS[0]))


@cache
def is_over(term: str, start: date, days: int | None) -> bool:
    """Whether a clock that counts from there is over by now."""
    return engine.run(term, start, situation(Snapshot(), {}, DOERS[0]), days=days).due < TODAY


def _dated(kept: Any, ago: int | None) -> Any:
    """The same with every day in it as it was recorded so many days ago, if a day to come lay as far ahead then as it does now;
    a moment that is just now stays."""
    if isinstance(kept, dict):
        return {name: _dated(each, ago) for name, each in kept.items()}
    if not isinstance(kept, str) or not _DAY.match(kept) or kept == NOW.isoformat():
        return kept
    if ago is None:
        return UNREAD
    if len(kept) > len("2024-09-04"):
        return (AN_HOUR_AGO - timedelta(days=ago)).isoformat()
    return (max(date.fromisoformat(kept), TODAY) - timedelta(days=ago)).isoformat()


def _read(kept: Any) -> Any:
    """The same, unless there is a day in it that nobody has read."""
    for each in kept.values() if isinstance(kept, dict) else ():
        _read(each)
    if kept is UNREAD:
        raise NeedsDay
    return kept


def _outline(kept: Any) -> Any:
    """A mark without its days and counts; None where it says nothing."""
    if kept is UNREAD:
        return A_DAY
    if isinstance(kept, str) and _DAY.match(kept):
        return THIS_MOMENT if kept == NOW.isoformat() else A_DAY
    if isinstance(kept, str):
        return kept or None
    if isinstance(kept, list):
        return tuple(role for role in LEADING_ON if all(by.id in kept for by in DOERS if role in by.roles)), bool(kept)
    if isinstance(kept, dict) and kept:
        return tuple(sorted(word for word in kept.values() if _is_word(word)))
    return "set" if kept else None


def _is_word(kept: Any) -> bool:
    return isinstance(kept, str) and kept is not UNREAD and bool(kept) and not _DAY.match(kept)
