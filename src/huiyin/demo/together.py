# data: invented meetings and tasks; nothing of it exists
"""Joint handling in the demonstration: sections that were asked for help, a meeting that decided, and one that is still to come."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.cases import services as cases
from huiyin.cases.models import Case
from huiyin.coordination import confirming, services
from huiyin.coordination.models import Meeting
from huiyin.demo.office import SECTIONS
from huiyin.kernel.clock import on
from huiyin.orgs import queries as orgs
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor

CALLED_BY, CHAIR, OTHER, PARTNER = "wuqiming", "zhengguodong", "xujing", "liangyong"
FIRST_ACT = timedelta(days=1)
PLANNED_BEFORE = 12  # days: more than the longest holiday, so that a meeting was planned before it was held


def arrange(*, now: datetime) -> None:
    """Asks two offices about matters in work, holds one meeting and plans another; all through the services."""
    busy = Case.objects.filter(state__in=("handling", "drafted"), office__name__in=SECTIONS)
    matters = list(busy.exclude(responsible__username__in=(OTHER, PARTNER)).order_by("due_on", "pk")[:4])
    if len(matters) < 3:
        return
    _ask(matters[0], OTHER, "请查这位同志2024年以来的医保缴费记录，复印一份。", now=now)
    _ask(matters[1], PARTNER, "请查南桥所当年的交接清单，有没有这一份档案。", now=now, soon=True)
    calendar = orgs.calendar()
    held = _meeting("huddle", calendar.previous_workday(on(now) - timedelta(days=1)), now, "下午3点", "三楼小会议室")
    services.put_on(held, by=_actor(CALLED_BY), cases=[matter.pk for matter in matters[1:3]])
    _hold(held, now)
    planned = _meeting(
        "joint",
        calendar.next_workday(on(now) + timedelta(days=3)),
        now,
        "上午9点",
        "云湖市医保中心",
        "王主任 云湖市医保中心\n陈科长 市人社局",
    )
    services.put_on(
        planned,
        by=_actor(CALLED_BY),
        cases=[matter.pk for matter in (matters[0], *matters[3:])],
        why={matters[0].pk: ["late"]},
    )


def _ask(matter: Case, whom: str, words: str, *, now: datetime, soon: bool = False) -> None:
    """Asked a day after the matter's last step; so that one answer is late and another still in time."""
    last = matter.events.latest("seq").at
    at = now - timedelta(hours=2) if soon else min(last + FIRST_ACT, now - timedelta(hours=2))
    person, due = Staff.objects.get(username=whom), on(at) + timedelta(days=5)
    facts = {"office": person.office_id, "staff": person.pk, "words": words, "due_on": due}
    responsible = people.actor_for(matter.responsible)
    assert responsible is not None
    cases.perform(matter, "ask", by=responsible, now=at, facts=facts)


def _meeting(kind: str, day: object, now: datetime, starts: str, place: str, outside: str = "") -> Meeting:
    invited = tuple(Staff.objects.filter(username__in=("zhoulan", OTHER)).values_list("pk", flat=True))
    chair = Staff.objects.get(username=CHAIR).pk
    plan = services.Plan(kind, day, chair, starts, place, invited, outside)  # type: ignore[arg-type]
    return services.plan(by=_actor(CALLED_BY), now=now - timedelta(days=PLANNED_BEFORE), plan=plan)


def _hold(meeting: Meeting, now: datetime) -> None:
    """Something was decided about the first matter; of the second nothing more is done."""
    first, second = meeting.items.select_related("meeting")
    owner, due = Staff.objects.get(username=OTHER).pk, on(now) + timedelta(days=6)
    told = {"minutes": "待遇核发科说，档案移交时少了一页；医疗保障科存有当年的复印件。", "outcome": "task"}
    writer = _actor(CALLED_BY)
    task = {"decision": "找出当年的复印件，盖章以后交待遇核发科", "owner": owner, "due_on": due}
    services.write(first, by=writer, now=now - timedelta(hours=1), version=1, typed=told | task)
    nothing = {"minutes": "已经电话告知本人。", "outcome": "no_action", "reason": "材料已经齐全，按原计划拟写意见。"}
    services.write(second, by=writer, now=now - timedelta(hours=1), version=1, typed=nothing)
    confirming.confirm(meeting, by=_actor(CHAIR), now=now - timedelta(minutes=50), version=meeting.version)
    confirming.carry(meeting, by=_actor(CHAIR), now=now - timedelta(minutes=50))


def _actor(username: str) -> Actor:
    found = people.actor_for(Staff.objects.get(username=username))
    assert found is not None
    return found
