"""Looks at every case whose day has come, and misses none: unassigned, reassigned and edited ones included.

One indexed query on `next_alert_on` and one on the alarms' own next day, no paging by offset. A case that was looked at gets its next day in the same
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
from huiyin.cases.models import Case
from huiyin.cases.snapshots import situation, snapshot_of
from huiyin.cases.supervision import climbing, ringing
from huiyin.kernel import clock as time
from huiyin.kernel.errors import Conflict
from huiyin.orgs import queries as orgs
from huiyin.people.ladders import Ladders
from huiyin.people.policy import SYSTEM
from huiyin.procedure import engine
from huiyin.procedure.editions.guards_2022 import WINDOWS

BATCH = 200
log = logging.getLogger(__name__)


@dataclass
class Swept:
    """What one sweep did; `failed` are the numbers of cases that couldn't be looked at."""

    looked_at: int = 0
    alarms: int = 0
    settled: int = 0
    climbed: int = 0
    failed: list[str] = field(default_factory=list)


def sweep(*, now: datetime) -> Swept:
    """Looks at all cases whose day has come by `now`; returns when none is left but those that failed."""
    swept, ladders = Swept(), Ladders(time.on(now))
    while batch := _due(now, besides=swept.failed):
        for case in batch:
            _try(case, swept, now=now, ladders=ladders)
    around = climbing.Round(now, orgs.calendar(), ladders)
    swept.alarms += climbing.look_at_drafts(around)
    swept.climbed = climbing.replace_missing(around) + climbing.climb(around)
    return swept


def _due(now: datetime, *, besides: Collection[str]) -> list[Case]:
    coming = Case.objects.filter(next_alert_on__lte=time.on(now)).exclude(no__in=besides)
    waiting = coming.order_by("next_alert_on", "pk")
    return list(waiting.select_related("office", "responsible").prefetch_related("clocks")[:BATCH])


def _try(case: Case, swept: Swept, *, now: datetime, ladders: Ladders) -> None:
    try:
        _look(case, swept, now=now, ladders=ladders)
    except DatabaseError:
        raise  # nothing can be looked at any more
    except Exception:  # whatever is wrong with one case, the others' days have come too
        log.exception("case %s could not be looked at", case.no)
        swept.failed.append(case.no)


def _look(case: Case, swept: Swept, *, now: datetime, ladders: Ladders) -> None:
    swept.looked_at += 1
    try:
        if _window_over(case, now):
            swept.settled += _end_window(case, now=now)
        else:
            swept.alarms += _raise_alarms(case, now=now, ladders=ladders)
    except Conflict:
        pass  # somebody acted a moment ago; the case comes again in the next batch with its new dates


def _window_over(case: Case, now: datetime) -> bool:
    clocks = snapshot_of(case).clocks
    return any(name in clocks and clocks[name].due < time.on(now) for name in WINDOWS)


def _end_window(case: Case, *, now: datetime) -> int:
    """Records that the period for a review or re-review ended; that settles an answered matter, unless something is still to
    be carried out or handled again."""
    services.perform(case, "end_window", by=SYSTEM, now=now)
    case.refresh_from_db()
    close = services.edition_of(case).action("close")
    if case.state not in close.sources or engine.obstacles(
        close, situation(snapshot_of(case), {}, by=SYSTEM, now=now, law=services.edition_of(case)), early=True
    ):
        return 0
    services.perform(case, "close", by=SYSTEM, now=now)
    return 1


def _raise_alarms(case: Case, *, now: datetime, ladders: Ladders) -> int:
    """Rings what holds today and sets the next day of looking, both or neither. Conflict if the case moved meanwhile."""
    today, calendar = time.on(now), orgs.calendar()
    clocks, marks, acted_on = list(snapshot_of(case).clocks.values()), case.marks, _acted_on(case, today)
    found = alerts.rings(clocks, marks, is_open=case.is_open, on=today, acted_on=acted_on, calendar=calendar)
    following = alerts.next_look(
        clocks, is_open=case.is_open, since=today + timedelta(days=1), acted_on=max(acted_on, _idle_since(found, today, acted_on)),
        calendar=calendar, marks=marks,
    )  # fmt: skip
    with transaction.atomic():
        same = Case.objects.filter(pk=case.pk, version=case.version, next_alert_on=case.next_alert_on)
        if same.update(next_alert_on=following) != 1:
            raise Conflict("这件事刚有变化。", "The matter changed a moment ago.")
        return ringing.look(case, found, now=now, ladders=ladders, calendar=calendar)


def _acted_on(case: Case, today: date) -> date:
    """The day of the last act on a case, those of its supervisors left out; today where no clock asks for it."""
    if not case.is_open or any(clock.stopped_on is None for clock in case.clocks.all()):
        return today
    last = case.events.exclude(action__in=ringing.BESIDE).order_by("-seq").values_list("at", flat=True).first()
    return time.on(last) if last else today


def _idle_since(found: list[alerts.Ringing], today: date, acted_on: date) -> date:
    """A matter that stands still is looked at again after as many days as it took to be seen."""
    return today if any(each.kind == "idle" for each in found) else acted_on
