"""Where the focus stands when a form opens, and where a box to tick stands on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.desk import Desk, arrived
from tests.world import World

FIRST = "document.activeElement.matches('form[data-begin] :is(input, select, textarea)')"


def test_a_form_opens_in_its_first_field_and_escape_still_leaves_it(desk: Desk, transactional_world: World) -> None:
    case = transactional_world.case("registered")
    page = desk("leader")
    page.goto(f"/desk/cases/{case.no}/do/accept/")
    page.wait_for_load_state()
    assert page.evaluate(FIRST)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(f"/desk/cases/{case.no}/$"))
    page.goto(f"/desk/cases/{case.no}/do/accept/#main")
    page.wait_for_load_state()
    assert not page.evaluate(FIRST)


def test_registering_begins_in_its_first_field(desk: Desk) -> None:
    page = desk("clerk")
    page.goto("/desk/register/")
    arrived(page, "登记")
    assert page.evaluate(FIRST)


def test_a_box_stands_left_of_its_words_on_a_phone(desk: Desk, transactional_world: World) -> None:
    case = transactional_world.case("registered")
    page = desk("leader", viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(f"/desk/cases/{case.no}/do/accept/")
    box = page.locator(".field--check input").first.bounding_box()
    words = page.locator(".field--check .field-label").first.bounding_box()
    assert box and words
    assert box["x"] + box["width"] <= words["x"] and abs(box["y"] - words["y"]) < 12
    assert not page.evaluate(FIRST)
