"""Art. 19(3): what a unit below handles within its term is not accepted above as well, and only that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.cases import queries
from huiyin.cases.models import Case
from huiyin.cases.verification import verify
from huiyin.documents.letters.content import build
from huiyin.kernel.errors import Forbidden, Invalid
from tests.ways import RECUSAL
from tests.world import NOW, World

DAY = timedelta(days=1)
LATER = NOW + DAY
DECIDED = {"same": "写的是同一笔补贴。", "passed_on": LATER.date().isoformat(), "passed_how": "系统转去"}
TOLD = {"mode": "direct", "on": LATER.date().isoformat(), "received_by": "孟庆兰"}


def brought_above(world: World, other: Case, *, now: Any = LATER, **facts: Any) -> Case:
    case = world.register(now=now, **facts)
    world.again(case, other, now)
    return case


def refused(world: World, case: Case, by: str = "leader", *, now: Any = LATER, **facts: Any) -> dict[str, Any]:
    with pytest.raises(Invalid) as told:
        world.perform(case, "not_accepted", by, now=now, **{**DECIDED, **facts})
    return told.value.errors


def test_the_petitioner_is_told_in_writing_within_fifteen_days_which_unit_has_it_and_until_when(world: World) -> None:
    other = world.below()
    case = world.perform(brought_above(world, other), "not_accepted", "leader", now=LATER, earlier=other.no, **DECIDED)
    said = build("not_accepted", case.letters.get(kind="not_accepted").data).text
    assert case.state == "not_accepted" and case.is_open
    assert case.clocks.get(term="notice").stopped_on is None and case.clocks.get(term="notice").due_on == date(
        2026, 3, 18
    )
    for words in ("第十九条第三款", "南桥所", "2026年3月2日受理", "最晚2026年5月6日", other.no, "0700-555 0141"):
        assert words in said, words
    case = world.perform(case, "tell_direction", "clerk", now=LATER, **TOLD)
    assert case.state == "closed" and case.clocks.get(term="notice").outcome == "met"
    assert case.letters.filter(kind="service").exists() and not list(verify())
    other.refresh_from_db()
    assert other.state == "accepted"


def test_only_a_leader_decides_it_and_only_where_a_person_linked_the_two(world: World) -> None:
    other = world.below()
    alone, case = world.register(now=LATER), brought_above(world, other)
    with pytest.raises(Forbidden):
        world.perform(case, "not_accepted", "head", now=LATER, earlier=other.no, **DECIDED)
    assert set(refused(world, alone, earlier=other.no)) == {"earlier"}
    steps = [queries.steps(world.actor("leader"), each, now=LATER) for each in (alone, case)]
    assert ["not_accepted" in {step.action.name for step in found if step.possible} for found in steps] == [False, True]


def test_a_unit_never_leaves_aside_what_it_or_a_unit_above_handles(world: World) -> None:
    own = world.perform(world.register(), "accept", "leader", **RECUSAL, route="由待遇科办理。")
    assert "下级单位" in str(refused(world, brought_above(world, own), earlier=own.no)["earlier"])


def test_what_the_unit_below_has_not_accepted_or_has_answered_is_accepted_as_usual(world: World) -> None:
    passed = world.perform(world.register(), "forward", "leader", **world.to("sister_leader"), mode="forward")
    assert "没有受理" in str(refused(world, brought_above(world, passed), earlier=passed.no)["earlier"])
    taken_back = world.below()
    taken_back = world.perform(taken_back, "withdraw", "clerk", way="visit", on=NOW.date().isoformat(), freely=True)
    assert "没有受理" in str(refused(world, brought_above(world, taken_back), earlier=taken_back.no)["earlier"])


@pytest.mark.parametrize(("on", "open_still"), [(date(2026, 5, 6), True), (date(2026, 5, 7), False)])
def test_once_the_term_below_is_over_the_unit_above_can_no_longer_leave_it_aside(
    world: World, on: date, open_still: bool
) -> None:
    other, now = world.below(), NOW + (on - NOW.date()) * 1
    case = brought_above(world, other, now=now)
    facts = {**DECIDED, "passed_on": on.isoformat(), "earlier": other.no}
    if open_still:
        assert world.perform(case, "not_accepted", "leader", now=now, **facts).state == "not_accepted"
    else:
        assert "已经过了" in str(refused(world, case, now=now, **facts)["earlier"])


def test_another_petitioner_is_never_left_aside_for_it(world: World) -> None:
    other = world.below()
    case = brought_above(world, other, petitioners=[{"name": "李秀英", "phone": "13900000000", "address": "湖滨路8号"}])
    assert "同一个信访人" in str(refused(world, case, earlier=other.no)["earlier"])


def test_what_another_body_passed_on_is_not_left_aside(world: World) -> None:
    other = world.below()
    case = brought_above(world, other, channel="hotline")
    steps = queries.steps(world.actor("leader"), case, now=LATER)
    assert "not_accepted" not in {step.action.name for step in steps if step.possible}


def test_with_anything_new_it_is_recalled_before_it_is_told(world: World) -> None:
    case = world.perform(world.case("not_accepted"), "recall_direction", "leader", reason="交来了新的发票。")
    case = world.perform(case, "accept", "leader", **RECUSAL, route="由待遇科调查。")
    assert case.state == "accepted" and not list(verify())
