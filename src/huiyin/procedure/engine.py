"""Carries out one step of the procedure, purely: a snapshot and facts in, effects out. Replaying effects gives the snapshot.

Effects are JSON values, kept with the event for ever: state, office, responsible, clocks (start and stop), marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from huiyin.procedure.actions import Action, Guard, Running, Situation, Snapshot, Start, Stop
from huiyin.procedure.deadlines import compute

Effects = dict[str, Any]


def obstacles(action: Action, situation: Situation, *, early: bool) -> list[Guard]:
    """The guards that do not hold. With `early` only those that can be judged before anything is recorded."""
    return [guard for guard in action.guards if (guard.early or not early) and not guard.holds(situation)]


def effects_of(action: Action, situation: Situation) -> Effects:
    """What the action changes. Assumes that policy, facts and guards were checked."""
    facts, snapshot = situation.facts, situation.snapshot
    made: Effects = {"state": action.target or snapshot.state}
    if action.assigns:
        made["office"], made["responsible"] = facts["office"], facts["staff"]
    if action.passes and (to := action.passes.to(situation)):
        made["office"], made["responsible"] = to
    if changes := clock_changes(action, situation):
        made["clocks"] = changes
    if action.marks:
        made["marks"] = action.marks(situation)
    return made


def clock_changes(action: Action, situation: Situation) -> list[dict[str, Any]]:
    """The clocks that the action stops and starts, as their JSON forms; a page may ask before the action is taken."""
    stopped = [stopped for stop in action.stops if (stopped := _stop(stop, situation))]
    begun = [start_of(clock) for start in action.starts if (clock := started(start, situation))]
    return stopped + begun + (recomputed(situation) if action.recomputes else [])


def apply(snapshot: Snapshot, effects: Mapping[str, Any]) -> Snapshot:
    """The snapshot after the effects of one event."""
    clocks = dict(snapshot.clocks)
    for change in effects.get("clocks", ()):
        if change["op"] == "stop":
            clocks.pop(change["term"], None)
        else:
            clocks[change["term"]] = read_running(change)
    return replace(
        snapshot,
        state=effects["state"],
        office=effects.get("office", snapshot.office),
        responsible=effects.get("responsible", snapshot.responsible),
        clocks=clocks,
        marks={**snapshot.marks, **effects.get("marks", {})},
    )


def replay(history: Iterable[Mapping[str, Any]]) -> Snapshot:
    """The snapshot after all effects, in order."""
    snapshot = Snapshot()
    for effects in history:
        snapshot = apply(snapshot, effects)
    return snapshot


def recomputed(situation: Situation) -> list[dict[str, Any]]:
    """The running clocks that were computed by another calendar, computed anew by the situation's; none if all are current."""
    older = (clock for clock in situation.snapshot.clocks.values() if clock.calendar != situation.calendar.version)
    again = (run(clock.term, clock.start, situation, days=clock.days) for clock in older)
    return [start_of(clock) for clock in again]


def start_of(clock: Running) -> dict[str, Any]:
    """The change by which a clock runs, in its JSON form."""
    return {"op": "start", **_as_json(clock)}


def run(term: str, start: date, situation: Situation, *, days: int | None = None) -> Running:
    """A running clock of `term` from `start`, by the situation's calendar."""
    rule = situation.terms[term] if days is None else situation.terms[term].with_days(days)
    deadline = compute(rule, start, situation.calendar)
    return Running(
        term, start, rule.days, deadline.raw, deadline.due, deadline.internal_due, deadline.provisional,
        situation.calendar.version,
    )  # fmt: skip


def read_running(kept: Mapping[str, Any]) -> Running:
    """A running clock from its JSON form."""
    dates = {name: date.fromisoformat(kept[name]) for name in ("start", "raw", "due", "internal")}
    return Running(
        term=kept["term"], days=kept["days"], provisional=kept["provisional"], calendar=kept["calendar"], **dates
    )


def started(start: Start, situation: Situation) -> Running | None:
    """The clock that starts, if one does."""
    counted_from = start.counted_from(situation)
    if counted_from is None:
        return None
    days = start.days(situation) if start.days else None
    return run(start.term, counted_from, situation, days=days)


def _stop(stop: Stop, situation: Situation) -> dict[str, Any] | None:
    clock = situation.running(stop.term)
    on = stop.on(situation) if clock else None
    if clock is None or on is None:
        return None
    outcome = ("met" if on <= clock.due else "late") if stop.ending == "done" else stop.ending
    return {"op": "stop", "term": stop.term, "on": on.isoformat(), "outcome": outcome}


def _as_json(clock: Running) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in vars(clock).items()}
