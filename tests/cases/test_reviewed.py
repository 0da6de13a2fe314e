"""Whoever answered or reviewed a matter reads on what others decide about it; the carrying out stays with who answered (Arts. 32, 35, 36)."""

from __future__ import annotations

import pytest

from huiyin.cases import policy, queries
from huiyin.cases.queries import Filters
from huiyin.cases.verification import verify
from huiyin.kernel.errors import Forbidden, Invalid
from huiyin.people import services as people
from tests.cases.test_reviews import ASKED, OUTSIDE, SIGNED, TODAY, concluded, paper
from tests.ways import CONCLUSION, RECUSAL
from tests.world import NOW, World


@pytest.mark.parametrize("outcome", ["maintain", "change", "revoke"])
def test_what_was_reviewed_goes_back_to_who_answered_it_and_to_the_reviewer_for_the_re_review(
    world: World, outcome: str
) -> None:
    asked = world.case("reviewing")
    change = {"decided": "补发200元。", "execute_by": "2026-04-20", "money": "no"} if outcome == "change" else {}
    case = concluded(world, "review", "reviewing", outcome=outcome, **{"decided": "重新核算。", **change})
    assert (case.office, case.responsible) == (asked.office, asked.responsible) == (world.station, world.staff["station_handler"])  # fmt: skip
    case = world.perform(case, "request_rereview", "petitioner", received_on=TODAY, **ASKED)
    assert (case.office, case.responsible) == (world.sister, world.staff["sister_handler"])
    for name in ("sister_head", "station_head"):
        with pytest.raises(Invalid):
            world.perform(case, "take_rereview", "leader", **world.to(name), **RECUSAL)
    case = world.perform(case, "take_rereview", "leader", **world.to("handler"), **RECUSAL)
    case = world.perform(case, "draft_rereview", "handler", **CONCLUSION)
    case = world.perform(world.perform(case, "issue_rereview", "leader"), "deliver_rereview", "head", on=TODAY, **SIGNED)  # fmt: skip
    assert (case.office, case.responsible) == (asked.office, asked.responsible)
    assert [level.level for level in case.levels.all()] == ["answer", "rereview", "review"] and list(verify()) == []


def test_the_proof_of_delivery_is_the_reviewing_units_and_what_is_carried_out_the_original_ones(world: World) -> None:
    case = world.perform(world.case("reviewed"), "carry_out", "station_handler", on=TODAY, done="补发180元。")
    units = dict(case.letters.order_by("pk").values_list("kind", "data__sender__unit"))
    assert (units["service"], units["review_opinion"], units["execution"]) == ("南桥所", "南桥所", "南桥站")
    case = world.perform(case, "request_rereview", "petitioner", received_on=TODAY, **ASKED)
    receipt = case.letters.filter(kind="review_receipt").last()
    assert receipt is not None and receipt.data["decider"] == "云湖供电公司"


def test_where_who_answered_has_left_the_head_of_their_office_gets_it_back(world: World) -> None:
    case = world.perform(world.case("reviewing"), "take_review", "sister_leader", **world.to("sister_handler"), **RECUSAL)  # fmt: skip
    people.deactivate_staff(staff=world.staff["station_handler"], now=NOW)
    case = world.perform(world.perform(case, "draft_review", "sister_handler", **CONCLUSION), "issue_review", "sister_leader")  # fmt: skip
    case = world.perform(case, "deliver_review", "sister_clerk", on=TODAY, **SIGNED)
    assert (case.office, case.responsible) == (world.station, world.staff["station_head"])
    people.deactivate_staff(staff=world.staff["sister_handler"], now=NOW)
    case = world.perform(case, "request_rereview", "petitioner", received_on=TODAY, **ASKED)
    assert (case.office, case.responsible) == (world.sister, world.staff["sister_head"])
    assert list(verify()) == []


def test_where_nobody_is_left_in_the_office_those_above_carry_on(world: World) -> None:
    case = world.perform(world.case("reviewing"), "take_review", "sister_leader", **world.to("sister_handler"), **RECUSAL)  # fmt: skip
    for name in ("station_handler", "station_head", "station_leader"):
        people.deactivate_staff(staff=world.staff[name], now=NOW)
    case = world.perform(world.perform(case, "draft_review", "sister_handler", **CONCLUSION), "issue_review", "sister_leader")  # fmt: skip
    case = world.perform(case, "deliver_review", "sister_clerk", on=TODAY, **SIGNED)
    assert case.responsible == world.staff["sister_head"]


def test_a_result_that_was_asked_for_is_reported_by_who_answered_after_a_review(world: World) -> None:
    world.three_levels()
    case = world.perform(world.register(), "forward", "leader", **world.to("station_handler"), mode="assign", result_due_on="2026-05-01")  # fmt: skip
    steps = world.path(NOW, "concluded")
    for _, action, by, recorded in steps[[step[1] for step in steps].index("accept") :]:
        case = world.perform(case, action, by, **recorded)
    assert case.state == "concluded"
    report = {"on": TODAY, "summary": "已办结。", "reference": "函", **paper()}
    with pytest.raises(Forbidden):
        world.perform(case, "report_result", "handler", **report)
    case = world.perform(case, "report_result", "station_handler", **report)
    assert not case.marks["result_owed"]


def test_the_reviewed_unit_finds_it_in_a_list_of_its_own_and_the_reviewers_theirs(world: World) -> None:
    def found(name: str, scope: str = "open") -> list[int]:
        return [case.pk for case in queries.listed(world.actor(name), Filters(relation="reviewed", scope=scope)).rows]

    case = world.case("review_drafted")
    for name in ("station_handler", "station_head", "station_leader"):
        assert found(name) == [case.pk], name
    for name in ("handler", "other_handler", "other_head", "head", "sister_handler", "clerk"):
        assert found(name) == [], name
    assert case.pk not in [row.pk for row in queries.listed(world.actor("station_head"), Filters()).rows]
    case = world.perform(world.perform(case, "issue_review", "sister_leader"), "deliver_review", "sister_clerk", on=TODAY, **SIGNED)  # fmt: skip
    assert found("station_handler") == [] and found("sister_handler") == found("sister_clerk") == [case.pk]
    assert case.pk in [row.pk for row in queries.today(world.actor("station_handler"), limit=9)]


def test_a_review_outside_leaves_it_where_it_is(world: World) -> None:
    case = world.perform(world.case("delivered"), "request_review", "petitioner", received_on=TODAY, **ASKED)
    case = world.perform(case, "record_review", "clerk", **OUTSIDE, outcome="maintain", dated_on=TODAY, on=TODAY, **paper())  # fmt: skip
    assert case.responsible == world.staff["handler"] and not case.marks.get("had")


def test_who_is_conflicted_reads_nothing_of_what_they_reviewed_and_the_sealed_stays_sealed(world: World) -> None:
    case = world.case("review_drafted")
    assert policy.may(world.actor("station_leader"), "whole", case)
    case.accused_id = world.sister.pk
    assert not policy.may(world.actor("station_leader"), "see", case)
    case.accused_id, case.sealed = None, True
    assert not policy.may(world.actor("station_leader"), "see", case)
    assert not policy.may(world.actor("station_handler"), "see", case)


def test_a_row_of_who_had_it_that_is_not_on_record_is_found(world: World) -> None:
    case = world.case("review_drafted")
    case.levels.update(office=world.other)
    assert [finding.code for finding in verify()] == ["levels_differ"]
