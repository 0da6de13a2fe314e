"""The head of a section in a browser, who passed a matter on: finds the objection in the morning, reads it and decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect

from huiyin.cases.models import Case
from tests.desk import Desk, send
from tests.ways import OBJECTED
from tests.web.desk.test_sent import sent
from tests.world import NOW, World

PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def test_an_objection_is_found_in_the_morning_and_decided(
    desk: Desk, transactional_world: World, axe: Callable[[Page], None], shot: Callable[[Page, str], Path]
) -> None:
    world = transactional_world
    case = world.perform(sent(world), "object", "sister_leader", **OBJECTED)
    for options in ({"viewport": PHONE}, {}):
        head = desk("head", **options)
        expect(head.get_by_text("我们转出去的")).to_be_visible()
        axe(head)
        shot(head, f"sent-day-{len(options)}")
    head.get_by_role("link", name=case.title).first.click()
    expect(head.get_by_text("补贴由公司统一发放").first).to_be_visible()
    axe(head)
    shot(head, "sent-case")
    head.goto(f"/desk/cases/{case.no}/do/refuse_return/")
    head.get_by_label("为什么仍由该单位办").fill("职责清单第三条就是该所。")
    send(head)
    assert Case.objects.get(pk=case.pk).state == "forwarded"
