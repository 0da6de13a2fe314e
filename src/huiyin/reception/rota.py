"""Planning the rota: several days at once, copying the week before, swapping two people's days.

Only working days from today on are planned; what was is never rewritten. Planning twice is the same as planning once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor, may
from huiyin.procedure.words import day_words
from huiyin.reception import duties
from huiyin.reception.models import Duty, Half
from huiyin.reception.policy import require, staff_id

MOST_DAYS = 62
WEEK = timedelta(days=7)


def plan(*, who: int | None, days: Iterable[date], halves: Iterable[str], by: Actor, now: datetime) -> int:
    """Puts somebody on duty on these days; gives how many half days are new. Refused for rest days and past days."""
    unit = require(by, "reception.plan")
    chosen = _plannable(days, clock.on(now))
    if who not in {one.pk for one in duties.candidates(by)}:
        raise Refused("请选一位在岗的接待人员。", "Choose somebody of the reception who is in service.", field="staff")
    parts = _parts(halves)
    rows = [_duty(unit, day, half, who, by, now) for day in chosen for half in parts]  # type: ignore[arg-type]
    return _add(rows)


def clear(*, who: int | None, days: Iterable[date], halves: Iterable[str], by: Actor, now: datetime) -> int:
    """Takes somebody, or everybody (None), off these days; gives how many half days went."""
    unit = require(by, "reception.plan")
    found = Duty.objects.filter(unit_id=unit, day__in=_plannable(days, clock.on(now)), half__in=_parts(halves))
    return (found if who is None else found.filter(staff_id=who)).delete()[0]


def copy_last_week(*, week_of: date, by: Actor, now: datetime) -> int:
    """Fills the empty working days of a week as the week before, weekday by weekday; gives how many half days are new.

    A make-up working day at a weekend has no model and stays a gap, which is shown.
    """
    unit, today, calendar = require(by, "reception.plan"), clock.on(now), orgs.calendar()
    monday = week_of - timedelta(days=week_of.weekday())
    source = duties.days(by, first=monday - WEEK, last=monday - timedelta(days=1), calendar=calendar)
    target = duties.days(by, first=monday, last=monday + timedelta(days=6), calendar=calendar)
    rows = []
    for before, here in zip(source, target, strict=True):
        if here.works and here.day >= today and not (here.morning or here.afternoon):
            rows += [_duty(unit, here.day, Half.MORNING, one.pk, by, now) for one in before.morning]
            rows += [_duty(unit, here.day, Half.AFTERNOON, one.pk, by, now) for one in before.afternoon]
    return _add(rows)


@dataclass(frozen=True)
class Turn:
    """One person's duty on one day, whatever halves it has."""

    day: date
    staff_id: int


def turns(by: Actor, *, today: date, until: date) -> list[tuple[Turn, str]]:
    """The turns from today on with the person's name, in order: what can be swapped."""
    rota = duties.days(by, first=today, last=until, calendar=orgs.calendar())
    found: dict[Turn, str] = {}
    for each in rota:
        for one in (*each.morning, *each.afternoon):
            found[Turn(each.day, one.pk)] = one.name
    return list(found.items())


@transaction.atomic
def swap(*, first: Turn, second: Turn, by: Actor, now: datetime) -> None:
    """Each takes the other's day. Whoever plans may swap anybody; others only a turn of their own."""
    unit = require(by, "reception.work")
    if not may(by, "reception.plan") and by.staff_id not in {first.staff_id, second.staff_id}:
        raise Forbidden(
            "只能换您自己的班；别人的班请负责排班的人换。", "You may swap your own duty; others are for the planner."
        )
    if first.staff_id == second.staff_id or first.day == second.day:
        raise Refused("请选不同两个人、不同两天的班。", "Choose two people on two different days.", field="second")
    _plannable([first.day, second.day], clock.on(now))
    _check_free(unit, first, second)
    given = [_locked(unit, turn) for turn in (first, second)]
    try:
        with transaction.atomic():
            _pass_on(given[0], first.staff_id, second.staff_id)
            _pass_on(given[1], second.staff_id, first.staff_id)
    except IntegrityError:  # planned a moment ago
        raise Conflict(
            "排班刚刚改过，请看新的班表再换。", "The rota has just changed; look at it again.", field="first"
        ) from None


def _check_free(unit: int, first: Turn, second: Turn) -> None:
    """Raises Refused for somebody who is on duty on the other's day already, naming both."""
    for day, taker in ((first.day, second.staff_id), (second.day, first.staff_id)):
        if there := Duty.objects.filter(unit_id=unit, day=day, staff_id=taker).select_related("staff").first():
            said, name = day_words(day), there.staff.name
            raise Refused(
                f"{name}{said.zh}那天已经有班，换不了。请另选一天，或者先把那天的班撤下。",
                f"{name} is on duty on {said.en} already; choose another day, or take that duty off the rota first.",
                field="second",
            )


def _locked(unit: int, turn: Turn) -> list[int]:
    rows = Duty.objects.select_for_update().filter(unit_id=unit, day=turn.day, staff_id=turn.staff_id).order_by("pk")
    found = [row.pk for row in rows]
    if not found:
        raise Conflict(
            "排班刚刚改过，请看新的班表再换。", "The rota has just changed; look at it again.", field="first"
        )
    return found


def _pass_on(duty_ids: list[int], giver: int, taker: int) -> None:
    if Duty.objects.filter(pk__in=duty_ids, staff_id=giver).update(staff_id=taker) != len(duty_ids):
        raise Conflict(
            "排班刚刚改过，请看新的班表再换。", "The rota has just changed; look at it again.", field="first"
        )


def _plannable(days: Iterable[date], today: date) -> list[date]:
    chosen, calendar = sorted(set(days)), orgs.calendar()
    if not chosen:
        raise Refused("先勾上要排的日子。", "Tick the days first.", field="days")
    if len(chosen) > MOST_DAYS:
        raise Refused(f"一次最多排{MOST_DAYS}天。", f"At most {MOST_DAYS} days at once.", field="days")
    for day in chosen:
        said = day_words(day)
        if day < today:
            raise Refused(
                f"{said.zh}已经过去了，不能再改。", f"{said.en} has passed and stays as it was.", field="days"
            )
        if not calendar.is_workday(day):
            raise Refused(f"{said.zh}不上班，不用排。", f"{said.en} is no working day.", field="days")
    return chosen


def _parts(halves: Iterable[str]) -> list[str]:
    chosen = [half for half in Half.values if half in set(halves)]
    if not chosen:
        raise Refused("请选上午、下午或者全天。", "Choose morning, afternoon or the whole day.", field="part")
    return chosen


def _duty(unit: int, day: date, half: str, who: int, by: Actor, now: datetime) -> Duty:
    return Duty(unit_id=unit, day=day, half=half, staff_id=who, planned_by_id=staff_id(by), planned_at=now)


def _add(rows: list[Duty]) -> int:
    """Adds what is not there yet, in one transaction with the count."""
    if not rows:
        return 0
    with transaction.atomic():
        here = Duty.objects.filter(unit_id=rows[0].unit_id, day__in={row.day for row in rows})
        before = here.count()
        Duty.objects.bulk_create(rows, ignore_conflicts=True)
        return here.count() - before
