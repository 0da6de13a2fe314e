# data: invented screenings of the demonstration's office
"""Screenings of the demonstration: last winter's, closed with its findings, and one under way with a late and a returned sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from huiyin.demo import office
from huiyin.kernel.clock import ZONE, on
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.screening import campaigns, findings, queries, sheets
from huiyin.screening.models import Campaign, Sheet
from huiyin.screening.questions import field_of

QUESTIONS: list[dict[str, Any]] = [
    {"text": "有没有补贴、费用没有按时发的？", "kind": "yes_no", "asks_finding": True},
    {"text": "涉及多少人？", "kind": "number", "counts_people": True},
    {"text": "从哪里知道的？", "kind": "choice", "options": "走访/来电/座谈会/台账"},
    {"text": "还有什么要说的？", "kind": "text"},
]
PLACES = ("待遇核发科", "医疗保障科", "综合科", *office.BRANCHES)
NO = ("no", "0", "台账", "逐户核对过，没有发现。")
WINTER = {
    "title": "冬季取暖和补贴发放排查", "kind": "regular", "scope": "focused", "policy": "取暖补贴、物业补贴发放办法",
    "aim": "赶在天冷以前把没有到账的找出来，先解决，再答复。",
}  # fmt: skip
BEFORE = {
    "title": "异地就医报销排查", "kind": "concentrated", "scope": "focused", "policy": "异地就医备案和报销规定",
    "aim": "去年这方面来件多，集中查一遍。",
}  # fmt: skip
FOUND: Mapping[str, dict[str, Any]] = {
    "待遇核发科": {
        "description": "湖滨路片区十二户的物业补贴从一月起没有到账，银行账号换过以后没有更新。", "place": "湖滨路片区", "topic": "150201",
        "people_count": "12", "measure": "核对换过账号的名单，本月一并补发。",
    },
    "南桥所": {
        "description": "南桥活动室门口三级台阶，坐轮椅的人进不去，没有办法当面核对补贴。", "place": "南桥巷", "people_count": "3",
        "measure": "先改成上门核对，再报修坡道。",
    },
}  # fmt: skip


def load(*, now: datetime) -> None:
    """A closed campaign and one under way, with answers and findings, as of `now`."""
    leader = _actor("zhengguodong")
    old = _round(BEFORE, now - timedelta(days=70), leader, days=14)
    for place in PLACES:
        _sign(old, place, NO, now - timedelta(days=60))
    campaigns.close(
        queries.campaign(leader, old.pk), by=leader, now=now - timedelta(days=50), note="都交了，没有新的发现。"
    )
    running = _round(WINTER, now - timedelta(days=24), leader, days=13)  # due 11 days ago: longer than any holiday
    for place in FOUND:
        _find(running, place, now - timedelta(days=18))
        _sign(running, place, ("yes", FOUND[place]["people_count"], "走访", "写在发现里了。"), now - timedelta(days=15))
    _sign(running, "医疗保障科", NO, now - timedelta(days=14))
    _give_back(running, "医疗保障科", leader, now - timedelta(days=1))
    _make_case(running, now - timedelta(days=12))


def _round(facts: Mapping[str, Any], begun: datetime, by: Actor, *, days: int) -> Campaign:
    first = on(begun)
    typed = {
        **facts, "starts_on": first.isoformat(), "ends_on": (first + timedelta(days=30)).isoformat(), "questions": QUESTIONS,
        "asked_on": (first + timedelta(days=days)).isoformat(), "runner": str(by.staff_id),
        "offices": [str(_office(name).pk) for name in PLACES],
    }  # fmt: skip
    made = campaigns.plan(by=by, now=_morning(first), typed=typed)
    return campaigns.start(queries.campaign(by, made.pk), by=by, now=_morning(first) + timedelta(minutes=20))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 10), ZONE)


def _sign(campaign: Campaign, place: str, values: tuple[str, ...], at: datetime) -> None:
    by, sheet = _signer(place), _sheet(campaign, place)
    names = [field_of(question) for question in campaign.questions.all()]
    found = Sheet.Found.FINDINGS if sheet.findings.exists() else Sheet.Found.NOTHING
    typed = dict(zip(names, values, strict=True)) | {"found": found.value}
    sheets.hand_in(sheet, by=by, now=at, typed=typed, version=sheet.version, step="sign")


def _find(campaign: Campaign, place: str, at: datetime) -> None:
    by = _signer(place)
    owner = Staff.objects.filter(office=_office(place), role_rows__role="handler").order_by("pk").first()
    asking = campaign.questions.get(asks_finding=True)
    typed = {**FOUND[place], "question": str(asking.pk), "owner": str(owner.pk if owner else by.staff_id)}
    due = orgs.calendar().add_workdays(on(at), 20).isoformat()
    findings.add(_sheet(campaign, place), by=by, now=at, typed=typed | {"due_on": due})


def _give_back(campaign: Campaign, place: str, by: Actor, at: datetime) -> None:
    again = orgs.calendar().add_workdays(on(at), 3).isoformat()
    typed = {"reason": "去年住院的几户请再核对一遍，写明怎么核对的。", "due_on": again}
    sheets.give_back(queries.sheet(by, _sheet(campaign, place).pk), by=by, now=at, typed=typed)


def _make_case(campaign: Campaign, at: datetime) -> None:
    """The first finding becomes an early case, registered by its owner."""
    first = campaign.sheets.get(office=_office("待遇核发科")).findings.select_related("owner").first()
    if first is not None:
        by = _actor(first.owner.username)
        findings.make_case(queries.finding(by, first.pk), by=by, now=at)


def _sheet(campaign: Campaign, place: str) -> Sheet:
    return Sheet.objects.select_related("campaign__office", "office__parent__parent").get(
        campaign=campaign, office=_office(place)
    )


def _signer(place: str) -> Actor:
    """The head at an office, or the one above the sections."""
    return _actor({"南桥所": "tangzhiqiang", "北关所": "jiangwen"}.get(place, "wuqiming"))


def _office(name: str) -> Office:
    return Office.objects.get(name=name)


def _actor(username: str) -> Actor:
    found = people.actor_for(Staff.objects.get(username=username))
    assert found is not None
    return found
