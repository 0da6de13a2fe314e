"""A supervisor's morning in a browser: the board, urging, a supervisory letter, its feedback; pages without findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from huiyin.cases.supervision.models import Alarm
from huiyin.cases.sweep import sweep
from tests.desk import Desk, arrived, keys, send
from tests.world import NOW, World

Axe = Callable[[Page], None]
PHONE = {"width": 390, "height": 844}
DAYS = timedelta(days=1)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def test_a_supervisor_urges_from_the_board_writes_a_letter_and_gets_its_feedback(
    desk: Desk, transactional_world: World
) -> None:
    case = transactional_world.case("handling", now=NOW - 70 * DAYS, title="拖了很久的")
    sweep(now=NOW)
    supervisor = desk("supervisor")
    keys(supervisor, "g", "b")
    arrived(supervisor, "督办")
    supervisor.get_by_role("checkbox", name="勾选拖了很久的").first.check()
    supervisor.get_by_label("催办的话").fill("请本周办结。")
    supervisor.get_by_role("button", name="催办勾上的").click()
    expect(supervisor.get_by_text("催办了1件")).to_be_visible()
    handler = desk("handler")
    handler.get_by_role("link", name="拖了很久的").last.click()
    handler.get_by_role("button", name="知悉").click()
    expect(handler.get_by_text("记下了：您已知悉。")).to_be_visible()
    assert Alarm.objects.get(case=case, kind="urged").how == "read"
    supervisor.goto(f"/desk/cases/{case.no}/do/supervise/")
    supervisor.get_by_label("推诿、敷衍、拖延").check()
    supervisor.get_by_label("督办意见").fill("请三个工作日内完成调查。")
    send(supervisor)
    expect(supervisor.get_by_text("督办函").first).to_be_visible()
    handler.goto("/desk/")
    handler.locator(".alarm-list").get_by_role("link", name=case.title).last.click()
    handler.get_by_role("link", name="督办反馈").click()
    expect(handler.get_by_text("请三个工作日内完成调查")).to_be_visible()
    handler.get_by_label("督办反馈").fill("周三前调查完，周五拟好意见。")
    send(handler)
    assert Alarm.objects.get(case=case, kind="feedback").how == "answer_supervision"


def test_the_pages_of_supervision_pass_axe_and_work_on_a_phone(
    desk: Desk, transactional_world: World, axe: Axe
) -> None:
    transactional_world.case("handling", now=NOW - 70 * DAYS, title="拖了很久的")
    sweep(now=NOW)
    alarm = Alarm.objects.filter(kind="late").get()
    for options in ({}, {"viewport": PHONE, "has_touch": True, "is_mobile": True}):
        page = desk("supervisor", **options)
        for address in (
            "/desk/",
            "/desk/board/",
            "/desk/board/?show=soon",
            f"/desk/alarms/{alarm.pk}/",
            "/desk/absence/",
        ):
            page.goto(address)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (address, options)


def test_without_a_script_a_matter_is_urged_all_the_same(desk: Desk, transactional_world: World) -> None:
    case = transactional_world.case("handling", now=NOW - 70 * DAYS, title="拖了很久的")
    sweep(now=NOW)
    page = desk("head", java_script_enabled=False)
    page.goto("/desk/board/?show=all")
    page.get_by_role("button", name="催办拖了很久的").or_(
        page.get_by_role("button", name="催办 拖了很久的")
    ).first.click()
    expect(page.get_by_text("催办了1件")).to_be_visible()
    assert case.events.filter(action="urge").count() == 1
