"""Unregistered drafts of somebody who leaves go to a successor: whoever registers in the same unit. Who passes them on reads none."""

from __future__ import annotations

from django.db import transaction

from huiyin.cases.models import Draft
from huiyin.kernel.errors import Forbidden, Invalid, Refused
from huiyin.orgs import queries as orgs
from huiyin.people import queries as people
from huiyin.people import services as accounts
from huiyin.people.models import Staff
from huiyin.people.policy import VERBS, Actor, may


def successors(staff: Staff) -> list[Staff]:
    """Who may take over somebody's drafts."""
    there = people.with_roles(orgs.unit_ids(orgs.unit_of(staff.office).path), VERBS["cases.register"])
    return [one for one in there if one.pk != staff.pk]


@transaction.atomic
def pass_on(staff: Staff, to_id: int, *, by: Actor) -> int:
    """Gives somebody's unregistered drafts to a successor and says how many. Raises Forbidden, Invalid."""
    if not may(by, "admin.staff"):
        raise Forbidden("草稿由安全管理员转交。", "The security administrator passes drafts on.")
    taker = next((one for one in successors(staff) if one.pk == to_id), None)
    if taker is None:
        wrong = Refused(
            "请选同单位办登记的一位。", "Choose somebody of the same unit who registers.", field="successor"
        )
        raise Invalid({"successor": wrong})
    moved = Draft.objects.filter(owner=staff, case=None).update(owner=taker)
    if moved:
        accounts.note_drafts(staff, by=by, number=moved)
    return moved
