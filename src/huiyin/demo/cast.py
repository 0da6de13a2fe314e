"""Who takes part in the demonstration: the staff as actors, and the people who write in."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Any

from huiyin.cases import petitioners
from huiyin.demo import office
from huiyin.demo.course import Team
from huiyin.demo.matters import Author
from huiyin.orgs.models import Office
from huiyin.people import services as people
from huiyin.people.models import Person, Staff
from huiyin.people.policy import Actor
from huiyin.people.roster.sample import invented

STRANGERS = 20_000  # people who are on no roster, for loads of many thousands
NAMELESS = 0.02


@dataclass(frozen=True)
class Writer:
    """Somebody who brings a matter: what the letter says of them, and the row that is kept."""

    author: Author
    row: dict[str, Any]


class Cast:
    """The staff by office and role, and writers by chance."""

    def __init__(self, *, today: date, many: bool = False) -> None:
        self._today = today
        self._actors = _actors()
        roster = list(Person.objects.filter(died_on=None).order_by("pk"))
        random.Random(len(roster)).shuffle(roster)
        self._roster, self._reachable = cycle(roster), cycle([person for person in roster if person.phone])
        self._strangers = [_stranger(row, today) for row in invented(STRANGERS, seed=7)] if many else []

    def team(self, chance: random.Random, section: str, place: str) -> Team:
        """Who handles a matter of a section at the main office, or at a branch where everything is done in one place."""
        if place in office.BRANCHES:
            clerk, handler, head = (self._one(place, role) for role in ("clerk", "handler", "head"))
            return Team(clerk, head, head, handler, handler, office.UNIT, place)
        handlers = self._actors[section, "handler"]
        first = chance.choice(handlers)
        second = next((other for other in handlers if other != first), first)
        clerk, head = self._one(office.COUNTER, "clerk"), self._one(office.DEPARTMENT, "head")
        return Team(clerk, head, self._one(office.UNIT, "leader"), first, second, office.SUPERIOR, section)

    def writer(self, chance: random.Random) -> Writer:
        """The next on the roster, a stranger, or nobody who gave a name."""
        which = chance.random()
        if which < NAMELESS:
            return Writer(Author("", 0, ""), {})
        if self._strangers and which < 0.8:
            return chance.choice(self._strangers)
        return self.known(next(self._roster))

    def reachable(self) -> Writer:
        """The next on the roster who can be reached by telephone."""
        return self.known(next(self._reachable))

    def known(self, person: Person) -> Writer:
        """Somebody from the roster."""
        age = self._today.year - person.born_on.year if person.born_on else 70
        return Writer(Author(person.name, age, person.former_unit), petitioners.of_person(person))

    def _one(self, place: str, role: str) -> Actor:
        return self._actors[place, role][0]


def _actors() -> Mapping[tuple[str, str], Sequence[Actor]]:
    names = {made.pk: made.name for made in Office.objects.all()}
    found: dict[tuple[str, str], list[Actor]] = {}
    for person in Staff.objects.filter(is_active=True).order_by("pk"):
        if actor := people.actor_for(person):
            for role in actor.roles:
                found.setdefault((names[person.office_id], role), []).append(actor)
    return found


def _stranger(row: dict[str, str], today: date) -> Writer:
    age = today.year - int(row["born_on"][:4])
    given = {name: row[name] for name in ("name", "phone", "id_number", "address")}
    return Writer(Author(row["name"], age, row["former_unit"]), petitioners.read([given])[0])
