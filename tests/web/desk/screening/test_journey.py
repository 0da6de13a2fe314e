"""A whole screening in the browser: planned, filled in, signed, a finding that becomes a case, the report, the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.desk import Desk, arrived, confirm, keys
from tests.world import NOW, World

Axe = Callable[[Page], None]
PHONE = {"width": 390, "height": 844}
TITLE = "冬季取暖补贴排查"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def test_from_the_plan_to_the_next_one(desk: Desk, transactional_world: World, axe: Axe) -> None:
    leader = desk("leader")
    plan(leader, axe)
    handler = desk("handler")
    fill_in(handler, axe)
    head = desk("head", viewport=PHONE)
    sign(head, axe)
    make_a_case(handler, axe)
    close_and_copy(leader, axe)


def looked_at(page: Page, axe: Axe) -> None:
    page.wait_for_load_state()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def plan(page: Page, axe: Axe) -> None:
    keys(page, "g", "p")
    arrived(page, "排查")
    looked_at(page, axe)
    keys(page, "c")
    arrived(page, "拟一次排查")
    looked_at(page, axe)
    confirm(page)
    expect(page.get_by_role("alert")).to_contain_text("请填写“标题”")
    looked_at(page, axe)
    page.get_by_label("标题").fill(TITLE)
    page.get_by_label("哪个地方").fill("湖滨路片区")
    page.get_by_label("到哪天").fill("3.20")
    page.get_by_label("哪天前交表").fill("3.14")
    page.get_by_label("待遇核发科").check()
    page.get_by_label("南桥所").check()
    first = page.get_by_role("group", name="第1题")
    first.get_by_label("第1题").fill("有没有补贴没有按时发？")
    first.get_by_label("答“是”就要写发现").check()
    second = page.get_by_role("group", name="第2题")
    second.get_by_label("第2题").fill("从哪里知道的？")
    second.get_by_label("怎样答").select_option("choice")
    second.get_by_label("有哪些选项").fill("走访/来电")
    confirm(page)
    arrived(page, TITLE)
    page.get_by_text("交表期限为什么是这一天").click()
    expect(page.get_by_text("顺延到下一个工作日：3月16日（周一）")).to_be_visible()
    looked_at(page, axe)
    page.get_by_role("button", name="开始排查").click()
    expect(page.get_by_text("每个单位都有了自己的表")).to_be_visible()
    looked_at(page, axe)


def fill_in(page: Page, axe: Axe) -> None:
    page.goto("/desk/")
    page.get_by_role("link", name=TITLE).click()
    arrived(page, TITLE)
    page.get_by_role("group", name="1. 有没有补贴").get_by_text("是", exact=True).click()
    page.get_by_role("group", name="2. 从哪里").get_by_text("走访").click()
    page.get_by_role("button", name="填好了，交负责人签字").click()
    expect(page.get_by_role("alert").first).to_contain_text("把发现的问题写下来")
    looked_at(page, axe)
    page.get_by_role("button", name="存 Ctrl").click()
    expect(page.get_by_text("存好了。")).to_be_visible()
    page.get_by_role("link", name="写一条发现").click()
    arrived(page, "写一条发现")
    page.get_by_label("问题是什么").fill("湖滨路十二户的补贴三个月没有到账。")
    page.get_by_label("哪一题查出来的").select_option(index=1)
    page.get_by_label("大约多少人").fill("12")
    looked_at(page, axe)
    confirm(page)
    expect(page.get_by_text("发现写好了。")).to_be_visible()
    page.get_by_role("button", name="填好了，交负责人签字").click()
    expect(page.get_by_text("交给负责人签字了。")).to_be_visible()
    looked_at(page, axe)


def sign(page: Page, axe: Axe) -> None:
    page.goto("/desk/")
    expect(page.get_by_text("等您签字")).to_be_visible()
    looked_at(page, axe)
    page.get_by_role("link", name=TITLE).click()
    arrived(page, TITLE)
    looked_at(page, axe)
    page.get_by_role("button", name="签字交上").click()
    expect(page.get_by_text("签字交上了。")).to_be_visible()
    looked_at(page, axe)


def make_a_case(page: Page, axe: Axe) -> None:
    page.goto("/desk/screening/")
    page.get_by_role("link", name="湖滨路十二户").click()
    arrived(page, "发现")
    looked_at(page, axe)
    page.get_by_role("button", name="立为早期事项").click()
    expect(page.get_by_text("立为事项2026-0001")).to_be_visible()
    page.get_by_role("link", name="打开").click()
    page.get_by_role("link", name="看这条发现").click()
    arrived(page, "发现")
    looked_at(page, axe)


def close_and_copy(page: Page, axe: Axe) -> None:
    page.goto("/desk/screening/")
    page.get_by_role("link", name=TITLE).first.click()
    arrived(page, TITLE)
    page.get_by_role("link", name="报告").click()
    arrived(page, "排查报告")
    expect(page.get_by_text("约10人").first).to_be_visible()
    looked_at(page, axe)
    page.get_by_role("link", name="回到这次排查").first.click()
    page.get_by_role("link", name="结束排查").click()
    arrived(page, "结束排查")
    confirm(page)
    expect(page.get_by_role("alert")).to_contain_text("为什么现在结束")
    looked_at(page, axe)
    page.get_by_label("结束说明").fill("南桥所搬迁，下次补查。")
    confirm(page)
    expect(page.get_by_text("结束了。")).to_be_visible()
    looked_at(page, axe)
    page.get_by_role("button", name="照这一次拟下一次").click()
    arrived(page, "改排查")
    expect(page.get_by_label("标题")).to_have_value(TITLE)


def test_without_a_script_a_sheet_is_filled_in_and_signed(desk: Desk, transactional_world: World, axe: Axe) -> None:
    plan(desk("leader"), lambda page: None)
    page = desk("head", java_script_enabled=False)
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("group", name="1. 有没有补贴").get_by_label("否").check()
    page.get_by_role("group", name="2. 从哪里").get_by_label("来电").check()
    page.get_by_label("没有发现问题").check()
    page.get_by_role("button", name="签字交上").click()
    expect(page.get_by_text("签字交上了。")).to_be_visible()
