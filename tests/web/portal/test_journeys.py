"""Whole journeys in Chromium on a phone: with a script and without, by keyboard, in large print; every page without findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as house
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from huiyin.cases.models import Case
from huiyin.kernel import clock
from tests.browser import OpenContext
from tests.documents import files
from tests.world import World

STORY = "我是退休职工王桂芝。今年的取暖补贴到现在没有发给我。\n希望补发。"
PHONE = {"width": 390, "height": 844}
READING = ("/", "/help/", "/regulations/", "/privacy/", "/accessibility/", "/track/", "/file/what/")
SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')]
    .filter((node) => !node.closest('.scroll, .hidden-words, .skip, svg') && node.getBoundingClientRect().right > width + 1)
    .map((node) => `${node.tagName}.${node.className} ${node.textContent.slice(0, 30)}`)
    .concat(document.documentElement.scrollWidth > width ? ['page'] : []);
}"""
SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, summary')]
  .filter((node) => node.getClientRects().length && !node.closest('.skip, .mark, p:not(.links):not(:has(> .back)):not(:has(> .phone))'))
  .map((node) => node.matches('.choice input') ? node.parentElement : node.matches('.upload input') ? node.closest('.upload') : node)
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([node, box]) => box.height < 59.5 || box.width < 59.5)
  .map(([node, box]) => `${node.tagName}.${node.className} ${node.textContent.slice(0, 20)} ${box.width}×${box.height}`)"""


@pytest.fixture
def live(live_server: LiveServer, transactional_world: World, settings: object) -> str:
    settings.BASE_URL = live_server.url  # type: ignore[attr-defined]
    assert live_server.url == house.BASE_URL
    return str(live_server.url)


def open_phone(
    open_context: OpenContext, live: str, *, elder: bool = False, width: int = 390, script: bool = True
) -> Page:
    context = open_context(viewport=PHONE | {"width": width}, java_script_enabled=script, bypass_csp=True)
    if elder:
        context.add_cookies([{"name": "portal_size", "value": "elder", "url": live}])
    return context.new_page()


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def picture(tmp_path: Path, name: str = "通知.png") -> Path:
    path = tmp_path / name
    path.write_bytes(files.encoded("PNG"))
    return path


def file_a_matter(page: Page, live: str, tmp_path: Path, look: Callable[[], None] = lambda: None) -> Case:
    page.goto(live)
    page.get_by_role("link", name="反映一件事").click()
    look()
    press(page, "继续")
    look()
    page.get_by_label("发生了什么事").fill(STORY)
    press(page, "继续")
    page.locator("input[type=file]").set_input_files(picture(tmp_path))
    if page.locator("button[value=add]").is_visible():
        press(page, "把选好的放上来")
    expect(page.locator(".photos")).to_contain_text("收到了")
    look()
    press(page, "继续")
    page.get_by_label("您的姓名").fill("王桂芝")
    page.locator("label", has_text="打电话").click()
    press(page, "继续")
    look()
    page.get_by_label("您的电话").fill("0700-555 0188")
    press(page, "继续")
    look()
    page.get_by_label("给这件事起个名字").fill("取暖补贴没有发")
    press(page, "交给接待室")
    expect(page.locator("h1")).to_contain_text("收到了")
    look()
    return Case.objects.get()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_matter_is_filed_followed_and_taken_back(
    open_context: OpenContext, live: str, tmp_path: Path, script: bool
) -> None:
    page = open_phone(open_context, live, script=script)
    case = file_a_matter(page, live, tmp_path)
    assert (case.text, case.title, case.files.count()) == (STORY, "取暖补贴没有发", 1)
    page.get_by_role("link", name="看看办到哪一步了").click()
    expect(page.locator("main")).to_contain_text("现在在这一步")
    page.get_by_role("link", name="撤回这件事").click()
    press(page, "撤回")
    expect(page.locator("main")).to_contain_text("您撤回了这件事")


def test_a_photo_chosen_before_the_script_arrives_is_sent_all_the_same(
    open_context: OpenContext, live: str, tmp_path: Path
) -> None:
    page = open_phone(open_context, live)
    page.goto(live + "/file/what/")
    page.get_by_label("发生了什么事").fill(STORY)
    held: list[Route] = []
    page.route("**/filing*.js", lambda route: held.append(route))
    page.get_by_role("button", name="继续", exact=True).click(no_wait_after=True)
    page.locator("input[type=file]").set_input_files(picture(tmp_path))
    assert held
    page.unroute("**/filing*.js")
    expect(page.locator(".photos")).to_contain_text("收到了")
    page.go_back()
    page.go_forward()
    expect(page.locator(".photos li")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_answered_matter_is_read_and_rated(
    open_context: OpenContext, live: str, transactional_world: World, script: bool
) -> None:
    case = transactional_world.case("delivered", now=clock.now() - timedelta(days=2))
    page = open_phone(open_context, live, script=script)
    page.goto(f"{live}/track/")
    page.get_by_label("收据上的查询码").fill(
        f"{case.receipt_code[:4]} {case.receipt_code[4:8]}－{case.receipt_code[8:]}"
    )
    press(page, "查一查")
    page.get_by_role("link", name="看信，去评价").click()
    page.get_by_label("电话的后四位").fill("0000")
    press(page, "打开")
    page.get_by_role("link", name=re.compile("打开.*信访处理意见书")).click()
    expect(page.locator("#letter")).to_contain_text("投诉请求")
    page.get_by_role("link", name="回到这件事").click()
    page.get_by_role("link", name="去评价").click()
    for group in ("接待", "办理", "过程", "结果"):
        expect(page.get_by_role("group", name=group).get_by_role("radio", name="不评这项")).to_be_checked()
    page.get_by_role("group", name="接待").get_by_text("满意", exact=True).click()
    page.get_by_label("还有话想说").fill("来电话很及时")
    press(page, "交上去")
    expect(page.locator("main")).to_contain_text("您是这样评的")
    expect(page.locator("main")).to_contain_text("来电话很及时")


@pytest.mark.parametrize("script", [True, False])
def test_a_review_is_asked_for_on_the_phone_in_large_print(
    open_context: OpenContext, live: str, transactional_world: World, axe: Callable[[Page], None], script: bool
) -> None:
    case = transactional_world.case("delivered", now=clock.now())
    page = open_phone(open_context, live, elder=True, script=script)
    page.goto(f"{live}/t/{case.receipt_secret}/")
    page.get_by_role("link", name="不满意，请上一级再看").first.click()
    if script:
        axe(page)
        assert page.evaluate(SIDEWAYS) == []
    page.get_by_label("哪一项不同意，为什么").fill("标准算错了，请再看。")
    press(page, "交上去")
    expect(page.get_by_text("您的请求收到了")).to_be_visible()
    case.refresh_from_db()
    assert case.state == "reviewing" and case.clocks.filter(term="review", stopped_on=None).exists()


def test_a_matter_is_filed_with_the_keyboard_alone(open_context: OpenContext, live: str) -> None:
    page = open_phone(open_context, live)
    page.goto(f"{live}/file/what/")

    def go_to(selector: str) -> None:
        for _step in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"no way to {selector} by keyboard")

    go_to("textarea")
    page.keyboard.type("取暖补贴没有发。")
    for selector in ("button[value=next]", "button[value=next]", "[name=phone]"):
        go_to(selector)
        if selector.startswith("button"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
    page.keyboard.type("13800000000")
    go_to("button[value=next]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    go_to("button[value=hand-in]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Case.objects.get().text == "取暖补贴没有发。"


@pytest.mark.parametrize(("width", "elder"), [(390, False), (390, True), (320, True), (1280, False), (1280, True)])
def test_filing_has_no_findings_and_fits(
    open_context: OpenContext, live: str, tmp_path: Path, axe: Callable[[Page], None], width: int, elder: bool
) -> None:
    page = open_phone(open_context, live, elder=elder, width=width)

    def look() -> None:
        inspect(page, axe, elder=elder)

    file_a_matter(page, live, tmp_path, look)


@pytest.mark.parametrize(("width", "elder"), [(390, False), (390, True), (320, True), (1280, False), (1280, True)])
def test_reading_and_following_have_no_findings_and_fit(
    open_context: OpenContext,
    live: str,
    transactional_world: World,
    axe: Callable[[Page], None],
    width: int,
    elder: bool,
) -> None:
    handling = transactional_world.case("handling", now=clock.now() - timedelta(days=80))
    answered = transactional_world.case("delivered", now=clock.now() - timedelta(days=2))
    letter = answered.letters.filter(kind="opinion").get()
    page = open_phone(open_context, live, elder=elder, width=width)
    more = [f"/t/{one.receipt_secret}/" for one in (handling, answered)]
    more += [f"/matter/{handling.no}/add/", f"/matter/{handling.no}/close/"]
    more += [f"/matter/{answered.no}/{where}" for where in ("rate/", "review/", f"letters/{letter.pk}/")]
    for path in (*READING, *more):
        page.goto(live + path)
        inspect(page, axe, elder=elder)


def inspect(page: Page, axe: Callable[[Page], None], *, elder: bool) -> None:
    """No accessibility finding, nothing wider than the screen, and in 长辈版 no target under 60 pixels."""
    axe(page)
    assert page.evaluate(SIDEWAYS) == [], page.url
    if elder:
        assert page.evaluate(SMALL) == [], page.url


@pytest.mark.parametrize(("width", "elder", "before"), [(390, False, True), (390, True, True), (1280, False, False)])
def test_letters_come_before_the_way_behind_where_there_is_no_room_beside(
    live: str, open_context: OpenContext, transactional_world: World, width: int, elder: bool, before: bool
) -> None:
    case = transactional_world.case("delivered", now=clock.now() - timedelta(days=2))
    page = open_phone(open_context, live, elder=elder, width=width)
    page.goto(f"{live}/t/{case.receipt_secret}/")
    letters = page.get_by_role("heading", name="给您的信")
    way = page.get_by_role("heading", name=re.compile("走"))
    expect(letters).to_have_count(1)
    higher = page.evaluate(
        "([a, b]) => a.getBoundingClientRect().top < b.getBoundingClientRect().top",
        [letters.element_handle(), way.first.element_handle()],
    )
    assert page.locator("main").get_by_role("heading", name="给您的信").count() == int(before)
    assert higher
