"""Accusations are sealed (Art. 30), and whoever a matter is about never gets it (Arts. 28, 30)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.cases import holding, policy, queries, services, tasks
from huiyin.cases.models import Alarm, Case
from huiyin.cases.queries import Filters
from huiyin.cases.supervision import queries as supervision
from huiyin.cases.sweep import sweep
from huiyin.kernel.errors import Forbidden, Invalid, Refused
from huiyin.procedure.editions import edition
from tests.ways import DUTY, SIMPLE
from tests.world import NOW, World

DAY = timedelta(days=1)
TODAY = NOW.date().isoformat()


def accusation(world: World, **facts: Any) -> Case:
    return world.register(purpose="accusation", **facts)


def test_an_accusation_is_seen_by_whoever_took_it_in_and_by_leaders_and_by_nobody_else(world: World) -> None:
    case = accusation(world, title="反映截留补贴")
    allowed = {name for name in world.staff if policy.may(world.actor(name), "see", case)}
    assert allowed == {"clerk", "leader"}
    sweep(now=NOW + 20 * DAY)
    assert Alarm.objects.filter(case=case).exists()
    for name in world.staff:
        actor, all_of_them = world.actor(name), Filters(scope="all")
        listed = queries.listed(actor, all_of_them, others={"found": Filters(scope="all", q="截留")})
        leads = name == "leader"
        assert (listed.count, listed.others["found"]) == ((1, 1) if leads else (0, 0)), name
        assert bool(supervision.board(actor, show="all").rows) == leads, name
        assert not supervision.mine(actor, limit=9) or name in {"clerk", "leader"}, name
        assert not queries.awaiting(actor, limit=9) or leads, name
        if name not in allowed:
            with pytest.raises(Forbidden):
                queries.seen_by(actor, case.no)
    assert queries.listed(world.actor("clerk"), Filters(relation="first_asked")).count == 1


def test_a_leader_sees_no_accusation_of_their_own_office(world: World) -> None:
    about = accusation(world, accused=world.sister.pk)
    Case.objects.filter(pk=about.pk).update(office=world.sister)
    about = Case.objects.select_related("office").get(pk=about.pk)
    other = accusation(world)
    assert not policy.may(world.actor("sister_leader"), "see", about)
    assert queries.listed(world.actor("sister_leader"), Filters(scope="all")).count == 0
    assert queries.listed(world.actor("leader"), Filters(scope="all")).count == 2
    assert policy.may(world.actor("leader"), "see", about) and policy.may(world.actor("leader"), "see", other)


def test_an_accusation_is_only_passed_on_under_seal(world: World) -> None:
    case = accusation(world)
    offered = {step.action.name for step in queries.steps(world.actor("leader"), case, now=NOW) if step.possible}
    assert "transfer_sealed" in offered and not offered & {"forward", "lead", "inform", "take_duty"}
    with pytest.raises(Invalid) as refused:
        world.perform(case, "accept", "leader", recusal_checked=True, route="办理。")
    assert "purpose" in refused.value.errors
    passed = {"body": "纪检监察机关", "on": TODAY, "how": "专人送达", "papers": "信件一份"}
    case = world.perform(case, "transfer_sealed", "leader", **passed)
    assert case.state == "transferred" and not case.is_open and case.clocks.get(term="notice").outcome == "replaced"
    assert [letter.kind for letter in case.letters.all()] == ["sealed_transfer"]
    assert world.perform(case, "archive", "clerk", retention="30").state == "archived"


def names_of_those_who_see(world: World, case: Case) -> set[str]:
    return {name for name in world.staff if policy.may(world.actor(name), "see", case)}


@pytest.mark.parametrize("left_open", ["", None])
def test_an_accusation_is_not_taken_in_without_saying_whom_it_is_about(world: World, left_open: Any) -> None:
    with pytest.raises(Invalid) as refused:
        accusation(world, accused=left_open)
    assert list(refused.value.errors) == ["accused"]
    with pytest.raises(Invalid) as refused:
        world.perform(world.case("handling"), "reclassify", "leader", reason="反映的是截留补贴。")
    assert list(refused.value.errors) == ["accused"]
    assert world.register(purpose="appeal", accused=left_open).accused_id is None
    assert accusation(world, accused="outside").accused_id is None


def test_an_accusation_of_the_portal_may_leave_open_whom_it_is_about(world: World) -> None:
    assert world.register(by="petitioner", purpose="accusation", accused="").sealed


def test_whoever_took_an_accusation_in_says_later_whom_it_is_about_and_its_leader_sees_it_no_more(world: World) -> None:
    case = accusation(world)
    assert names_of_those_who_see(world, case) == {"clerk", "leader"}
    with pytest.raises(Forbidden):
        world.perform(case, "name_accused", "leader", accused=world.unit.pk, reason="不是我。")
    case = world.perform(case, "name_accused", "clerk", accused=world.unit.pk, reason="信里说的是本单位负责人。")
    assert case.accused_id == world.unit.pk and names_of_those_who_see(world, case) == {"clerk"}
    assert queries.listed(world.actor("leader"), Filters(scope="all")).count == 0
    assert case.events.last().facts["reason"] == "信里说的是本单位负责人。"
    with pytest.raises(Refused):
        world.perform(world.register(), "name_accused", "clerk", accused=world.unit.pk, reason="不是检举控告。")


def test_an_ordinary_matter_is_never_passed_on_as_an_accusation(world: World) -> None:
    with pytest.raises(Refused):
        world.perform(
            world.register(), "transfer_sealed", "leader", body="纪检监察机关", on=TODAY, how="专人", papers="一份"
        )


# Arts. 28 and 30: those whom it is about never get it.


def giving_to(world: World, name: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """For each step that gives a matter away: the state it is taken in and its facts, to this person."""
    to = world.to(name)
    return {
        "assign": ("accepted", to),
        "hand_over": ("registered", {**to, "reason": "换人"}),
        "forward": ("registered", {**to, "mode": "forward"}),
        "simple_accept": ("registered", {**SIMPLE, **to}),
        "take_duty": ("registered", {**DUTY, "limit_on": "2026-04-01", **to}),
        "agree_return": ("objected", {**to, "checked": "核实了。"}),
        "take_rereview": ("rereviewing", {**to, "recusal_checked": True}),
    }


GIVES = {action.name for action in edition("regulations-2022").actions.values() if action.assigns and action.sources}


@pytest.mark.parametrize("step", sorted(GIVES))
@pytest.mark.parametrize("accused", ["sister", "station"])
def test_the_office_that_it_is_about_and_those_below_never_get_it(world: World, step: str, accused: str) -> None:
    world.three_levels()
    about = {"sister": world.sister, "station": world.station}[accused]
    assert about is not None
    rows = giving_to(world, "station_handler")
    state, facts = rows.get(step, ("registered", world.to("station_handler")))
    case = world.case(state)
    Case.objects.filter(pk=case.pk).update(marks={**case.marks, "accused": about.pk})
    case = Case.objects.select_related("office").get(pk=case.pk)
    recorded = services.edition_of(case).action(step)
    with pytest.raises(Invalid) as refused:
        holding.check_receiver(case, recorded, facts, by=world.actor("leader"))
    assert "staff" in refused.value.errors
    if step in rows:
        with pytest.raises(Invalid):
            world.perform(case, step, "leader", **facts)


def test_a_leader_who_is_asked_for_help_sees_no_accusation(world: World) -> None:
    case = world.ask(world.case("handling"), "sister_leader", by="leader")
    case = world.perform(case, "answer_task", "sister_leader", task=1, outcome="done", found="查到三笔。")
    assert policy.may(world.actor("sister_leader"), "see", case)
    case = world.perform(case, "reclassify", "leader", reason="反映的是有人截留补贴。", accused="outside")
    assert "asked" in policy.relations_of(world.actor("sister_leader"), case)
    assert not policy.may(world.actor("sister_leader"), "see", case)


def test_who_is_clerk_and_leader_at_once_lists_only_the_accusations_below_them(world: World) -> None:
    world.hire({"both": ("sister", ["clerk", "leader"]), "of_a_section": ("section", ["clerk", "leader"])})
    here, there = accusation(world), accusation(world)
    Case.objects.filter(pk=there.pk).update(office=world.section)
    plain = world.register()
    listed = {case.pk for case in queries.listed(world.actor("of_a_section"), Filters(scope="all")).rows}
    assert listed == {there.pk, plain.pk}
    assert not policy.may(world.actor("of_a_section"), "see", Case.objects.select_related("office").get(pk=here.pk))
    assert queries.listed(world.actor("leader"), Filters(scope="all")).count == 3


def test_what_is_about_ones_own_office_is_in_no_list_of_tasks(world: World) -> None:
    case = world.ask(world.case("handling"), "other_head", by="leader")
    one, today = world.actor("other_head"), NOW.date()
    assert queries.listed(one, Filters(relation="asked")).count == 1 and len(tasks.of_day(one, today=today)[0]) == 1
    Case.objects.filter(pk=case.pk).update(accused=world.other)
    assert queries.listed(one, Filters(relation="asked")).count == 0 and tasks.of_day(one, today=today) == ([], [])
