"""What the desk does in a browser while one types and presses keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from huiyin.kernel import clock
from huiyin.people.persons import save_person
from huiyin.people.policy import SYSTEM
from tests.world import NOW, World

Desk = Callable[..., Page]
Axe = Callable[[Page], None]


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def test_the_card_and_the_days_follow_in_the_browser_and_a_choice_is_undone(
    desk: Desk, transactional_world: World, axe: Axe
) -> None:
    data = {"name": "梁素琴", "phone": "13900000001", "former_unit": "送变电公司"}
    save_person(person=None, data=data, by=SYSTEM, now=clock.now(), office=transactional_world.counter)
    page = desk("clerk")
    page.goto("/desk/register/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("combobox", name="信访人").fill("梁素琴")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    card = page.locator("#reg-chosen")
    expect(card).to_contain_text("送变电公司")
    page.get_by_label("收到日期").fill("2026-02-26")
    expect(page.locator("#reg-follows")).to_contain_text("3月13日")
    page.get_by_label("来件渠道").select_option("superior")
    expect(page.locator("#reg-follows")).to_contain_text("提出异议")
    axe(page)
    card.get_by_role("button", name="不是这个人").click()
    expect(card).not_to_contain_text("送变电公司")
    expect(page.get_by_role("combobox", name="信访人")).to_be_focused()
    expect(page.locator("#reg-person")).to_have_value("")


def test_keys_lead_from_a_list_through_its_matters_and_back(desk: Desk, transactional_world: World, axe: Axe) -> None:
    titles = ["取暖补贴少发", "物业费没有报", "体检安排不清"]
    for hours, title in enumerate(titles):
        transactional_world.register(title=title, now=NOW - timedelta(days=9 - hours))
    page = desk("clerk")
    page.goto("/desk/cases/?channel=letter")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("o")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(titles[0])
    expect(page.get_by_text("第1件，共3件")).to_be_visible()
    axe(page)
    page.keyboard.press("[")
    page.keyboard.press("]")
    expect(heading).to_have_text(titles[1])
    page.wait_for_load_state()
    page.keyboard.press("]")
    expect(heading).to_have_text(titles[2])
    page.wait_for_load_state()
    page.keyboard.press("[")
    expect(heading).to_have_text(titles[1])
    page.wait_for_load_state()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("列表里的上一件、下一件")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile("channel=letter"))
    expect(page.get_by_role("link", name=titles[1])).to_be_focused()


def test_a_matter_that_was_opened_by_itself_has_no_neighbours(desk: Desk, transactional_world: World) -> None:
    case = transactional_world.register()
    page = desk("clerk")
    page.goto(f"/desk/cases/{case.no}/")
    page.wait_for_load_state()
    expect(page.get_by_text("下一件").first).to_be_hidden()
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile("/desk/cases/$"))


def test_an_at_sign_offers_articles_and_writes_the_chosen_one(desk: Desk, transactional_world: World, axe: Axe) -> None:
    case = transactional_world.case("drafted")
    transactional_world.perform(case, "return", "head", reason="写明依据。", now=NOW + timedelta(hours=1))
    page = desk("handler")
    page.goto(f"/desk/cases/{case.no}/do/note/")
    page.wait_for_load_state("networkidle")
    note = page.get_by_role("textbox", name="记一条")
    note.press_sequentially("依据@34")
    options = page.get_by_role("option")
    expect(options).to_have_count(1)
    expect(options).to_contain_text("第三十四条")
    axe(page)
    page.keyboard.press("Enter")
    expect(note).to_have_value("依据《信访工作条例》第三十四条")
    expect(note).to_be_focused()
    note.press_sequentially("，@送达")
    expect(options.first).to_contain_text("第三十五条")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(note).to_have_value("依据《信访工作条例》第三十四条，@送达")
    page.goto(f"/desk/cases/{case.no}/do/draft/")
    page.wait_for_load_state("networkidle")
    basis = page.locator("#claim-1").get_by_label("依据")
    basis.fill("")
    basis.press_sequentially("@32")
    options.first.click()
    expect(basis).to_have_value("《信访工作条例》第三十二条")
