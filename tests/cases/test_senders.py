"""Whoever passed a matter on stays its sender: decides an objection, tells the petitioner, hears of what is late, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.cases import policy, queries, senders, services
from huiyin.cases.models import Alarm, Case
from huiyin.cases.supervision import queries as supervision
from huiyin.cases.sweep import sweep
from huiyin.cases.verification import verify
from huiyin.kernel.errors import Forbidden
from huiyin.orgs import services as orgs
from huiyin.orgs.models import Office
from tests.ways import OBJECTED
from tests.world import NOW, World

DAY = timedelta(days=1)
TODAY = NOW.date().isoformat()


@pytest.fixture
def beside(world: World) -> World:
    """A petition bureau beside the sister unit, with a counter of its own; neither is above the other."""
    world.bureau = orgs.create_office(name="云湖信访局", kind="unit", parent=world.unit)  # type: ignore[attr-defined]
    Office.objects.filter(pk=world.bureau.pk).update(role=Office.Role.PETITION_BUREAU)  # type: ignore[attr-defined]
    world.desk = orgs.create_office(name="来信组", kind="section", parent=world.bureau)  # type: ignore[attr-defined]
    world.hire({
        "bureau_clerk": ("desk", ["clerk"]), "bureau_head": ("desk", ["head"]), "bureau_leader": ("bureau", ["leader"]),
        "bureau_handler": ("desk", ["handler"]),
    })  # fmt: skip
    return world


def sent(world: World, *, by: str = "bureau_head", to: str = "sister_leader", **more: Any) -> Case:
    case = world.register(by="bureau_clerk")
    return world.perform(case, "forward", by, **world.to(to), **{"mode": "forward", **more})


def objected(world: World, **more: Any) -> Case:
    return world.perform(sent(world, **more), "object", "sister_leader", now=NOW + DAY, **OBJECTED)


@pytest.mark.parametrize("by", ["bureau_clerk", "bureau_head", "bureau_leader"])
def test_a_sender_beside_the_unit_decides_its_objection(beside: World, by: str) -> None:
    case = objected(beside)
    with pytest.raises(Forbidden):
        beside.perform(case, "agree_return", "sister_leader", now=NOW + DAY, **beside.to("sister_clerk"), checked="x")
    refused = beside.perform(objected(beside), "refuse_return", by, now=NOW + DAY, reason="职责清单第三条。")
    assert refused.state == "forwarded" and refused.marks["senders"]
    case = beside.perform(case, "agree_return", by, now=NOW + DAY, **beside.to("bureau_clerk"), checked="查了清单。")
    assert case.state == "registered" and case.responsible == beside.staff["bureau_clerk"]
    assert not case.marks["senders"] and not case.senders.exists() and not list(verify())


def test_a_section_head_beside_the_unit_is_the_sender_of_what_they_passed_on(world: World) -> None:
    case = world.perform(world.register(), "hand_over", "clerk", **world.to("head"), reason="归待遇科。")
    case = world.perform(case, "forward", "head", **world.to("sister_leader"), mode="forward")
    case = world.perform(case, "object", "sister_leader", now=NOW + DAY, **OBJECTED)
    with pytest.raises(Forbidden):
        world.perform(case, "refuse_return", "other_head", now=NOW + DAY, reason="x")
    assert world.perform(case, "refuse_return", "head", now=NOW + DAY, reason="归该所。").state == "forwarded"


def test_the_sender_tells_the_petitioner_where_it_went(beside: World) -> None:
    case = beside.perform(sent(beside), "tell_transfer", "bureau_handler", mode="post", on=TODAY, reference="XA1")
    assert case.clocks.get(term="notice").outcome == "met"


def test_the_sender_sees_state_terms_and_result_and_takes_no_step_of_the_handling(beside: World) -> None:
    case = sent(beside, mode="assign", result_due_on="2026-04-01")
    for name in ("bureau_head", "bureau_leader", "bureau_handler"):
        actor = beside.actor(name)
        assert policy.may(actor, "see", case) and not policy.may(actor, "whole", case)
        steps = {step.action.name for step in queries.steps(actor, case, now=NOW)}
        assert steps <= {"tell_transfer", "urge", "ask_explanation", "supervise", "urgent"}, name
    for name in ("other_head", "other_handler", "handler"):
        assert not policy.may(beside.actor(name), "see", case)


def test_only_the_last_sender_decides_and_the_one_before_still_sees(beside: World) -> None:
    beside.three_levels()
    case = beside.perform(sent(beside), "forward", "sister_leader", **beside.to("station_leader"), mode="forward")
    case = beside.perform(case, "object", "station_leader", now=NOW + DAY, **OBJECTED)
    assert policy.may(beside.actor("bureau_head"), "see", case)
    with pytest.raises(Forbidden):
        beside.perform(case, "refuse_return", "bureau_head", now=NOW + DAY, reason="x")
    back = beside.perform(
        case, "agree_return", "sister_leader", now=NOW + DAY, **beside.to("sister_clerk"), checked="对。"
    )
    assert [row.office for row in back.senders.all()] == [beside.desk] and back.senders.get().last  # type: ignore[attr-defined]


def test_what_becomes_an_accusation_is_closed_to_whoever_passed_it_on(beside: World) -> None:
    case = beside.perform(sent(beside), "reclassify", "sister_leader", reason="反映的是干部违纪。", accused="outside")
    assert not policy.may(beside.actor("bureau_head"), "see", case) and not policy.may(
        beside.actor("bureau_leader"), "see", case
    )
    assert not queries.narrowed(beside.actor("bureau_leader"), queries.Filters(relation="sent")).exists()


def test_nobody_of_an_office_that_the_matter_is_about_sees_it_as_its_sender(beside: World) -> None:
    case = beside.register(by="clerk", accused=beside.bureau.pk)  # type: ignore[attr-defined]
    case = beside.perform(case, "forward", "leader", **beside.to("sister_leader"), mode="forward")
    Case.objects.filter(pk=case.pk).update(
        marks={**case.marks, "senders": [[beside.desk.pk, beside.staff["bureau_head"].pk]]}
    )  # type: ignore[attr-defined]
    case.refresh_from_db()
    assert not policy.may(beside.actor("bureau_head"), "see", case)


def test_lists_and_the_day_hold_what_was_sent_and_what_waits_for_the_sender(beside: World) -> None:
    case, other = objected(beside), sent(beside, mode="assign", result_due_on="2026-03-10")
    actor = beside.actor("bureau_head")
    listed = queries.narrowed(actor, queries.Filters(relation="sent"))
    assert set(listed) == {case, other}
    assert not queries.narrowed(beside.actor("other_head"), queries.Filters(relation="sent")).exists()
    waiting = {(why, each.no) for why, each in senders.waiting_for(actor, today=NOW.date())}
    assert waiting == {("objected", case.no), ("untold", case.no), ("untold", other.no)}
    beside.perform(other, "tell_transfer", "bureau_clerk", mode="post", on=TODAY, reference="XA1")
    later = senders.waiting_for(actor, today=NOW.date() + 10 * DAY)
    assert ("late", other.no) in {(why, each.no) for why, each in later} and ("untold", other.no) not in later
    assert not senders.waiting_for(beside.actor("other_head"), today=NOW.date() + 10 * DAY)


def told(world: World, case: Case, kind: str) -> list[str]:
    return [alarm.holder.name for alarm in Alarm.objects.filter(case=case, kind=kind, ended_on=None) if alarm.holder]


def test_an_objection_rings_with_the_sender_until_it_is_decided(beside: World) -> None:
    case = objected(beside)
    sweep(now=NOW + DAY)
    assert told(beside, case, "objected") == ["bureau_head"]
    assert [alarm.kind for alarm in supervision.mine(beside.actor("bureau_head"), limit=20) if alarm.case == case] == [
        "objected"
    ]
    beside.perform(case, "refuse_return", "bureau_head", now=NOW + DAY, reason="归该所。")
    assert told(beside, case, "objected") == []


def test_what_the_receiver_lets_pass_reaches_the_sender_too_and_climbs_on_their_own_ladder(beside: World) -> None:
    case = sent(beside, mode="assign", result_due_on="2026-03-10")
    sweep(now=NOW + 10 * DAY)
    assert Alarm.objects.filter(
        case=case, kind="late", term="result", responsible=beside.staff["sister_leader"]
    ).exists()
    assert Alarm.objects.filter(case=case, kind="sent_late", term="result", holder=beside.staff["bureau_head"]).exists()
    sweep(now=NOW + 14 * DAY)
    climbed = Alarm.objects.get(case=case, kind="sent_late", term="result")
    assert climbed.holder == beside.staff["bureau_leader"]
    beside.perform(case, "hand_over", "sister_leader", now=NOW + 14 * DAY, **beside.to("sister_clerk"), reason="出差。")
    climbed.refresh_from_db()
    assert climbed.holder == beside.staff["bureau_leader"]  # the matter changed hands, the sender did not
    assert Alarm.objects.get(case=case, kind="late", term="result").responsible == beside.staff["sister_clerk"]


def test_a_petitioner_who_was_not_told_where_it_went_rings_with_the_sender(beside: World) -> None:
    case = sent(beside)
    sweep(now=NOW + 11 * DAY)
    assert told(beside, case, "untold") == ["bureau_head"]
    beside.perform(case, "tell_transfer", "bureau_clerk", now=NOW + 11 * DAY, mode="post", on=TODAY, reference="XA1")
    assert told(beside, case, "untold") == []


def test_what_was_taken_back_owes_the_petitioner_a_notice_again(beside: World) -> None:
    """They were told that it went to the unit that sent it back; who has it now is told within fifteen days."""
    case = objected(beside)
    beside.perform(case, "tell_transfer", "bureau_clerk", now=NOW + DAY, mode="post", on=TODAY, reference="XA1")
    agreed = {**beside.to("bureau_clerk"), "checked": "查了清单。"}
    case = beside.perform(case, "agree_return", "bureau_clerk", now=NOW + 2 * DAY, **agreed)
    assert case.clocks.get(term="notice", stopped_on=None).start_on == (NOW + 2 * DAY).date()


def test_what_goes_on_to_a_third_unit_is_told_anew(beside: World) -> None:
    """The bureau told where it went; the unit passes it on, and the petitioner still believes it there."""
    beside.three_levels()
    case = sent(beside)
    beside.perform(case, "tell_transfer", "bureau_clerk", mode="post", on=TODAY, reference="XA1")
    case = beside.perform(case, "forward", "sister_leader", now=NOW + DAY, **beside.to("station_head"), mode="forward")
    sweep(now=NOW + 14 * DAY)
    assert told(beside, case, "untold") == ["sister_leader"]
    beside.perform(case, "tell_transfer", "sister_clerk", now=NOW + 14 * DAY, mode="post", on=TODAY, reference="XA2")
    assert told(beside, case, "untold") == []


@pytest.mark.parametrize(
    ("step", "answer", "kind"), [("supervise", "answer_supervision", "feedback"), ("ask_explanation", "explain", "explanation")]
)  # fmt: skip
def test_the_bureau_supervises_what_it_passed_on(beside: World, step: str, answer: str, kind: str) -> None:
    beside.hire({"bureau_supervisor": ("bureau", ["supervisor"])})
    facts = {"words": "请说明到哪一步了。", "answer_by": (NOW + 9 * DAY).date().isoformat()}
    ground = {"ground": "delay"} if step == "supervise" else {}
    case = beside.perform(sent(beside), step, "bureau_supervisor", **facts, **ground)
    assert told(beside, case, kind) == ["sister_leader"]
    beside.perform(case, answer, "sister_leader", words="明天受理。")
    assert told(beside, case, kind) == []


def test_the_sender_urges_what_they_passed_on(beside: World) -> None:
    case = beside.perform(sent(beside), "urge", "bureau_head", words="请抓紧。")
    assert Alarm.objects.filter(case=case, kind="urged", responsible=beside.staff["sister_leader"]).exists()


def test_the_facts_of_a_step_never_name_a_sender(beside: World) -> None:
    """Who sent it follows from who acts, not from what is typed."""
    case = sent(beside, senders=[[1, 1]], sender=1)
    assert case.marks["senders"] == [[beside.desk.pk, beside.staff["bureau_head"].pk]]  # type: ignore[attr-defined]
    assert services.edition_of(case).action("forward").field("office")


def test_an_accusation_was_passed_on_in_time_by_the_day_of_passing_not_of_typing(beside: World) -> None:
    case = beside.register(by="bureau_clerk", purpose="accusation")
    on = NOW.date() + timedelta(days=14)
    passed = {"body": "纪检监察机关", "on": on.isoformat(), "how": "专人送达", "papers": "信件一份"}
    case = beside.perform(case, "transfer_sealed", "bureau_leader", now=NOW + timedelta(days=20), **passed)
    clock = case.clocks.get(term="forward")
    assert (clock.outcome, clock.stopped_on) == ("met", on)
