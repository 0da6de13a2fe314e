"""Whom a meeting can name: chairs are heads and leaders of the own unit; participants and owners of tasks also handlers elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.cases.holding import CARRIES_ON
from huiyin.coordination.access import CHAIRS
from huiyin.orgs import queries as orgs
from huiyin.people import queries as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.web.desk.handing import place


@dataclass(frozen=True)
class People:
    """Who can be chosen, as (id, name) grouped by office."""

    chairs: list[tuple[str, str]]
    grouped: list[tuple[str, list[tuple[str, str]]]]

    @property
    def options(self) -> list[tuple[str, str]]:
        return [row for _, rows in self.grouped for row in rows]

    @property
    def owners(self) -> list[Any]:
        return list(self.grouped)


def of(actor: Actor) -> People:
    """The people of the actor's own unit and, below them, the handlers of other units (three queries)."""
    offices = orgs.subtree_ids(actor.unit_path)
    own = {one.pk: one for one in people.with_roles(offices, CARRIES_ON)}
    chairs = [(str(one.pk), f"{one.name} · {one.office.name}") for one in people.with_roles(offices, CHAIRS)]
    others = {one.pk: one for one in people.handlers() if one.pk not in own}
    return People(chairs, _grouped(own, actor) + _grouped(others, actor))


def _grouped(found: dict[int, Staff], actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    made: dict[str, list[tuple[str, str]]] = {}
    for one in found.values():
        made.setdefault(place(one.office, actor), []).append((str(one.pk), one.name))
    return list(made.items())
