"""A situation that a matter can be in, as one number: its state, its running clocks (in time or over) and its marks, each in a place
of its own, so that a step changes it and what matters is cut out of it by a single operation on the number.

Days and counts are left out. What a step makes of a situation is tried on two examples of it, one in which everything was recorded today
and one in which all of it lies long back; between them lies whatever may have happened.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from huiyin.procedure import engine
from huiyin.procedure.actions import Doer, Running, Situation, Snapshot
from huiyin.procedure.attempts import DOERS, ROLES
from huiyin.procedure.calendars import Calendar, default
from huiyin.procedure.states import STATES

NOW = datetime(2024, 9, 4, 1, tzinfo=UTC)
TODAY = NOW.date()
WIDTH = 6  # bits for each state, clock and mark
PLACE = (1 << WIDTH) - 1
A_DAY, THIS_MOMENT = 1, 2
CODES = ("", *STATES)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Example:
    """When everything was recorded, and who has the matter."""

    recorded: datetime
    office: int
    responsible: int


# Long enough ago for every term to be over; the moment of today's lies longer back than what may be taken back at once.
EXAMPLES = (Example(NOW - timedelta(hours=1), 1, 2), Example(NOW - timedelta(days=200), 2, 22))


class SeenClock:
    """A running clock that notes whether it is asked if it is over."""

    def __init__(self, clock: Running, names: set[str]) -> None:
        self._clock, self._names = clock, names

    def __getattr__(self, name: str) -> Any:
        if name in {"due", "internal"}:
            self._names.add(LATE + self._clock.term)
        return getattr(self._clock, name)


class Seen(dict[str, Any]):
    """Marks or running clocks that note which of their names are asked for. Whoever asks for all of them can't be followed."""

    def __init__(self, values: Mapping[str, Any], names: set[str], kind: str = "") -> None:
        super().__init__(values)
        self._names, self._kind = names, kind

    def get(self, name: str, default: Any = None) -> Any:
        self._names.add(self._kind + name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        self._names.add(self._kind + name)
        return super().__getitem__(name)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a step names the marks and clocks that it looks at")

    keys = values = items = __iter__  # type: ignore[assignment]


CLOCK = "clock "  # before the name of a term, which may be that of a mark too
LATE = "late "  # before that of a term: whether its clock is over


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

    def place(self, name: str) -> int:
        """The bit at which the place of a name begins; the state stands before all."""
        return self.places.setdefault(name, WIDTH * (len(self.places) + 1))

    def mask(self, names: Collection[str]) -> int:
        """What cuts these names, and the state, out of a situation."""
        return sum(PLACE << self.place(name) for name in names) | PLACE

    def mark(self, name: str, kept: Any) -> int:
        """A mark in its place."""
        outline = _outline(kept)
        numbers = self.numbers.setdefault(name, {None: 0, A_DAY: A_DAY, THIS_MOMENT: THIS_MOMENT})
        number = numbers.setdefault(outline, len(numbers))
        assert number <= PLACE, name
        self.samples.setdefault((name, number), kept)
        if number == THIS_MOMENT:
            self.samples.setdefault((name, A_DAY), EXAMPLES[0].recorded.isoformat())
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

    def snapshot(self, situation: int, example: Example) -> Snapshot:
        """The situation as the example has it."""
        marks: dict[str, Any] = {}
        clocks: dict[str, Running] = {}
        for name, place in list(self.places.items()):
            if not (number := situation >> place & PLACE):
                continue
            if name.startswith(CLOCK):
                term = name.removeprefix(CLOCK)
                clocks[term] = _running(term, bool(situation & self.late(term)))
            elif not name.startswith(LATE):
                marks[name] = _dated(self.samples[name, number], example.recorded)
        return Snapshot(CODES[situation & PLACE], example.office, example.responsible, clocks, marks)

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
def _running(term: str, over: bool) -> Running:
    start = EXAMPLES[over].recorded.date()
    return engine.run(term, start, situation(Snapshot(), {}, DOERS[0]))


def _dated(kept: Any, recorded: datetime) -> Any:
    """The same with every day in it set to that of the example; a moment that is just now stays."""
    if isinstance(kept, dict):
        return {name: _dated(each, recorded) for name, each in kept.items()}
    if not isinstance(kept, str) or not _DAY.match(kept) or kept == NOW.isoformat():
        return kept
    return recorded.date().isoformat() if len(kept) == len("2024-09-04") else recorded.isoformat()


def _outline(kept: Any) -> Any:
    """A mark without its days and counts; None where it says nothing."""
    if isinstance(kept, str) and _DAY.match(kept):
        return THIS_MOMENT if kept == NOW.isoformat() else A_DAY
    if isinstance(kept, str):
        return kept or None
    if isinstance(kept, list):
        return tuple(role for role in ROLES if all(by.id in kept for by in DOERS if role in by.roles)), bool(kept)
    if isinstance(kept, dict) and kept:
        return tuple(sorted(word for word in kept.values() if isinstance(word, str) and word and not _DAY.match(word)))
    return "set" if kept else None
