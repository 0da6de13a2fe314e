# data: invented people and what they say; nothing of it exists
"""Who stands behind matters in the demonstration: a group with its representatives, a daughter who acts for her mother, and a letter
without a name whose writer called later."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from huiyin.cases import services as cases
from huiyin.cases.models import Case
from huiyin.demo.office import SECTIONS
from huiyin.kernel.clock import on
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor

CLERK = "linfang"
GROUP = {
    "channel": "visit", "people_count": 36, "title": "湖滨小区36户的物业补贴没有到账", "purpose": "request", "topic": "150201",
    "text": "我们湖滨小区36户退休职工，从一月起物业补贴都没有到账。银行说没有收到，单位说已经发了。请查清楚，少发的一起补。",
    "claims": [{"text": "查清36户的补贴发到了哪里"}, {"text": "少发的一起补发"}], "place": "湖滨小区",
    "petitioners": [
        {"name": "张国强", "phone": "13800000021", "address": "湖滨小区2栋301", "is_representative": True, "letters": "main"},
        {"name": "李桂珍", "phone": "13800000022", "is_representative": True, "letters": "copy"},
        {"name": "赵铁柱", "is_representative": True}, {"name": "钱有福"}, {"name": "孙玉梅"},
    ],
}  # fmt: skip
CHANGED = {
    "people_count": 36, "representatives": [1, 2], "joined": "王素芬，13800000023，湖滨小区5栋102", "main": 1, "copies": [2, "new"],
    "reason": "赵铁柱要去外地照看孙辈，三十多户在小区里重新推选了王素芬。",
}  # fmt: skip
NAMELESS = {
    "channel": "letter", "title": "北门路口的路灯晚上不亮", "purpose": "request", "petitioners": [],
    "text": "活动中心北门的路灯坏了两个月，晚上出来看不清台阶，前天有人摔了一跤。请尽快修。",
    "claims": [{"text": "修好北门的路灯"}],
}  # fmt: skip
BY_WORD = {
    "name": "何晓燕", "relation": "女儿", "phone": "13800000031", "scope": ["papers", "receive", "review"], "basis": "oral",
    "heard": "打电话问过本人，说以后跑腿的事让女儿来；记下来念给本人听了，本人说对。",
}  # fmt: skip


def stand(*, now: datetime) -> None:
    """One of each, through the services, as the clerk of the counter would have recorded it."""
    clerk = _clerk()
    _group(clerk, now)
    _known_later(clerk, now)
    _daughter(clerk, now)


def _group(clerk: Actor, now: datetime) -> None:
    case = _registered(clerk, now - timedelta(days=3), GROUP)
    cases.perform(case, "represent", by=clerk, now=now - timedelta(hours=2), facts=CHANGED)


def _known_later(clerk: Actor, now: datetime) -> None:
    case = _registered(clerk, now - timedelta(days=6), NAMELESS)
    at = now - timedelta(hours=1)
    told = {"on": on(at), "how": "本人来电，报了姓名和电话", "name": "冯秀莲", "phone": "13800000024"}
    cases.perform(case, "identify", by=clerk, now=at, facts=told)


def _daughter(clerk: Actor, now: datetime) -> None:
    """On a matter in work of the clerk's own unit, brought by one person who gave a name, where nothing happened today."""
    quiet = Case.objects.filter(is_open=True, state="handling", people_count=1, office__name__in=SECTIONS).exclude(
        petitioner_name=""
    )
    case = quiet.exclude(events__at__gt=now - timedelta(hours=3)).order_by("due_on", "pk").last()
    if case is None:
        return
    at = now - timedelta(hours=2)
    days = {"from_on": on(at), "until_on": on(at) + timedelta(days=180)}
    cases.perform(case, "authorise", by=clerk, now=at, facts=BY_WORD | days)
    cases.perform(
        case,
        "add_material",
        by=clerk,
        now=now - timedelta(hours=1),
        facts={"words": "女儿送来了存折复印件。", "agent": 1},
    )


def _registered(clerk: Actor, at: datetime, facts: dict[str, Any]) -> Case:
    return cases.register(by=clerk, now=at, facts={**facts, "received_on": on(at)})


def _clerk() -> Actor:
    found = people.actor_for(Staff.objects.get(username=CLERK))
    assert found is not None
    return found
