"""A further edition is one file: new matters follow it from its day on, those that began before keep theirs, on every page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from huiyin.cases.models import Case
from huiyin.procedure import engine
from huiyin.procedure.editions import CURRENT, EDITIONS, in_force
from tests.procedure.regulations_next import EDITION as NEXT
from tests.procedure.regulations_next import SHORTER
from tests.ways import RECUSAL
from tests.world import NOW, PASSWORD, World

BEFORE = NOW - timedelta(days=4)


@pytest.fixture(autouse=True)
def _another_law() -> Iterator[None]:
    EDITIONS[NEXT.code] = NEXT
    with time_machine.travel(NOW, tick=True):
        yield
    del EDITIONS[NEXT.code]


def accepted(world: World, *, registered: datetime) -> Case:
    return world.perform(
        world.register(now=registered), "accept", "leader", now=NOW, route="由待遇科调查核实。", **RECUSAL
    )


@pytest.mark.parametrize(
    ("day", "code"), [(date(2004, 1, 1), CURRENT), (date(2026, 2, 28), CURRENT), (date(2026, 3, 1), NEXT.code)]
)
def test_the_day_of_registration_says_which_law(day: date, code: str) -> None:
    assert in_force(day).code == code


def test_an_older_matter_keeps_its_terms_beside_a_newer_one(world: World) -> None:
    older, newer = accepted(world, registered=BEFORE), accepted(world, registered=NOW)
    days = {case.edition: case.clocks.get(term="handle").rule for case in (older, newer)}
    assert {code: (rule.days, rule.article) for code, rule in days.items()} == {
        CURRENT: (60, "第三十四条"),
        NEXT.code: (45, "第四十一条"),
    }
    assert newer.clocks.get(term="handle").raw_on == NOW.date() + timedelta(days=45)


def test_a_step_that_a_law_does_not_hold_is_not_offered(world: World) -> None:
    assert "propose_simple" in {
        step.name for step in EDITIONS[world.register(now=BEFORE).edition].from_state("registered")
    }
    assert "propose_simple" not in {step.name for step in EDITIONS[world.register().edition].from_state("registered")}


def test_each_page_speaks_of_the_law_of_its_matter(world: World) -> None:
    client = Client()
    assert client.login(username="leader", password=PASSWORD)
    older, newer = accepted(world, registered=BEFORE), accepted(world, registered=NOW)
    pages = {case.edition: client.get(f"/desk/cases/{case.no}/").content.decode() for case in (older, newer)}
    assert {code: SHORTER.article in page for code, page in pages.items()} == {CURRENT: False, NEXT.code: True}
    assert "新条例怎样说受理" not in client.get(f"/desk/manual/accept/?edition={CURRENT}").content.decode()
    assert "新条例怎样说受理" in client.get("/desk/manual/accept/").content.decode()
    assert client.get("/desk/manual/accept/?edition=none").status_code == 404


def test_what_was_recorded_under_a_law_is_replayed_as_it_was(world: World) -> None:
    for case in (accepted(world, registered=BEFORE), accepted(world, registered=NOW)):
        history = [event.effects for event in case.events.order_by("seq")]
        assert engine.replay(history).clocks["handle"].days == case.clocks.get(term="handle").days
