# data: invented words of an invented office
"""What supervisors did in the demonstration: one alarm was taken note of, one climbed, a matter was urged, another got a letter."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.cases import services as cases
from huiyin.cases.models import CaseEvent
from huiyin.cases.supervision import services
from huiyin.cases.supervision.climbing import Round, climb
from huiyin.cases.supervision.models import Alarm
from huiyin.kernel.clock import on
from huiyin.orgs import queries as orgs
from huiyin.people import absences
from huiyin.people import services as people
from huiyin.people.ladders import Ladders
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.procedure.editions.supervision_2022 import usual_day

SUPERVISOR, DEPUTY_OF, DEPUTY = "shenwei", "luocheng", "xujing"


def show(*, now: datetime) -> None:
    """Once, on the alarms that ring today: the oldest late ones, each treated another way."""
    if CaseEvent.objects.filter(action__in=("urge", "supervise")).exists():
        return
    late = (
        Alarm.objects.filter(ended_on=None, kind="late")
        .select_related("case__office", "office", "holder")
        .order_by("pk")
    )
    first, second, third, *_ = [*late[:3], None, None, None]
    if first:
        _climbs(first, now)
        _letter(first, now)
    if second:
        _noted(second, now)
    if third and third.case:
        cases.perform(third.case, "urge", by=_actor(SUPERVISOR), now=now, facts={"words": "请本周拟出处理意见。"})
    _away(now)


def _actor(username: str) -> Actor:
    found = people.actor_for(Staff.objects.get(username=username))
    assert found is not None
    return found


def _climbs(alarm: Alarm, now: datetime) -> None:
    """As though nobody had taken note for a day."""
    Alarm.objects.filter(pk=alarm.pk).update(next_on=on(now))
    climb(Round(now, orgs.calendar(), Ladders(on(now))))


def _letter(alarm: Alarm, now: datetime) -> None:
    assert alarm.case is not None
    day = usual_day("supervise", on(now), orgs.calendar())
    facts = {"ground": "delay", "words": "已经超过办理期限。请说明原因，三个工作日内拟出处理意见。", "answer_by": day}
    cases.perform(alarm.case, "supervise", by=_actor(SUPERVISOR), now=now, facts=facts)


def _noted(alarm: Alarm, now: datetime) -> None:
    alarm.refresh_from_db()
    if alarm.holder is None or alarm.acknowledged_by_id:
        return
    day = orgs.calendar().next_workday(on(now) + timedelta(days=1))
    services.acknowledge(
        alarm, by=_actor(alarm.holder.username), now=now, promise="台账已经调来，明天拟好意见。", promised_on=day
    )


def _away(now: datetime) -> None:
    by, stands_in = _actor(DEPUTY_OF), Staff.objects.get(username=DEPUTY)
    last = on(now) + timedelta(days=3)
    assert by.staff_id is not None
    absences.enter(by=by, staff_id=by.staff_id, from_on=on(now), to_on=last, deputy_id=stands_in.pk, today=on(now))
