"""Looks at every case whose day has come, and misses none: unassigned, reassigned and edited ones included.

One indexed query on `next_alert_on`, no paging by offset. A case that was looked at gets its next day in the same
transaction as its alarm; if the process dies in between, the next sweep does it again, and an alarm can't be doubled.
A case that fails keeps its day, is counted and logged, and never holds up the others.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import DatabaseError, transaction

from huiyin.cases import alerts, services
from huiyin.cases.models import Alert, Case
from huiyin.cases.snapshots import snapshot_of
from huiyin.kernel import clock as time
from huiyin.kernel.errors import Conflict
from huiyin.orgs import queries as orgs
from huiyin.people.policy import SYSTEM
from huiyin.procedure.actions import Running
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.editions.tasks_2022 import open_tasks

BATCH = 200
log = logging.getLogger(__name__)


@dataclass
class Swept:
    """What one sweep did; `failed` are the numbers of cases that couldn't be looked at."""

    looked_at: int = 0
    alarms: int = 0
    settled: int = 0
    failed: list[str] = field(default_factory=list)


def sweep(*, now: datetime) -> Swept:
    """Looks at all cases whose day has come by `now`; returns when none is left but those that failed."""
    swept = Swept()
    while batch := _due(now, besides=swept.failed):
        for case in batch:
            _try(case, swept, now=now)
    return swept


def _due(now: datetime, *, besides: Collection[str]) -> list[Case]:
    coming = Case.objects.filter(next_alert_on__lte=time.on(now)).exclude(no__in=besides)
    waiting = coming.order_by("next_alert_on", "pk")
    return list(waiting.select_related("office", "responsible").prefetch_related("clocks")[:BATCH])


def _try(case: Case, swept: Swept, *, now: datetime) -> None:
    try:
        _look(case, swept, now=now)
    except DatabaseError:
        raise  # nothing can be looked at any more
    except Exception:  # whatever is wrong with one case, the others' days have come too
        log.exception("case %s could not be looked at", case.no)
        swept.failed.append(case.no)


def _look(case: Case, swept: Swept, *, now: datetime) -> None:
    swept.looked_at += 1
    try:
        if _window_over(case, now):
            swept.settled += _end_window(case, now=now)
        else:
            swept.alarms += _raise_alarms(case, now=now)
    except Conflict:
        pass  # somebody acted a moment ago; the case comes again in the next batch with its new dates


def _window_over(case: Case, now: datetime) -> bool:
    window = snapshot_of(case).clocks.get("request-review")
    return window is not None and window.due < time.on(now)


def _end_window(case: Case, *, now: datetime) -> int:
    """Records that the review period ended; a delivered matter is settled by that, unless a task on it is still open."""
    services.perform(case, "end_window", by=SYSTEM, now=now)
    case.refresh_from_db()
    if case.state == "delivered" and not open_tasks(case.marks):
        services.perform(case, "close", by=SYSTEM, now=now)
        return 1
    return 0


def _raise_alarms(case: Case, *, now: datetime) -> int:
    today, calendar = time.on(now), orgs.calendar()
    clocks = list(snapshot_of(case).clocks.values())
    rows = [_alarm(case, *ringing, now=now) for ringing in _ringing(case, clocks, today, calendar)]
    tomorrow = today + timedelta(days=1)
    following = alerts.next_look(clocks, is_open=case.is_open, since=tomorrow, acted_on=today, calendar=calendar)
    with transaction.atomic():
        Alert.objects.bulk_create(rows, ignore_conflicts=True)
        Case.objects.filter(pk=case.pk, version=case.version, next_alert_on=case.next_alert_on).update(
            next_alert_on=following
        )
    return len(rows)


def _ringing(case: Case, clocks: list[Running], today: date, calendar: Calendar) -> list[tuple[str, str, date | None]]:
    """The alarms of today as (level, term, due date)."""
    duties = [clock for clock in clocks if alerts.is_office_duty(clock)]
    if not duties:
        return [("idle", "", None)] if case.is_open else []
    rung = ((alerts.level(clock, today, calendar), clock.term, clock.due) for clock in duties)
    return [ringing for ringing in rung if ringing[0]]


def _alarm(case: Case, level: str, term: str, due: date | None, *, now: datetime) -> Alert:
    return Alert(
        case=case,
        level=level,
        term=term,
        due_on=due,
        raised_on=time.on(now),
        office=case.office,
        responsible=case.responsible,
    )
