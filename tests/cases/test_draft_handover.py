"""Drafts of somebody who leaves go to a successor, and nobody reads them on the way."""

from __future__ import annotations

import pytest

from huiyin.cases import draft_handover, drafts
from huiyin.cases.models import Draft
from huiyin.kernel.errors import Forbidden, Invalid, Refused
from huiyin.people import services as people
from huiyin.people.models import AccountAct
from tests.world import NOW, World


def begun(world: World) -> Draft:
    draft, _ = drafts.begin(by=world.actor("clerk"), now=NOW, data={"title": "写到一半的"})
    return draft


def test_drafts_of_a_clerk_who_leaves_go_to_a_successor_and_the_clerk_can_leave(world: World) -> None:
    draft, clerk = begun(world), world.staff["clerk"]
    world.hire({"second_clerk": ("counter", ["clerk"])})
    world.staff["second_clerk"].takes_intake = True
    world.staff["second_clerk"].save(update_fields=["takes_intake"])
    with pytest.raises(Refused) as refused:
        people.deactivate_staff(staff=clerk, now=NOW)
    assert "转交给接手的人" in refused.value.zh
    moved = draft_handover.pass_on(clerk, world.staff["second_clerk"].pk, by=world.actor("security_admin"))
    assert moved == 1 and drafts.mine(world.actor("second_clerk"), draft.pk).data["title"] == "写到一半的"
    assert AccountAct.objects.filter(staff=clerk, kind="drafts", by=world.staff["security_admin"]).exists()
    people.deactivate_staff(staff=clerk, now=NOW)


@pytest.mark.parametrize("to", ["clerk", "sister_clerk", "supervisor", "auditor"])
def test_only_whoever_registers_in_the_same_unit_takes_them(world: World, to: str) -> None:
    draft = begun(world)
    with pytest.raises(Invalid) as refused:
        draft_handover.pass_on(world.staff["clerk"], world.staff[to].pk, by=world.actor("security_admin"))
    draft.refresh_from_db()
    assert "successor" in refused.value.errors and draft.owner == world.staff["clerk"]


def test_nobody_but_the_security_administrator_passes_them_on(world: World) -> None:
    begun(world)
    for who in ("clerk", "leader", "system_admin", "auditor"):
        with pytest.raises(Forbidden):
            draft_handover.pass_on(world.staff["clerk"], world.staff["head"].pk, by=world.actor(who))
