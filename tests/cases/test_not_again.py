"""Art. 36(3): what was re-reviewed and is brought again with the same facts and reasons is not taken again, and only that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.cases import again, links, queries
from huiyin.cases.models import Case
from huiyin.cases.verification import verify
from huiyin.documents.letters.content import build
from huiyin.kernel.errors import Forbidden, Invalid
from tests.ways import BODY, RECUSAL, SIMPLE
from tests.world import NOW, World

HOUR = timedelta(hours=1)
LATER = NOW + timedelta(days=1)
AGAIN = {
    **RECUSAL,
    "same": "面积、标准上次都查过。",
    "nothing_new": True,
    "help": "接待室每月上门一次。\n帮着申请临时救助。",
}
TOLD = {"mode": "direct", "on": LATER.date().isoformat(), "received_by": "孟庆兰"}


def repeated(world: World, earlier: Case, kind: str = "repeat") -> Case:
    case = world.register(now=LATER)
    links.join(case, earlier.no, by=world.actor("leader"), now=LATER, kind=kind, reason="写的是同一件事。")
    return case


def offers(world: World, case: Case) -> bool:
    """Whether the leader's page offers the step."""
    steps = queries.steps(world.actor("leader"), case, now=LATER)
    return any(step.possible for step in steps if step.action.name == "not_again")


def refused(world: World, case: Case, by: str = "leader", **facts: Any) -> set[str]:
    with pytest.raises(Invalid) as told:
        world.perform(case, "not_again", by, now=LATER, **{**AGAIN, **facts})
    return set(told.value.errors)


def test_a_repeat_of_what_was_re_reviewed_is_told_in_writing_why_and_what_help_goes_on(world: World) -> None:
    earlier = world.case("concluded")
    case = world.perform(repeated(world, earlier), "not_again", "leader", now=LATER, earlier=earlier.no, **AGAIN)
    opinion = earlier.letters.get(kind="rereview_opinion")
    said = build("not_again", case.letters.get(kind="not_again").data).text
    assert case.state == "not_again" and case.is_open and opinion.label in said
    assert "第三十六条第三款" in said and "帮着申请临时救助" in said
    case = world.perform(case, "tell_direction", "clerk", now=LATER, **TOLD)
    assert case.state == "closed" and case.letters.filter(kind="service").exists() and not list(verify())
    assert case.clocks.get(term="notice").outcome == "met"


def test_it_is_open_only_to_a_leader_and_only_where_a_person_linked_it_to_a_re_review(world: World) -> None:
    earlier, answered = world.case("concluded"), world.case("closed")
    case = repeated(world, earlier)
    with pytest.raises(Forbidden):
        world.perform(case, "not_again", "head", now=LATER, earlier=earlier.no, **AGAIN)
    alone = world.register(now=LATER)
    assert refused(world, alone, earlier=earlier.no) == {"earlier"}
    assert [offers(world, each) for each in (alone, case)] == [False, True]
    assert refused(world, repeated(world, earlier, "related"), earlier=earlier.no) == {"earlier"}
    assert refused(world, repeated(world, answered), earlier=answered.no) == {"earlier"}
    assert refused(world, case, earlier=earlier.no, nothing_new=False) == {"nothing_new"}
    assert refused(world, case, earlier=earlier.no, help="") == {"help"}


def test_what_came_in_before_the_opinion_was_delivered_or_was_revoked_is_not_brought_again(world: World) -> None:
    earlier = world.case("concluded", now=LATER)
    early = world.register(now=NOW)
    links.join(early, earlier.no, by=world.actor("leader"), now=LATER, kind="repeat", reason="同一件事。")
    assert refused(world, early, earlier=earlier.no) == {"earlier"}
    Case.objects.filter(pk=earlier.pk).update(marks=earlier.marks | {"outcome": "revoke"})
    assert refused(world, repeated(world, earlier), earlier=earlier.no) == {"earlier"}


def test_a_revocation_that_a_re_review_maintained_and_that_was_recorded_as_maintained_is_revoked_still(
    world: World,
) -> None:
    earlier = world.case("concluded", now=NOW)
    case = repeated(world, earlier)
    assert earlier.marks["outcome"] == "maintain" and again.re_reviewed(earlier)
    term = earlier.clocks.order_by("pk")[0]
    term.pk, term.term, term.stopped_on, term.outcome = None, "rehandle", None, ""
    term.save(force_insert=True)
    assert refused(world, case, earlier=earlier.no) == {"earlier"} and not again.re_reviewed(earlier)


def test_with_anything_new_it_is_recalled_before_it_is_told_and_handled_as_usual(world: World) -> None:
    case = world.case("not_again", now=NOW)
    case = world.perform(case, "recall_direction", "leader", now=NOW + HOUR, reason="交来了新的发票。")
    case = world.perform(case, "accept", "leader", now=NOW + HOUR, **RECUSAL, route="由待遇科调查。")
    assert case.state == "accepted" and not list(verify())


# What comes back from another way begins with all its rights.


def test_a_duty_that_was_taken_back_and_brought_again_is_a_plea_with_its_sixty_days(world: World) -> None:
    case = world.perform(world.case("duty"), "withdraw", "clerk", way="visit", on=NOW.date().isoformat(), freely=True)
    case = world.perform(case, "resume", "clerk", way="visit", on=NOW.date().isoformat(), reason="请接着办。")
    case = world.perform(case, "accept", "leader", **RECUSAL, route="由待遇科办理。")
    assert case.marks["nature"] == "plea" and case.clocks.filter(term="handle", outcome="").exists()


def test_what_was_to_be_handled_simply_and_is_accepted_after_another_way_has_one_term(world: World) -> None:
    led = {
        "item": "4",
        **BODY,
        "route": "复议",
        "statute": "《社会保险法》第八十三条",
        "limit": "60日",
        "passed_how": "交本人",
        "reason": "核定。",
    }
    case = world.perform(world.register(), "simple_accept", "leader", **SIMPLE, **world.to("handler"))
    case = world.perform(case, "lead", "leader", **led)
    case = world.perform(case, "recall_direction", "leader", reason="定错了。")
    case = world.perform(case, "accept", "leader", **RECUSAL, route="由待遇科办理。")
    running = set(case.clocks.filter(stopped_on=None).values_list("term", flat=True))
    assert running == {"notice", "handle"} and not case.marks["simple"]
