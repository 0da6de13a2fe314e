"""Whose reception it is: everything here belongs to one unit (机关、单位), and only its own staff sees or does anything."""

from __future__ import annotations

from huiyin.kernel.errors import Forbidden
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor, may


def unit_id(by: Actor) -> int:
    """The id of the actor's own unit."""
    return orgs.ids_above(by.unit_path)[-1]


def require(by: Actor, verb: str) -> int:
    """The id of the actor's unit; Forbidden unless their role includes `verb`."""
    decision = may(by, verb)
    if not decision:
        raise Forbidden(decision.why.zh, decision.why.en)
    return unit_id(by)


def staff_id(by: Actor) -> int:
    """The id of the staff member who acts; whoever passed `require` has one."""
    assert by.staff_id is not None
    return by.staff_id
