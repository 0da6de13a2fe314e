"""New facts brought on a phone: by the code on the receipt, with a script and without, by keyboard alone, in large print."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from huiyin.cases.models import Case, CaseLink
from huiyin.kernel import clock
from tests.browser import OpenContext
from tests.web.portal.test_journeys import inspect, open_phone, press
from tests.web.portal.test_journeys import live as live
from tests.world import World

FACTS = "我找到了1998年的工资单，标准写错了。请重新核对。"


def reach(page: Page, live: str, case: Case) -> None:
    """By the code and the second fact to the page of the matter."""
    page.goto(f"{live}/track/")
    page.get_by_label("收据上的查询码").fill(case.receipt_code)
    press(page, "查一查")
    page.get_by_role("link", name=re.compile("^看信")).click()
    page.get_by_label("电话的后四位").fill("0000")
    press(page, "打开")


@pytest.mark.parametrize(
    ("script", "elder", "width"), [(True, False, 390), (True, True, 390), (True, True, 320), (False, False, 390), (True, False, 1280), (True, True, 1280)]
)  # fmt: skip
def test_new_facts_of_a_settled_matter_are_brought_by_the_code_and_taken_back(
    open_context: OpenContext, live: str, transactional_world: World, axe: Callable[[Page], None],
    script: bool, elder: bool, width: int,
) -> None:  # fmt: skip
    case = transactional_world.case("concluded", now=clock.now() - timedelta(days=2))
    page = open_phone(open_context, live, elder=elder, width=width, script=script)

    def look() -> None:
        if script:
            inspect(page, axe, elder=elder)

    reach(page, live, case)
    look()
    page.get_by_role("link", name="补充新的事实").click()
    expect(page.locator("main")).to_contain_text("不再受理（《信访工作条例》第三十六条）")
    look()
    press(page, "开始写")
    look()
    page.get_by_label("有了什么新的事实？").fill(FACTS)
    press(page, "继续")
    press(page, "继续")
    expect(page.get_by_label("您的姓名")).to_have_value("孟庆兰")
    page.locator("label", has_text="打电话").click()
    look()
    press(page, "继续")
    expect(page.locator("main")).to_contain_text("您上次留的")
    look()
    press(page, "交给接待室")
    expect(page.locator("h1")).to_contain_text("收到了")
    look()
    made = Case.objects.latest("pk")
    assert (made.text, made.petitioners.get().phone, CaseLink.objects.latest("pk").by) == (FACTS, "13800000000", None)
    page.get_by_role("link", name="撤回这件事").click()
    press(page, "撤回")
    expect(page.locator("main")).to_contain_text("您撤回了这件事")


def test_new_facts_are_brought_with_the_keyboard_alone(
    open_context: OpenContext, live: str, transactional_world: World
) -> None:
    case = transactional_world.case("closed", now=clock.now() - timedelta(days=2))
    page = open_phone(open_context, live)
    page.goto(f"{live}/t/{case.receipt_secret}/")

    def go_to(selector: str) -> None:
        for _step in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"no way to {selector} by keyboard")

    for selector in ("a[href*=new-facts]", "form:has([name=key]) button", "textarea"):
        go_to(selector)
        if selector != "textarea":
            with page.expect_navigation():
                page.keyboard.press("Enter")
    page.keyboard.type(FACTS)
    for selector in ("button[value=next]", "button[value=next]", "button[value=next]", "button[value=hand-in]"):
        go_to(selector)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert Case.objects.latest("pk").text == FACTS and CaseLink.objects.filter(high__text=FACTS).exists()
