"""Walks an edition of the procedure through every situation it can come to, and says where a matter could get stuck.

A situation is a state with its running clocks (in time or over) and its marks, as far as they tell situations apart. From each one, every
step is tried with every doer and every choice of its form, and time is let pass. Pure: no database.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from huiyin.procedure.actions import Edition
from huiyin.procedure.situations import CODES, PLACE, Outlines
from huiyin.procedure.states import STATES
from huiyin.procedure.trying import Step
from huiyin.procedure.words import Words

Names = Mapping[str, frozenset[str]]


@dataclass
class Walk:
    """What was found: the situations with the moves between them, and what is wrong with the edition.

    `matters` are the marks and clocks by which situations are told apart, for each state; `wholes` has for each situation
    one of the matters in it, with all its marks and clocks.
    """

    edition: Edition
    outlines: Outlines = field(default_factory=Outlines)
    matters: Names = field(default_factory=dict)
    wholes: dict[int, int] = field(default_factory=dict)
    moves: dict[int, set[int]] = field(default_factory=dict)
    breaches: list[Words] = field(default_factory=list)

    @cached_property
    def known(self) -> dict[str, Step]:
        """What is known of each step, by its name."""
        return {name: Step(action, self.outlines) for name, action in self.edition.actions.items()}

    @cached_property
    def following(self) -> tuple[list[Step], ...]:
        """By the number of a state: the steps that may follow in it."""
        return tuple([self.known[action.name] for action in self.edition.from_state(code)] for code in CODES)

    @property
    def begun(self) -> Iterator[int]:
        """The matters that have just begun."""
        for step in self.known.values():
            if not step.action.sources:
                yield from (put for _, put in step.leads(0).may)

    @property
    def states(self) -> list[str]:
        """The states that a matter can come to, in the order of the table."""
        reached = {CODES[number & PLACE] for number in self.moves}
        return [code for code in STATES if code in reached]

    @cached_property
    def steps(self) -> set[tuple[str, str]]:
        """From which state steps lead to which."""
        return {
            (CODES[number & PLACE], CODES[put & PLACE])
            for step in self.known.values()
            for number, found in step.known.items()
            for _, put in found.may
        }

    @cached_property
    def paths(self) -> int:
        """How many ways lead from registration to an end without coming to a state twice."""
        return sum(self._ways(begin, frozenset()) for begin in {target for source, target in self.steps if not source})

    def _ways(self, state: str, before: frozenset[str]) -> int:
        seen = before | {state}
        onward = {target for source, target in self.steps if source == state and target not in seen}
        return (not STATES[state].open) + sum(self._ways(target, seen) for target in onward)


PAUSE = 2000  # situations after which a walk looks whether it tells enough apart


def walk(edition: Edition) -> Walk:
    found = Walk(edition)
    _settled(found)
    if idle := {name for name, _ in _idle(found)}:
        _settled(found, idle)
    found.breaches = list(_breaches(found))
    return found


def _settled(found: Walk, besides: Collection[str] = ()) -> None:
    """Walks, telling apart all that matters to steps to other states and to those named `besides`; begins anew whenever more is found to matter."""
    while True:
        found.matters = _that_matter(found, besides)
        if _explored(found, lambda: _that_matter(found, besides) != found.matters):
            return


def _that_matter(found: Walk, besides: Collection[str]) -> Names:
    alive: dict[str, frozenset[str]] = dict.fromkeys(STATES, frozenset())
    moved = True
    while moved:
        moved = False
        for name, step in found.known.items():
            for source in step.action.sources & alive.keys():
                wanted = alive[source] | _wanted(step, source, alive, name in besides)
                if wanted != alive[source]:
                    alive[source], moved = wanted, True
    return alive


def _wanted(step: Step, source: str, alive: Names, anyway: bool) -> frozenset[str]:
    target = step.action.target or source
    told_apart = alive[target]
    written = told_apart & step.used.keys()
    through = told_apart - (step.always or set())
    asked = step.asked if anyway or written or target != source else set()
    return through.union(asked, *(step.used[name] for name in written))


def _explored(found: Walk, over: Callable[[], bool]) -> bool:
    """Fills in the moves of a walk, the nearest situations first; False if it is `over` before it is complete."""
    keep = [found.outlines.mask(found.matters.get(code, ())) for code in CODES]
    found.passing = [found.outlines.when_time_passes(found.matters.get(code, ())) for code in CODES]
    found.moves, found.wholes = {}, {whole & keep[whole & PLACE]: whole for whole in found.begun}
    waiting = deque(found.wholes)
    while waiting:
        number = waiting.popleft()
        whole = found.wholes[number]
        onward = found.moves[number] = set()
        for following in _onward(found, whole, number):
            short = following & keep[following & PLACE]
            if short not in onward:
                onward.add(short)
                if short not in found.wholes:
                    found.wholes[short] = following
                    waiting.append(short)
        if len(found.moves) % PAUSE == 0 and over():
            return False
    return not over()


def _onward(found: Walk, whole: int, number: int) -> Iterator[int]:
    for step in found.following[whole & PLACE]:
        for kept, put in step.leads(whole).may:
            yield whole & kept | put
    for place, now, then in found.passing[number & PLACE]:
        if number & place == now:
            yield whole + then


def _breaches(found):
    yield from _unreached(found)
    yield from _never_taken(found)


def _unreached(found: Walk) -> Iterator[Words]:
    for code in set(STATES) - set(found.states):
        yield Words(f"没有一条路能到“{STATES[code].name.zh}”。", f"Nothing leads to “{STATES[code].name.en}”.")


def _idle(found: Walk) -> list[tuple[str, str]]:
    """The steps, each with a role, that were never taken."""
    return [
        (name, role) for name, step in found.known.items() for role in sorted(step.action.roles) if role not in step.roles
    ]


def _never_taken(found: Walk) -> Iterator[Words]:
    for name, role in _idle(found):
        label = found.edition.action(name).label
        yield Words(f"“{label.zh}”永远轮不到{role}办。", f"“{label.en}” can never be taken by {role}.")
