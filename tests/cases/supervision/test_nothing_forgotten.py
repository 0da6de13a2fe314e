"""What used to fall silent: letters that could not be answered any more, refusal to execute after the end, extensions and reviews
that wait, drafts sent back again and again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.cases.models import Case
from huiyin.cases.sweep import sweep
from huiyin.cases.verification import verify
from huiyin.kernel.errors import Refused
from huiyin.procedure.owing import OWED
from tests.ways import CONCLUSION, DUTY, RECUSAL
from tests.world import NOW, World

DAY = timedelta(days=1)
LETTER = {"ground": "delay", "words": "请说明为什么拖延。", "answer_by": "2026-04-01"}
ASKED = {"words": "为什么没有执行？", "answer_by": "2026-03-05"}
REPLY = {"done": "已核查。", "remedy": "60日内申请行政复议。"}


def rung(case: Case, kind: str) -> list[str]:
    """Who is told of the open alarms of this kind."""
    return [alarm.holder.username for alarm in case.alarms.filter(kind=kind, ended_on=None) if alarm.holder]


def supervised(world: World) -> Case:
    case = world.perform(world.case("handling"), "supervise", "supervisor", **LETTER)
    return world.perform(case, "ask_explanation", "supervisor", **ASKED)


@pytest.mark.parametrize(
    ("state", "deliver", "by"),
    [("issued", "deliver", "clerk"), ("review_issued", "deliver_review", "sister_clerk"), ("rereview_issued", "deliver_rereview", "head")],
)  # fmt: skip
def test_what_was_issued_rings_until_it_is_delivered(world: World, state: str, deliver: str, by: str) -> None:
    """Issued on 03-02 and to be carried out weeks later: five working days for bringing it there come first."""
    case = world.case(state)
    case.refresh_from_db()
    assert (case.due_term, case.due_on) == ("deliver", date(2026, 3, 9))
    rung = []
    for day in (2, 7, 8):
        sweep(now=NOW + day * DAY)
        rung.append(case.alarms.exclude(kind="sent_late").get(term="deliver", ended_on=None).kind)
    assert rung == ["soon", "due", "late"]
    world.perform(case, deliver, by, now=NOW + 8 * DAY, mode="direct", on="2026-03-10", received_by="孟庆兰")
    assert not case.alarms.filter(term="deliver", ended_on=None).exists()
    assert case.clocks.order_by("pk").filter(term="deliver").last().outcome == "late"


def test_what_is_ordered_back_is_not_to_be_delivered_until_it_is_issued_again(world: World) -> None:
    case = world.perform(world.case("issued"), "order_again", "leader", now=NOW + DAY, ground="facts", reason="再查。")
    assert case.clocks.get(term="deliver").outcome == "replaced"


@pytest.mark.parametrize("end", ["withdraw", "concluded"])
def test_what_was_asked_can_be_answered_after_the_end(world: World, end: str) -> None:
    if end == "withdraw":
        case = world.perform(
            supervised(world), "withdraw", "clerk", way="phone", on="2026-03-02", freely=True, words="不用办了。"
        )
        by = "handler"
    else:
        case = world.perform(world.case("concluded"), "supervise", "sister_leader", **LETTER)
        case, by = world.perform(case, "ask_explanation", "sister_leader", **ASKED), "station_handler"
    assert not case.is_open and rung(case, "feedback") and rung(case, "explanation")
    case = world.perform(case, "answer_supervision", by, words="情况已经查清。")
    case = world.perform(case, "explain", by, words="情况已经查清。")
    assert not rung(case, "feedback") and not rung(case, "explanation") and not list(verify())


def test_feedback_that_is_owed_keeps_a_matter_from_the_archive(world: World) -> None:
    case = world.perform(world.case("closed"), "supervise", "supervisor", **LETTER)
    with pytest.raises(Refused, match="书面反馈"):
        world.perform(case, "archive", "clerk", retention="30")
    case = world.perform(case, "answer_supervision", "handler", words="已经改进。")
    assert world.perform(case, "archive", "clerk", retention="30").state == "archived"


def test_the_check_of_what_is_owed_for_ever_knows_what_supervisors_asked_for() -> None:
    assert {"feedback_owed", "explanation_owed"} <= OWED.keys()


@pytest.mark.parametrize("state", ["delivered", "concluded"])
def test_who_does_not_execute_is_urged_and_asked_until_it_is_done(world: World, state: str) -> None:
    by, hand = ("supervisor", "handler") if state == "delivered" else ("sister_leader", "station_handler")
    case = world.perform(world.case(state), "urge", by, words="请按意见补发。")
    case = world.perform(case, "ask_explanation", by, **ASKED)
    assert rung(case, "urged") == [hand]
    case = world.perform(case, "carry_out", hand, on="2026-03-02", done="补发180元。")
    assert rung(case, "urged") == ([] if state == "concluded" else [hand])
    with pytest.raises(Refused, match="没有要执行"):
        world.perform(case, "urge", by, words="请按意见补发。")


def test_an_extension_that_nobody_told_of_rings_after_three_working_days(world: World) -> None:
    case = world.perform(world.case("handling"), "extend", "leader", days=20, reason="涉及多个年度的台账。")
    sweep(now=NOW + 2 * DAY)
    assert rung(case, "extension_untold") == []
    sweep(now=NOW + 3 * DAY)
    assert rung(case, "extension_untold") == ["handler"]
    told = {"mode": "visit", "on": "2026-03-05", "received_by": "孟庆兰"}
    world.perform(case, "tell_extension", "clerk", now=NOW + 3 * DAY, **told)
    assert rung(case, "extension_untold") == []


def test_a_review_that_nobody_was_named_for_rings_at_the_unit_above(world: World) -> None:
    case = requested(world)
    sweep(now=NOW + 2 * DAY)
    assert rung(case, "untaken") == []
    sweep(now=NOW + 3 * DAY)
    assert rung(case, "untaken") == ["sister_leader"]
    sweep(now=NOW + 25 * DAY)
    assert set(rung(case, "soon")) | set(rung(case, "due")) == {"sister_leader"}
    case = world.perform(
        case, "take_review", "sister_leader", now=NOW + 25 * DAY, **world.to("sister_handler"), **RECUSAL
    )
    assert rung(case, "untaken") == [] and set(rung(case, "soon")) | set(rung(case, "due")) == {"sister_handler"}


def requested(world: World) -> Case:
    """A review that was asked for and given to nobody."""
    world.three_levels()
    case = world.register()
    for _, action, by, facts in world.path(NOW, "reviewing"):
        case = world.perform(case, action, by, **facts)
        if action == "request_review":
            break
    assert case.state == "reviewing"
    return case


def test_a_draft_of_a_duty_or_a_review_that_comes_back_twice_rings_too(world: World) -> None:
    case = requested(world)
    case = world.perform(case, "take_review", "sister_leader", **world.to("sister_handler"), **RECUSAL)
    for _ in range(2):
        case = world.perform(case, "draft_review", "sister_handler", **CONCLUSION)
        case = world.perform(case, "return_review", "sister_leader", reason="理由没有写清。")
    assert rung(case, "returned") == ["sister_head"]


@pytest.mark.parametrize("outcome", ["performed", "not_performed"])
def test_a_duty_that_can_not_be_performed_is_read_by_the_supervisor(world: World, outcome: str) -> None:
    case = world.perform(world.register(), "take_duty", "leader", **DUTY, limit_on="2026-04-01", **world.to("handler"))
    facts: dict[str, Any] = {"outcome": outcome, "covers": [1, 2], **REPLY}
    case = world.perform(case, "draft_duty", "handler", reasons="事实不存在。", **facts)
    case = world.perform(world.perform(case, "approve", "head"), "issue", "leader")
    assert rung(case, "refused") == (["supervisor"] if outcome == "not_performed" else [])
