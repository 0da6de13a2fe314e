"""A new calendar reaches every running clock, by an event, once; nothing else moves."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection

from huiyin.cases import recomputing, services
from huiyin.cases.models import Case
from huiyin.cases.sweep import sweep
from huiyin.cases.verification import verify
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.orgs import queries
from huiyin.orgs import services as orgs
from huiyin.people import services as people
from huiyin.people.policy import SYSTEM
from tests.world import NOW, World

AUTUMN = datetime(2026, 12, 10, 9, 30, tzinfo=ZONE)
LATER = datetime(2026, 12, 12, 8, 0, tzinfo=ZONE)
YEAR_2027 = [
    *({"date": f"2027-01-{day:02d}", "kind": "rest", "name_zh": "元旦"} for day in (1, 2, 3)),
    *({"date": f"2027-02-{day:02d}", "kind": "rest", "name_zh": "春节"} for day in range(5, 13)),
    {"date": "2027-02-20", "kind": "work", "name_zh": "春节"},
    {"date": "2027-05-01", "kind": "rest", "name_zh": "劳动节"},
    *({"date": f"2027-10-{day:02d}", "kind": "rest", "name_zh": "国庆节"} for day in range(1, 8)),
]


def publish(version: str = "2027年通知") -> None:
    orgs.import_calendar(rows=YEAR_2027, version=version, by="系统管理员", now=LATER)


def handle(case: Case) -> tuple[date, date, bool, str]:
    clock = case.clocks.get(term="handle", stopped_on=None)
    return clock.due_on, clock.internal_on, clock.provisional, clock.calendar


def test_a_published_year_makes_provisional_dates_definite_and_moves_them(world: World) -> None:
    case = world.case("handling", now=AUTUMN)
    assert handle(case)[2] and case.due_provisional
    publish()
    assert recomputing.waiting() == 1
    assert recomputing.recompute(now=LATER) == 1
    case.refresh_from_db()
    # the sixtieth day, 8 February, lies in the holidays of the published year
    assert handle(case) == (date(2027, 2, 15), date(2027, 2, 4), False, queries.calendar().version)
    assert (case.due_on, case.due_provisional) == (date(2027, 2, 15), False)
    event = case.events.get(seq=case.version)
    assert (event.action, event.by_kind) == ("recompute", "system")
    assert event.effects["clocks"][0]["due"] == "2027-02-15"
    assert list(verify()) == []


def test_it_is_done_once_and_stopped_clocks_stay(world: World) -> None:
    case = world.case("archived", now=AUTUMN)
    stopped = list(case.clocks.exclude(stopped_on=None).values_list("term", "due_on", "calendar").order_by("term"))
    publish()
    assert recomputing.recompute(now=LATER) == 1
    assert recomputing.recompute(now=LATER) == 0 == recomputing.waiting()
    assert case.events.filter(action="recompute").count() == 1
    case.refresh_from_db()
    assert (case.state, case.is_open) == ("archived", False)
    assert (
        list(case.clocks.exclude(stopped_on=None).values_list("term", "due_on", "calendar").order_by("term")) == stopped
    )


def test_all_cases_are_reached_in_batches_with_progress(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        world.case("accepted", now=AUTUMN)
    world.case("withdrawn", now=AUTUMN)
    monkeypatch.setattr(recomputing, "BATCH", 2)
    publish()
    said: list[int] = []
    assert recomputing.recompute(now=LATER, progress=said.append) == 5
    assert said == [2, 4, 5]
    assert list(verify()) == []


def test_nobody_recomputes_by_hand_and_nothing_happens_without_a_new_calendar(world: World) -> None:
    case = world.case("handling", now=AUTUMN)
    with pytest.raises(Forbidden):
        services.perform(case, "recompute", by=world.actor("leader"), now=LATER)
    with pytest.raises(Refused, match="现在的日历"):
        services.perform(case, "recompute", by=SYSTEM, now=LATER)
    assert recomputing.recompute(now=LATER) == 0


def test_the_sweep_looks_on_the_new_dates(world: World) -> None:
    case = world.case("handling", now=AUTUMN)
    publish()
    recomputing.recompute(now=LATER)
    sweep(now=datetime(2027, 2, 4, 8, 0, tzinfo=ZONE))
    assert "due" in case.alarms.filter(term="handle").values_list("kind", flat=True)


def test_older_clocks_are_found_along_the_index(world: World) -> None:
    world.case("handling", now=AUTUMN)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")  # it would rather read a table of two rows whole
    plan = recomputing._next(recomputing._older("x"), 0).explain()
    assert "SCAN" not in plan and "Seq Scan" not in plan, plan


@pytest.mark.parametrize("state", ["registered", "handling"])
def test_who_answers_for_open_cases_stays_and_the_number_is_said(world: World, state: str) -> None:
    holder = {"registered": "clerk", "handling": "handler"}[state]
    for _ in range(2):
        world.case(state)
    with pytest.raises(Refused, match="2件没办结"):
        people.deactivate_staff(staff=world.staff[holder], now=NOW)
    world.staff[holder].refresh_from_db()
    assert world.staff[holder].is_active
