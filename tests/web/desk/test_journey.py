"""The desk in a real browser: pages without findings, work without a script and by keys, what was typed.

A matter's whole way through it is in `tests/journeys/test_first_case.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.desk import Desk, arrived, confirm, keys
from tests.world import NOW, World

Axe = Callable[[Page], None]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def test_every_page_passes_axe_on_a_wide_and_on_a_narrow_screen(
    desk: Desk, transactional_world: World, axe: Axe
) -> None:
    world = transactional_world
    case = world.case("handling")
    world.case("delivered", now=NOW)
    addresses = [
        "/desk/", "/desk/cases/", "/desk/cases/?channel=fax", "/desk/cases/?received_from=x", f"/desk/cases/{case.no}/",
        f"/desk/cases/{case.no}/why/handle/", f"/desk/cases/{case.no}/do/note/", f"/desk/cases/{case.no}/do/draft/",
        "/desk/password/", "/desk/cases/2026-9999/",
    ]  # fmt: skip
    for options in ({}, {"viewport": PHONE, "has_touch": True, "is_mobile": True}):
        page = desk("handler", **options)
        for address in addresses:
            page.goto(address)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (address, options)


def test_without_a_script_a_step_is_taken_all_the_same(desk: Desk, transactional_world: World) -> None:
    case = transactional_world.register()
    page = desk("leader", java_script_enabled=False)
    page.goto(f"/desk/cases/{case.no}/")
    page.get_by_role("link", name="为什么").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("为什么是")
    page.goto(f"/desk/cases/{case.no}/do/accept/")
    page.get_by_label("已核对").check()
    page.get_by_label("处理途径和程序").fill("由待遇核发科调查。")
    page.get_by_role("button", name="受理").click()
    expect(page.get_by_text("已记下：受理。")).to_be_visible()
    page.goto("/desk/cases/")
    page.locator("summary").filter(has_text="＋条件").click()
    page.get_by_label("渠道").select_option("letter")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("link", name="取暖补贴少发")).to_be_visible()


def test_keys_lead_through_the_list_and_open_the_reasons(desk: Desk, transactional_world: World) -> None:
    first, second = (transactional_world.register(title=title) for title in ("第一件", "第二件"))
    page = desk("clerk")
    keys(page, "g", "l")
    arrived(page, "事项")
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    arrived(page, second.title)
    keys(page, "w")
    expect(page.get_by_role("dialog")).to_contain_text("15日按自然日数")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    arrived(page, "事项")
    keys(page, "f")
    page.get_by_label("渠道").select_option("visit")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_text("没有符合这1个条件的事项")).to_be_visible()
    assert page.url.endswith("/desk/cases/?channel=visit")
    keys(page, "v")
    page.get_by_label("名字").fill("来访的")
    confirm(page)
    expect(page.get_by_role("link", name="来访的")).to_have_attribute("aria-current", "page")
    assert first.no != second.no


def test_what_was_typed_is_there_after_the_window_was_closed(desk: Desk, transactional_world: World) -> None:
    case = transactional_world.case("handling")
    page = desk("handler")
    page.goto(f"/desk/cases/{case.no}/do/note/")
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")) as saved:
        page.get_by_label("记一条").fill("打了两次电话，没有人接")
    assert saved.value.status == 204
    page.close()
    again = desk("handler")
    again.goto(f"/desk/cases/{case.no}/do/note/")
    expect(again.get_by_label("记一条")).to_have_value("打了两次电话，没有人接")


@pytest.mark.parametrize("size", ["normal", "large"])
def test_the_days_stay_on_the_screen_in_every_size_of_text(desk: Desk, transactional_world: World, size: str) -> None:
    transactional_world.register(title="上个采暖季的取暖补贴一直没有到账", received_on="2015-12-24")
    page = desk("leader")
    page.context.add_cookies([{"name": "desk_size", "value": size, "url": page.url}])
    for address in ("/desk/", "/desk/cases/"):
        page.goto(address)
        expect(page.locator(".due-on").first).to_be_in_viewport(ratio=1)
        hidden = page.locator(".rows-scroll").evaluate("(frame) => frame.scrollWidth - frame.clientWidth")
        assert hidden == 0, (address, hidden)


def test_what_a_step_does_to_the_terms_follows_what_is_chosen_also_in_a_field_called_form(
    desk: Desk, transactional_world: World
) -> None:
    case = transactional_world.case("handling")
    page = desk("handler")
    page.goto(f"/desk/cases/{case.no}/do/settle/")
    page.wait_for_load_state()
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and "look" in (answer.request.post_data or "")
    ) as said:
        page.locator('main [name="form"]').first.check()
    assert said.value.status == 200 and "line-list" in said.value.text()
