"""回访: somebody else asks, by a rule that looks at matters; who is dissatisfied decides about a review themselves."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from huiyin.cases import followup, queries, wishes
from huiyin.cases.models import Case
from huiyin.cases.verification import verify
from huiyin.documents import services as documents
from huiyin.kernel.errors import Invalid, Refused
from tests.ways import CONCLUSION, RECUSAL
from tests.world import NOW, World

TODAY = NOW.date()
SPOKE = {"how": "phone", "on": TODAY.isoformat(), "reached": "answered"}
BAD = {"result": "dissatisfied", "comment": "标准还是算错了。"}


@pytest.fixture(autouse=True)
def nobody_by_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CALL_BACK_EVERY", 0)


def call(world: World, case: Case, by: str = "clerk", **facts: Any) -> Case:
    return world.perform(case, "call_back", by, **{**SPOKE, **facts})


def whys(world: World, who: str = "clerk", today: date = TODAY) -> list[str]:
    return [each.why for each in followup.calls(world.actor(who), today=today)]


def test_somebody_who_had_no_part_asks_and_the_first_rating_is_kept(world: World) -> None:
    case = call(world, world.case("delivered"), reception="satisfied", result="mostly", comment="电话里说得很清楚。")
    assert case.rated and case.marks["evaluated"] == "mostly" and case.evaluation.reception == "satisfied"
    assert case.evaluation.via == "phone" and list(verify()) == []


@pytest.mark.parametrize("who", ["head", "leader"])
def test_whoever_signed_it_can_not_call(world: World, who: str) -> None:
    with pytest.raises(Refused) as refused:
        call(world, world.case("delivered"), who, result="satisfied")
    assert "没有办过" in refused.value.zh or "办过这件事的人不能回访" in refused.value.zh


def test_a_call_never_overwrites_what_the_petitioner_gave_themselves(world: World) -> None:
    case = world.perform(world.case("delivered"), "evaluate", "petitioner", **BAD)
    case = call(world, case, result="satisfied", comment="现在满意了。")
    assert case.marks["evaluated"] == "dissatisfied" and case.evaluation.result == "dissatisfied"
    assert case.events.get(action="call_back").facts["result"] == "satisfied"


@pytest.mark.parametrize(
    "facts", [{}, {"reached": "no_answer", "result": "satisfied"}, {"reached": "no_answer", "comment": "应该满意"}]
)
def test_no_answer_is_never_written_down_as_content(world: World, facts: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        call(world, world.case("delivered"), **facts)
    assert "reached" in refused.value.errors


def test_who_was_not_reached_is_tried_three_times_on_other_days_and_stays_unrated(world: World) -> None:
    case = world.perform(world.case("delivered"), "evaluate", "petitioner", comment="请回电", call_me=True)
    for day in range(followup.TRIES):
        on = TODAY + timedelta(days=day)
        assert whys(world, today=on) == ["asked"]
        case = world.perform(case, "call_back", "clerk", now=NOW + timedelta(days=day), how="phone", on=on.isoformat(), reached="no_answer")  # fmt: skip
        assert whys(world, today=on) == []
    assert whys(world, today=TODAY + timedelta(days=9)) == [] and case.marks["evaluated"] == "comment"


def test_called_are_those_who_asked_the_dissatisfied_and_every_nth_number(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, sad, asked, glad = (world.case("delivered") for _ in range(4))
    world.perform(sad, "evaluate", "petitioner", **BAD)
    world.perform(asked, "evaluate", "petitioner", result="satisfied", call_me=True)
    world.perform(glad, "evaluate", "petitioner", result="satisfied")
    assert whys(world) == ["asked", "dissatisfied"]
    monkeypatch.setattr(settings, "CALL_BACK_EVERY", 4)
    assert whys(world) == ["asked", "dissatisfied", "turn"]  # number 4
    monkeypatch.setattr(settings, "CALL_BACK_EVERY", 1)
    assert len(whys(world)) == 4 and silent.no.endswith("1")
    call(world, sad, comment="还是不服。")
    assert len(whys(world)) == 3


def test_those_who_had_a_part_do_not_find_the_matter_in_their_list(world: World) -> None:
    world.perform(world.case("delivered"), "evaluate", "petitioner", **BAD)
    assert whys(world, "clerk") == ["dissatisfied"] and whys(world, "supervisor") == ["dissatisfied"]
    assert whys(world, "head") == [] and whys(world, "leader") == [] and whys(world, "sister_clerk") == []


def test_after_the_days_of_the_setting_nobody_is_called_any_more(world: World) -> None:
    world.perform(world.case("delivered"), "evaluate", "petitioner", **BAD)
    last = TODAY + timedelta(days=settings.EVALUATION_DAYS)
    assert whys(world, today=last) == ["dissatisfied"] and whys(world, today=last + timedelta(days=1)) == []


def test_accusations_are_in_nobodys_list(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CALL_BACK_EVERY", 1)
    world.case("transferred")
    assert whys(world, "leader") == []


def test_what_was_said_stands_in_the_request_and_the_petitioner_decides(world: World) -> None:
    case = world.perform(world.case("delivered"), "evaluate", "petitioner", **BAD)
    found = queries.find(case.no)
    assert found is not None and wishes.dissatisfied(found) and wishes.initial(found) == {"request": "标准还是算错了。"}
    assert case.state == "delivered"  # nothing was reopened
    case = world.perform(case, "request_review", "petitioner", received_on=TODAY.isoformat(), **wishes.initial(found))
    found = queries.find(case.no)
    assert found is not None and not wishes.dissatisfied(found) and case.state == "reviewing"


def test_a_new_answer_is_asked_about_anew(world: World) -> None:
    case = world.case("reviewed")
    assert not case.rated and all(case.marks[name] is None for name in ("evaluated", "called_back", "call_tries"))


def test_figures_are_by_unit_and_show_those_who_did_not_answer(world: World) -> None:
    for _ in range(followup.FEWEST):
        world.perform(world.case("delivered"), "evaluate", "petitioner", reception="satisfied", result="dissatisfied")
    world.case("delivered")
    (unit,) = followup.figures(world.actor("leader"), today=TODAY, days=90)
    assert (unit.unit, unit.rated, unit.waiting, unit.silent) == ("云湖供电公司", 5, 1, 0)
    assert unit.aspects["reception"]["satisfied"] == 5 and unit.aspects["result"]["dissatisfied"] == 5 and not unit.few
    later = TODAY + timedelta(days=settings.EVALUATION_DAYS + 1)
    (unit,) = followup.figures(world.actor("leader"), today=later, days=90)
    assert (unit.rated, unit.waiting, unit.silent) == (5, 0, 1)


def figures(world: World, today: date = TODAY) -> dict[str, tuple[int, int, int, int]]:
    """For each unit how many are rated, may still be, are not; and how many were dissatisfied with the result."""
    units = followup.figures(world.actor("leader"), today=today, days=90)
    return {
        unit.unit: (unit.rated, unit.waiting, unit.silent, unit.aspects["result"]["dissatisfied"]) for unit in units
    }


def test_each_answer_is_rated_by_itself_and_the_rating_stays_with_the_unit_that_gave_it(world: World) -> None:
    world.three_levels()
    station, sister = (office.name for office in (world.station, world.sister) if office)
    case = world.case("reviewing")
    case = world.perform(case, "take_review", "sister_leader", **world.to("sister_handler"), **RECUSAL)
    case = world.perform(case, "draft_review", "sister_handler", **CONCLUSION)
    later = NOW + timedelta(days=25)
    case = world.perform(case, "issue_review", "sister_leader", now=later)
    brought = {"on": later.date().isoformat(), "mode": "direct", "received_by": "孟庆兰"}
    case = world.perform(case, "deliver_review", "sister_clerk", now=later, **brought)
    after = TODAY + timedelta(days=settings.EVALUATION_DAYS + 10)  # counted from the last answer, not the first
    assert figures(world, after) == {sister: (0, 1, 0, 0)}
    case = world.perform(case, "evaluate", "petitioner", now=later, result="satisfied")
    assert figures(world, after) == {sister: (1, 0, 0, 0)} and case.office.name == station


def test_a_rating_before_the_review_counts_on_for_whose_answer_it_was_of(world: World) -> None:
    case = world.perform(world.case("delivered"), "evaluate", "petitioner", **BAD)
    asked = {"received_on": TODAY.isoformat(), "request": "算错了。"}
    case = world.perform(case, "request_review", "petitioner", **asked)
    opinion = documents.keep(io.BytesIO("意见书".encode()), name="意见书.txt", by="clerk", now=NOW).pk
    outside = {
        "body": "省公司",
        "label": "云信复〔2026〕3号",
        "reasons": "维持。",
        "mode": "direct",
        "received_by": "孟庆兰",
        "files": [opinion],
    }
    case = world.perform(case, "record_review", "clerk", outcome="maintain", dated_on=TODAY.isoformat(), on=TODAY.isoformat(), **outside)  # fmt: skip
    assert figures(world) == {world.unit.name: (1, 0, 0, 1)}  # what the unit outside answered is no unit's here
    case = world.perform(case, "evaluate", "petitioner", result="satisfied")
    assert figures(world) == {world.unit.name: (1, 0, 0, 1)} and case.evaluations.count() == 2
    assert case.evaluation is not None and case.evaluation.office is None and list(verify()) == []
