"""Leaders' reception days (领导接访日): planned, announced to everybody, called off with a reason.

A day is never edited: whoever read the announcement sees what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from huiyin.cases import drafts
from huiyin.cases.models import Channel, Draft
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Invalid, Refused
from huiyin.kernel.typed import one_line
from huiyin.orgs import queries as orgs
from huiyin.people import queries as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.reception.models import LeaderDay
from huiyin.reception.policy import require, staff_id, unit_id


def leaders_of(by: Actor) -> list[Staff]:
    """The leaders of the actor's unit."""
    return list(people.staff_in(orgs.unit_ids(by.unit_path), "leader"))


def listed(by: Actor, *, since: date) -> QuerySet[LeaderDay]:
    """The unit's days from `since` on, in order."""
    return LeaderDay.objects.filter(unit_id=unit_id(by), day__gte=since).select_related("leader")


def announced(*, today: date) -> QuerySet[LeaderDay]:
    """What everybody may read: the days of all units from today on, with those that were called off. One query."""
    return LeaderDay.objects.filter(day__gte=today, unit__is_active=True).select_related("leader", "unit")


def one(by: Actor, day_id: int) -> LeaderDay:
    """A day of the actor's unit. Refused (not_found) if there is none."""
    found = LeaderDay.objects.filter(pk=day_id, unit_id=unit_id(by)).select_related("leader").first()
    if found is None:
        raise Refused("没有这个接访日。", "There is no such reception day.", code="not_found")
    return found


def plan(
    *, leader_id: int | None, day: date | None, begins: time | None, ends: time | None, place: str, by: Actor, now: datetime
) -> LeaderDay:  # fmt: skip
    """Announces a day. Raises Invalid with what is missing or wrong; planned twice it is the same day."""
    unit = require(by, "reception.plan")
    wrong = dict(_wrong(leader_id, day, begins, ends, one_line(place), by, clock.on(now)))
    if wrong:
        raise Invalid(wrong)
    row = LeaderDay(
        unit_id=unit, leader_id=leader_id, day=day, begins=begins, ends=ends, place=one_line(place)[:100],  # type: ignore[misc]
        planned_by_id=staff_id(by), planned_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return LeaderDay.objects.get(unit_id=unit, leader_id=row.leader_id, day=row.day, begins=row.begins)
    return row


def _wrong(
    leader_id: int | None, day: date | None, begins: time | None, ends: time | None, place: str, by: Actor, today: date
) -> Iterator[tuple[str, Refused]]:  # fmt: skip
    if leader_id not in {one.pk for one in leaders_of(by)}:
        yield "leader", Refused("请选一位本单位的领导。", "Choose a leader of your unit.", field="leader")
    if day is None:
        yield "day", Refused("请写日期，例如2026-12-01。", "Write the date, for example 2026-12-01.", field="day")
    elif day < today:
        yield "day", Refused("这一天已经过去了。", "This day has passed.", field="day")
    if begins is None:
        yield "begins", Refused("请写开始的时间，例如9:00。", "Write when it begins, for example 9:00.", field="begins")
    if ends is None or (begins is not None and ends <= begins):
        yield (
            "ends",
            Refused("请写结束的时间，要晚于开始的时间。", "Write when it ends, after it begins.", field="ends"),
        )
    if not place:
        yield (
            "place",
            Refused(
                "请写地点，来的人要知道往哪里走。", "Write the place: people need to know where to go.", field="place"
            ),
        )


def call_off(*, day_id: int, why: str, by: Actor, now: datetime) -> LeaderDay:
    """Calls a day off; the announcement says so and why. Conflict if somebody did already."""
    unit, reason = require(by, "reception.plan"), one_line(why)[:100]
    if not reason:
        raise Refused("请写为什么取消，来的人会看到。", "Write why: whoever comes will read it.", field="why")
    open_days = LeaderDay.objects.filter(pk=day_id, unit_id=unit, called_off_at=None)
    if open_days.update(called_off_at=now, called_off_why=reason) != 1:
        raise Conflict("这一天已经取消了。", "This day was called off already.", field="why")
    return one(by, day_id)


def begin_matter(*, day_id: int, by: Actor, now: datetime) -> Draft:
    """A registration draft for a matter that the leader heard: channel `leader`, received that day."""
    require(by, "reception.work")
    heard = one(by, day_id)
    if heard.day > clock.on(now):
        raise Refused("这一天还没到。", "This day has not come yet.")
    data = {
        "channel": Channel.LEADER.value, "received_on": heard.day.isoformat(), "purpose": "request", "people_count": "1",
    }  # fmt: skip
    return drafts.begin(by=by, now=now, data=data)[0]
