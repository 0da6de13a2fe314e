"""Several offices on one matter, in the browser: one is asked and answers, the lead goes on; a meeting decides and its task comes
back to the case; the month's book is printed and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from huiyin.cases.models import CaseTask
from tests.desk import Desk, arrived, confirm, keys, send
from tests.world import ANSWERS, NOW, World

Axe = Callable[[Page], None]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def words_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def fetched(page: Page, address: str) -> Any:
    answer = page.request.get(address)
    assert answer.ok, (address, answer.status)
    return answer


def test_another_office_is_asked_answers_and_the_leader_issues(
    desk: Desk, transactional_world: World, axe: Axe
) -> None:
    world = transactional_world
    case = world.case("handling", now=NOW)
    lead = desk("handler")
    lead.goto(f"/desk/cases/{case.no}/do/ask/")
    lead.get_by_label("请谁协办").select_option(label="other_handler")
    lead.get_by_label("请办什么").fill("请查2025年的发放记录。")
    lead.get_by_label("哪天以前回复").fill("3.9")
    axe(lead)
    send(lead)
    expect(lead.get_by_text("3月9日").first).to_be_visible()

    helper = desk("other_handler")
    helper.goto("/desk/")
    helper.get_by_role("link", name=case.title).click()
    arrived(helper, case.title)
    axe(helper)
    helper.get_by_role("link", name="回复协办").click()
    helper.get_by_label("办完了").check()
    helper.get_by_label("办了什么、查明了什么").fill("少录了面积，三个月都少发。")
    axe(helper)
    send(helper)

    lead.goto(f"/desk/cases/{case.no}/")
    expect(lead.locator("#tasks").locator("..")).to_contain_text("少录了面积")
    world.perform(
        case, "investigate", "handler", kind="files", on=NOW.date().isoformat(), source="发放记录", found="少发180元。"
    )
    world.perform(case, "draft", "handler", claims=ANSWERS, facts="面积录入有误。", superior="云江省电力公司")
    world.perform(case, "approve", "head")
    leader = desk("leader")
    leader.goto(f"/desk/cases/{case.no}/do/issue/")
    send(leader)
    case.refresh_from_db()
    assert case.state == "issued" and case.responsible == world.staff["handler"]


def test_a_meeting_from_its_agenda_to_the_task_on_the_case(desk: Desk, transactional_world: World, axe: Axe) -> None:
    case = transactional_world.case("approved", now=NOW)
    page = desk("leader")
    page.goto("/desk/meetings/")
    keys(page, "a")
    arrived(page, "约一次会")
    page.get_by_label("联席会").check()
    page.get_by_label("哪天").fill("今天")
    page.get_by_label("head", exact=True).check()
    axe(page)
    confirm(page)
    arrived(page, "排议程")
    page.get_by_label(f"列入{case.no}").check()
    axe(page)
    confirm(page)
    arrived(page, "联席会")
    axe(page)
    page.get_by_role("link", name=case.title).click()
    arrived(page, "会议记录")
    page.get_by_label("会上怎么说的").fill("两科都同意先核面积。")
    page.get_by_label("交给人去办").check()
    page.get_by_label("决定", exact=True).fill("核对2025年的面积")
    page.get_by_label("谁去办").select_option(label="other_handler")
    page.get_by_label("哪天以前办完").fill("3.9")
    axe(page)
    confirm(page)
    arrived(page, "联席会")
    page.get_by_role("button", name="确认纪要").click()
    expect(page.get_by_text("写到事项上了")).to_be_visible()
    axe(page)
    minutes = fetched(page, page.url.split("?")[0] + "minutes/pdf/")
    assert "核对2025年的面积。由other_handler" in words_of(minutes.body())
    assert CaseTask.objects.get().case == case

    helper = desk("other_handler", viewport=PHONE, has_touch=True, is_mobile=True)
    helper.goto(f"/desk/cases/{case.no}/")
    expect(helper.locator("#tasks").locator("..")).to_contain_text("核对2025年的面积")
    axe(helper)
    assert helper.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_months_book_is_prepared_printed_and_read_without_a_script(
    desk: Desk, transactional_world: World, axe: Axe
) -> None:
    case = transactional_world.case("handling", now=NOW)
    page = desk("leader", java_script_enabled=False)
    page.goto("/desk/meetings/")
    page.get_by_label("局务会梳理，月份").fill("2026-03")
    page.get_by_role("button", name="准备梳理册").click()
    arrived(page, "局务会梳理 2026-03")
    book = fetched(page, page.get_by_role("link", name="PDF 梳理册").get_attribute("href") or "")
    text = words_of(book.body())
    assert "2026年3月未办结事项梳理册" in text and case.no in text and "孟*兰" in text
    small = desk("leader", viewport=PHONE, has_touch=True, is_mobile=True)
    for address in ("/desk/meetings/", page.url, page.url + "agenda/", page.url + "edit/"):
        small.goto(address)
        axe(small)
        assert small.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
