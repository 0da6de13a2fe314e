# data: an invented office; nothing of it exists
"""The office that is simulated: a head office, two companies below it with their sections and branches, and who works there."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from huiyin.cases.bulk import House
from huiyin.cases.holding import CARRIES_ON
from huiyin.cases.models import Case
from huiyin.orgs import services as orgs
from huiyin.orgs.models import Office
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import PETITIONER, Actor
from huiyin.procedure.actions import Action

SECTION = (("head",), ("handler",), ("handler",))
BRANCH = (("clerk",), ("handler",), ("handler",), ("head", "leader"))
NEAR = 0.85  # of the steps are done in the unit that has the matter, if its people may
COMPANIES = {"云湖公司": ("南桥所", "北关所"), "南屏公司": ("东岭所", "西渡所")}


@dataclass
class Builder:
    """Makes offices and accounts; nobody signs in, so no account has a password."""

    _numbers: count[int]

    def office(self, name: str, kind: str, parent: Office, roles: Iterable[tuple[str, ...]]) -> Office:
        made = orgs.create_office(name=name, kind=kind, parent=parent, phone="0700-555 0100", address="湖滨路18号")
        self.hire(made, roles)
        return made

    def hire(self, office: Office, roles: Iterable[tuple[str, ...]], *, intake: bool = False) -> None:
        for each in roles:
            number = next(self._numbers)
            people.create_staff(
                username=f"person{number}", name=f"人员{number}", office=office, roles=each, password=None,
                takes_intake=intake and "clerk" in each,
            )  # fmt: skip


def build(*, now: datetime) -> None:
    """Sets everything up in an empty database."""
    set_up = orgs.set_up(
        unit_name="云江总公司", counter_name="接待室", letter_prefix="云总信", superior="国家公司", phone="0700-555 0001",
        address="云江大道1号", demo=False, now=now,
    )  # fmt: skip
    builder = Builder(count(1))
    builder.hire(set_up.unit, (("leader",), ("leader",), ("supervisor",), ("security_admin",)))
    builder.hire(set_up.counter, (("clerk",), ("clerk",), ("head",)), intake=True)
    builder.office("综合处", "section", set_up.unit, SECTION)
    for number, (name, branches) in enumerate(COMPANIES.items(), 1):
        company = builder.office(name, "unit", set_up.unit, (("leader",), ("supervisor",)))
        orgs.update_office(office=company, letter_prefix=f"云分{number}信", superior="云江总公司")
        builder.office(f"{name}接待室", "section", company, (("clerk",), ("clerk",), ("head",)))
        for section in ("待遇科", "医保科"):
            builder.office(section, "section", company, SECTION)
        for branch in branches:
            builder.office(branch, "unit", company, BRANCH)


class Roster:
    """Who is on duty, and who of them may take which step. Made anew whenever offices or people change."""

    def __init__(self) -> None:
        self.house = House()
        for office in self.house.offices.values():
            if office.parent_id:
                office.parent = self.house.offices[office.parent_id]
        on_duty = Staff.objects.filter(is_active=True).order_by("pk")
        self.actors = [actor for person in on_duty if (actor := people.actor_for(person)) is not None]
        self.by_id = {actor.staff_id: actor for actor in self.actors}

    def doers(self, step: Action, case: Case) -> Iterator[Actor]:
        """Everybody who may take that step on the case, as the product's policy has it."""
        return (actor for actor in self._able(step) if self.house.may(actor, step, case))

    def by_chance(self, step: Action, case: Case, chance: random.Random) -> Iterator[Actor]:
        """The same in any order; mostly those of the unit that has the case before all others."""
        able = chance.sample(found := self._able(step), len(found))
        if case.office_id and chance.random() < NEAR:
            unit = self.house.unit_of(self.house.offices[case.office_id]).path
            able.sort(key=lambda actor: actor.unit_path != unit)
        return (actor for actor in able if self.house.may(actor, step, case))

    def _able(self, step: Action) -> list[Actor]:
        return [actor for actor in (*self.actors, PETITIONER) if actor.roles & step.roles]

    def with_role(self, *roles: str) -> list[Actor]:
        return [actor for actor in self.actors if actor.roles & set(roles)]

    def receivers(self, step: Action, by: Actor, case: Case) -> tuple[list[Actor], ...]:
        """Who could get the matter by that step, or be asked about it: handlers, and then others; inside those of the own unit.
        Whoever only leads would have to hand it on again."""
        carrying = self.with_role(*(role for role in CARRIES_ON if role != "leader"))
        if step.assigns:
            within = self.house.in_reach(case, step, by)
            carrying = [one for one in carrying if one.office_id in within]
        if step.receiver == "outside" or not step.assigns:
            return ([one for one in carrying if one.office_id != case.office_id],)
        if step.receiver == "own":
            carrying = [one for one in carrying if one.unit_path == by.unit_path]
        return [one for one in carrying if "handler" in one.roles], carrying


def pick(chance: random.Random, actors: list[Actor], but: Iterable[int | None] = ()) -> Actor | None:
    """One of them by chance, but none of those."""
    left = [actor for actor in actors if actor.staff_id not in set(but)]
    return chance.choice(left) if left else None
