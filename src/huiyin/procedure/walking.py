"""Walks through every situation that a matter can come to: from each one, every step is tried and time is let pass.

Situations are told apart by the marks and clocks on which some step to another state can still depend from there on, before they are
set anew. Which ones these are is learned while walking; the walk begins anew until it learns no more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from huiyin.procedure.actions import Edition
from huiyin.procedure.attempts import Way
from huiyin.procedure.items import Beginning
from huiyin.procedure.situations import CODES, PLACE, Outlines, Passing
from huiyin.procedure.states import STATES
from huiyin.procedure.trying import Step
from huiyin.procedure.words import Words

Names = Mapping[str, frozenset[str]]
Move = tuple[Step, Way] | Passing
PAUSE = 2000  # situations after which a walk looks whether it tells enough apart
GLANCE = 2000  # situations of a first glance


@dataclass
class Walk:
    """What was found: the situations with the moves between them, and what is wrong with the edition.

    `matters` are the marks and clocks by which situations are told apart, for each state. `wholes` has for each situation a
    matter in it with all its marks and clocks, `came` the situation and the move from which it was first come to. `idle` are
    the steps that nobody comes to take, each with a role.
    """

    edition: Edition
    outlines: Outlines = field(default_factory=Outlines)
    matters: Names = field(default_factory=dict)
    moves: dict[int, set[int]] = field(default_factory=dict)
    wholes: dict[int, int] = field(default_factory=dict)
    came: dict[int, tuple[int, Move]] = field(default_factory=dict)
    idle: set[tuple[str, str]] = field(default_factory=set)
    breaches: list[Words] = field(default_factory=list)

    @cached_property
    def known(self) -> dict[str, Step]:
        """What is known of each step, by its name."""
        return {name: Step(action, self.outlines) for name, action in self.edition.actions.items()}

    @cached_property
    def items(self) -> Beginning | None:
        """The items that are split off from a letter."""
        return Beginning(self.edition, self.outlines) if "split" in self.edition.actions else None

    @cached_property
    def following(self) -> tuple[list[Step], ...]:
        """By the number of a state: the steps that may follow in it, and the items of a letter; in none those that begin a matter."""
        beginning = [step for step in self.known.values() if not step.action.sources]
        return (beginning, *(self._steps_from(code) for code in STATES))

    def _steps_from(self, code: str) -> list[Step]:
        steps = [self.known[action.name] for action in self.edition.from_state(code)]
        return [*steps, self.items] if self.items and code in self.items.action.sources else steps

    @cached_property
    def keep(self) -> list[int]:
        """By the number of a state: what tells its situations apart."""
        return [self.outlines.mask(self.matters.get(code, ())) for code in CODES]

    @cached_property
    def passing(self) -> list[list[Passing]]:
        """By the number of a state: what time changes in its situations."""
        return [self.outlines.when_time_passes(self.matters.get(code, ())) for code in CODES]

    @property
    def states(self) -> list[str]:
        """The states that a matter can come to, in the order of the table."""
        reached = {number & PLACE for number in self.moves}
        return [code for number, code in enumerate(CODES) if code and number in reached]

    @cached_property
    def steps(self) -> set[tuple[str, str]]:
        """Which state leads to which."""
        return {
            (CODES[source & PLACE], CODES[target & PLACE]) for source, there in self.moves.items() for target in there
        }

    @cached_property
    def paths(self) -> int:
        """How many ways lead from registration to an end without coming to a state twice."""
        return self._ways("", frozenset())

    def _ways(self, state: str, before: frozenset[str]) -> int:
        seen = before | {state}
        onward = {target for source, target in self.steps if source == state and target not in seen}
        return (bool(state) and not STATES[state].open) + sum(self._ways(target, seen) for target in onward)

    def told_apart(self, whole: int) -> int:
        """The situation of a matter."""
        return whole & self.keep[whole & PLACE]


def settled(edition: Edition, besides: Callable[[Walk], Collection[str]]) -> Walk:
    """A complete walk. For the steps that are named `besides` when it is complete, whatever they ask for is told apart in one more."""
    found, named = Walk(edition), frozenset[str]()
    while True:
        found = _explored(found, named)
        more = frozenset(besides(found))
        if more <= named:
            return found
        named |= more


def _explored(found: Walk, besides: Collection[str]) -> Walk:
    while True:
        found = _fresh(found, _that_matter(found, besides))
        if _glanced(found, besides) and _complete(found := _fresh(found, found.matters), besides):
            return found


def _fresh(found: Walk, matters: Names) -> Walk:
    """A walk that has yet to begin, with what is known of the steps."""
    fresh = Walk(found.edition, found.outlines, matters)
    fresh.known, fresh.items = found.known, found.items
    return fresh


def _glanced(found: Walk, besides: Collection[str]) -> bool:
    """Goes as far as it can before it looks around, for a while: so most is soon learned. Whether nothing was."""
    found.wholes[0], waiting = 0, deque([0])
    while waiting and len(found.moves) < GLANCE:
        _fill_in(found, waiting.pop(), waiting)
    return _that_matter(found, besides) == found.matters


def _complete(found: Walk, besides: Collection[str]) -> bool:
    """Fills in the moves, the nearest situations first; False as soon as more is found to matter than is told apart."""
    found.wholes[0], waiting = 0, deque([0])
    while waiting:
        _fill_in(found, waiting.popleft(), waiting)
        if len(found.moves) % PAUSE == 0 and _that_matter(found, besides) != found.matters:
            return False
    for step in found.known.values():
        step.try_more()
    return _that_matter(found, besides) == found.matters


def _fill_in(found: Walk, number: int, waiting: deque[int]) -> None:
    onward = found.moves[number] = set()
    keep, wholes = found.keep, found.wholes
    for whole, move in _onward(found, number):
        following = whole & keep[whole & PLACE]
        onward.add(following)
        if following not in wholes:
            wholes[following], found.came[following] = whole, (number, move)
            waiting.append(following)


def _onward(found: Walk, number: int) -> Iterator[tuple[int, Move]]:
    whole, keep = found.wholes[number], found.keep
    for step in found.following[number & PLACE]:
        for kept, put, way in step.leads(whole).apart(keep[step.target or number & PLACE]):
            yield whole & kept | put, (step, way)
    for passing in found.passing[number & PLACE]:
        if passing.touches(number):
            yield whole + passing.change, passing


def _that_matter(found: Walk, besides: Collection[str]) -> Names:
    """For each state the names on which a step to another state, or one of those named besides, can depend from there on."""
    alive: dict[str, frozenset[str]] = dict.fromkeys(STATES, frozenset())
    moved = True
    while moved:
        moved = False
        for name, step in found.known.items():
            for source in step.action.sources & STATES.keys():
                wanted = alive[source] | _wanted(step, source, alive, name in besides)
                if wanted != alive[source]:
                    alive[source], moved = wanted, True
        if found.items and not (wanted := found.items.wanted(alive["registered"])) <= alive["registered"]:
            alive["registered"], moved = alive["registered"] | wanted, True
    return alive


def _wanted(step: Step, source: str, alive: Names, besides: bool) -> frozenset[str]:
    """What must be told apart before a step for the sake of what is told apart after it."""
    after = alive[step.action.target or source]
    counting = [effect for effect in step.effects if effect.sets & after or not effect.sets]
    asked = step.asked if besides or counting or step.action.target else set()
    return (after - (step.always or set())).union(asked, *(effect.asked for effect in counting))
