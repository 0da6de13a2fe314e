"""听证 in a re-review (Art. 36): the days on which it is held are not counted, and no others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.cases.models import Case
from huiyin.kernel.errors import Invalid
from tests.ways import RECUSAL
from tests.world import NOW, World

DAY = timedelta(days=1)


def clocks(case: Case) -> dict[str, tuple[date, str]]:
    return {clock.term: (clock.due_on, clock.outcome) for clock in case.clocks.order_by("pk")}


def day(after: int) -> str:
    return (NOW + after * DAY).date().isoformat()


def at(world: World, case: Case, step: str, by: str, after: int, **facts: Any) -> Case:
    return world.perform(case, step, by, now=NOW + after * DAY, **facts)


def test_a_hearing_in_a_rereview_adds_its_days(world: World) -> None:
    case = world.perform(world.case("rereviewing"), "take_rereview", "leader", **world.to("handler"), **RECUSAL)
    due, _ = clocks(case)["rereview"]
    assert due == date(2026, 4, 1)
    called = {"hearing_on": day(8), "hearing_at": "9点", "place": "会议室", "chair": "郑国栋", "participants": "双方", "subject": "算法。"}  # fmt: skip
    case = at(world, case, "call_hearing", "leader", 2, **called)
    case = at(world, case, "end_hearing", "handler", 25, from_on=day(8), on=day(9), minutes="笔录", finding="属实。")
    assert clocks(case)["rereview"][0] == date(2026, 4, 3)  # two days more, however late it was recorded


def test_a_long_hearing_is_recorded_by_a_leader_and_never_beyond_what_is_sensible(world: World) -> None:
    case = world.perform(world.case("rereviewing"), "take_rereview", "leader", **world.to("handler"), **RECUSAL)
    called = {"hearing_on": day(1), "hearing_at": "9点", "place": "会议室", "chair": "郑国栋", "participants": "双方", "subject": "算法。"}  # fmt: skip
    case = at(world, case, "call_hearing", "leader", 0, **called)
    held = {"minutes": "笔录", "finding": "属实。"}
    for by, first, last in (("handler", 1, 11), ("leader", 1, 31), ("leader", 3, 2)):
        with pytest.raises(Invalid) as refused:
            at(world, case, "end_hearing", by, 40, from_on=day(first), on=day(last), **held)
        assert list(refused.value.errors) == ["from_on"]
    case = at(world, case, "end_hearing", "leader", 40, from_on=day(1), on=day(11), **held)
    assert case.clocks.get(term="rereview", stopped_on=None).days == 41
