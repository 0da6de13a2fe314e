"""Tries a step of the procedure in situations, and remembers what it leads to as far as it depends on what the step looks at.

What a step looks at is noted while it is tried: by its conditions, and by each thing that it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Doer, Facts, Situation, Snapshot, Start, Together
from huiyin.procedure.attempts import attempts
from huiyin.procedure.situations import CLOCK, CODES, EXAMPLES, LATE, PLACE, TODAY, Outlines, Seen, SeenClock, situation

Change = tuple[int, int]  # what is kept of a situation, and what is put there
Way = tuple[Doer, str, Facts]


class Found(NamedTuple):
    """What a step may lead to, each with a first way to come there; and what it surely leads to: one of these, if somebody
    chooses that, whenever everything was recorded."""

    may: dict[Change, Way]
    sure: frozenset[frozenset[Change]]


@dataclass
class Step:
    """What is known of an action: names of marks and clocks that its conditions ask for (`asked`), for each that it sets or
    stops what that depends on (`used`), and which it always sets or stops."""

    action: Action
    outlines: Outlines
    asked: set[str] = field(default_factory=set)
    used: dict[str, set[str]] = field(default_factory=dict)
    always: set[str] | None = None
    roles: set[str] = field(default_factory=set)  # that took it
    known: dict[int, Found] = field(default_factory=dict)
    mask: int = PLACE

    @property
    def names(self) -> frozenset[str]:
        """Everything that the step looks at."""
        return frozenset(self.asked).union(*self.used.values())

    def leads(self, number: int) -> Found:
        """What the step leads to in a situation."""
        if (found := self.known.get(number & self.mask)) is None:
            found = self._tried(number)
            if (mask := self.outlines.mask(self.names)) != self.mask:
                self.mask, self.known = mask, {}
            self.known[number & mask] = found
        return found

    def _tried(self, number: int) -> Found:
        examples = [_Watched(self, self.outlines.snapshot(number, example)) for example in EXAMPLES]
        may: dict[Change, Way] = {}
        sure: set[frozenset[Change]] = set()
        for way in self._ways:
            changes = [change for example in examples if (change := example.change(way))]
            for change in changes:
                may.setdefault(change, way)
            if len(changes) == len(examples):
                sure.add(frozenset(changes))
            if changes:
                self.roles.add(way[1])
        return Found(may, frozenset(sure))

    @cached_property
    def _ways(self) -> list[Way]:
        return list(attempts(self.action, TODAY))

    @cached_property
    def marks(self) -> tuple[Callable[[Situation], dict[str, Any]], ...]:
        """The functions that set its marks."""
        marks = self.action.marks
        return marks.parts if isinstance(marks, Together) else (marks,) if marks else ()


class _Watched:
    """A step in one example of a situation, noting what it looks at."""

    def __init__(self, step: Step, snapshot: Snapshot) -> None:
        self.step, self.noted = step, set[str]()
        self.asking, self.acting = _seen(step, snapshot, step.asked), _seen(step, snapshot, self.noted)
        self.state = step.action.target or snapshot.state

    def change(self, way: Way) -> Change | None:
        """What the step changes, taken in this way; None where it can't be taken."""
        by, _, facts = way
        if engine.obstacles(self.step.action, situation(self.asking, facts, by), early=False):
            return None
        names, put = set[str](), CODES.index(self.state)
        for name, value in self._written(situation(self.acting, facts, by)):
            self.step.used.setdefault(name, set()).update(self.noted)
            names.add(name)
            put += value
        self.step.always = names if self.step.always is None else self.step.always & names
        return ~self.step.outlines.mask(names), put

    def _written(self, at: Situation) -> Iterator[tuple[str, int]]:
        """Each name that the step sets or stops, with what then stands in its place; `noted` is what that depends on."""
        started = set[str]()
        for start in self.step.action.starts:
            self.noted.clear()
            if start.counted_from(at) is not None:
                started.add(start.term)
                yield from self._started(start, at)
        for stop in self.step.action.stops:
            self.noted.clear()
            if stop.on(at) is not None and stop.term not in started:
                yield from ((kind + stop.term, 0) for kind in (CLOCK, LATE))
        for marks in self.step.marks:
            self.noted.clear()
            for name, kept in marks(at).items():
                yield name, self.step.outlines.mark(name, with_few_tasks(kept) if name == "tasks" else kept)

    def _started(self, start: Start, at: Situation) -> Iterator[tuple[str, int]]:
        outlines, term = self.step.outlines, start.term
        yield CLOCK + term, outlines.running(term)
        clock = engine.started(start, at)
        yield LATE + term, outlines.late(term) if clock and clock.due < TODAY else 0


def _seen(step: Step, snapshot: Snapshot, names: set[str]) -> Snapshot:
    """The snapshot, noting what is asked for; a step that computes all clocks anew changes none that is told apart."""
    if step.action.recomputes:
        return snapshot
    clocks = {term: SeenClock(clock, names) for term, clock in snapshot.clocks.items()}
    return replace(snapshot, marks=Seen(snapshot.marks, names), clocks=Seen(clocks, names, CLOCK))


def with_few_tasks(tasks: dict[str, Any] | None) -> dict[str, Any] | None:
    """At most one task, if one is open: settled ones make no difference, and one holds as well as ten."""
    left = next((task for task in (tasks or {}).values() if task["state"] == "open"), None)
    return {"1": left} if left else None
