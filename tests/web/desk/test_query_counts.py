"""How many queries the desk's busiest pages take: these numbers, whatever the number of matters, events, filters and roles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.world import NOW, World

LIST, CASE_PAGE = 8, 17
TODAY = {
    "handler": 11,
    "clerk": 13,
    "supervisor": 11,
    "leader": 12,
    "head": 15,
}  # more duties, more to ask; never more rows
FILTERS = (
    "", "?scope=closed", "?scope=all", "?state=handling", "?channel=letter", "?topic=1", "?office={section}", "?person={handler}",
    "?due=late", "?due=today", "?due=soon", "?relation=mine", "?relation=first_asked", "?relation=sent", "?received_from=2026-01-01",
    "?due_to=2026-12-31", "?unrated=on", "?q=取暖", "?q=没有这样的话", "?page=2", "?state=handling&channel=letter&q=补贴",
    "?scope=all&unrated=on&received_to=2026-12-31&page=3",
)  # fmt: skip
SMALL, LARGE = 5, 60


def counted(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(captured)


def fill(world: World, number: int) -> None:
    """So many matters more, of all kinds: fresh, late, in work, closed."""
    for place in range(number):
        moment = NOW - timedelta(days=place % 40)
        world.case(("registered", "accepted", "handling", "registered", "closed")[place % 5], now=moment)


def test_today_and_lists_ask_the_same_of_no_matter_of_five_and_of_sixty(
    world: World, at_desk: Callable[[str], Any]
) -> None:
    ids = {"section": world.section.pk, "handler": world.staff["handler"].pk}
    lists = [f"/desk/cases/{query.format(**ids)}" for query in FILTERS]
    for more in (0, SMALL, LARGE - SMALL):
        fill(world, more)
        for name, today in TODAY.items():
            client, expected = at_desk(name), {"/desk/": today, **dict.fromkeys(lists, LIST)}
            assert {address: counted(client, address) for address in expected} == expected, (name, more)


def test_a_case_page_asks_the_same_in_every_state_and_after_a_long_history(
    world: World, at_desk: Callable[[str], Any]
) -> None:
    states = ("registered", "handling", "drafted", "issued", "delivered", "archived")
    cases = {state: world.case(state, now=NOW - timedelta(days=9)) for state in states}
    section = {"office": world.section.pk, "staff": world.staff["handler"].pk}
    world.perform(cases["registered"], "hand_over", "clerk", reason="该科办理", **section)
    for minute in range(LARGE):
        words, now = f"第{minute}次联系", NOW - timedelta(minutes=LARGE - minute)
        world.perform(cases["delivered"], "note", "handler", now=now, words=words)
    for name in TODAY:
        client = at_desk(name)
        found = {state: counted(client, f"/desk/cases/{case.no}/") for state, case in cases.items()}
        assert found == dict.fromkeys(states, CASE_PAGE), name
