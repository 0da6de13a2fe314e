"""A sheet: complete before it is signed, never overwritten by a second person, late where it is late, returned with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.kernel.errors import Conflict, Forbidden, Invalid
from huiyin.screening import campaigns, queries, report, sheets
from huiyin.screening.models import Sheet
from huiyin.screening.questions import field_of
from tests.screening.conftest import Round
from tests.world import NOW

LATE = NOW + timedelta(days=14)


def test_half_an_answer_is_saved_and_a_gap_is_named_only_when_it_is_handed_on(underway: Round) -> None:
    saved = underway.hand_in("section", "handler", "", "３", "", "", step="save", found="")
    assert list(saved.answers.values()) == [3] and saved.state == "open"
    with pytest.raises(Invalid) as refused:
        underway.hand_in("section", "handler", "", "3", "", "", step="fill", found="")
    first, _, third, fourth = (field_of(each) for each in underway.campaign.questions.all())
    assert refused.value.errors.keys() == {first, third, fourth, "found"}


def test_nothing_found_must_be_said_and_can_not_be_said_beside_a_finding(underway: Round) -> None:
    with pytest.raises(Invalid) as refused:
        underway.hand_in("section", "head", found="")
    assert refused.value.errors.keys() == {"found"}
    underway.find()
    with pytest.raises(Invalid, match="下面写着发现"):
        underway.hand_in("section", "head", found="nothing")
    with pytest.raises(Invalid, match="还没有写发现"):
        underway.hand_in("other", "other_head", found="findings")


def test_a_yes_that_asks_for_a_finding_is_not_signed_without_one(underway: Round) -> None:
    question = underway.campaign.questions.first()
    assert question
    with pytest.raises(Invalid) as refused:
        underway.hand_in("section", "head", "yes", "12", "走访", "无", found="nothing")
    assert field_of(question) in refused.value.errors
    underway.find(question=str(question.pk))
    assert underway.hand_in("section", "head", "yes", "12", "走访", "无", found="findings").state == "signed"


def test_a_finding_that_names_no_question_is_said_to_be_there(underway: Round) -> None:
    question, found = underway.campaign.questions.first(), underway.find()
    assert question and found.question_id is None
    with pytest.raises(Invalid) as refused:
        underway.hand_in("section", "head", "yes", "12", "走访", "无", found="findings")
    assert "有1条没有选“哪一题查出来的”" in refused.value.errors[field_of(question)].zh


def test_of_two_who_fill_in_one_sheet_the_second_is_told_and_neither_is_lost(underway: Round) -> None:
    sheet, mine = underway.sheet("section"), underway.answer("no", "1", "走访", "甲写的")
    theirs, by = underway.answer("no", "2", "来电", "乙写的"), underway.world.actor
    sheets.keep(sheet, by=by("head"), now=NOW, typed=theirs, version=sheet.version)
    sheets.hand_in(sheet, by=by("handler"), now=NOW, typed=mine, version=sheet.version)
    with pytest.raises(Conflict, match="handler存过新的内容"):
        sheets.hand_in(sheet, by=by("head"), now=NOW, typed=theirs, version=sheet.version)
    there, draft = underway.sheet("section"), sheets.kept(sheet, by=by("head"))
    assert "甲写的" in there.answers.values() and draft and "乙写的" in draft.typed.values()
    assert sheets.hand_in(there, by=by("head"), now=NOW, typed=theirs, version=there.version).answers != there.answers
    assert sheets.kept(sheet, by=by("head")) is None


def test_sent_twice_a_sheet_is_signed_once(underway: Round) -> None:
    sheet, typed = underway.sheet("section"), underway.answer()
    given = {"by": underway.world.actor("head"), "now": NOW, "typed": typed, "version": 1, "step": "sign"}
    assert sheets.hand_in(sheet, **given).version == sheets.hand_in(sheet, **given).version == 2
    assert [act.kind for act in queries.acts_of(sheet)] == ["signed"]
    with pytest.raises(Conflict, match="已经签字交上"):
        sheets.hand_in(sheet, **{**given, "typed": underway.answer("no", "9", "走访", "无")})


@pytest.mark.parametrize(
    ("by", "office", "fills", "signs"),
    [
        ("handler", "section", True, False), ("head", "section", True, True), ("leader", "section", True, True),
        ("clerk", "section", False, False), ("other_head", "section", False, False), ("supervisor", "section", False, False),
        ("sister_clerk", "sister", True, False), ("sister_leader", "sister", True, True), ("leader", "sister", False, False),
        ("sister_leader", "section", False, False), ("auditor", "section", False, False),
    ],
)  # fmt: skip
def test_the_own_office_fills_in_and_its_head_or_the_nearest_above_in_the_unit_signs(
    underway: Round, by: str, office: str, fills: bool, signs: bool
) -> None:
    for step, allowed in (("save", fills), ("sign", signs)):
        if allowed:
            underway.hand_in(office, by, step=step)
        else:
            with pytest.raises(Forbidden):
                underway.hand_in(office, by, step=step)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("handler", {"section"}), ("head", {"section"}), ("other_handler", {"other"}), ("clerk", set()), ("counter_head", set()),
        ("leader", {"section", "other", "sister"}), ("supervisor", {"section", "other", "sister"}),
        ("sister_clerk", {"sister"}), ("sister_leader", {"sister"}), ("system_admin", set()), ("auditor", set()),
    ],
)  # fmt: skip
def test_nobody_sees_the_sheet_of_another_office_but_those_above_it(underway: Round, name: str, seen: set[str]) -> None:
    found = set()
    for office in ("section", "other", "sister"):
        pk = underway.sheet(office).pk
        try:
            queries.sheet(underway.world.actor(name), pk)
            found.add(office)
        except Forbidden:
            pass
    assert found == seen


def test_a_late_sheet_waits_for_its_head_and_for_who_runs_it(underway: Round) -> None:
    underway.hand_in("sister", "sister_leader")
    day, actor = LATE.date(), underway.world.actor

    def waits(name: str) -> list[str]:
        return [each.office.name for each in queries.waiting(actor(name), today=day)]

    assert waits("leader") == ["待遇核发科", "医疗保障科"]  # runs it, and signs above both
    assert waits("head") == waits("handler") == ["待遇核发科"]
    assert waits("other_head") == ["医疗保障科"]
    assert waits("sister_leader") == waits("clerk") == waits("supervisor") == []
    assert [each.office.name for each in queries.waiting(actor("leader"), today=NOW.date())] == []


def test_a_filled_sheet_waits_for_whoever_signs(underway: Round) -> None:
    underway.hand_in("section", "handler", step="fill")
    found = queries.waiting(underway.world.actor("leader"), today=NOW.date())
    assert [each.state for each in found] == ["filled"]


def test_where_a_unit_and_its_section_take_part_each_has_the_nearest_sheet_only(underway: Round) -> None:
    world = underway.world
    Sheet.objects.create(campaign=underway.campaign, office=world.unit, due_on=underway.campaign.due_on)
    underway.hand_in("section", "head")
    assert [each.office for each in queries.waiting(world.actor("clerk"), today=NOW.date())] == [world.unit]
    assert queries.waiting(world.actor("handler"), today=NOW.date()) == []
    assert [each.office for each in queries.own_sheets(world.actor("handler"))] == [world.section]
    with pytest.raises(Forbidden):
        queries.sheet(world.actor("handler"), underway.sheet("unit").pk)


def test_a_sheet_is_returned_with_a_reason_and_a_working_day_and_lateness_is_not_mended_by_it(underway: Round) -> None:
    underway.hand_in("section", "head")
    underway.hand_in("other", "other_head", now=LATE)
    leader = underway.world.actor("leader")
    for office, by in (("section", "head"), ("other", "other_head")):
        with pytest.raises(Forbidden):
            sheets.give_back(underway.sheet(office), by=underway.world.actor(by), now=LATE, typed={})
        with pytest.raises(Invalid) as refused:
            sheets.give_back(underway.sheet(office), by=leader, now=LATE, typed={"reason": "", "due_on": "2026-03-01"})
        assert refused.value.errors.keys() == {"reason", "due_on"}
        again = {"reason": "第二题请核实。", "due_on": "2026-03-21"}  # a Saturday
        back = sheets.give_back(underway.sheet(office), by=leader, now=LATE, typed=again)
        assert (back.state, back.due_on.isoformat()) == ("returned", "2026-03-23")
        underway.hand_in(office, by, now=LATE + timedelta(days=1))
    made = report.of(underway.campaign, reader=underway.world.actor("leader"))
    assert {row.sheet.office.name: row.how for row in made.coverage} == {
        "待遇核发科": "in_time", "医疗保障科": "late", "南桥所": "not",
    }  # fmt: skip


def test_after_the_close_nothing_is_written_any_more(underway: Round) -> None:
    leader = underway.world.actor("leader")
    with pytest.raises(Invalid, match="为什么现在结束"):
        campaigns.close(underway.campaign, by=leader, now=LATE, note="")
    campaigns.close(underway.campaign, by=leader, now=LATE, note="南桥所搬迁，下次补查。")
    with pytest.raises(Conflict, match="已经结束"):
        underway.hand_in("section", "head", now=LATE)
    assert queries.waiting(leader, today=LATE.date()) == []
