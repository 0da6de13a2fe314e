"""Who has the answer is not told again, what nobody brought has nobody to tell, and a hearing is held on its day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.cases import queries
from huiyin.cases.models import Case
from huiyin.cases.verification import verify
from huiyin.kernel.errors import Invalid, Refused
from tests.ways import RECUSAL
from tests.world import NOW, World

DAY = timedelta(days=1)
HEARD = {"minutes": "双方说明了情况。", "finding": "面积录入有误。"}


def day(after: int) -> str:
    return (NOW + after * DAY).date().isoformat()


def offered(world: World, case: Case, by: str) -> set[str]:
    """The steps that this person's page offers, or speaks of."""
    return {step.action.name for step in queries.steps(world.actor(by), case, now=NOW) if not step.beside}


def answered(world: World, state: str = "delivered") -> Case:
    """A matter that was answered before anybody was told that it had come in."""
    case = world.register()
    for _, action, by, facts in [step for step in world.path(NOW) if step[1] != "notify"]:
        case = world.perform(case, action, by, **facts)
        if case.state == state:
            return case
    raise AssertionError(state)


def called(world: World, case: Case, on: str) -> Case:
    hearing = {
        "hearing_at": "9点",
        "place": "会议室",
        "chair": "郑国栋",
        "participants": "双方",
        "subject": "涉及多人。",
    }
    return world.perform(case, "call_hearing", "leader", hearing_on=on, **hearing)


def test_whoever_has_the_answer_in_hand_is_owed_no_written_notice(world: World) -> None:
    assert "notify" in offered(world, answered(world, "issued"), "clerk")
    case = answered(world)
    assert case.clocks.get(term="notice").outcome == "met" and "notify" not in offered(world, case, "clerk")
    with pytest.raises(Refused, match="在信访人手里"):
        world.perform(case, "notify", "clerk", mode="hand", on=day(0), reference="本人")


def test_an_answer_that_reached_nobody_leaves_the_notice_owed_once_it_is_known_who_it_is(world: World) -> None:
    case = world.perform(world.case("issued", petitioners=[]), "deliver", "clerk", mode="unknown", on=day(0))
    case = world.perform(case, "identify", "clerk", on=day(0), how="本人来电", name="孟庆兰", phone="13800000000")
    assert case.clocks.filter(term="notice", stopped_on=None).exists() and "notify" in offered(world, case, "clerk")
    case = world.perform(case, "bring_answer", "clerk", mode="direct", on=day(0), received_by="孟庆兰")
    assert case.clocks.get(term="notice").outcome == "met" and "notify" not in offered(world, case, "clerk")


def test_what_a_screening_found_has_nobody_to_be_told(world: World) -> None:
    case = world.register(channel="screening", petitioners=[])
    nobody = {"notify", "tell_transfer", "succeed", "withdraw", "represent", "authorise"}
    assert not offered(world, case, "clerk") & nobody
    case = world.perform(case, "forward", "leader", **world.to("sister_leader"), mode="forward")
    assert not case.clocks.filter(term__startswith="notice").exists()
    assert not offered(world, case, "clerk") & nobody and not offered(world, case, "sister_clerk") & nobody
    told = {"mode": "hand", "on": day(0), "received_by": "李四"}
    for step in ("notify", "tell_transfer"):
        with pytest.raises(Refused, match="排查发现"):
            world.perform(case, step, "sister_clerk", **told)
    assert list(verify()) == []


def test_what_came_unsigned_and_was_passed_on_is_owed_its_notice_all_the_same(world: World) -> None:
    case = world.register(petitioners=[])
    case = world.perform(case, "forward", "leader", **world.to("sister_leader"), mode="forward")
    assert case.clocks.filter(term="notice-passed", stopped_on=None).exists()
    assert {"notify", "tell_transfer"} <= offered(world, case, "sister_clerk")


@pytest.mark.parametrize("on", [0, 9])
def test_a_hearing_is_not_held_before_the_day_for_which_it_was_called(world: World, on: int) -> None:
    case = called(world, world.case("handling"), day(10))
    with pytest.raises(Invalid) as refused:
        world.perform(case, "end_hearing", "handler", now=NOW + on * DAY, on=day(on), **HEARD)
    assert "还没有到" in str(refused.value.errors["on"])
    case = world.perform(case, "end_hearing", "handler", now=NOW + 10 * DAY, on=day(10), **HEARD)
    assert case.marks["findings"] and not case.marks["hearing_on"] and list(verify()) == []


def test_a_hearing_that_was_held_says_what_it_found(world: World) -> None:
    case = called(world, world.case("handling"), day(0))
    with pytest.raises(Invalid) as refused:
        world.perform(case, "end_hearing", "handler", on=day(0), **HEARD | {"finding": ""})
    assert list(refused.value.errors) == ["finding"]


def test_a_hearing_that_is_called_off_ends_at_once_finds_nothing_and_adds_no_day(world: World) -> None:
    case = world.perform(world.case("rereviewing"), "take_rereview", "leader", **world.to("handler"), **RECUSAL)
    due = case.clocks.get(term="rereview").due_on
    case = called(world, case, day(10))
    off: dict[str, Any] = {"held": "not", "on": day(3), "minutes": "主持人生病，改期。"}
    case = world.perform(case, "end_hearing", "handler", now=NOW + 3 * DAY, **off)
    assert case.clocks.get(term="rereview").due_on == due and not case.marks["hearing_since"]
    assert "call_hearing" in offered(world, case, "leader") and list(verify()) == []


def test_a_hearing_that_was_called_before_its_day_was_kept_ends_as_it_did(world: World) -> None:
    case = called(world, world.case("handling"), day(10))
    Case.objects.filter(pk=case.pk).update(marks={k: v for k, v in case.marks.items() if k != "hearing_on"})
    assert world.perform(case, "end_hearing", "handler", on=day(0), **HEARD).marks["findings"]


# What an earlier version recorded must not get stuck, nor go where it no longer may.


def test_what_was_passed_on_under_seal_while_a_result_was_owed_is_archived(world: World) -> None:
    case = world.case("transferred")
    Case.objects.filter(pk=case.pk).update(marks={**case.marks, "result_owed": True})
    assert world.perform(case, "archive", "clerk", retention="30").state == "archived"


def kept_revoked(world: World, outcome: str) -> Case:
    """A concluded matter as an earlier version left it: its review revoked the opinion, and the re-review came to `outcome`."""
    case = world.case("concluded")
    case = world.perform(case, "carry_out", "station_handler", on=day(0), done="补发180元。")
    Case.objects.filter(pk=case.pk).update(marks={**case.marks, "outcome": outcome})
    term = case.clocks.order_by("pk")[0]
    term.pk, term.term, term.stopped_on, term.outcome = None, "rehandle", None, ""
    term.save(force_insert=True)
    return Case.objects.select_related("office").get(pk=case.pk)


def test_a_revocation_that_was_recorded_as_maintained_is_handled_again_and_not_archived(world: World) -> None:
    case = kept_revoked(world, "maintain")
    with pytest.raises(Refused, match="重新办理"):
        world.perform(case, "archive", "station_head", retention="30")
    assert "rehandle" in offered(world, case, "leader")


def test_of_a_revocation_that_was_changed_the_term_to_handle_it_again_ends_with_the_archive(world: World) -> None:
    case = world.perform(kept_revoked(world, "change"), "archive", "station_head", retention="30")
    assert case.state == "archived" and case.clocks.get(term="rehandle").outcome == "replaced"
