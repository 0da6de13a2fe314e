"""From rows to the procedure's snapshot, and what an actor is to the procedure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiyin.cases.models import Case, Clock
from huiyin.kernel import clock as time
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Doer, Edition, Running, Situation, Snapshot
from huiyin.procedure.calendars import Calendar


def snapshot_of(case: Case) -> Snapshot:
    """Where a case stands, from its rows (one query for the running clocks)."""
    running = {row.term: running_of(row) for row in case.clocks.all() if row.stopped_on is None}
    return Snapshot(case.state, case.office_id, case.responsible_id, running, case.marks)


def running_of(row: Clock) -> Running:
    """The clock of a row."""
    return Running(
        row.term, row.start_on, row.days, row.raw_on, row.due_on, row.internal_on, row.provisional, row.calendar
    )


def situation(
    snapshot: Snapshot,
    facts: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    law: Edition,
    calendar: Calendar | None = None,
) -> Situation:
    """All that the procedure may look at, with the terms of the matter's edition and the calendar in force unless another is given."""
    doer = Doer(by.kind, by.staff_id, by.roles, by.office_id)
    return Situation(snapshot, facts, doer, now, time.on(now), calendar or orgs.calendar(), law.terms)
