"""The visitor log names and counts nobody; leaders' days are announced, called off with a reason, and bring matters."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.reception import leaders, visits
from huiyin.reception.models import LeaderDay, Visit
from tests.world import NOW, World

NAMES = {"name", "petitioner", "person", "phone", "id_number", "visitor"}


def typed(world: World, **facts: Any) -> dict[str, Any]:
    return {
        "came_at": NOW - timedelta(minutes=30), "left_at": NOW - timedelta(minutes=5), "people": "3",
        "received_by": world.staff["clerk"].pk, "case": "", "done": "登记取暖补贴一件", **facts,
    }  # fmt: skip


def record(world: World, *, key: str = "", by: str = "clerk", **facts: Any) -> Visit:
    return visits.record(typed=typed(world, **facts), key=key, by=world.actor(by), now=NOW)


def test_a_visit_is_one_line_with_its_matter(world: World) -> None:
    case = world.register()
    visit = record(world, case=case.no)
    assert (visit.case, visit.people, visit.day) == (case, 3, date(2026, 3, 2))
    assert list(visits.of_day(world.actor("leader"), NOW.date())) == [visit]
    assert visits.sums(world.actor("leader"), first=NOW.date(), last=NOW.date()) == [(NOW.date(), 1, 3)]


def test_the_log_has_no_place_for_a_name() -> None:
    assert not {field.name for field in Visit._meta.get_fields()} & NAMES


def test_sent_twice_it_is_one_visit(world: World) -> None:
    assert record(world, key="a").pk == record(world, key="a").pk
    with pytest.raises(Refused, match="没有记下"):
        record(world, key="a", people="7")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"came_at": None}, "came_at"), ({"came_at": NOW + timedelta(hours=1), "left_at": None}, "came_at"), ({"left_at": NOW - timedelta(days=1)}, "left_at"),
        ({"people": "0"}, "people"), ({"people": "zwei"}, "people"), ({"received_by": None}, "received_by"), ({"case": "2026-9999"}, "case"),
        ({"done": "长" * 121}, "done"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(world: World, facts: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        record(world, **facts)
    assert set(refused.value.errors) == {field} and not Visit.objects.exists()


def test_a_matter_outside_ones_range_is_not_found(world: World) -> None:
    case = world.register()
    with pytest.raises(Invalid, match="没有找到编号"):
        record(world, by="sister_clerk", case=case.no, received_by=world.staff["sister_clerk"].pk)


def test_of_two_who_change_one_line_the_second_is_told(world: World) -> None:
    visit = record(world)
    given: dict[str, Any] = {"visit_id": visit.pk, "seen": 1, "by": world.actor("clerk"), "now": NOW}
    assert visits.change(typed=typed(world, done="补交材料"), **given).version == 2
    with pytest.raises(Conflict):
        visits.change(typed=typed(world, done="别的"), **given)
    assert visits.one(world.actor("clerk"), visit.pk).done == "补交材料"
    with pytest.raises(Refused, match="没有这次来访"):
        visits.change(typed=typed(world), **{**given, "by": world.actor("sister_clerk")})


def test_the_database_keeps_a_visit_in_order(world: World) -> None:
    visit = record(world)
    for changes in ({"people": 0}, {"left_at": NOW - timedelta(days=2)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.filter(pk=visit.pk).update(**changes)


def announce(world: World, *, by: str = "leader", **facts: Any) -> LeaderDay:
    given = {
        "leader_id": world.staff["leader"].pk, "day": date(2026, 3, 2), "begins": time(9), "ends": time(11), "place": "一楼", **facts,
    }  # fmt: skip
    return leaders.plan(by=world.actor(by), now=NOW, **given)


def test_a_day_is_announced_once_and_seen_by_everybody_until_it_has_passed(world: World) -> None:
    day = announce(world)
    assert announce(world).pk == day.pk
    assert list(leaders.announced(today=date(2026, 3, 2))) == [day]
    assert not leaders.announced(today=date(2026, 3, 3))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"leader_id": None}, "leader"), ({"day": None}, "day"), ({"day": date(2026, 3, 1)}, "day"), ({"begins": None}, "begins"),
        ({"ends": time(9)}, "ends"), ({"place": " "}, "place"),
    ],
)  # fmt: skip
def test_what_a_day_lacks_is_said_at_its_field(world: World, facts: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        announce(world, **facts)
    assert set(refused.value.errors) == {field} and not LeaderDay.objects.exists()


def test_another_units_leader_and_a_clerk_who_plans_are_refused(world: World) -> None:
    with pytest.raises(Invalid):
        announce(world, leader_id=world.staff["sister_leader"].pk)
    with pytest.raises(Forbidden):
        announce(world, by="clerk")


def test_a_day_is_called_off_with_a_reason_once(world: World) -> None:
    day = announce(world)
    given: dict[str, Any] = {"day_id": day.pk, "by": world.actor("leader"), "now": NOW}
    with pytest.raises(Refused, match="为什么取消"):
        leaders.call_off(why=" ", **given)
    assert leaders.call_off(why="外出开会", **given).called_off_why == "外出开会"
    with pytest.raises(Conflict):
        leaders.call_off(why="再取消", **given)
    assert leaders.announced(today=date(2026, 3, 2)).get().called_off_why == "外出开会"


def test_a_matter_heard_that_day_is_registered_as_heard_by_a_leader(world: World) -> None:
    day = announce(world)
    draft = leaders.begin_matter(day_id=day.pk, by=world.actor("clerk"), now=NOW)
    assert (draft.data["channel"], draft.data["received_on"]) == ("leader", "2026-03-02")
    later = announce(world, day=date(2026, 3, 9))
    with pytest.raises(Refused, match="还没到"):
        leaders.begin_matter(day_id=later.pk, by=world.actor("clerk"), now=NOW)
