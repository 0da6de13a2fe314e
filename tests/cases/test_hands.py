"""Who had a hand in a matter (Art. 28): everybody, not only the last; none of them reviews it, calls back or handles it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.cases.verification import verify
from huiyin.kernel.errors import Invalid, Refused
from huiyin.people import services as people
from tests.ways import ANSWERS, CONCLUSION, RECUSAL
from tests.world import NOW, World

DAY = timedelta(days=1)
TODAY = NOW.date().isoformat()
FOUND = {"kind": "files", "on": TODAY, "source": "名册", "found": "有误。"}
SIGNED = {"mode": "direct", "received_by": "孟庆兰"}
DRAFT = {"claims": ANSWERS, "facts": "查明。", "superior": "省公司", "execute_by": "2026-03-20"}
CALL: dict[str, Any] = {"how": "phone", "on": TODAY, "reached": "answered", "comment": "好。"}


def delivered(world: World, case: Any, drafter: str) -> Any:
    case = world.perform(case, "draft", drafter, **DRAFT)
    case = world.perform(world.perform(case, "approve", "head"), "issue", "leader")
    return world.perform(case, "deliver", "clerk", on=TODAY, **SIGNED)


def test_who_handed_it_on_is_remembered_and_makes_no_call(world: World) -> None:
    people.grant_role(staff=world.staff["handler"], role="clerk")
    world.staff["second"] = people.create_staff(
        username="second", name="同事", office=world.section, roles=["handler"], password="lake-heron-42"
    )
    case = world.perform(world.case("handling"), "investigate", "handler", **FOUND)
    case = world.perform(case, "hand_over", "leader", **world.to("second"), reason="出差")
    case = delivered(world, case, "second")
    assert {world.staff[name].pk for name in ("handler", "second")} <= set(case.marks["hands"])
    with pytest.raises(Refused) as refused:
        world.perform(case, "call_back", "handler", **CALL)
    assert refused.value.code == "not_who_handled_it"
    assert world.perform(case, "call_back", "clerk", **CALL).marks["called_back"] == TODAY


def test_who_answers_a_task_on_it_has_a_hand_in_it_and_who_only_received_it_has_none(world: World) -> None:
    case = world.ask(world.case("handling"), "other_handler")
    assert case.marks["hands"] == [world.staff["handler"].pk]
    case = world.perform(case, "answer_task", "other_handler", task=1, outcome="so_far", found="查了。")
    assert case.marks["hands"] == sorted(world.staff[name].pk for name in ("handler", "other_handler"))


def test_a_revoked_matter_comes_back_to_nobody_who_had_it_at_any_time(world: World) -> None:
    case = world.case("reviewing")
    case = world.perform(case, "take_review", "sister_leader", **world.to("sister_handler"), **RECUSAL)
    case = world.perform(case, "hand_over", "sister_leader", **world.to("sister_head"), reason="换人")
    case = world.perform(case, "hand_over", "sister_leader", **world.to("sister_handler"), reason="换回来")
    conclusion = CONCLUSION | {"outcome": "revoke", "decided": "重新核算。"}
    case = world.perform(case, "draft_review", "sister_handler", **conclusion)
    case = world.perform(world.perform(case, "issue_review", "sister_leader"), "deliver_review", "sister_clerk", on=TODAY, **SIGNED)  # fmt: skip
    assert {world.staff[name].pk for name in ("sister_handler", "sister_head")} <= set(case.marks["hands"])
    fresh = people.create_staff(
        username="fresh", name="新人", office=world.station, roles=["handler"], password="lake-heron-42"
    )
    world.staff["fresh"] = fresh
    case = world.perform(case, "rehandle", "sister_leader", **world.to("fresh"), reason="换人重办。")
    assert case.marks["hands"] == [fresh.pk]
    with pytest.raises(Invalid) as refused:
        world.perform(case, "hand_over", "station_leader", **world.to("station_handler"), reason="熟悉情况")
    assert "staff" in refused.value.errors
    assert list(verify()) == []
