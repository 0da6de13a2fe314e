"""Walks an edition of the procedure through every situation it can come to, and says where a matter could get stuck.

A situation is a state with its running clocks (in time or over) and its marks, as far as they tell situations apart. From each one, every
step is tried with every doer and every choice of its form, and time is let pass. Pure: no database.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Doer, Edition, Snapshot, Together
from huiyin.procedure.places import DOERS, FIRST_DAY, Key, Place, Touched, ways_to_fill_in, with_few_tasks
from huiyin.procedure.states import STATES
from huiyin.procedure.words import Words


@dataclass
class Walk:
    """What was found: the situations with the moves between them, and what is wrong with the edition.

    `matters` are the marks and clocks by which situations are told apart, for each state. `ways` remembers who could take a
    step and how, for what the step looks at.
    """

    edition: Edition
    matters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    moves: dict[Key, set[Key]] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    steps: set[tuple[str, str, str]] = field(default_factory=set)
    touched: dict[str, Touched] = field(default_factory=dict)
    ways: dict[Key, list[tuple[Doer, str, int]]] = field(default_factory=dict)
    filled: dict[tuple[str, date], tuple[dict[str, Any], ...]] = field(default_factory=dict)
    breaches: list[Words] = field(default_factory=list)

    def key(self, place: Place) -> Key:
        """What tells the situation of a place from others."""
        return place.key(self.matters.get(place.snapshot.state, frozenset()))

    def filled_in(self, action: Action, today: date) -> tuple[dict[str, Any], ...]:
        """The ways to fill in a step's form on a day."""
        if (action.name, today) not in self.filled:
            self.filled[action.name, today] = ways_to_fill_in(action, today)
        return self.filled[action.name, today]

    @property
    def states(self) -> list[str]:
        """The states that a matter can come to, in the order of the table."""
        reached = {key[0] for key in self.moves}
        return [code for code in STATES if code in reached]

    @cached_property
    def paths(self) -> int:
        """How many ways lead from registration to an end without coming to a state twice."""
        return sum(
            self._ways(begin, frozenset()) for begin in {target for source, _, target in self.steps if not source}
        )

    def _ways(self, state: str, before: frozenset[str]) -> int:
        seen = before | {state}
        onward = {target for source, _, target in self.steps if source == state and target not in seen}
        return (not STATES[state].open) + sum(self._ways(target, seen) for target in onward)


SCOUTS, SCOUTED = 2, 600  # walks that only learn what matters, and the situations that each looks at
PAUSE = 4000  # situations after which a walk looks whether it tells enough apart
Enough = Callable[[Walk], bool]


def walk(edition: Edition) -> Walk:
    """Everything that can happen to a matter of this edition; `breaches` is empty when the table keeps its promises.

    Situations are told apart by the marks and clocks that can decide about a step to another state; which ones these are is
    found by watching what the steps ask for, until no more are found. A step that was never taken is then looked for among
    all situations that what it asks for itself tells apart.
    """
    found = _settled(_scouted(edition), ())
    if idle := {name for name, _ in _idle(found)}:
        found.taken |= _settled(found, idle, enough=lambda walk: not _idle(walk)).taken
    found.breaches = list(_breaches(found))
    return found


def _scouted(edition: Edition) -> Walk:
    """Some of what can happen, deep rather than broad: enough to learn what most steps look at."""
    found = Walk(edition)
    for _ in range(SCOUTS):
        names = frozenset().union(*(touched.names for touched in found.touched.values()))
        fresh = replace(found, matters=dict.fromkeys(STATES, names), moves={}, steps=set())
        found = _explored(fresh, enough=lambda walk: len(walk.moves) >= SCOUTED, deep=True)
    return replace(found, matters={})


def _settled(found: Walk, besides: Collection[str], *, enough: Enough = lambda walk: False) -> Walk:
    """A walk that tells apart all that matters to steps to other states, and to the steps named `besides`; begins with what
    another walk found out and ends early when it is `enough`."""

    def over(walk: Walk) -> bool:
        """Enough, or more to tell apart than was known when the walk began: it has to begin anew."""
        return enough(walk) or (len(walk.moves) % PAUSE == 0 and bool(_missing(walk, besides)))

    while (more := _missing(found, besides)) and not enough(found):
        wanted = {state: found.matters.get(state, frozenset()) | more.get(state, frozenset()) for state in STATES}
        found = _explored(replace(found, matters=wanted, moves={}, steps=set()), enough=over)
    return found


def _missing(found: Walk, besides: Collection[str]) -> dict[str, frozenset[str]]:
    wanted = _that_matter(found, besides)
    return {state: names for state, names in wanted.items() if not names <= found.matters.get(state, frozenset())}


def _explored(found: Walk, *, enough: Enough, deep: bool = False) -> Walk:
    """Fills in the moves of a walk, the nearest places first, so that few years pass; `deep` follows each way to its end."""
    waiting = deque(_begun(found))
    while waiting:
        place = waiting.pop() if deep else waiting.popleft()
        key = found.key(place)
        if key in found.moves:
            continue
        onward = {found.key(following): following for following in _onward(found, place)}
        found.moves[key] = set(onward)
        if enough(found):
            break
        waiting.extend(following for name, following in onward.items() if name not in found.moves)
    return found


def _that_matter(found: Walk, besides: Collection[str]) -> dict[str, frozenset[str]]:
    """For each state the names that can decide whether a step to another state is ever taken from there on: asked for by the
    step itself or by what sets what it asks for, and not set anew before."""
    actions = found.edition.actions
    decide = {
        name
        for each, touched in found.touched.items()
        if actions[each].target or each in besides
        for name in touched.asked
    }
    while more := {
        name
        for touched in found.touched.values()
        for written, used in touched.used.items()
        if written in decide
        for name in touched.asked | used
        if name not in decide
    }:
        decide |= more
    return {state: names & decide for state, names in _alive(found).items()}


def _alive(found: Walk) -> dict[str, frozenset[str]]:
    """For each state the names that some step from there on still asks for before it is set anew."""
    tried = [
        (code, touched.names) for name, touched in found.touched.items() for code in found.edition.action(name).sources
    ]
    alive = {code: frozenset[str]().union(*(names for source, names in tried if source == code)) for code in STATES}
    moved = True
    while moved:
        moved = False
        for source, name, target in found.steps:
            touched = found.touched[name]
            wanted = alive[target] - (touched.always or set())
            if source and not wanted <= alive[source]:
                alive[source], moved = alive[source] | wanted, True
    return alive


def _begun(found: Walk) -> Iterator[Place]:
    empty = Place(Snapshot(), FIRST_DAY)
    for action in found.edition.actions.values():
        if not action.sources:
            yield from _tried(found, action, empty)


def _onward(found: Walk, place: Place) -> Iterator[Place]:
    for action in found.edition.from_state(place.snapshot.state):
        yield from _tried(found, action, place)
    yield from place.later(found.matters.get(place.snapshot.state, frozenset()))


def _tried(found: Walk, action: Action, place: Place) -> Iterator[Place]:
    """The places that an action leads to, by every doer whose role may take it and every way to fill in its form."""
    touched = found.touched.setdefault(action.name, Touched())
    names = touched.names
    known = (action.name, place.snapshot.state, names, place.outline(names))
    filled = found.filled_in(action, place.today)
    ways = [(by, role, place.situation(filled[number], by)) for by, role, number in found.ways.get(known, ())]
    if known in found.ways and not any(engine.obstacles(action, at, early=False) for _, _, at in ways):
        for _, role, at in ways:
            yield _took(found, action, role, place, engine.effects_of(action, at))
        return
    leading: dict[Any, tuple[Doer, str, int]] = {}
    for by, role, number in _attempts(action, len(filled)):
        if engine.obstacles(action, place.watched(filled[number], by, touched.asked), early=False):
            continue
        effects = _effects(action, place, filled[number], by, touched)
        after = _took(found, action, role, place, effects)
        leading.setdefault(after.outline(_written(effects)), (by, role, number))
        yield after
    if touched.names == names:
        found.ways[known] = list(leading.values())


def _attempts(action: Action, ways: int) -> Iterator[tuple[Doer, str, int]]:
    """Every doer in a role that may take the action, with every way to fill in its form."""
    return ((by, role, way) for by in DOERS for role in by.roles & action.roles for way in range(ways))


def _took(found: Walk, action: Action, role: str, place: Place, effects: engine.Effects) -> Place:
    """The place after a step; notes that it was taken."""
    found.taken.add((action.name, role))
    found.steps.add((place.snapshot.state, action.name, effects["state"]))
    changed = {"tasks", *effects.get("marks", ())}
    return place.after(with_few_tasks(engine.apply(place.snapshot, effects)), changed)


def _written(effects: Mapping[str, Any]) -> frozenset[str]:
    return frozenset({change["term"] for change in effects.get("clocks", ())} | set(effects.get("marks", ())))


def _effects(action: Action, place: Place, facts: Mapping[str, Any], by: Doer, touched: Touched) -> engine.Effects:
    """What the step changes; notes what each change depends on, when the step asked for names in a way not seen before."""
    asked: set[str] = set()
    effects = engine.effects_of(action, place.watched(facts, by, asked))
    written = set(_written(effects))
    touched.always = written if touched.always is None else touched.always & written
    if frozenset(asked) not in touched.known:
        touched.known.add(frozenset(asked))
        for part in _parts(action):
            _note(part, place, facts, by, touched)
    return effects


def _parts(action: Action) -> Iterator[Action]:
    """The action with one of its effects alone, for each of them."""
    bare = replace(action, starts=(), stops=(), marks=None)
    yield from (replace(bare, starts=(start,)) for start in action.starts)
    yield from (replace(bare, stops=(stop,)) for stop in action.stops)
    marks = action.marks.parts if isinstance(action.marks, Together) else (action.marks,)
    yield from (replace(bare, marks=part) for part in marks)


def _note(part: Action, place: Place, facts: Mapping[str, Any], by: Doer, touched: Touched) -> None:
    asked: set[str] = set()
    effects = engine.effects_of(part, place.watched(facts, by, asked))
    for written in _written(effects):
        touched.used.setdefault(written, set()).update(asked)


def _breaches(found: Walk) -> Iterator[Words]:
    yield from _unreached(found)
    yield from _never_taken(found)
    yield from _stuck(found)
    yield from _forgotten(found)


def _unreached(found: Walk) -> Iterator[Words]:
    for code in set(STATES) - set(found.states):
        yield Words(f"没有一条路能到“{STATES[code].name.zh}”。", f"Nothing leads to “{STATES[code].name.en}”.")


def _idle(found: Walk) -> list[tuple[str, str]]:
    """The steps, each with a role, that were never taken."""
    pairs = ((action.name, role) for action in found.edition.actions.values() for role in sorted(action.roles))
    return [pair for pair in pairs if pair not in found.taken]


def _never_taken(found: Walk) -> Iterator[Words]:
    for name, role in _idle(found):
        label = found.edition.action(name).label
        yield Words(f"“{label.zh}”永远轮不到{role}办。", f"“{label.en}” can never be taken by {role}.")


def _stuck(found: Walk) -> Iterator[Words]:
    """States of which some situation has no way to an end any more."""
    good = _leading_to_an_end(found.moves)
    for code in dict.fromkeys(key[0] for key in found.moves if key not in good):
        yield Words(
            f"在“{STATES[code].name.zh}”有走不出去的情形。", f"A matter can get stuck in “{STATES[code].name.en}”."
        )


def _leading_to_an_end(moves: Mapping[Key, Iterable[Key]]) -> set[Key]:
    before: dict[Key, set[Key]] = {}
    for source, targets in moves.items():
        for target in targets:
            before.setdefault(target, set()).add(source)
    good = {key for key in moves if not STATES[key[0]].open}
    waiting = deque(good)
    while waiting:
        fresh = before.get(waiting.popleft(), set()) - good
        good |= fresh
        waiting.extend(fresh)
    return good


def _forgotten(found: Walk) -> Iterator[Words]:
    """Open states in which nobody is named as the one who is waited for."""
    for code in found.states:
        if STATES[code].open and not STATES[code].waits_for.zh:
            yield Words(
                f"“{STATES[code].name.zh}”没有写明等谁。", f"“{STATES[code].name.en}” names nobody to wait for."
            )
