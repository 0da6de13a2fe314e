"""Brings running clocks to the calendar in force, once a new one was imported: each case by an event, none twice.

Cases are found through the index of running clocks by calendar, in the order of their ids. Who acts on a case at the same
moment goes first; the case is then taken as it stands after that. May stop anywhere and be started again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q, QuerySet

from huiyin.cases import services
from huiyin.cases.models import Case, Clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.orgs import queries as orgs
from huiyin.people.policy import SYSTEM

BATCH = 200
TRIES = 3
Progress = Callable[[int], None]


def waiting() -> int:
    """How many cases have a running clock that was computed by another calendar than the one in force."""
    return _older(orgs.calendar().version).values("case_id").distinct().count()


def recompute(*, now: datetime, progress: Progress | None = None) -> int:
    """Recomputes all of them and gives how many cases that were. `progress(cases so far)` is called after each batch."""
    older, after, done = _older(orgs.calendar().version), 0, 0
    while batch := list(_next(older, after)):
        done += sum(_one(case_id, now=now) for case_id in batch)
        after = batch[-1]
        if progress:
            progress(done)
    return done


def _older(version: str) -> QuerySet[Clock]:
    """Running clocks of other calendars; two ranges, because an index knows no `≠`."""
    return Clock.objects.filter(Q(calendar__lt=version) | Q(calendar__gt=version), stopped_on=None)


def _next(older: QuerySet[Clock], after: int) -> QuerySet[Clock, int]:
    ids = older.filter(case_id__gt=after).order_by("case_id").values_list("case_id", flat=True)
    return ids.distinct()[:BATCH]


def _one(case_id: int, *, now: datetime) -> bool:
    """Whether an event was made; a case that somebody just moved is tried again, one without such a clock left alone."""
    for _ in range(TRIES):
        try:
            services.perform(Case(pk=case_id), "recompute", by=SYSTEM, now=now)
            return True
        except Conflict:
            continue
        except Refused:
            return False
    return False
