"""A handler in a browser links two matters and undoes it; a clerk begins a matter for new facts from an answered one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect

from huiyin.cases.models import Case, CaseLink
from tests.desk import Desk, confirm
from tests.world import NOW, World

PHONE = {"width": 390, "height": 844}
WHY = "两封信说的是同一笔补贴。"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def test_two_matters_are_linked_and_parted_with_a_reason(
    desk: Desk, transactional_world: World, axe: Callable[[Page], None], shot: Callable[[Page, str], Path]
) -> None:
    world = transactional_world
    first, second = world.case("handling"), world.case("handling")
    page = desk("handler")
    page.goto(f"/desk/cases/{second.no}/")
    page.get_by_role("link", name="连到另一件").click()
    page.get_by_label("另一件的编号").fill(first.no)
    page.get_by_label("是什么关系").select_option("repeat")
    page.get_by_label("为什么").fill(WHY)
    axe(page)
    shot(page, "link-form")
    confirm(page)
    expect(page.get_by_text("以前反映过").first).to_be_visible()
    axe(page)
    shot(page, "link-case")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shot(page, "link-case-phone")
    page.wait_for_load_state()
    page.get_by_role("link", name=f"撤销 {first.no}").click()
    page.get_by_label("为什么撤销").fill("是两笔钱。")
    axe(page)
    shot(page, "link-undo-phone")
    confirm(page)
    expect(page.get_by_text("是两笔钱。").first).to_be_visible()
    assert CaseLink.objects.count() == 2


def test_new_facts_after_the_answer_are_one_press_away(
    desk: Desk, transactional_world: World, axe: Callable[[Page], None], shot: Callable[[Page, str], Path]
) -> None:
    case = transactional_world.case("delivered")
    page = desk("clerk")
    page.goto(f"/desk/cases/{case.no}/")
    page.get_by_role("button", name="补充新情况，另立一件").click()
    expect(page.get_by_text(f"接着{case.no}")).to_be_visible()
    axe(page)
    shot(page, "new-facts")
    page.get_by_label("标题").fill("找到了1998年的工资单")
    page.get_by_label("反映的内容").fill("我找到了1998年的工资单，请重新核对。")
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_url("**/register/done/**")
    assert Case.objects.count() == 2 and CaseLink.objects.get().low == case
