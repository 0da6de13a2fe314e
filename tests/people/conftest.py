"""A unit with two sections, a unit beside it, and a clerk who keeps the roster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from huiyin.documents.spreadsheets import write_table
from huiyin.kernel.clock import ZONE
from huiyin.orgs import services as orgs
from huiyin.orgs.models import Office
from huiyin.people import services
from huiyin.people.models import RosterImport, Staff
from huiyin.people.policy import Actor
from huiyin.people.roster import importing

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
PASSWORD = "lake-heron-42"


@dataclass
class House:
    """The offices and the clerk, with short ways to act."""

    unit: Office
    counter: Office
    section: Office
    sister: Office
    clerk: Staff

    def actor(self, staff: Staff | None = None) -> Actor:
        found = services.actor_for(staff or self.clerk)
        assert found is not None
        return found

    def hire(self, username: str, office: Office, *roles: str, **details: bool) -> Staff:
        return services.create_staff(
            username=username, name=username, office=office, roles=roles, password=PASSWORD, **details
        )


@pytest.fixture
def house(db: None) -> House:
    made = orgs.set_up(unit_name="云湖供电公司", counter_name="接待室", now=NOW)
    section = orgs.create_office(name="待遇科", kind="section", parent=made.unit)
    sister = orgs.create_office(name="西河供电公司", kind="unit")
    clerk = services.create_staff(
        username="clerk", name="周敏", office=made.counter, roles=["clerk"], password=PASSWORD, takes_intake=True
    )
    return House(made.unit, made.counter, section, sister, clerk)


Bring = Callable[..., RosterImport]


@pytest.fixture
def bring(house: House, tmp_path: Path) -> Bring:
    """Imports rows (a heading first) as the clerk does: `bring(rows)` runs the import, `bring(rows, start=False)` only begins."""

    def go(rows: Iterable[Sequence[str]], *, start: bool = True, office: Office | None = None) -> RosterImport:
        headings, *lines = rows
        path = tmp_path / "roster.xlsx"
        write_table(path, list(headings), lines)
        with path.open("rb") as stream:
            begun = importing.begin(
                stream=stream, name="名册.xlsx", office=office or house.unit, by=house.actor(), now=NOW
            )
        return importing.run(begun.pk, now=NOW) if start else begun

    return go
