"""Goes the way to a situation once more, by the engine itself and day by day: what the walk takes for possible happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Snapshot
from huiyin.procedure.attempts import Way, ways, ways_to_fill_in
from huiyin.procedure.items import Beginning
from huiyin.procedure.situations import NOW, Passing, situation
from huiyin.procedure.walking import Move, Walk

A_WHILE = timedelta(hours=1)
Moment = tuple[Snapshot, datetime]


def can_be_taken(found: Walk, number: int, action: Action, role: str) -> bool:
    """Whether a step can be taken in this role when the situation was come to as it was first found."""
    at: Moment | None = (Snapshot(), NOW)
    for move in reversed(list(_moves_to(found, number))):
        at = at and _moved(at, move)
    return at is not None and any(_taken(at, action, way) for way in ways(action) if way.role == role)


def _moves_to(found: Walk, number: int) -> Iterator[Move]:
    while number:
        number, move = found.came[number]
        yield move


def _moved(at: Moment, move: Move) -> Moment | None:
    snapshot, now = at
    if not isinstance(move, Passing):
        step, way = move
        return (
            (step.item(snapshot, way.number, now), now) if isinstance(step, Beginning) else _taken(at, step.action, way)
        )
    if not move.term:
        return snapshot, now + A_WHILE
    clock = snapshot.clocks.get(move.term)
    return (snapshot, max(now, datetime.combine(clock.due + timedelta(days=1), time(1), UTC))) if clock else None


def _taken(at: Moment, action: Action, way: Way) -> Moment | None:
    snapshot, now = at
    s = situation(snapshot, ways_to_fill_in(action, now.date())[way.number], way.by, now)
    if engine.obstacles(action, s, early=False):
        return None
    return engine.apply(snapshot, engine.effects_of(action, s)), now
