# data: an invented reception; nothing of it exists
"""The reception of the demonstration: a rota with a gap, numbers of today, visits, two oral statements, an event, a leader's day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.reception import events, leaders, queue, rota, statements, visits

SAID = "我是湖滨小区的退休职工。去年冬天我家的取暖补贴只发了三个月，前年发的是四个月。\n我问过两次，都说再等等。请查一查是怎么回事，少发的补给我。"
PHONED = "我老伴上个月住院，异地的医药费怎么报，要交哪些单子，请告诉我。"
DONE = ("登记取暖补贴一件", "问医药费报销，当场答复", "补交工龄材料", "问进度，查给本人看")
WORKDAYS = 9  # planned ahead
GAP = 3  # the working day on which nobody is on duty in the afternoon


def furnish(*, now: datetime) -> None:
    """Everything, as the people of the office would have entered it."""
    clerk, head, leader = (_actor(name) for name in ("linfang", "wuqiming", "zhengguodong"))
    _rota(clerk, head, now)
    _visits(clerk, now)
    _queue(clerk, now)
    _statements(clerk, now)
    _event(clerk, now)
    _leader_days(leader, now)
    queue.renew_screen(by=head)


def _actor(username: str) -> Actor:
    found = people.actor_for(Staff.objects.get(username=username))
    assert found is not None
    return found


def _rota(clerk: Actor, head: Actor, now: datetime) -> None:
    day = clock.on(now) - timedelta(days=1)
    days = [day := orgs.calendar().add_workdays(day, 1) for _ in range(WORKDAYS)]
    given: dict[str, Any] = {"by": head, "now": now}
    rota.plan(who=clerk.staff_id, days=days[:GAP] + days[GAP + 1 :], halves=("am", "pm"), **given)
    rota.plan(who=head.staff_id, days=[days[GAP]], halves=("am",), **given)


def _visits(clerk: Actor, now: datetime) -> None:
    day = orgs.calendar().previous_workday(clock.on(now) - timedelta(days=1))
    for number, done in enumerate(DONE):
        came = datetime.combine(day, time(9 + number, 10), clock.ZONE)
        facts = {"came_at": came, "left_at": came + timedelta(minutes=25), "people": str(1 + number % 2), "done": done}
        visits.record(typed={**facts, "received_by": clerk.staff_id, "case": ""}, key="", by=clerk, now=now)


def _queue(clerk: Actor, now: datetime) -> None:
    given: dict[str, Any] = {"key": "", "by": clerk, "now": now}
    for name in ("", "张老师", "李阿姨", "", "老周"):
        queue.take(called_as=name, **given)
    first = queue.call_next(**given)
    queue.move(ticket_id=first.pk, step="seen", by=clerk, now=now)
    queue.call_next(**given)


def _statements(clerk: Actor, now: datetime) -> None:
    before = now - timedelta(days=1)
    given: dict[str, Any] = {"key": "", "by": clerk}
    row = statements.write_down(name="沈桂芬", via="visit", text=SAID, now=before, **given)
    confirmed: dict[str, Any] = {"how": "aloud", "present": "本人、女儿", "mark": "print"}
    statements.confirm(statement_id=row.pk, seen=1, by=clerk, now=before + timedelta(minutes=15), **confirmed)
    statements.write_down(name="", via="phone", text=PHONED, now=now, **given)


def _event(clerk: Actor, now: datetime) -> None:
    at = now - timedelta(days=2)
    facts = {
        "kind": "aid", "happened_at": at, "place": "候访室", "what": "有人等候时头晕，坐不住。", "at_once": "扶到沙发上躺下，量血压，请家里人来。",
        "called": ["120"], "called_by": "值班的人决定并打了电话",
    }  # fmt: skip
    event = events.note(facts=facts, key="", by=clerk, now=at + timedelta(minutes=40))
    events.add(
        event_id=event.pk,
        kind="more",
        text="急救人员到场，血压恢复，没有送医院。",
        key="",
        by=clerk,
        now=at + timedelta(hours=1),
    )


def _leader_days(leader: Actor, now: datetime) -> None:
    calendar, today = orgs.calendar(), clock.on(now)
    for ahead, begins, ends in ((4, time(9), time(11)), (14, time(14, 30), time(16, 30))):
        day = calendar.add_workdays(today, ahead)
        leaders.plan(
            leader_id=leader.staff_id, day=day, begins=begins, ends=ends, place="湖滨路18号一楼接待室", by=leader, now=now
        )  # fmt: skip
