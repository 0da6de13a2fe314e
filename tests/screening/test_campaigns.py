"""A campaign: planned below oneself, started only when it is ready, closed once, taken as the pattern of the next; its days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.orgs import queries as orgs
from huiyin.orgs import services as offices
from huiyin.people import services as people
from huiyin.people.policy import SYSTEM
from huiyin.procedure.calendars import default
from huiyin.screening import campaigns, deadlines, queries
from huiyin.screening.models import Campaign, Sheet
from tests.screening.conftest import PLAN, Round, planned
from tests.world import NOW, World


@pytest.mark.parametrize(
    ("asked", "due", "why"),
    [
        ("2026-03-13", "2026-03-13", "是工作日，不用顺延"),
        ("2026-03-14", "2026-03-16", "3月14日是周六，不上班，顺延到下一个工作日：3月16日（周一）"),
        ("2026-03-15", "2026-03-16", "3月15日是周日"),
        ("2026-02-14", "2026-02-14", "2月14日（周六）上班（春节调休），是工作日，不用顺延"),
        ("2026-02-17", "2026-02-24", "2月17日在春节假期，顺延到假后第一个工作日：2月24日（周二）"),
        ("2026-02-28", "2026-02-28", "上班"),
        ("2026-10-03", "2026-10-08", "国庆"),
        ("2026-12-31", "2026-12-31", "是工作日"),
        ("2025-10-08", "2025-10-09", "假期，顺延"),
        ("2024-02-10", "2024-02-18", "2月18日（周日上班）"),
        ("2027-03-06", "2027-03-08", "这里还没有2027年公布的放假安排，这个日期是暂定的"),
    ],
)
def test_the_day_for_the_sheets_is_a_working_day_and_says_why(asked: str, due: str, why: str) -> None:
    found = deadlines.settle(date.fromisoformat(asked), default())
    assert found.due.isoformat() == due and default().is_workday(found.due)
    assert why in "".join(step.zh for step in found.steps)
    assert found.provisional is (asked >= "2027") and "条例没有规定天数" in "".join(step.zh for step in found.steps)


@pytest.mark.parametrize("year", [2003, 2100])
def test_a_year_of_which_no_calendar_speaks_is_refused(year: int) -> None:
    with pytest.raises(Refused, match="年之间"):
        deadlines.settle(date(year, 3, 1), default())


def test_all_that_is_missing_is_said_at_once(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        campaigns.plan(
            by=world.actor("leader"), now=NOW, typed={"questions": [{"text": "？", "kind": "choice", "options": "一"}]}
        )
    wanted = {"title", "kind", "scope", "runner", "starts_on", "ends_on", "asked_on", "q0"}
    assert refused.value.errors.keys() == wanted
    with pytest.raises(Invalid) as refused:
        planned(world, ends_on="2026-03-01", asked_on="2026-02-20")
    assert refused.value.errors.keys() == {"ends_on", "asked_on"}


@pytest.mark.parametrize(
    ("by", "office", "allowed"),
    [
        ("leader", "sister", True), ("supervisor", "section", True), ("head", "section", True), ("head", "other", False),
        ("sister_leader", "sister", True), ("sister_leader", "section", False), ("handler", "section", False),
        ("clerk", "counter", False), ("system_admin", "section", False),
    ],
)  # fmt: skip
def test_one_plans_below_oneself_only(world: World, by: str, office: str, allowed: bool) -> None:
    if allowed:
        assert planned(world, by=by, offices=[getattr(world, office)]).office.pk == world.staff[by].office_id
        return
    with pytest.raises((Forbidden, Invalid)):
        planned(world, by=by, offices=[getattr(world, office)])


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"questions": []}, "还没有写问题"), ({"offices": []}, "还没有选参加的单位"),
        ({"policy": "", "place": ""}, "专项排查要写明查什么"),
        ({"starts_on": "2026-02-02", "asked_on": "2026-02-10"}, "期限已经过了"),
    ],
)  # fmt: skip
def test_it_starts_only_when_it_is_ready(world: World, facts: dict[str, Any], why: str) -> None:
    campaign = queries.campaign(world.actor("leader"), planned(world, **facts).pk)
    with pytest.raises(Refused, match=why):
        campaigns.start(campaign, by=world.actor("leader"), now=NOW)
    assert Campaign.objects.get().state == "draft" and not Sheet.objects.exists()


def test_an_office_for_which_nobody_could_sign_is_named_before_the_start(world: World) -> None:
    lonely = offices.create_office(name="北关所", kind="unit", parent=world.unit)
    with pytest.raises(Refused, match="北关所”没有负责人"):
        campaigns.start(planned(world, offices=[lonely, world.other]), by=world.actor("leader"), now=NOW)


def test_started_twice_there_is_one_sheet_for_each_office(world: World) -> None:
    leader, campaign = world.actor("leader"), planned(world)
    stale = Campaign.objects.get(pk=campaign.pk)
    campaigns.start(campaign, by=leader, now=NOW)
    with pytest.raises(Conflict, match="已经开始了"):
        campaigns.start(stale, by=leader, now=NOW)
    assert Sheet.objects.count() == 3


def test_a_double_click_plans_one_and_two_people_do_not_overwrite_each_other(world: World) -> None:
    leader, typed = world.actor("leader"), {**PLAN, "offices": [], "runner": str(world.staff["leader"].pk)}
    first = campaigns.plan(by=leader, now=NOW, typed=typed, key="k")
    assert campaigns.plan(by=leader, now=NOW, typed=typed, key="k") == first
    campaigns.change(first, by=world.actor("supervisor"), now=NOW, typed={**typed, "title": "甲"}, version=1)
    with pytest.raises(Conflict, match="存过新的内容"):
        campaigns.change(first, by=leader, now=NOW, typed={**typed, "title": "乙"}, version=1)
    assert Campaign.objects.get().title == "甲"


def test_what_runs_is_not_changed_any_more_and_is_closed_once(underway: Round) -> None:
    leader, campaign = underway.world.actor("leader"), underway.campaign
    typed = {**PLAN, "offices": [], "runner": str(underway.world.staff["leader"].pk)}
    with pytest.raises(Conflict):
        campaigns.change(campaign, by=leader, now=NOW, typed=typed, version=campaign.version)
    assert campaigns.close(campaign, by=leader, now=NOW, note="提前结束。").state == "closed"
    with pytest.raises(Conflict, match="没有再结束一次"):
        campaigns.close(campaign, by=leader, now=NOW, note="再来。")


def test_the_next_one_is_planned_like_the_last_with_its_days_moved(underway: Round) -> None:
    leader, later = underway.world.actor("leader"), datetime(2026, 6, 8, 9, tzinfo=ZONE)
    made = campaigns.copy(underway.campaign, by=leader, now=later, key="once")
    assert campaigns.copy(underway.campaign, by=leader, now=later, key="once") == made
    assert (made.state, made.copied_from, made.starts_on) == ("draft", underway.campaign, date(2026, 6, 8))
    assert made.asked_on == date(2026, 6, 19) and made.due_on == date(2026, 6, 22)  # 端午 in between
    assert [each.text for each in made.questions.all()] == [each.text for each in underway.campaign.questions.all()]
    assert made.offices.count() == 3 and not made.sheets.exists()
    assert campaigns.start(queries.campaign(leader, made.pk), by=leader, now=later).state == "running"


@pytest.mark.parametrize(
    ("name", "runs"),
    [
        ("leader", True),
        ("supervisor", True),
        ("head", False),
        ("clerk", False),
        ("sister_leader", False),
        ("auditor", False),
    ],
)
def test_who_is_named_for_it_or_above_runs_it(underway: Round, name: str, runs: bool) -> None:
    actor = underway.world.actor(name)
    if runs:
        assert queries.campaign(actor, underway.campaign.pk)
        return
    with pytest.raises(Forbidden):
        queries.campaign(actor, underway.campaign.pk)
    with pytest.raises(Forbidden):
        campaigns.close(underway.campaign, by=actor, now=NOW, note="x")


def test_whoever_is_named_runs_it_from_below(world: World) -> None:
    campaign = planned(world, runner=str(world.staff["head"].pk))
    campaigns.start(campaign, by=world.actor("leader"), now=NOW)
    found = queries.campaign(world.actor("head"), campaign.pk)
    assert queries.sheet(world.actor("head"), queries.sheets_of(found)[1].pk)
    with pytest.raises(Refused, match="没有结束的排查"):
        people.deactivate_staff(staff=world.staff["head"], now=NOW)


def test_a_new_calendar_moves_the_day_and_the_sheets_that_are_still_open(world: World) -> None:
    leader, before = world.actor("leader"), datetime(2026, 12, 28, 9, tzinfo=ZONE)
    days = {"starts_on": "2026-12-28", "ends_on": "2027-01-15", "asked_on": "2027-01-15"}
    campaign = queries.campaign(leader, planned(world, now=before, **days).pk)
    assert campaign.provisional
    campaigns.start(campaign, by=leader, now=before)
    rest = ("2027-01-01", "2027-01-15", "2027-05-01", "2027-10-01", "2027-10-02", "2027-10-03")
    rows = [{"date": day, "kind": "rest", "name_zh": "放假", "name_en": "Holiday"} for day in rest]
    offices.import_calendar(rows=rows, version="2027", by="x", now=before)
    assert campaigns.recompute(now=before, by=SYSTEM) == 1 and campaigns.recompute(now=before, by=SYSTEM) == 0
    moved = Campaign.objects.get()
    assert (moved.asked_on, moved.due_on, moved.provisional) == (date(2027, 1, 15), date(2027, 1, 18), False)
    assert set(Sheet.objects.values_list("due_on", flat=True)) == {moved.due_on}
    assert moved.calendar == orgs.calendar().version and queries.acts_of(moved)[0].kind == "moved"


def test_an_office_that_owes_a_sheet_stays_open(world: World) -> None:
    lonely = offices.create_office(name="北关所", kind="section", parent=world.unit)
    campaigns.start(planned(world, offices=[lonely]), by=world.actor("leader"), now=NOW)
    with pytest.raises(Refused, match="排查表没有交"):
        offices.close_office(office=lonely)


def test_late_is_counted_from_the_day_after(underway: Round) -> None:
    due, leader = underway.campaign.due_on, underway.world.actor("leader")
    assert not [each for each in queries.waiting(leader, today=due) if each.due_on < due]
    assert len(queries.waiting(leader, today=due + timedelta(days=1))) == 3
