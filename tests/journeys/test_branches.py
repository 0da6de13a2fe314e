"""Every branch of the procedure through the desk's real pages, by those who take its steps; the petitioner looks at the end.

Where a branch begins on the ordinary path, the matter is brought there by the services; each step of the branch is taken in a
browser, from the case's page through the link and the form. Meetings, joint handling, the reception and screenings have journeys
of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import expect

from huiyin.cases.models import Case
from huiyin.procedure.editions.regulations_2022 import EDITION
from tests.browser import OpenContext
from tests.desk import Desk, take
from tests.journeys.branch import ADOPTED, drawn
from tests.journeys.branches import BRANCHES, NO_FORM, OTHERS
from tests.world import NOW, World

TESTS = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def test_every_step_that_has_a_form_is_taken_in_a_browser() -> None:
    taken = {action for branch in BRANCHES.values() for _, action, _ in branch.steps}
    assert {*EDITION.actions} - taken == {*OTHERS, *NO_FORM}
    for action, (module, pressed) in OTHERS.items():
        assert pressed in (TESTS / module).read_text(encoding="utf-8"), action


@pytest.mark.parametrize("name", BRANCHES)
def test_a_branch_is_walked_through_its_pages(
    desk: Desk, transactional_world: World, open_context: OpenContext, live_server: Any, tmp_path: Path, name: str
) -> None:
    world, branch = transactional_world, BRANCHES[name]
    given = branch.given(world) if callable(branch.given) else branch.given
    case = world.case(branch.begins, now=NOW, **(given or {}))
    before = set(case.letters.values_list("kind", flat=True))
    windows: dict[str, Any] = {}
    for who, action, facts in branch.steps:
        windows[who] = windows.get(who) or desk(who)
        take(windows[who], case.no, action, drawn(facts, world, tmp_path))
    case = Case.objects.get(pk=case.pk)
    assert case.state == branch.ends
    assert branch.letters <= set(case.letters.values_list("kind", flat=True)) - before
    phone = open_context(base_url=live_server.url, viewport={"width": 390, "height": 844}).new_page()
    phone.goto(f"/t/{case.receipt_secret}/")
    for words in branch.reads:
        expect(phone.locator("main")).to_contain_text(words)


def test_an_accusation_stays_hidden_from_whoever_did_not_take_it_in(desk: Desk, transactional_world: World) -> None:
    case = transactional_world.register(purpose="accusation", claims=[])
    page = desk("handler")
    answer = page.goto(f"/desk/cases/{case.no}/")
    assert answer is not None and answer.status in (403, 404)
    expect(page.locator("main")).not_to_contain_text(case.title)


def test_a_letter_of_two_matters_is_split_at_the_desk_and_followed_with_its_one_receipt(
    desk: Desk, transactional_world: World, open_context: OpenContext, live_server: Any
) -> None:
    world = transactional_world
    letter, item = world.register(), {"title": "楼道灯坏了", "text": "楼道灯坏了半年。", "part_claims": "修好楼道灯"}
    clerk = desk("clerk")
    take(clerk, letter.no, "split", {**item, "purpose": "suggestion", "claims": "补发取暖补贴"})
    part = Case.objects.exclude(pk=letter.pk).get()
    expect(clerk.locator("section", has=clerk.locator("#links"))).to_contain_text(
        f"分出去办的{part.no} {item['title']} 已登记"
    )
    for _, action, by, facts in world.path(NOW)[:8]:
        part = world.perform(part, action, by, **({**facts, "claims": ADOPTED} if action == "draft" else facts))
    phone = open_context(base_url=live_server.url, viewport={"width": 390, "height": 844}).new_page()
    phone.goto("/track/")
    phone.get_by_label("收据上的查询码").fill(letter.receipt_code)
    phone.get_by_role("button", name="查一查").click()
    expect(phone.locator("#items")).to_contain_text(part.no)
    phone.goto(f"/matter/{letter.no}/open/")
    phone.locator("input[name=fact]").fill("0000")
    phone.get_by_role("button", name="打开").click()
    phone.locator("#items a").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(item["title"])
    phone.get_by_role("link", name="去评价").click()
    phone.wait_for_url(f"**/matter/{part.no}/rate/")
    phone.goto(f"/matter/{part.no}/")
    phone.get_by_role("link", name="回到这封信的第一件").click()
    phone.wait_for_url(f"**/matter/{letter.no}/")
    phone.get_by_role("link", name="看完了").click()
    phone.get_by_role("button", name="关上").click()
    phone.goto(f"/matter/{part.no}/")
    phone.wait_for_url("**/track/")
