"""退回重办 (Art. 40): before delivery a wrong answer goes back, its dates stay, and its paper is void."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.cases import letter_files
from huiyin.cases.models import Case
from huiyin.kernel.errors import Refused
from tests.world import NOW, World

DAYS = timedelta(days=1)
AGAIN = {"ground": "facts", "reason": "面积还没有核对。"}


def test_what_is_ordered_back_after_issue_keeps_its_dates_and_its_answer_is_void(world: World) -> None:
    case = world.case("issued")
    case = world.perform(case, "order_again", "leader", now=NOW + DAYS, **AGAIN)
    clock = case.clocks.get(term="handle", stopped_on=None)
    assert case.state == "handling" and (clock.start_on, clock.due_on) == (date(2026, 3, 2), date(2026, 5, 6))
    assert not case.marks["issued_on"]


def test_a_reply_on_a_duty_is_ordered_back_to_whoever_performs_it_and_its_limit_runs_on(world: World) -> None:
    case = world.perform(world.case("duty"), "draft_duty", "handler", covers=[1, 2], outcome="performed", done="已核查。", remedy="可以申请行政复议。")  # fmt: skip
    case = world.perform(world.perform(case, "approve", "head"), "issue", "leader")
    due = case.clocks.get(term="duty").due_on
    with pytest.raises(Refused):
        world.perform(case, "order_again", "leader", **AGAIN)
    case = world.perform(case, "order_duty_again", "leader", now=NOW + DAYS, **AGAIN)
    assert case.state == "duty" and case.clocks.get(term="duty", stopped_on=None).due_on == due
    found = Case.objects.get(pk=case.pk)
    assert letter_files.is_void(found, found.letters.get(kind="duty_reply"))
    with pytest.raises(Refused):
        world.perform(world.case("issued"), "order_duty_again", "leader", **AGAIN)


def test_what_is_ordered_back_after_an_extension_keeps_the_extended_date(world: World) -> None:
    case = world.perform(world.case("approved"), "extend", "leader", days=20, reason="涉及多个年度的台账。")
    due = case.clocks.get(term="extend").due_on
    case = world.perform(case, "tell_extension", "clerk", mode="visit", on="2026-03-02", received_by="孟庆兰")
    case = world.perform(world.perform(case, "issue", "leader"), "order_again", "supervisor", **AGAIN)
    assert case.clocks.get(term="extend", stopped_on=None).due_on == due
