"""The desk in a browser, for journeys: windows of signed-in people, and the keys with which they send a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import OpenContext
from tests.world import PASSWORD, World

Desk = Callable[..., Page]


@pytest.fixture
def desk(transactional_world: World, live_server: Any, open_context: OpenContext) -> Desk:
    """`desk("clerk")`: a window in which that person has signed in through the page."""

    def sign_in(name: str, **options: Any) -> Page:
        page = open_context(base_url=live_server.url, **options).new_page()
        page.goto("/desk/sign-in/")
        page.get_by_label("账号").fill(name)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_text("我的一天").first).to_be_visible()
        page.wait_for_load_state()
        return page

    return sign_in


def arrived(page: Page, title: str) -> None:
    """The page with that heading is there, its scripts too."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.wait_for_load_state()


def keys(page: Page, *pressed: str) -> None:
    """Presses keys one after the other, once the page's scripts are there to hear them."""
    page.wait_for_load_state()
    for each in pressed:
        page.keyboard.press(each)


def confirm(page: Page) -> None:
    """Ctrl+Enter, once the page's scripts are there to hear it."""
    keys(page, "Control+Enter")


def send(page: Page) -> None:
    """Ctrl+Enter, and back on the page of the case."""
    confirm(page)
    expect(page.get_by_role("status").filter(has_text="已记下")).to_be_visible()
    page.wait_for_load_state()


def send_empty(page: Page) -> None:
    """Ctrl+Enter, and the same page says what is missing."""
    confirm(page)
    expect(page.get_by_role("alert")).to_be_visible()
    page.wait_for_load_state()


def take(page: Page, no: str, action: str, facts: Mapping[str, Any]) -> None:
    """From the case's page through the step's link, folded or not, into its form; filled in by the fields' names and sent."""
    page.goto(f"/desk/cases/{no}/")
    link = page.locator(f'.panel a[href$="/do/{action}/"]')
    if not link.is_visible():
        page.locator(".panel-rare summary").click()
    link.click()
    page.wait_for_url(f"**/do/{action}/")
    for name, value in facts.items():
        if name != "office":  # follows from the person
            _fill(page, name, value)
    send(page)


def _fill(page: Page, name: str, value: Any) -> None:
    """One field of a step's form, whatever it is drawn as."""
    field = page.locator(f'main [name="{name}"]')
    kind = field.first.evaluate("(node) => node.tagName === 'INPUT' ? node.type : node.tagName")
    if kind == "radio":
        page.locator(f'main [name="{name}"][value="{value}"]').check()
    elif kind == "checkbox" and isinstance(value, list):
        for box in field.all():
            box.set_checked(box.get_attribute("value") in value)
    elif kind == "checkbox":
        field.set_checked(bool(value))
    elif kind == "file":
        field.set_input_files(value)
    elif kind == "SELECT":
        field.select_option(str(value))
    else:
        field.fill(str(value))
