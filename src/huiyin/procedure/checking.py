"""Walks an edition of the procedure through every situation it can come to, and says where a matter could get stuck.

A situation is a state with its running clocks (in time or over) and its marks, as far as they tell situations apart. From each one, every
step is tried with every doer and every choice of its form, and time is let pass. Pure: no database.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from typing import Any

from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Doer, Edition, Field, Situation, Snapshot
from huiyin.procedure.calendars import Calendar, default
from huiyin.procedure.states import STATES
from huiyin.procedure.words import Words

FIRST_DAY = datetime(2024, 3, 4, 1, tzinfo=UTC)
A_WHILE = timedelta(hours=1)
ROLES = ("clerk", "handler", "head", "leader", "supervisor")
DOERS = (
    *(Doer("staff", number, frozenset({role}), office=1) for number, role in enumerate(ROLES, start=1)),
    Doer("staff", 12, frozenset({"handler"}), office=1),
    Doer("petitioner", None, frozenset({"petitioner"})),
    Doer("system", None, frozenset({"system"})),
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Key = tuple[Any, ...]


@cache
def _renewed() -> Calendar:
    """The same days published anew, so that the system finds something to recompute."""
    return Calendar("renewed", default().entries)


@dataclass(frozen=True)
class Place:
    """A snapshot at a moment: one example of a situation."""

    snapshot: Snapshot
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def key(self) -> Key:
        """What tells this situation from others: dates and counts are left out, but not whether something was recorded."""
        clocks = ((term, clock.due < self.today) for term, clock in sorted(self.snapshot.clocks.items()))
        marks = ((name, self._outline(kept)) for name, kept in sorted(self.snapshot.marks.items()))
        return (self.snapshot.state, tuple(clocks), tuple(mark for mark in marks if mark[1] is not None))

    def _outline(self, kept: Any) -> Any:
        if isinstance(kept, str) and _DAY.match(kept):
            return "now" if kept == self.now.isoformat() else "a day"
        if isinstance(kept, dict):  # tasks by number: only those that are open make a difference
            return any(task["state"] == "open" for task in kept.values()) or None
        return kept if isinstance(kept, (str, bool)) or kept is None else bool(kept)

    def situation(self, facts: Mapping[str, Any], by: Doer) -> Situation:
        calendar = _renewed() if by.kind == "system" else default()
        return Situation(self.snapshot, facts, by, self.now, self.today, calendar)

    def later(self) -> Iterator[Place]:
        """The same matter when a while has passed, and on the day after each clock that still runs in time."""
        yield replace(self, now=self.now + A_WHILE)
        for clock in self.snapshot.clocks.values():
            if clock.due >= self.today:
                yield replace(self, now=datetime.combine(clock.due + timedelta(days=1), time(1), UTC))


@dataclass
class Walk:
    """What was found: the situations with the moves between them, and what is wrong with the edition."""

    edition: Edition
    moves: dict[Key, set[Key]] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    steps: set[tuple[str, str, str]] = field(default_factory=set)
    breaches: list[Words] = field(default_factory=list)

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


def walk(edition: Edition) -> Walk:
    """Everything that can happen to a matter of this edition; `breaches` is empty when the table keeps its promises."""
    found = Walk(edition)
    waiting = deque(place for _, place in _begun(found))
    while waiting:
        place = waiting.popleft()
        if place.key in found.moves:
            continue
        onward = list(_onward(found, place))
        found.moves[place.key] = {following.key for following in onward}
        waiting.extend(onward)
    found.breaches = list(_breaches(found))
    return found


def _begun(found: Walk) -> Iterator[tuple[Action, Place]]:
    empty = Place(Snapshot(), FIRST_DAY)
    for action in found.edition.actions.values():
        if not action.sources:
            for place in _tried(found, action, empty):
                yield action, place


def _onward(found: Walk, place: Place) -> Iterator[Place]:
    for action in found.edition.from_state(place.snapshot.state):
        yield from _tried(found, action, place)
    yield from place.later()


def _tried(found: Walk, action: Action, place: Place) -> Iterator[Place]:
    """The places that an action leads to, by every doer whose role may take it and every way to fill in its form."""
    for by in DOERS:
        for role in by.roles & action.roles:
            for facts in ways_to_fill_in(action, place.today):
                at = place.situation(facts, by)
                if engine.obstacles(action, at, early=False):
                    continue
                after = engine.apply(place.snapshot, engine.effects_of(action, at))
                found.taken.add((action.name, role))
                found.steps.add((place.snapshot.state, action.name, after.state))
                yield Place(after, place.now)


def ways_to_fill_in(action: Action, today: date) -> Iterator[dict[str, Any]]:
    """The form filled in completely, then once more with each other choice of each field; dates are `today`."""
    whole = {known.name: _samples(known, today)[0] for known in action.fields}
    if action.assigns:
        whole |= {"office": 1, "staff": 2}
    yield whole
    for known in action.fields:
        for other in _samples(known, today)[1:]:
            yield whole | {known.name: other}


def _samples(known: Field, today: date) -> list[Any]:
    if known.kind in {"choice", "rating"}:
        codes = [choice.code for choice in known.choices]
        return codes if known.required else [*codes, ""]
    answered = {"text": "x", "reason": "x", "basis": "x", "ground": "rules"}
    fixed: dict[str, list[Any]] = {
        "date": [today.isoformat()], "number": [max(known.least, 1), known.most], "yes": [True, False], "office": [1], "staff": [2, 12],
        "claims": [[answered | {"result": choice.code}] for choice in known.choices] or [[answered]],
        "files": [[{"id": 1, "name": "1.png", "sha256": "0" * 64}]], "person": [[]], "task": [1],
    }  # fmt: skip
    return fixed.get(known.kind, ["x"])


def _breaches(found: Walk) -> Iterator[Words]:
    yield from _unreached(found)
    yield from _never_taken(found)
    yield from _stuck(found)
    yield from _forgotten(found)


def _unreached(found: Walk) -> Iterator[Words]:
    for code in set(STATES) - set(found.states):
        yield Words(f"没有一条路能到“{STATES[code].name.zh}”。", f"Nothing leads to “{STATES[code].name.en}”.")


def _never_taken(found: Walk) -> Iterator[Words]:
    for action in found.edition.actions.values():
        for role in sorted(action.roles):
            if (action.name, role) not in found.taken:
                yield Words(
                    f"“{action.label.zh}”永远轮不到{role}办。", f"“{action.label.en}” can never be taken by {role}."
                )


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
