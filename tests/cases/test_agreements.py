"""Art. 33: what both sides agreed is signed by both, carried out, and settled by somebody else than who recorded it."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.cases import queries
from huiyin.cases.models import Case
from huiyin.kernel.errors import Forbidden, Invalid, Refused
from tests.cases.test_other_ways import SETTLED, TODAY
from tests.ways import paper
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
AGREED: dict[str, Any] = {**SETTLED, "perform_by": "2026-03-20"}


def agree(world: World, by: str = "handler", **facts: Any) -> Case:
    case = world.perform(world.case("handling"), "settle", by, **AGREED, files=[paper()], **facts)
    return world.perform(case, "carry_out", "handler", on=TODAY, done="已履行")


@pytest.mark.parametrize("form", [{"form": "settlement"}, {"form": "mediation", "mediator": "调解员"}])
def test_without_the_signed_paper_nothing_is_agreed(world: World, form: dict[str, str]) -> None:
    case = world.case("handling")
    with pytest.raises(Invalid) as refused:
        world.perform(case, "settle", "handler", **{**AGREED, **form})
    assert "协议书" in str(refused.value.errors["files"])
    assert world.perform(case, "settle", "handler", **{**AGREED, **form}, files=[paper()]).state == "agreed"


def test_an_agreement_that_was_carried_out_is_settled_by_a_head_who_checked_it(world: World) -> None:
    case = agree(world)
    with pytest.raises(Refused):
        world.perform(case, "close", "handler")
    with pytest.raises(Forbidden):
        world.perform(case, "close_agreed", "handler", agreement_checked=True)
    with pytest.raises(Invalid) as refused:
        world.perform(case, "close_agreed", "head")
    assert "agreement_checked" in refused.value.errors
    assert world.perform(case, "close_agreed", "head", agreement_checked=True).state == "closed"


def test_a_head_who_recorded_the_agreement_leaves_it_to_another(world: World) -> None:
    case = agree(world, by="head")
    with pytest.raises(Refused, match="另一位负责人"):
        world.perform(case, "close_agreed", "head", agreement_checked=True)
    offered = {who: {step.action.name: step for step in queries.steps(world.actor(who), case, now=NOW)} for who in ("head", "leader", "handler")}  # fmt: skip
    assert not offered["head"]["close_agreed"].possible and offered["leader"]["close_agreed"].possible
    assert "close_agreed" not in offered["handler"]
    assert world.perform(case, "close_agreed", "leader", agreement_checked=True).state == "closed"
