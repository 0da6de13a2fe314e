"""The duty rota: working days with 调休, gaps said plainly, planning, copying, swapping; who left is a gap."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.orgs import queries as orgs
from huiyin.people import services as people
from huiyin.reception import duties, rota
from huiyin.reception.models import Duty
from tests.world import NOW, World

MONDAY = date(2026, 3, 2)  # NOW
ALL_DAY = ("am", "pm")


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=step) for step in range(count)]


def plan(world: World, name: str, *which: date, halves: tuple[str, ...] = ALL_DAY, by: str = "leader") -> int:
    return rota.plan(who=world.staff[name].pk, days=which, halves=halves, by=world.actor(by), now=NOW)


def gaps(world: World, first: date, last: date) -> list[str]:
    found = duties.days(world.actor("clerk"), first=first, last=last, calendar=orgs.calendar())
    return [gap.words.zh for gap in duties.gaps(found)]


def test_a_working_day_without_anybody_is_a_gap_and_a_weekend_is_none(world: World) -> None:
    plan(world, "clerk", MONDAY, MONDAY + timedelta(days=1))
    plan(world, "clerk", MONDAY + timedelta(days=2), halves=("am",))
    assert gaps(world, MONDAY, MONDAY + timedelta(days=6)) == [
        "3月4日下午没有人值班",
        "3月5日没有人值班",
        "3月6日没有人值班",
    ]


def test_a_make_up_working_day_needs_somebody_and_a_festival_does_not(world: World) -> None:
    assert gaps(world, date(2026, 9, 19), date(2026, 9, 20)) == ["9月20日没有人值班"]  # a Sunday that is worked
    assert gaps(world, date(2026, 10, 1), date(2026, 10, 7)) == []


def test_a_gap_is_said_in_both_languages() -> None:
    assert duties.Gap(date(2026, 11, 27)).words.en == "Nobody is on duty on 27 November"
    assert duties.Gap(date(2026, 11, 27), "pm").words.en == "Nobody is on duty on 27 November, afternoon"


def test_whoever_left_or_moved_to_another_unit_leaves_gaps_that_say_who_was_planned(world: World) -> None:
    plan(world, "clerk", MONDAY)
    plan(world, "counter_head", MONDAY + timedelta(days=1))
    people.deactivate_staff(staff=world.staff["clerk"], now=NOW)
    people.update_staff(staff=world.staff["counter_head"], office=world.sister)
    rows = duties.days(world.actor("leader"), first=MONDAY, last=MONDAY + timedelta(days=1), calendar=orgs.calendar())
    assert [row.gone for row in rows] == [("clerk",), ("counter_head",)]
    assert gaps_of(rows) == ["3月2日没有人值班", "3月3日没有人值班"]


def gaps_of(rows: list[duties.DutyDay]) -> list[str]:
    return [gap.words.zh for gap in duties.gaps(rows)]


def test_the_next_ten_working_days_are_looked_at_in_one_query(world: World) -> None:
    plan(world, "clerk", *days(MONDAY, 5))
    calendar = orgs.calendar()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = duties.gaps_ahead(world.actor("clerk"), today=MONDAY, calendar=calendar)
    assert [gap.day for gap in found] == days(MONDAY + timedelta(days=7), 5)
    assert len([each for each in asked if "duty" in each["sql"]]) == 1


def test_planning_twice_is_planning_once_and_two_may_share_a_day(world: World) -> None:
    assert plan(world, "clerk", *days(MONDAY, 3)) == 6
    assert plan(world, "clerk", *days(MONDAY, 3)) == 0
    assert plan(world, "counter_head", MONDAY, halves=("am",)) == 1


@pytest.mark.parametrize(
    ("who", "which", "halves", "field"),
    [
        ("clerk", [date(2026, 3, 7)], ALL_DAY, "days"),
        ("clerk", [date(2026, 2, 27)], ALL_DAY, "days"),
        ("clerk", [], ALL_DAY, "days"),
        ("clerk", [MONDAY], (), "part"),
        ("sister_clerk", [MONDAY], ALL_DAY, "staff"),
        ("handler", [MONDAY], ALL_DAY, "staff"),
        ("clerk", days(date(2026, 3, 2), 70), ALL_DAY, "days"),
    ],
)  # fmt: skip
def test_what_can_not_be_planned_is_refused_at_its_field(
    world: World, who: str, which: Any, halves: Any, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        plan(world, who, *which, halves=halves)
    assert refused.value.field == field and not Duty.objects.exists()


def test_a_clerk_does_not_plan_and_nobody_plans_for_another_unit(world: World) -> None:
    with pytest.raises(Forbidden):
        plan(world, "clerk", MONDAY, by="clerk")
    plan(world, "sister_clerk", MONDAY, by="sister_leader")
    assert gaps(world, MONDAY, MONDAY) == ["3月2日没有人值班"]


def test_the_week_before_is_copied_into_empty_days_only(world: World) -> None:
    plan(world, "clerk", MONDAY, MONDAY + timedelta(days=1))
    plan(world, "counter_head", MONDAY + timedelta(days=2), halves=("pm",))
    plan(world, "counter_head", MONDAY + timedelta(days=7))
    next_week = MONDAY + timedelta(days=9)
    assert rota.copy_last_week(week_of=next_week, by=world.actor("leader"), now=NOW) == 3
    copied = Duty.objects.filter(day__gt=MONDAY + timedelta(days=6)).values_list("day", "half", "staff__name")
    assert sorted(copied) == [
        (date(2026, 3, 9), "am", "counter_head"), (date(2026, 3, 9), "pm", "counter_head"), (date(2026, 3, 10), "am", "clerk"),
        (date(2026, 3, 10), "pm", "clerk"), (date(2026, 3, 11), "pm", "counter_head"),
    ]  # fmt: skip


def test_days_are_cleared_for_one_or_for_all(world: World) -> None:
    plan(world, "clerk", MONDAY)
    plan(world, "counter_head", MONDAY)
    given: dict[str, Any] = {"days": [MONDAY], "halves": ALL_DAY, "by": world.actor("leader"), "now": NOW}
    assert rota.clear(who=world.staff["clerk"].pk, **given) == 2
    assert rota.clear(who=None, **given) == 2


def turn(world: World, name: str, day: date) -> rota.Turn:
    return rota.Turn(day, world.staff[name].pk)


def test_two_people_swap_their_days(world: World) -> None:
    tuesday = MONDAY + timedelta(days=1)
    plan(world, "clerk", MONDAY)
    plan(world, "counter_head", tuesday, halves=("am",))
    rota.swap(
        first=turn(world, "clerk", MONDAY),
        second=turn(world, "counter_head", tuesday),
        by=world.actor("clerk"),
        now=NOW,
    )
    rows = Duty.objects.order_by("day", "half").values_list("day", "half", "staff__name")
    assert list(rows) == [(MONDAY, "am", "counter_head"), (MONDAY, "pm", "counter_head"), (tuesday, "am", "clerk")]


def test_a_swap_that_cannot_be_changes_nothing(world: World) -> None:
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    plan(world, "clerk", MONDAY, tuesday)
    plan(world, "counter_head", tuesday)
    before = list(Duty.objects.order_by("pk").values())
    given: dict[str, Any] = {"by": world.actor("counter_head"), "now": NOW}
    with pytest.raises(Refused, match=r"^clerk.*那天已经有班"):
        rota.swap(first=turn(world, "clerk", MONDAY), second=turn(world, "counter_head", tuesday), **given)
    with pytest.raises(Conflict):
        rota.swap(first=turn(world, "clerk", MONDAY), second=turn(world, "counter_head", wednesday), **given)
    with pytest.raises(Forbidden):
        rota.swap(
            first=turn(world, "counter_head", tuesday),
            second=turn(world, "head", MONDAY),
            by=world.actor("clerk"),
            now=NOW,
        )
    assert list(Duty.objects.order_by("pk").values()) == before


def test_the_database_keeps_a_duty_once_and_within_half_a_day(world: World) -> None:
    plan(world, "clerk", MONDAY)
    row = Duty.objects.values("unit_id", "day", "staff_id", "planned_by_id", "planned_at").first()
    for half in ("am", "xx"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.create(**row, half=half)  # type: ignore[arg-type]
