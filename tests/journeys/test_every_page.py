"""Every page of every address and every step, opened in Chromium: nothing for axe to find, and nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from huiyin.cases import queries
from huiyin.kernel import clock
from huiyin.procedure.states import STATES
from tests.browser import OpenContext
from tests.web.addresses import PLACES, Examples, routes
from tests.world import World

READERS = (
    "anonymous",
    "writer",
    "visitor",
    "petitioner",
    "clerk",
    "system_admin",
    "security_admin",
    "auditor",
)
PHONE = {"width": 390, "height": 844}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
Window = Callable[[Client], Page]


@pytest.fixture
def window(open_context: OpenContext, live_server: Any) -> Window:
    """A window with the cookies of a test client: on a phone for the portal's readers, at a desk for staff."""

    def open_one(client: Client) -> Page:
        small = "_auth_user_id" not in client.session
        context = open_context(base_url=live_server.url, **({"viewport": PHONE} if small else {}))
        kept = [{"name": name, "value": one.value, "url": live_server.url} for name, one in client.cookies.items()]
        context.add_cookies(kept)
        return context.new_page()

    return open_one


@pytest.mark.parametrize("reader", READERS)
def test_every_page_passes_axe_and_fits(
    transactional_world: World, window: Window, axe: Callable[[Page], None], reader: str
) -> None:
    examples = Examples(transactional_world)
    client = examples.client(reader)
    page, seen = window(client), 0
    for address in _pages_of(examples, client, reader):
        look(page, address, axe)
        seen += 1
    assert seen


def _pages_of(examples: Examples, client: Client, reader: str) -> Iterator[str]:
    """The addresses whose page this reader gets and nobody named earlier."""
    earlier = [examples.client(one) for one in READERS[: READERS.index(reader)]]
    for route in routes():
        if PLACES[route.name].page and route.name != "portal-secret":
            address = examples.address(route.name)
            if client.get(address).status_code == 200 and not any(
                one.get(address).status_code == 200 for one in earlier
            ):
                yield address


@pytest.mark.parametrize("state", STATES)
def test_every_step_of_a_state_passes_axe_and_fits(
    transactional_world: World, window: Window, axe: Callable[[Page], None], state: str
) -> None:
    world, moment = transactional_world, clock.now()
    case, seen = queries.find(world.case(state, now=moment - timedelta(days=1)).no), set[str]()
    assert case is not None
    for name in ("clerk", "handler", "head", "leader"):
        steps = {step.action.name for step in queries.steps(world.actor(name), case, now=moment)} - seen
        seen |= steps
        if steps:
            page = window(_signed_in(world, name))
            look(page, reverse("desk-case", args=[case.no]), axe)
            for step in sorted(steps - EVERYWHERE if state != "registered" else steps):
                look(page, reverse("desk-do", args=[case.no, step]), axe)


EVERYWHERE = frozenset({"note", "add_material", "hand_over"})  # the same page in every state; looked at once


def _signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.staff[name])
    return client


def look(page: Page, address: str, axe: Callable[[Page], None]) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    axe(page)
    assert page.evaluate(WIDER) <= 0, f"{address} is wider than the screen"
