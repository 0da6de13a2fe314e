"""A small office for tests: a unit with a counter and two sections, a sister unit, one person for each role, and matters
brought to any state through the one door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from huiyin.cases import links, services
from huiyin.cases.models import Case
from huiyin.kernel.clock import ZONE
from huiyin.orgs import services as orgs
from huiyin.orgs.models import Office
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import PETITIONER, SYSTEM, Actor
from tests import ways
from tests.ways import ANSWERS as ANSWERS

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
PASSWORD = "lake-heron-42"
REGISTER = {
    "channel": "letter",
    "received_on": "2026-03-02",
    "title": "取暖补贴少发",
    "text": "我家暖气费补贴少发了三个月，请补发，并说明标准。",
    "claims": [{"text": "补发取暖补贴"}, {"text": "说明标准"}],
    "purpose": "request",
    "petitioners": [{"name": "孟庆兰", "phone": "13800000000", "address": "湖滨路2号"}],
}
_keys = count()


@dataclass
class World:
    """Offices and people by short names; `actor("clerk")` acts, `case("handling")` brings a matter there."""

    unit: Office
    counter: Office
    section: Office
    other: Office
    sister: Office
    staff: dict[str, Staff] = field(default_factory=dict)
    station: Office | None = None

    def actor(self, name: str) -> Actor:
        if name in {"petitioner", "system"}:
            return PETITIONER if name == "petitioner" else SYSTEM
        found = people.actor_for(self.staff[name])
        assert found is not None
        return found

    def register(self, *, by: str = "clerk", now: datetime = NOW, key: str | None = None, **facts: Any) -> Case:
        outside = {"accused": "outside"} if facts.get("purpose") == "accusation" else {}
        given = {**REGISTER, "received_on": now.date().isoformat(), **outside, **facts}
        return services.register(by=self.actor(by), now=now, facts=given, key=key)

    def perform(self, case: Case, action: str, by: str, *, now: datetime = NOW, **facts: Any) -> Case:
        services.perform(case, action, by=self.actor(by), now=now, facts=facts)
        return Case.objects.select_related("office").get(pk=case.pk)

    def to(self, name: str) -> dict[str, Any]:
        """Who gets a matter, as the facts of a step name them."""
        person = self.staff[name]
        return {"office": person.office_id, "staff": person.pk}

    def case(self, state: str, *, now: datetime = NOW, **facts: Any) -> Case:
        """A matter in that state, brought there by the proper people, a minute a step."""
        facts = {**facts, **ways.BEGUN.get(state, {})}
        earlier = self.case("concluded", now=now - timedelta(hours=1)) if state == "not_again" else None
        earlier = self.below(now=now - timedelta(hours=1)) if state == "not_accepted" else earlier
        case = self.register(by="petitioner" if state == "withdrawn" else "clerk", now=now, **facts)
        known = {"earlier": self.again(case, earlier, now)} if earlier else {}
        for minute, (reached, action, by, recorded) in enumerate(self.path(now, state), start=1):
            if case.state == state:
                return case
            if action == "notify" and facts.get("petitioners") == []:
                continue  # there is nobody to tell
            case = self.perform(case, action, by, now=now + timedelta(minutes=minute), **recorded, **known)
            assert case.state == reached, (action, case.state)
        assert case.state == state
        return case

    def below(self, *, now: datetime = NOW, **facts: Any) -> Case:
        """A matter that the sister unit, below, has accepted."""
        case = self.register(now=now, **facts)
        case = self.perform(case, "forward", "leader", now=now, **self.to("sister_leader"), mode="forward")
        return self.perform(case, "accept", "sister_leader", now=now, **ways.RECUSAL, route="由本所办理。")

    def again(self, case: Case, earlier: Case, now: datetime) -> str:
        """Links a matter to the one of which it is a repeat; gives that one's number."""
        links.join(case, earlier.no, by=self.actor("leader"), now=now, kind="repeat", reason="事实、理由一样。")
        return earlier.no

    def ask(self, case: Case, person: str, *, by: str = "leader", now: datetime = NOW, **facts: Any) -> Case:
        """Asks somebody to help with a matter, within five days unless told otherwise."""
        asked = {"office": self.staff[person].office_id, "staff": self.staff[person].pk}
        due = (now + timedelta(days=5)).date().isoformat()
        return self.perform(
            case, "ask", by, now=now, **{"words": "请查2025年的发放记录。", "due_on": due, **asked, **facts}
        )

    def settle(self, case: Case, *, close: bool = True, now: datetime = NOW) -> Case:
        """Takes a delivered matter through what is left to be done, to its end or up to the step before."""
        steps = self.path(now)
        left = steps[[step[1] for step in steps].index("deliver") + 1 :]
        for _, action, by, recorded in left:
            if action == "archive" or (action == "close" and not close):
                break
            case = self.perform(case, action, by, now=now, **recorded)
        return case

    def path(self, now: datetime, state: str = "archived") -> list[ways.Step]:
        """The steps that lead to a state (and maybe on from it)."""
        if state in ways.REVIEWS:
            self.three_levels()
            return ways.reviewed(self, now)
        if state in ways.BESIDE:
            return ways.beside(self, state, now)
        return ways.handling(now, place=self.to("handler"))

    def three_levels(self) -> Office:
        """A station below the sister unit with its people, and those of the sister unit who review."""
        if self.station is None:
            self.station = orgs.create_office(name="南桥站", kind="unit", parent=self.sister, phone="0700-555 0181")
            self.hire(ways.NEW_STAFF)
        return self.station

    def hire(self, people_by_name: Mapping[str, tuple[str, list[str]]]) -> None:
        for name, (office, roles) in people_by_name.items():
            self.staff[name] = people.create_staff(
                username=name,
                name=name,
                office=getattr(self, office),
                roles=roles,
                password=PASSWORD,
                takes_intake=name == "clerk",
            )


STAFF = {
    "clerk": ("counter", ["clerk"]), "handler": ("section", ["handler"]), "head": ("section", ["head"]),
    "leader": ("unit", ["leader"]), "supervisor": ("unit", ["supervisor"]), "counter_head": ("counter", ["head"]),
    "other_handler": ("other", ["handler"]), "other_head": ("other", ["head"]), "sister_clerk": ("sister", ["clerk"]),
    "sister_leader": ("sister", ["leader"]), "system_admin": ("unit", ["system_admin"]),
    "security_admin": ("unit", ["security_admin"]), "auditor": ("unit", ["auditor"]),
}  # fmt: skip


def build() -> World:
    """Sets the world up in the test's database."""
    set_up = orgs.set_up(
        unit_name="云湖供电公司", counter_name="接待室", letter_prefix="云供信", superior="云江省电力公司",
        phone="0700-555 0123", address="云湖市湖滨路18号", demo=False, now=NOW,
    )  # fmt: skip
    unit, counter = set_up.unit, set_up.counter
    section = orgs.create_office(name="待遇核发科", kind="section", parent=unit, phone="0700-555 0126")
    other = orgs.create_office(name="医疗保障科", kind="section", parent=unit)
    sister = orgs.create_office(name="南桥所", kind="unit", parent=unit, superior="云湖供电公司", phone="0700-555 0141")
    world = World(unit, counter, section, other, sister)
    world.hire(STAFF)
    return world


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def transactional_world(transactional_db: None) -> World:
    return build()
