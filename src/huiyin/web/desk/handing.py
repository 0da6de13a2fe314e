"""Whom a step may give a case to, grouped by office, as a list to choose from."""

from __future__ import annotations

from typing import Any

from huiyin.cases import holding
from huiyin.cases.models import Case
from huiyin.people import queries as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Action

EARLY = frozenset({"registered", "forwarded", "objected", "accepted"})


def options(case: Case, step: Action, actor: Actor) -> list[tuple[str, Any]]:
    """(office, [(id, name), …]) in the order of the tree; empty for a step that gives the case to nobody."""
    if not step.assigns:
        return []
    grouped: dict[str, list[tuple[str, str]]] = {}
    for one in _people(case, step, actor):
        if step.name == "assign" or one.pk != case.responsible_id:
            grouped.setdefault(one.office.name, []).append((str(one.pk), one.name))
    return list(grouped.items())


def _people(case: Case, step: Action, actor: Actor) -> list[Staff]:
    """Who can carry on from this state: handlers; before the case is assigned and where it goes to another unit also whoever
    takes matters in."""
    early = step.receiver == "outside" or (case.state in EARLY and step.name in {"hand_over", "agree_return"})
    roles = ["handler", "clerk", "head"] if early else ["handler", "head"] if step.receiver == "above" else ["handler"]
    offices = holding.in_reach(case, step, by=actor)
    found = {one.pk: one for role in roles for one in people.staff_in(offices, role)}
    return sorted(found.values(), key=lambda one: (one.office.path, one.name, one.pk))


def office_of(chosen: str, case: Case, step: Action, actor: Actor) -> int | None:
    """The office of the person chosen; None for nobody in the list."""
    return next((one.office_id for one in _people(case, step, actor) if str(one.pk) == chosen), None)
