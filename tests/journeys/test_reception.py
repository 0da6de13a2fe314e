"""A visitor from the number to the registered matter, in two windows and on the screen of the room; all pages for axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from huiyin.cases.models import Case
from huiyin.reception.models import Ticket, Visit
from tests.browser import OpenContext
from tests.desk import Desk, arrived, confirm, keys
from tests.web.reception import SAID, a_reception
from tests.world import NOW, World

PHONE = {"width": 390, "height": 844}
ROOM = "/desk/reception/"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def opened_screen(head: Page) -> str:
    """The address of the room's screen, opened by whoever plans."""
    head.goto(ROOM)
    head.get_by_role("button", name="开一个屏幕").click()
    expect(head.get_by_text("只显示号码")).to_be_visible()
    return head.locator(".screen-address a").get_attribute("href") or ""


def test_from_the_number_to_the_registered_matter(
    desk: Desk, transactional_world: World, open_context: OpenContext, live_server: Any
) -> None:
    address = opened_screen(desk("counter_head"))
    screen = open_context(base_url=live_server.url).new_page()
    screen.goto(address)
    expect(screen.get_by_text("请稍等")).to_be_visible()
    clerk = desk("clerk")
    clerk.goto(ROOM)
    keys(clerk, "a")
    expect(clerk.get_by_role("heading", name="刚取的号")).to_be_visible()
    clerk.wait_for_load_state()
    keys(clerk, "c")
    expect(clerk.get_by_text("叫1号。")).to_be_visible()
    expect(screen.locator(".screen-called")).to_contain_text("1", timeout=12_000)  # asked again by itself
    clerk.get_by_role("button", name="来了，开始谈").click()
    expect(clerk.get_by_role("button", name="谈完了")).to_be_visible()

    clerk.goto(f"{ROOM}statements/")
    keys(clerk, "a")
    arrived(clerk, "记口头反映")
    clerk.get_by_label("本人说的话").fill(SAID)
    clerk.get_by_label("姓名").fill("孟庆兰")
    confirm(clerk)
    expect(clerk.get_by_role("heading", name="念给本人听")).to_be_visible()
    clerk.get_by_label("改正以后的话").fill(SAID.replace("三个月", "四个月"))
    clerk.get_by_role("button", name="改成这样，再念一遍").click()
    expect(clerk.locator(".read-back")).to_contain_text("四个月")
    clerk.get_by_label("在场的人").fill("本人、女儿")
    clerk.get_by_label("没有在纸上签").check()
    clerk.get_by_role("button", name="本人确认无误").click()
    expect(clerk.get_by_text("现在可以登记")).to_be_visible()
    clerk.get_by_role("button", name="登记这件事").click()
    arrived(clerk, "登记")
    expect(clerk.get_by_label("反映的内容")).to_have_value(SAID.replace("三个月", "四个月"))
    clerk.get_by_role("button", name="登记并打印回执").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("登记")
    case = Case.objects.get()
    assert (case.channel, case.petitioner_name) == ("visit", "孟庆兰") and "四个月" in case.text

    clerk.goto(ROOM)
    clerk.get_by_role("button", name="谈完了").click()
    arrived(clerk, "这次来访")
    clerk.get_by_label("事项编号").fill(case.no)
    clerk.get_by_label("办了什么").fill("登记取暖补贴一件")
    confirm(clerk)
    expect(clerk.get_by_role("link", name=case.no)).to_be_visible()
    assert Visit.objects.get().case == case and Ticket.objects.get().state == "done"


def test_two_clerks_who_press_in_turn_get_two_numbers(desk: Desk, transactional_world: World) -> None:
    first, second = desk("clerk"), desk("counter_head")
    for _ in range(2):
        first.goto(ROOM)
        first.get_by_role("button", name="取号").click()
        expect(first.get_by_role("heading", name="刚取的号")).to_be_visible()
    second.goto(ROOM)
    first.get_by_role("button", name="叫下一位").click()
    expect(first.get_by_text("叫1号。")).to_be_visible()
    second.get_by_role("button", name="叫下一位").click()  # the page still says that it is number 1's turn
    expect(second.get_by_text("叫2号。")).to_be_visible()
    assert set(Ticket.objects.values_list("served_by__name", flat=True)) == {"clerk", "counter_head"}


def test_the_screen_refreshes_without_a_script(
    open_context: OpenContext, transactional_world: World, live_server: Any
) -> None:
    ids = a_reception(transactional_world, now=NOW)
    page = open_context(base_url=live_server.url, java_script_enabled=False).new_page()
    page.goto(f"{ROOM}screen/{ids['screen']}/")
    expect(page.locator(".screen-called")).to_contain_text("2")
    Ticket.objects.filter(number=2).update(state="left", ended_at=NOW, seen_at=None)
    expect(page.locator(".screen-called")).to_contain_text("请稍等", timeout=20_000)


def test_the_month_is_planned_without_a_script(desk: Desk, transactional_world: World) -> None:
    page = desk("leader", java_script_enabled=False)
    page.goto(f"{ROOM}rota/")
    page.get_by_label("2日", exact=True).check()
    page.get_by_label("3日", exact=True).check()
    page.get_by_label("谁").select_option(label="clerk · 接待室")
    page.get_by_role("button", name="排上").click()
    expect(page.get_by_text("排好了4个半天。")).to_be_visible()
    expect(page.get_by_text("3月2日没有人值班")).to_have_count(0)
    expect(page.get_by_text("3月4日没有人值班")).to_be_visible()


def test_every_page_passes_axe_and_fits_wide_and_narrow(
    desk: Desk, transactional_world: World, axe: Callable[[Page], None]
) -> None:
    ids = a_reception(transactional_world, now=NOW)
    places = [
        "", "visits/", "visits/new/", f"visits/{ids['visit']}/", "statements/", "statements/new/", f"statements/{ids['statement']}/", "events/",
        "events/new/", f"events/{ids['event']}/", "rota/", "rota/swap/", "leaders/", f"leaders/{ids['leader_day']}/off/", f"screen/{ids['screen']}/",
    ]  # fmt: skip
    for options in ({}, {"viewport": PHONE, "has_touch": True, "is_mobile": True}):
        page = desk("counter_head", **options)
        for address in [*(ROOM + place for place in places), "/reception-days/"]:
            page.goto(address)
            page.wait_for_load_state()
            axe(page)
            assert page.evaluate(FITS), (address, options)
