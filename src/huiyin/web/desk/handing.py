"""Whom a step may give a case to, and who may be asked to help with it – also handlers of other units. Grouped by office, as a
list to choose from."""

from __future__ import annotations

from typing import Any

from huiyin.cases import holding
from huiyin.cases.holding import CARRIES_ON
from huiyin.cases.models import Case
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people import queries as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Action

ARRANGES = frozenset({"clerk", "head", "leader"})  # who can accept a matter that came back, or pass it on again
EARLY = frozenset({"registered", "forwarded", "objected", "accepted"})


def options(case: Case, step: Action, actor: Actor) -> list[tuple[str, Any]]:
    """(office, [(id, name), …]) in the order of the tree; empty for a step that names nobody."""
    if not step.assigns and step.name != "ask":
        return []
    grouped: dict[str, list[tuple[str, str]]] = {}
    about = holding.accused(case)
    for one in _people(case, step, actor):
        accused = about is not None and one.office.path.startswith(about.path)
        if not accused and (step.name == "assign" or one.pk != case.responsible_id):
            grouped.setdefault(place(one.office, actor), []).append((str(one.pk), one.name))
    return list(grouped.items())


def _people(case: Case, step: Action, actor: Actor) -> list[Staff]:
    """Who can carry on from this state: handlers; for what comes back those of the own unit who arrange it anew; before the case is assigned and where it goes to another unit also whoever
    takes matters in."""
    if step.name == "ask":
        return _helpers(actor)
    if step.name == "agree_return":
        return list(people.with_roles(orgs.unit_ids(actor.unit_path), ARRANGES))
    early = step.receiver == "outside" or (case.state in EARLY and step.name == "hand_over")
    roles = ["handler", "clerk", "head"] if early else ["handler", "head"] if step.receiver == "above" else ["handler"]
    offices = holding.in_reach(case, step, by=actor)
    found = {one.pk: one for role in roles for one in people.staff_in(offices, role)}
    return sorted(found.values(), key=lambda one: (one.office.path, one.name, one.pk))


def _helpers(actor: Actor) -> list[Staff]:
    """Who may be asked: those of the own unit's tree who handle matters, and handlers of every other office."""
    own = people.with_roles(orgs.subtree_ids(actor.unit_path), CARRIES_ON)
    found = {one.pk: one for one in (*own, *people.handlers())}
    return sorted(found.values(), key=lambda one: (not _is_own(one.office, actor), one.office.path, one.name, one.pk))


def _is_own(office: Office, actor: Actor) -> bool:
    return office.path.startswith(actor.unit_path)


def place(office: Office, actor: Actor) -> str:
    """An office's name; in another unit with that unit's, which tells two of the same name apart."""
    unit = orgs.unit_of(office)
    return office.name if unit == office or unit.path == actor.unit_path else f"{unit.name} · {office.name}"


def office_of(chosen: str, case: Case, step: Action, actor: Actor) -> int | None:
    """The office of the person chosen; None for nobody in the list."""
    return next((one.office_id for one in _people(case, step, actor) if str(one.pk) == chosen), None)
