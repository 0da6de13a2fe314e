"""A finding: about an issue, with an owner and a date until something came of it; the early case, and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.cases import queries as cases
from huiyin.cases.models import Case
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.people import services as people
from huiyin.screening import campaigns, findings, queries
from huiyin.screening.models import Act, Finding
from tests.screening.conftest import FOUND, Round
from tests.world import NOW

DAY = NOW.date()


def test_a_finding_becomes_an_early_case_without_a_petitioner_and_the_way_leads_back(underway: Round) -> None:
    world, one = underway.world, underway.find(topic="150201", measure="请核对发放名册。")
    case = findings.make_case(one, by=world.actor("head"), now=NOW)
    assert (case.channel, case.state, case.petitioners.count(), case.people_count) == ("screening", "registered", 0, 12)
    assert (case.responsible, case.office, case.place) == (world.staff["handler"], world.section, "湖滨路")
    assert (
        "请核对发放名册" in case.text and "冬季取暖补贴排查" in case.text and case.topic and case.topic.code == "150201"
    )
    back = queries.finding(world.actor("handler"), one.pk)
    assert (back.outcome, back.case) == ("case", case)
    assert (
        queries.origin(world.actor("handler"), case) == back and queries.origin(world.actor("other_head"), case) is None
    )
    accepted = world.perform(case, "accept", "leader", recusal_checked=True, route="由待遇科调查核实。")
    assert accepted.state == "accepted" and cases.find(case.no)


def test_pressed_twice_it_is_one_case(underway: Round) -> None:
    one, actor = underway.find(), underway.world.actor
    stale = queries.finding(actor("handler"), one.pk)
    first = findings.make_case(one, by=actor("head"), now=NOW)
    assert (
        findings.make_case(stale, by=actor("handler"), now=NOW)
        == first
        == findings.make_case(one, by=actor("head"), now=NOW)
    )
    assert Case.objects.count() == 1
    with pytest.raises(Conflict, match="已经有着落"):
        findings.settle(stale, by=actor("handler"), now=NOW, typed={"note": "当面补发。"})


@pytest.mark.parametrize(
    ("name", "handles"),
    [
        ("handler", True), ("head", True), ("leader", True), ("supervisor", True), ("clerk", False), ("other_handler", False),
        ("other_head", False), ("sister_clerk", False), ("sister_leader", False), ("auditor", False),
    ],
)  # fmt: skip
def test_only_the_owner_the_own_office_and_those_above_say_what_came_of_it(
    underway: Round, name: str, handles: bool
) -> None:
    one, actor = underway.find(), underway.world.actor(name)
    if handles:
        assert findings.settle(one, by=actor, now=NOW, typed={"note": "当天补发了。"}).outcome == "settled"
        return
    for act in (findings.settle, findings.hand):
        with pytest.raises(Forbidden):
            act(one, by=actor, now=NOW, typed={"note": "话", "handed_to": "社区"})
    with pytest.raises(Forbidden):
        queries.finding(actor, one.pk)


def test_who_may_not_register_is_told_who_can(underway: Round) -> None:
    with pytest.raises(Forbidden, match="接待员或者承办人"):
        findings.make_case(underway.find(), by=underway.world.actor("leader"), now=NOW)
    assert not Case.objects.exists()


def test_the_people_of_the_office_that_it_is_about_can_not_be_given_the_case(underway: Round) -> None:
    world = underway.world
    one = underway.find(concerned=str(world.section.pk))
    with pytest.raises(Refused, match="不能由那里的人办"):
        findings.make_case(one, by=world.actor("head"), now=NOW)
    typed = {**FOUND, "concerned": str(world.section.pk), "owner": str(world.staff["other_handler"].pk)}
    findings.change(one, by=world.actor("head"), now=NOW, typed=typed, version=one.version)
    passed = queries.finding(world.actor("other_handler"), one.pk)
    case = findings.make_case(passed, by=world.actor("other_handler"), now=NOW)
    assert (case.office, case.accused) == (world.other, world.section)
    case = world.perform(case, "accept", "leader", recusal_checked=True, route="由医疗科调查核实。")
    with pytest.raises(Invalid, match="不能交给它的人办"):
        world.perform(case, "assign", "leader", office=world.section.pk, staff=world.staff["handler"].pk)
    unit = underway.find(concerned=str(world.unit.pk))  # all are below it; who accepts checks for conflicts
    own = findings.make_case(unit, by=world.actor("head"), now=NOW)
    assert own.is_open and own.accused is None


def test_what_ends_it_is_written_down(underway: Round) -> None:
    one, actor = underway.find(), underway.world.actor("handler")
    with pytest.raises(Invalid) as refused:
        findings.settle(one, by=actor, now=NOW, typed={"note": " "})
    assert refused.value.errors.keys() == {"note"}
    with pytest.raises(Invalid) as refused:
        findings.hand(one, by=actor, now=NOW, typed={})
    assert refused.value.errors.keys() == {"note", "handed_to"}
    ended = findings.hand(one, by=actor, now=NOW, typed={"note": "清单交李主任。", "handed_to": "湖滨社区"})
    assert (ended.outcome, ended.handed_to) == ("handed", "湖滨社区")
    assert [act.kind for act in queries.acts_of(ended)] == ["handed", "found"]


def test_passed_to_a_colleague_it_stays_open_on_their_day(underway: Round) -> None:
    world, one = underway.world, underway.find()
    typed = {**FOUND, "owner": str(world.staff["sister_clerk"].pk)}
    findings.change(one, by=world.actor("head"), now=NOW, typed=typed, version=one.version)
    assert [each.pk for each in queries.owed(world.actor("sister_clerk"), today=DAY)] == [one.pk]
    assert not queries.owed(world.actor("handler"), today=DAY)
    assert queries.acts_of(one)[0].kind == "passed" and not Finding.objects.get(pk=one.pk).outcome


def test_of_two_who_change_a_finding_the_second_is_told(underway: Round) -> None:
    world, one = underway.world, underway.find()
    mine = {**FOUND, "owner": str(world.staff["handler"].pk)}
    findings.change(one, by=world.actor("head"), now=NOW, typed={**mine, "place": "湖滨路北"}, version=1)
    with pytest.raises(Conflict, match="存过新的内容"):
        findings.change(one, by=world.actor("handler"), now=NOW, typed={**mine, "place": "湖滨路南"}, version=1)
    assert Finding.objects.get(pk=one.pk).place == "湖滨路北"


def test_sent_twice_it_is_one_finding_and_other_words_under_its_key_are_told(underway: Round) -> None:
    sheet, by = underway.sheet("section"), underway.world.actor("handler")
    typed = {**FOUND, "owner": str(by.staff_id)}
    made = [findings.add(sheet, by=by, now=NOW, typed=typed, key="k").pk for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(Conflict, match="没有记下"):
        findings.add(sheet, by=by, now=NOW, typed={**typed, "place": "湖滨路南"}, key="k")


def test_an_owner_a_date_and_words_are_needed_and_a_day_that_passed_is_refused(underway: Round) -> None:
    given = {"by": underway.world.actor("handler"), "now": NOW}
    with pytest.raises(Invalid) as refused:
        findings.add(underway.sheet("section"), typed={"people_count": "十二"}, **given)
    assert refused.value.errors.keys() == {"description", "owner", "due_on", "people_count"}
    with pytest.raises(Invalid) as refused:
        underway.find(due_on="2026-03-01")
    assert refused.value.errors.keys() == {"due_on"}


def test_open_ones_are_listed_until_the_last_and_also_after_the_campaign_is_closed(underway: Round) -> None:
    one, leader = underway.find(), underway.world.actor("leader")
    campaigns.close(underway.campaign, by=leader, now=NOW, note="先结束。")
    late = DAY + timedelta(days=60)
    assert [each.pk for each in queries.open_findings(leader).rows] == [one.pk]
    assert [each.pk for each in queries.owed(leader, today=late)] == [one.pk]  # late: whoever runs it sees it too
    findings.settle(queries.finding(leader, one.pk), by=leader, now=NOW, typed={"note": "补发了。"})
    assert not queries.open_findings(leader).rows and not queries.owed(leader, today=late)


def test_nothing_is_added_to_a_sheet_that_was_handed_in(underway: Round) -> None:
    underway.hand_in("section", "head")
    with pytest.raises(Conflict, match="发现没有存上"):
        underway.find()


def test_who_owns_an_open_finding_or_runs_a_campaign_can_not_leave(underway: Round) -> None:
    underway.find()
    for name, why in (("handler", "排查发现没有着落"), ("leader", "没有结束的排查")):
        with pytest.raises(Refused, match=why):
            people.deactivate_staff(staff=underway.world.staff[name], now=NOW)


def test_the_record_only_grows(underway: Round) -> None:
    from django.db import Error, transaction

    act = Act.objects.first()
    assert act
    for change in (lambda: Act.objects.update(words="x"), act.delete):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_no_column_of_a_finding_holds_a_name_of_somebody_outside_the_staff() -> None:
    names = {field.name for field in Finding._meta.get_fields()}
    assert not {name for name in names if "name" in name or "person" in name or "petitioner" in name}
