"""Tries a step of the procedure in situations, and remembers what it leads to as far as it depends on what the step looks at.

What a step looks at is noted while it is tried: by its conditions, and by each thing that it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Doer, Facts, Situation, Snapshot, Start, Stop, Together
from huiyin.procedure.attempts import Way, ways, ways_to_fill_in
from huiyin.procedure.situations import CLOCK, CODES, EXAMPLES, LATE, PLACE, TODAY, Outlines, Seen, SeenClock, situation

Makes = Callable[[Situation, Outlines], dict[str, int]]
Change = tuple[int, int]  # what is kept of a situation, and what is put there


@dataclass
class Effect:
    """One thing that a step does: what it makes of a situation, which names that sets or stops, and what it asks for."""

    makes: Makes
    sets: set[str]
    asked: set[str] = field(default_factory=set)


class Found(NamedTuple):
    """What a step may lead to, each with a first way to come there; what it surely leads to: one of these changes, if somebody
    wants it, whenever everything was recorded; and who can take it."""

    may: dict[Change, Way]
    sure: set[frozenset[Change]]
    roles: set[str]


@dataclass
class Step:
    """What is known of an action: names of marks and clocks that its conditions ask for (`asked`), what each of its effects sets or
    stops and asks for, and what it sets or stops always."""

    action: Action
    outlines: Outlines
    asked: set[str] = field(default_factory=set)
    effects: tuple[Effect, ...] = field(init=False)
    always: set[str] | None = None
    known: dict[int, Found] = field(default_factory=dict)
    mask: int = PLACE

    def __post_init__(self) -> None:
        self.effects = tuple(_effects(self.action))

    @property
    def names(self) -> frozenset[str]:
        """Everything that the step looks at."""
        return frozenset(self.asked).union(*(effect.asked for effect in self.effects))

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
        roles: set[str] = set()
        for way in self._ways:
            facts = self._forms[way.number]
            changes = [change for example in examples if (change := example.change(facts, way.by))]
            for change in changes:
                may.setdefault(change, way)
            if way.chosen and len(changes) == len(examples):
                sure.add(frozenset(changes))
            if changes:
                roles.add(way.role)
        return Found(may, sure, roles)

    def try_more(self) -> None:
        """Tries the step with every value known of what an effect asks for and no condition does, whether it is come to or not: in
        a situation that was not told apart yet, it might set what matters."""
        able = [number for number, found in self.known.items() if found.may]
        for effect in self.effects:
            asked, free = (self.outlines.mask(names) - PLACE for names in (effect.asked, effect.asked - self.asked))
            tried = {number & asked for number in able}
            values = [self.outlines.values(name) for name in sorted(effect.asked - self.asked)]
            for number, together in product(able, product(*values)):
                if (other := number & ~free | sum(together)) & asked not in tried:
                    tried.add(other & asked)
                    self.leads(other)

    @cached_property
    def _ways(self) -> list[Way]:
        return ways(self.action)

    @cached_property
    def _forms(self) -> tuple[Facts, ...]:
        return ways_to_fill_in(self.action, TODAY)


class _Watched:
    """A step in one example of a situation, noting what it looks at."""

    def __init__(self, step: Step, snapshot: Snapshot) -> None:
        self.step = step
        self.asking = _seen(step, snapshot, step.asked)
        self.acting = [(effect, _seen(step, snapshot, effect.asked)) for effect in step.effects]
        self.state = CODES.index(step.action.target or snapshot.state)

    def change(self, facts: Facts, by: Doer) -> Change | None:
        """What the step changes, taken in this way; None where it can't be taken."""
        if engine.obstacles(self.step.action, situation(self.asking, facts, by), early=False):
            return None
        written: dict[str, int] = {}
        for effect, seen in self.acting:
            made = effect.makes(situation(seen, facts, by), self.step.outlines)
            effect.sets |= made.keys()
            written |= made
        self.step.always = written.keys() & (self.step.always if self.step.always is not None else written.keys())
        return ~self.step.outlines.mask(written), self.state + sum(written.values())


def _seen(step: Step, snapshot: Snapshot, names: set[str]) -> Snapshot:
    """The snapshot, noting what is asked for; a step that computes all clocks anew changes none that is told apart."""
    if step.action.recomputes:
        return snapshot
    clocks = {term: SeenClock(clock, names) for term, clock in snapshot.clocks.items()}
    return replace(snapshot, marks=Seen(snapshot.marks, names), clocks=Seen(clocks, names, CLOCK))


def _effects(action: Action) -> Iterator[Effect]:
    """In the order of the engine: a clock that is stopped may be started anew."""
    for stop in action.stops:
        yield Effect(_stopping(stop), {CLOCK + stop.term, LATE + stop.term})
    for start in action.starts:
        yield Effect(_starting(start), {CLOCK + start.term})
        yield Effect(_ending(start), {LATE + start.term})
    marks = action.marks.parts if isinstance(action.marks, Together) else (action.marks,)
    yield from (Effect(_marking(part), set()) for part in marks if part)


def _stopping(stop: Stop) -> Makes:
    def made(at: Situation, outlines: Outlines) -> dict[str, int]:
        return {} if stop.on(at) is None else {CLOCK + stop.term: 0, LATE + stop.term: 0}

    return made


def _starting(start: Start) -> Makes:
    def made(at: Situation, outlines: Outlines) -> dict[str, int]:
        return {} if start.counted_from(at) is None else {CLOCK + start.term: outlines.running(start.term)}

    return made


def _ending(start: Start) -> Makes:
    """Whether the clock is over as soon as it starts: then it counts from a day long past."""

    def made(at: Situation, outlines: Outlines) -> dict[str, int]:
        clock = engine.started(start, at)
        return {LATE + start.term: outlines.late(start.term) if clock.due < TODAY else 0} if clock else {}

    return made


def _marking(marks: Callable[[Situation], dict[str, Any]]) -> Makes:
    def made(at: Situation, outlines: Outlines) -> dict[str, int]:
        kept = marks(at)
        if "tasks" in kept:
            kept |= {"tasks": with_few_tasks(kept["tasks"])}
        return {name: outlines.mark(name, value) for name, value in kept.items()}

    return made


def with_few_tasks(tasks: dict[str, Any] | None) -> dict[str, Any] | None:
    """At most one task, if one is open: settled ones make no difference, and one holds as well as ten."""
    left = next((task for task in (tasks or {}).values() if task["state"] == "open"), None)
    return {"1": left} if left else None
