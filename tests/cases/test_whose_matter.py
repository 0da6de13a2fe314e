"""Whose matter it is: objections to senders outside (Art. 23), disputes (Art. 24), urgent matters (Art. 25), the bureau's own days (Art.
22), matters taken up again, simple handling in its three days, and accusations against the whole unit (Art. 30)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.cases import policy, queries
from huiyin.cases.models import Alarm, Case
from huiyin.cases.sweep import sweep
from huiyin.cases.verification import verify
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.orgs.models import Office
from tests.ways import BODY, OBJECTED, SIMPLE
from tests.world import NOW, World

DAY = timedelta(days=1)
TODAY = NOW.date().isoformat()
OUTSIDE = {"sender": "云湖市12345热线", "reason": "职责在人社局。", "how": "书面回函", "on": TODAY}
AGREED = {"answer": "agreed", "on": TODAY, "reference": "热线退单3号"}
INFORM = {**BODY, "passed_on": TODAY, "passed_how": "挂号寄去", "reason": "没有核定权。"}
WITHDRAWN = {"way": "visit", "on": TODAY, "freely": True}


def running(case: Case) -> dict[str, date]:
    return {clock.term: clock.due_on for clock in case.clocks.filter(stopped_on=None)}


def day(days: int) -> str:
    return (NOW + days * DAY).date().isoformat()


# Art. 23(3): what came from outside the system.


@pytest.mark.parametrize("channel", ["hotline", "superior"])
def test_what_came_from_outside_goes_elsewhere_only_with_its_senders_consent(world: World, channel: str) -> None:
    case = world.register(channel=channel)
    assert running(case)["object"] == date(2026, 3, 9)
    for facts in ({}, {"outside": "agreed"}):
        with pytest.raises(Refused) as refused:
            world.perform(case, "inform", "leader", **INFORM, **facts)
        assert refused.value.code == "consent_from_outside"
    case = world.perform(case, "object_outside", "clerk", **OUTSIDE)
    assert case.state == "registered" and case.responsible == world.staff["clerk"]
    assert "object" not in running(case) and "notice" in running(case)  # the petitioner's term runs on
    with pytest.raises(Refused):
        world.perform(case, "inform", "leader", **INFORM)
    with pytest.raises(Invalid):
        world.perform(case, "answer_outside", "clerk", **{**AGREED, "reference": ""})
    case = world.perform(case, "answer_outside", "clerk", **AGREED)
    assert world.perform(case, "inform", "leader", **INFORM).state == "informed" and not list(verify())


def test_without_the_consent_the_unit_handles_it(world: World) -> None:
    case = world.perform(world.register(channel="hotline"), "object_outside", "clerk", **OUTSIDE)
    case = world.perform(case, "answer_outside", "clerk", **{**AGREED, "answer": "refused"})
    with pytest.raises(Refused):
        world.perform(case, "inform", "leader", **INFORM)
    with pytest.raises(Refused):  # once
        world.perform(case, "object_outside", "clerk", **OUTSIDE)
    assert world.perform(case, "accept", "leader", recusal_checked=True, route="由本单位办。").state == "accepted"


def test_an_objection_to_a_sender_outside_after_five_working_days_comes_too_late(world: World) -> None:
    case = world.register(channel="hotline")
    with pytest.raises(Invalid) as refused:
        world.perform(case, "object_outside", "clerk", now=NOW + 8 * DAY, **{**OUTSIDE, "on": day(8)})
    assert "on" in refused.value.errors
    kept = world.perform(case, "object_outside", "clerk", now=NOW + 8 * DAY, **{**OUTSIDE, "on": day(7)})
    assert kept.clocks.get(term="object").outcome == "met"  # raised in time, written down later


def test_what_the_petitioner_brought_needs_no_consent(world: World) -> None:
    case = world.register()
    assert "object" not in running(case)
    assert not {"object_outside", "answer_outside"} & {
        step.action.name for step in queries.steps(world.actor("clerk"), case, now=NOW) if step.possible
    }
    assert world.perform(case, "inform", "leader", **INFORM).state == "informed"


# Art. 22: the bureau's own fifteen days.


@pytest.fixture
def bureau(world: World) -> World:
    Office.objects.filter(pk=world.sister.pk).update(role=Office.Role.PETITION_BUREAU)
    return world


def test_what_comes_back_to_a_bureau_is_passed_on_again_within_fifteen_days(bureau: World) -> None:
    case = bureau.register(by="sister_clerk")
    assert running(case)["forward"] == date(2026, 3, 17) and case.marks["at_bureau"]
    case = bureau.perform(case, "forward", "sister_leader", **bureau.to("head"), mode="forward")
    case = bureau.perform(case, "object", "head", now=NOW + 3 * DAY, **OBJECTED)
    back = {**bureau.to("sister_clerk"), "checked": "查了职责清单。"}
    case = bureau.perform(case, "agree_return", "sister_leader", now=NOW + 4 * DAY, **back)
    assert running(case)["forward"] == date(2026, 3, 23)  # the 15th day, 21 March, is a Saturday
    assert running(case)["notice"] == date(2026, 3, 17)  # what the petitioner is owed never moves
    sweep(now=NOW + 25 * DAY)
    assert Alarm.objects.filter(case=case, term="forward", kind="late").exists()


def test_a_direction_that_a_bureau_recalls_has_the_days_that_it_had(bureau: World) -> None:
    case = bureau.perform(bureau.register(by="sister_clerk"), "inform", "sister_leader", **INFORM)
    assert "forward" not in running(case)
    case = bureau.perform(case, "recall_direction", "sister_leader", now=NOW + 2 * DAY, reason="定错了。")
    assert running(case)["forward"] == date(2026, 3, 17)


def test_a_unit_that_takes_a_matter_back_has_no_days_of_a_bureau(world: World) -> None:
    case = world.case("objected")
    case = world.perform(case, "agree_return", "leader", **world.to("clerk"), checked="对。")
    assert "forward" not in running(case)


# Art. 24: disputed competence.

DISPUTE = {"talks": "两家都说归对方。", "submitted_to": "superior", "on": TODAY}


def disputed(world: World, **more: Any) -> Case:
    case = world.case("forwarded")
    return world.perform(case, "dispute", "sister_leader", **{**DISPUTE, "with_office": world.section.pk, **more})


def test_the_common_superior_of_both_sides_decides_who_handles_it(world: World) -> None:
    case = disputed(world)
    assert case.state == "forwarded" and case.responsible == world.staff["sister_leader"]
    assert running(case)["dispute"] == date(2026, 3, 17)
    decided = {**world.to("head"), "reason": "发放权在待遇科。"}
    with pytest.raises(Forbidden):
        world.perform(case, "decide_dispute", "sister_leader", **decided)
    with pytest.raises(Refused) as refused:  # somebody above both is here, and decides
        world.perform(case, "record_dispute", "sister_leader", body="x", outcome="others", on=TODAY, reference="1号")
    assert refused.value.code == "unit_above_is_here"
    case = world.perform(case, "decide_dispute", "leader", **decided)
    assert case.responsible == world.staff["head"] and not {"dispute", "object"} & set(running(case))
    assert world.perform(case, "accept", "head", recusal_checked=True, route="由本科办。").state == "accepted"


def test_an_office_above_one_side_alone_decides_no_dispute(world: World) -> None:
    world.three_levels()
    case = world.perform(world.register(), "forward", "leader", **world.to("station_leader"), mode="forward")
    case = world.perform(case, "dispute", "station_leader", **DISPUTE, with_office=world.section.pk)
    with pytest.raises(Refused) as refused:
        world.perform(case, "decide_dispute", "sister_leader", **world.to("station_handler"), reason="x")
    assert refused.value.code == "not_the_common_superior"


def test_a_dispute_with_a_body_outside_waits_for_a_decision_that_is_recorded_with_its_number(world: World) -> None:
    case = world.perform(world.register(), "dispute", "leader", **DISPUTE, with_body="市人社局")
    for wrong in ({}, {"with_office": world.counter.pk}):
        with pytest.raises(Invalid):
            world.perform(world.register(), "dispute", "leader", **DISPUTE, **wrong)
    with pytest.raises(Refused) as refused:
        world.perform(case, "inform", "leader", **INFORM)
    assert refused.value.code == "not_theirs"
    ruling = {"body": "市信访工作联席会议", "outcome": "others", "on": TODAY, "reference": "联办2号"}
    case = world.perform(case, "record_dispute", "leader", **ruling)
    assert world.perform(case, "inform", "leader", **INFORM).state == "informed"


def test_a_dispute_that_nobody_decides_rings(world: World) -> None:
    case = disputed(world)
    sweep(now=NOW + 16 * DAY)
    assert Alarm.objects.filter(case=case, term="dispute", kind="late").exists()


# Art. 25: major and urgent.


def test_an_urgent_matter_rings_at_once_until_it_is_reported_with_its_measures(world: World) -> None:
    case = world.perform(
        world.case("handling"), "urgent", "clerk", weight="urgent", on=TODAY, what="锅炉停了，三栋楼断暖。"
    )
    assert running(case)["urgent"] == date(2026, 3, 2) and case.due_term == "urgent"
    sweep(now=NOW)
    assert Alarm.objects.filter(case=case, term="urgent", ended_on=None).exists()
    reported = {
        "body": "市委、市政府",
        "on": TODAY,
        "how": "书面报告1号",
        "informed": "住建局、联席会议办公室",
        "measures": "已送电暖器。",
    }
    for missing in ("body", "how", "informed", "measures"):
        with pytest.raises(Invalid) as refused:
            world.perform(case, "report_urgent", "leader", **{**reported, missing: ""})
        assert missing in refused.value.errors
    case = world.perform(case, "report_urgent", "leader", **reported)
    assert "urgent" not in running(case) and not Alarm.objects.filter(case=case, term="urgent", ended_on=None).exists()


def test_an_urgent_matter_of_a_saturday_is_late_on_the_sunday(world: World) -> None:
    saturday = NOW + 5 * DAY
    case = world.perform(
        world.case("handling"), "urgent", "clerk", now=saturday, weight="urgent", on="2026-03-07", what="断暖。"
    )
    assert running(case)["urgent"] == date(2026, 3, 7)
    assert sweep(now=saturday) and Alarm.objects.filter(case=case, term="urgent", kind="due", ended_on=None).exists()
    sweep(now=saturday + DAY)
    assert Alarm.objects.filter(case=case, term="urgent", kind="late", ended_on=None).exists()


# Art. 17: what was taken back may be brought again.

AGAIN = {"way": "phone", "on": day(30), "reason": "还是没有补发。"}


def test_what_was_taken_back_goes_on_when_the_petitioner_says_so_with_clocks_from_that_day(world: World) -> None:
    case = world.perform(world.case("handling"), "withdraw", "clerk", **WITHDRAWN)
    with pytest.raises(Invalid):
        world.perform(case, "resume", "clerk", now=NOW + 30 * DAY, **{**AGAIN, "on": "2026-03-01"})
    with pytest.raises(Invalid):
        world.perform(case, "resume", "clerk", now=NOW + 30 * DAY, **{**AGAIN, "reason": ""})
    case = world.perform(case, "resume", "clerk", now=NOW + 30 * DAY, **AGAIN)
    assert case.state == "registered" and case.is_open and case.closed_at is None and case.responsible
    assert running(case) == {"notice": date(2026, 4, 16)}
    case = world.perform(case, "accept", "leader", now=NOW + 31 * DAY, recusal_checked=True, route="接着办。")
    assert case.clocks.get(term="handle", stopped_on=None).start_on == (NOW + 31 * DAY).date()
    assert case.clocks.filter(term="handle").count() == 2  # the earlier term stays on record
    assert not list(verify()) and queries.listed(world.actor("clerk"), queries.Filters(q="暖气费")).count == 1


def test_only_what_was_taken_back_is_taken_up_again(world: World) -> None:
    with pytest.raises(Conflict):
        world.perform(world.case("closed"), "resume", "clerk", **{**AGAIN, "on": TODAY})


# 简易办理: three working days for the decision.


def test_what_is_proposed_for_simple_handling_is_decided_within_three_working_days_of_receipt(world: World) -> None:
    case = world.register()
    assert "simple-accept" not in running(case)
    case = world.perform(case, "propose_simple", "clerk", now=NOW + DAY, ground="clear")
    assert running(case)["simple-accept"] == date(2026, 3, 5)
    sweep(now=NOW + 4 * DAY)
    assert Alarm.objects.filter(case=case, term="simple-accept", kind="late").exists()
    simple = world.perform(case, "simple_accept", "leader", now=NOW + 4 * DAY, **SIMPLE, **world.to("handler"))
    assert simple.clocks.get(term="simple-accept").outcome == "late"


@pytest.mark.parametrize("facts", [{"channel": "superior"}, {"people_count": 3}, {"purpose": "accusation"}])
def test_what_the_measures_exclude_is_not_proposed(world: World, facts: dict[str, Any]) -> None:
    with pytest.raises((Refused, Forbidden)):
        world.perform(world.register(**facts), "propose_simple", "clerk", ground="clear")


def test_another_way_ends_the_three_days(world: World) -> None:
    case = world.perform(world.register(), "propose_simple", "clerk", ground="clear")
    case = world.perform(case, "accept", "leader", recusal_checked=True, route="按普通程序办。")
    assert case.clocks.get(term="simple-accept").outcome == "replaced"


# Art. 30: an accusation against the whole unit.

SEALED = {"body": "省公司纪委", "on": TODAY, "how": "专人送达", "papers": "信件一份"}


def test_an_accusation_against_the_whole_unit_goes_up_sealed_by_whoever_took_it_in(world: World) -> None:
    case = world.register(purpose="accusation", accused=world.unit.pk)
    assert {name for name in world.staff if policy.may(world.actor(name), "see", case)} == {"clerk"}
    with pytest.raises(Invalid):
        world.perform(case, "hand_over", "clerk", **world.to("counter_head"), reason="x")
    offered = {step.action.name for step in queries.steps(world.actor("clerk"), case, now=NOW) if step.possible}
    assert "send_up_sealed" in offered
    for name in ("leader", "head", "supervisor", "counter_head"):
        with pytest.raises(Forbidden):
            world.perform(case, "send_up_sealed", name, **SEALED)
    case = world.perform(case, "send_up_sealed", "clerk", **SEALED)
    assert case.state == "transferred" and not running(case)
    assert [letter.kind for letter in case.letters.all()] == ["sealed_transfer"]
    assert world.perform(case, "archive", "clerk", retention="30").state == "archived"


def test_what_turns_out_to_accuse_the_whole_unit_goes_up_too(world: World) -> None:
    case = world.perform(world.case("handling"), "reclassify", "leader", reason="反映的是单位。", accused=world.unit.pk)
    assert not policy.may(world.actor("leader"), "see", case)
    assert world.perform(case, "send_up_sealed", "handler", **SEALED).state == "transferred"


def test_an_accusation_against_one_office_is_passed_on_by_a_leader_alone(world: World) -> None:
    case = world.register(purpose="accusation", accused=world.section.pk)
    with pytest.raises(Refused):
        world.perform(case, "send_up_sealed", "clerk", **SEALED)
    assert world.perform(case, "transfer_sealed", "leader", **SEALED).state == "transferred"
