"""Replays every case's events and compares: does the record give the same case, and does every step follow the table?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from huiyin.cases import agents, levels, petitioners, senders, splitting, tasks
from huiyin.cases.models import Case, CaseEvent, CaseLevel, CaseSender, CaseTask, Clock, Petitioner
from huiyin.cases.snapshots import snapshot_of
from huiyin.kernel.db import append_only
from huiyin.procedure import engine
from huiyin.procedure.editions import edition
from huiyin.procedure.states import STATES

CHUNK = 2000


@dataclass(frozen=True)
class Finding:
    """Something that does not fit: the case's number and a short code with the values that differ."""

    no: str
    code: str
    detail: str = ""


def verify(*, progress: Callable[[int], None] | None = None) -> Iterator[Finding]:
    """All findings over all cases, in order; an empty result means that every event replays to the case as it stands."""
    for table in append_only.missing():
        yield Finding("-", "trigger_missing", table)
    events = Prefetch("events", CaseEvent.objects.order_by("seq"), to_attr="history")
    clocks = Prefetch("clocks", Clock.objects.filter(stopped_on=None))
    people = Prefetch("petitioners", Petitioner.everyone.order_by("pk"), to_attr="ever")
    cases = Case.objects.order_by("pk").prefetch_related(events, clocks, people, "tasks", "senders", "levels")
    items: dict[str, str] = {}
    for count, case in enumerate(cases.iterator(chunk_size=CHUNK), start=1):
        yield from check(case, case.history)
        items |= splitting.told_of(case, case.history)
        if progress:
            progress(count)
    yield from (Finding(letter, "item_missing", no) for letter, no in splitting.missing(items))


def check(case: Case, history: list[CaseEvent]) -> Iterator[Finding]:
    """The findings of one case."""
    yield from _steps(case, history)
    replayed = engine.replay(event.effects for event in history)
    kept = snapshot_of(case)
    for name in ("state", "office", "responsible", "marks", "clocks"):
        if getattr(replayed, name) != getattr(kept, name):
            yield Finding(case.no, f"{name}_differs", f"{getattr(replayed, name)} ≠ {getattr(kept, name)}")
    if case.rated != bool(replayed.marks.get("evaluated")):
        yield Finding(case.no, "rated_differs", f"{replayed.marks.get('evaluated')} ≠ {case.rated}")
    if [_shown(row) for row in tasks.rows_of(case, history)] != [_shown(row) for row in case.tasks.all()]:
        yield Finding(case.no, "tasks_differ")
    if [_shown(row) for row in senders.rows_of(case)] != [_shown(row) for row in case.senders.all()]:
        yield Finding(case.no, "senders_differ")
    if [_shown(row) for row in levels.rows_of(case)] != [_shown(row) for row in case.levels.all()]:
        yield Finding(case.no, "levels_differ")
    for event in _told_otherwise(case, history):
        yield Finding(case.no, "people_differ", f"{event.seq}")
    if agents.differ(case, history):
        yield Finding(case.no, "agents_differ")
    if case.version != len(history) or case.is_open != STATES[case.state].open:
        yield Finding(case.no, "version_differs", f"{len(history)} ≠ {case.version}")


def _told_otherwise(case: Case, history: list[CaseEvent]) -> Iterator[CaseEvent]:
    """The events whose people are not those on record for that time: somebody changed a row."""
    ever = getattr(case, "ever", None)
    rows: list[Petitioner] = list(Petitioner.everyone.filter(case=case).order_by("pk")) if ever is None else ever
    for event in history:
        present = petitioners.standing_at(rows, event.seq)
        if event.effects.get("people", "") not in ("", petitioners.digest(case, present)):
            yield event


def _shown(row: CaseTask | CaseSender | CaseLevel) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "id" and not name.startswith("_")}


def _steps(case: Case, history: list[CaseEvent]) -> Iterator[Finding]:
    state, actions = "", edition(case.edition).actions
    for place, event in enumerate(history, start=1):
        action = actions.get(event.action)
        if event.seq != place:
            yield Finding(case.no, "event_missing", f"{place}")
        if (
            action is None
            or event.from_state != state
            or (state not in action.sources if place > 1 else bool(action.sources))
        ):
            yield Finding(case.no, "step_not_in_table", f"{event.seq} {event.action}")
        if event.effects.get("state") != event.to_state:
            yield Finding(case.no, "effects_differ", f"{event.seq}")
        state = event.to_state
    first = history[0].facts.get("text_sha256") if history else ""
    if first != hashlib.sha256(case.text.encode()).hexdigest():
        yield Finding(case.no, "text_differs")
