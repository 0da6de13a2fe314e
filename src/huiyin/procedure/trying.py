"""Tries a step of the procedure in situations, and remembers what it leads to as far as it depends on what the step looks at.

What a step looks at is noted while it is tried: by its conditions, and by each thing that it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

from huiyin.procedure.actions import Action, Doer, Guard, Situation, Start, Stop, Together
from huiyin.procedure.attempts import Way, ways, ways_to_fill_in
from huiyin.procedure.looking import ALL, Form, Part
from huiyin.procedure.situations import CLOCK, CODES, LATE, PLACE, TODAY, Outlines, is_over

Makes = Callable[[Situation, Outlines], dict[str, int]]
Change = tuple[int, int]  # what is kept of a situation, and what is put there
Led = tuple[int, int, Way]  # a change with a way to bring it about
Written = dict[str, int]


class Condition(Part):
    """What must hold before a step is taken."""

    def __init__(self, outlines: Outlines, guard: Guard) -> None:
        super().__init__(outlines, lambda at: bool(guard.holds(at)))


class Effect(Part):
    """One thing that a step does: what it makes of a situation, and which names that sets or stops (`sets`)."""

    def __init__(self, outlines: Outlines, makes: Makes, sets: set[str]) -> None:
        super().__init__(outlines, lambda at: tuple(makes(at, outlines).items()))
        self.sets = sets


@dataclass(eq=False)
class Found:
    """What a step may lead to, each with a first way to come there; what it surely leads to: one of these changes, if somebody
    of the office wants it, whenever everything was recorded; and who can take it."""

    state: int  # the number of the state in which it is tried
    may: dict[Change, Way]
    sure: set[frozenset[Change]]
    roles: set[str]
    _apart: dict[int, list[Led]] = field(default_factory=dict)
    _surely: dict[int, list[frozenset[Change]]] = field(default_factory=dict)

    def apart(self, keep: int) -> list[Led]:
        """What it may lead to, of those that come to the same in these places the first."""
        if (known := self._apart.get(keep)) is None:
            first: dict[Change, Led] = {}
            for change, way in self.may.items():
                first.setdefault(_in_places(change, keep), (*change, way))
            known = self._apart[keep] = list(first.values())
        return known

    def surely(self, keep: int) -> list[frozenset[Change]]:
        """What it surely leads to, as far as it shows in these places; without what may leave all of them as they are."""
        if (known := self._surely.get(keep)) is None:
            choices = {frozenset(_in_places(change, keep) for change in choice) for choice in self.sure}
            known = self._surely[keep] = [choice for choice in choices if (keep - PLACE, self.state) not in choice]
        return known


def _in_places(change: Change, keep: int) -> Change:
    kept, put = change
    return kept & keep, put & keep


@dataclass
class Step:
    """What is known of an action: names of marks and clocks that its conditions ask for (`asked`), what each of its effects sets or
    stops and asks for, and what it sets or stops always. One that computes all clocks anew changes none that is told apart."""

    action: Action
    outlines: Outlines
    guards: tuple[Condition, ...] = field(init=False)
    effects: tuple[Effect, ...] = field(init=False)
    asked: set[str] = field(default_factory=set)
    always: set[str] | None = None
    known: dict[int, Found] = field(default_factory=dict)
    mask: int = PLACE
    target: int = field(init=False)  # the number of the state to which it leads; 0 where that stays

    def __post_init__(self) -> None:
        self.target = CODES.index(self.action.target) if self.action.target else 0
        guards = () if self.action.recomputes else self.action.guards
        self.guards = tuple(Condition(self.outlines, guard) for guard in guards)
        self.effects = tuple(Effect(self.outlines, makes, sets) for makes, sets in _effects(self.action))

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
        found = Found(number & PLACE, {}, set(), set())
        for way in self._ways:
            form = self._forms[way.number]
            if able := self._able(number, form, way.by):
                changes = frozenset(self._changes(number, form, way.by, able))
                for change in sorted(changes):
                    found.may.setdefault(change, way)
                if way.chosen and able == ALL and way.by.kind == "staff":
                    found.sure.add(changes)
                found.roles.add(way.role)
        self.asked.update(*(guard.asked for guard in self.guards))
        return found

    def _able(self, number: int, form: Form, by: Doer) -> int:
        """The examples of the situation in which every condition holds."""
        able = ALL
        for guard in self.guards:
            able &= sum(met for holds, met in guard.comes_to(number, form, by).items() if holds)
        return able

    def _changes(self, number: int, form: Form, by: Doer, able: int) -> Iterator[Change]:
        """What the step changes in the examples in which it can be taken."""
        together: list[tuple[Written, int]] = [({}, able)]
        for effect in self.effects:
            made = effect.comes_to(number, form, by, able)
            effect.sets.update(name for each in made for name, _ in each)
            together = [
                (written | dict(each), both)
                for written, examples in together
                for each, there in made.items()
                if (both := examples & there)
            ]
        state = self.target or number & PLACE
        for written, _ in together:
            self.always = written.keys() & (self.always if self.always is not None else written.keys())
            yield ~self.outlines.mask(written), state + sum(written.values())

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
    def _forms(self) -> tuple[Form, ...]:
        return tuple(Form(facts) for facts in ways_to_fill_in(self.action, TODAY))


def _effects(action: Action) -> Iterator[tuple[Makes, set[str]]]:
    """In the order of the engine: a clock that is stopped may be started anew."""
    for stop in action.stops:
        yield _stopping(stop), {CLOCK + stop.term, LATE + stop.term}
    for start in action.starts:
        yield _starting(start), {CLOCK + start.term}
        yield _ending(start), {LATE + start.term}
    marks = action.marks.parts if isinstance(action.marks, Together) else (action.marks,)
    yield from ((_marking(part), set()) for part in marks if part)


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
        counted_from = start.counted_from(at)
        if counted_from is None:
            return {}
        over = is_over(start.term, counted_from, start.days(at) if start.days else None)
        return {LATE + start.term: outlines.late(start.term) if over else 0}

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
