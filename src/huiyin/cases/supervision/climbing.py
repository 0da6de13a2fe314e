"""Alarms climb: those that nobody took note of, those whose promised day passed, and those whose holder left or is away.

Each alarm is moved by a guarded update together with its line in the record; whatever is interrupted is done by the next
sweep, once. What is asked for is what rings: no alarm that waits in time is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.cases.models import Draft
from huiyin.cases.supervision import ringing
from huiyin.cases.supervision.models import Alarm, AlarmEntry
from huiyin.cases.turns import is_typed
from huiyin.kernel import clock as time
from huiyin.people.ladders import Ladders, Told
from huiyin.people.models import Absence, Staff
from huiyin.procedure.alarms import RULES, UNREGISTERED_WORKDAYS
from huiyin.procedure.calendars import Calendar

BATCH = 200
What = AlarmEntry.What


@dataclass(frozen=True)
class Round:
    """One sweep's moment, calendar and ladders."""

    now: datetime
    calendar: Calendar
    ladders: Ladders

    @property
    def today(self) -> date:
        return time.on(self.now)


@dataclass(frozen=True)
class Unregistered:
    """Something that came in and is not registered: under which key its alarm is kept, that of its draft where there is one, and who
    answers for it (with their office)."""

    key: UUID
    owner: Staff


# What rooms above this one know of that began before a moment and is still not registered; each adds its own when it starts.
ROOMS: list[Callable[[datetime], Iterable[Unregistered]]] = []


def climb(round_: Round) -> int:
    """Moves every alarm whose day has come; gives how many climbed or rang again."""
    coming = Alarm.objects.filter(ended_on=None, next_on__lte=round_.today)
    return sum(_climb(alarm, round_) for alarm in _each(coming))


def replace_missing(round_: Round) -> int:
    """Passes on the alarms of people who left or are away, and tries again for those that nobody holds."""
    away = Absence.objects.filter(staff=OuterRef("holder"), from_on__lte=round_.today, to_on__gte=round_.today)
    alone = Q(holder=None) | Q(holder__is_active=False) | Exists(away)
    return sum(_replace(alarm, round_) for alarm in _each(Alarm.objects.filter(alone, ended_on=None)))


def look_at_drafts(round_: Round) -> int:
    """Rings for what waits too long to be registered – drafts at the desk, and what other rooms know of (`ROOMS`) –, and ends it for
    what doesn't wait any more."""
    before = _before(round_)
    known = {each.key: each for room in ROOMS for each in room(before)}
    waiting = Draft.objects.filter(case=None, owner__isnull=False)
    ringing_now = Alarm.objects.filter(ended_on=None, kind="unregistered")
    for alarm in _each(ringing_now.exclude(draft__in=waiting.values("pk")).exclude(draft__in=list(known))):
        registered = Draft.objects.filter(pk__in=[alarm.draft], case__isnull=False).exists()
        with transaction.atomic():
            ringing.end(alarm, how="register" if registered else "discarded", now=round_.now)
    rung = Alarm.objects.filter(draft=OuterRef("pk"), ended_on=None)
    late = waiting.filter(~Exists(rung), created_at__lt=before).select_related("owner__office").order_by("pk")
    known |= {
        draft.pk: Unregistered(draft.pk, draft.owner)
        for draft in late
        if draft.owner and (is_typed(draft.data) or draft.draft_files.exists())
    }
    return sum(_ring_unregistered(each, round_) for each in known.values())


def _before(round_: Round) -> datetime:
    """The first moment of the day from which on drafts are still in time."""
    day = round_.today
    for _ in range(UNREGISTERED_WORKDAYS):
        day = round_.calendar.previous_workday(day - timedelta(days=1))
    return datetime.combine(day, datetime.min.time(), time.ZONE)


def _ring_unregistered(what: Unregistered, round_: Round) -> int:
    rule, owner = RULES["unregistered"], what.owner
    told = round_.ladders.first(owner.office, owner.pk, rule.first)
    with transaction.atomic():
        alarm, made = Alarm.objects.get_or_create(
            draft=what.key, kind=rule.kind, ended_on=None,
            defaults={
                "occurrence": 1, "raised_on": round_.today, "office": owner.office, "responsible": owner, "rung": told.rung,
                "holder_id": told.staff, "next_on": round_.calendar.add_workdays(round_.today, rule.climbs_after),
            },
        )  # fmt: skip
        if made:
            ringing.note(alarm, What.RANG, now=round_.now)
    return int(made)


def _climb(alarm: Alarm, round_: Round) -> int:
    told = _ladders(alarm, round_).above(alarm.office, alarm.rung, alarm.holder_id, alarm.responsible_id)
    broken = alarm.acknowledged_at is not None
    higher = told.rung > alarm.rung
    what = What.BROKEN if broken else What.CLIMBED if higher else What.AGAIN
    return _move(alarm, told, what, round_)


def _ladders(alarm: Alarm, round_: Round) -> Ladders:
    return round_.ladders.sealed(alarm.case.accused) if alarm.case is not None and alarm.case.sealed else round_.ladders


def _replace(alarm: Alarm, round_: Round) -> int:
    """The next one who is there, at once. Who is away and named a deputy passes it to them on the same rung."""
    ladders = _ladders(alarm, round_)
    person = ladders.first(alarm.office, alarm.responsible_id, "person") if alarm.rung == 0 else None
    told = person or ladders.above(alarm.office, alarm.rung, alarm.holder_id, alarm.responsible_id)
    if told.staff == alarm.holder_id:
        return 0
    return _move(alarm, told, What.CLIMBED, round_)


def _move(alarm: Alarm, told: Told, what: str, round_: Round) -> int:
    following = round_.calendar.add_workdays(round_.today, RULES[alarm.kind].climbs_after)
    changed: dict[str, Any] = {"rung": told.rung, "holder_id": told.staff, "next_on": following}
    with transaction.atomic():
        ringing.hold(alarm)
        same = Alarm.objects.filter(
            pk=alarm.pk, ended_on=None, next_on=alarm.next_on, rung=alarm.rung, holder=alarm.holder_id
        )
        if same.update(**changed, **ringing.NOBODY) != 1:
            return 0  # somebody took note of it, or it ended, a moment ago
        alarm.rung, alarm.holder_id = told.rung, told.staff
        ringing.note(alarm, what, now=round_.now)
    return 1


def _each(alarms: QuerySet[Alarm]) -> Iterator[Alarm]:
    """Every row once, in batches that each begin after the last row seen."""
    last = 0
    while batch := list(
        alarms.filter(pk__gt=last).select_related("office", "case__accused").defer("case__text").order_by("pk")[:BATCH]
    ):
        yield from batch
        last = batch[-1].pk
