"""Every component in every state: sound markup, no accessibility findings, nothing wider than a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import OpenContext

PAGES = {"portal": ("/ui/portal/", "portal_size", "elder"), "desk": ("/ui/desk/", "desk_size", "large")}
STYLES = Path(__file__).parents[2] / "src/huiyin/web/ui/static/ui"
SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  const inside = '.scroll, .ruler-scroll, .tabs, .rail, dialog, .hidden-words, .skip, svg';
  return [...document.querySelectorAll('body *')]
    .filter((node) => !node.closest(inside) && node.getBoundingClientRect().right > width + 1)
    .map((node) => `${node.tagName}.${node.className}`).concat(document.documentElement.scrollWidth > width ? ['page'] : []);
}"""


def open_gallery(open_context: OpenContext, server: LiveServer, which: str, width: int, big: bool) -> Page:
    path, cookie, value = PAGES[which]
    context = open_context(viewport={"width": width, "height": 900}, bypass_csp=True)  # axe is injected as a script
    if big:
        context.add_cookies([{"name": cookie, "value": value, "url": server.url}])
    page = context.new_page()
    page.goto(server.url + path)
    return page


@pytest.mark.parametrize("big", [False, True], ids=["usual", "big"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("which", PAGES)
def test_the_gallery_has_no_findings_and_fits(
    open_context: OpenContext, live_server: LiveServer, axe: Callable[[Page], None], shot: Callable[[Page, str], Path],
    which: str, width: int, big: bool,
) -> None:  # fmt: skip
    page = open_gallery(open_context, live_server, which, width, big)
    axe(page)
    assert page.evaluate(SIDEWAYS) == []
    shot(page, f"gallery-{which}-{width}{'-big' if big else ''}")


def test_portal_text_has_a_contrast_of_seven_to_one(open_context: OpenContext, live_server: LiveServer) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_gallery(open_context, live_server, "portal", 1280, False)
    page.evaluate("document.querySelectorAll('.notice--soon, .notice--late').forEach((node) => node.remove())")
    rules = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
    assert not Axe().run(page, options=rules).response["violations"]


@pytest.mark.parametrize("which", PAGES)
def test_the_gallery_is_sound_without_a_browser(client: Client, db: None, which: str) -> None:
    html = client.get(PAGES[which][0]).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    named = set(re.findall(r'\s(?:for|aria-labelledby|aria-controls)="([^"]+)"', html))
    described = {one for group in re.findall(r'\saria-describedby="([^"]+)"', html) for one in group.split()}
    assert len(re.findall(r"<h1\b", html)) == 1
    assert 'lang="zh-CN"' in html
    assert len(ids) == len(set(ids))
    assert named | described <= set(ids)


def test_all_styles_together_stay_below_60_kb() -> None:
    assert sum(path.stat().st_size for path in STYLES.glob("*.css")) < 60_000


def test_the_desk_works_without_a_script(plain_page: Page, live_server: LiveServer) -> None:
    plain_page.goto(live_server.url + "/ui/desk/")
    assert plain_page.get_by_role("button", name="查找").first.is_visible()
    plain_page.get_by_role("link", name="全部快捷键").click()
    assert plain_page.get_by_role("heading", level=1).inner_text() == "快捷键"


def test_the_elder_version_is_the_same_page_in_larger_letters(plain_page: Page, live_server: LiveServer) -> None:
    plain_page.goto(live_server.url + "/ui/portal/?from=paper")
    words = plain_page.locator("main").inner_text()
    plain_page.get_by_role("link", name="长辈版").click()
    assert plain_page.url.endswith("/ui/portal/?from=paper")
    assert plain_page.evaluate("getComputedStyle(document.documentElement).fontSize") == "26px"
    assert plain_page.locator("main").inner_text().split() == words.split()
