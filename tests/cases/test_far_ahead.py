"""Days that lie further away than any term is counted: said in words, and nothing stays open for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.cases.archive.explaining import explain
from huiyin.cases.sweep import sweep
from huiyin.kernel.errors import Invalid
from huiyin.orgs import queries as orgs
from huiyin.procedure.terms import LONGEST
from tests.ways import CONCLUSION, RECUSAL
from tests.world import NOW, World

DAY = timedelta(days=1)


def day(after: int) -> str:
    return (NOW + after * DAY).date().isoformat()


def test_a_hearing_whose_end_nobody_recorded_for_more_than_ten_years_still_ends(world: World) -> None:
    case = world.perform(world.case("rereviewing"), "take_rereview", "leader", **world.to("handler"), **RECUSAL)
    called = {"hearing_on": day(8), "hearing_at": "9点", "place": "会议室", "chair": "郑国栋", "participants": "双方", "subject": "算法。"}  # fmt: skip
    case = world.perform(case, "call_hearing", "leader", now=NOW + 2 * DAY, **called)
    sweep(now=NOW + 3999 * DAY)
    case = world.perform(
        case, "end_hearing", "handler", now=NOW + 4000 * DAY, on=day(4000), minutes="笔录", finding="属实。"
    )
    clock = case.clocks.get(term="rereview", stopped_on=None)
    assert (clock.days, clock.raw_on) == (31, clock.start_on + 31 * DAY)  # the day of the hearing alone is added
    assert explain(clock, orgs.calendar())


@pytest.mark.parametrize("days", [LONGEST + 30, 20000])
def test_a_changed_opinion_is_carried_out_within_ten_years(world: World, days: int) -> None:
    case = world.perform(world.case("rereviewing"), "take_rereview", "leader", **world.to("handler"), **RECUSAL)
    changed = {**CONCLUSION, "outcome": "change", "decided": "补发。", "money": "no"}
    with pytest.raises(Invalid) as refused:
        world.perform(case, "draft_rereview", "handler", **changed, execute_by=day(days))
    assert "10年以内" in str(refused.value.errors["execute_by"])
    drafted = world.perform(case, "draft_rereview", "handler", **changed, execute_by=day(LONGEST))
    assert drafted.state == "rereview_drafted"
