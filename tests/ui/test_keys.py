"""The desk without a mouse: rows, keys, dialogs and look-ups; and what a form does while it is sent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def desk(page: Page, live_server: LiveServer) -> Page:
    page.goto(live_server.url + "/ui/desk/")
    page.evaluate("document.activeElement.blur()")
    return page


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent || document.activeElement.id")


def test_j_and_k_walk_the_rows_and_x_ticks_them(desk: Page) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    assert focused(desk).startswith("通信补贴停发")
    desk.keyboard.press("x")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("Shift+X")
    expect(desk.locator("[data-bulk-count]")).to_have_text("3")
    desk.keyboard.press("k")
    assert focused(desk).startswith("供暖费票据被退")


def test_enter_opens_the_row_under_the_cursor(desk: Page) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    assert desk.url.endswith("#2025-2098")


def test_the_whole_list_is_ticked_and_cleared_from_its_head(desk: Page) -> None:
    expect(desk.locator("[data-bulk]")).to_be_hidden()
    desk.locator("[data-select-all]").check()
    expect(desk.locator("[data-bulk-count]")).to_have_text("6")
    desk.locator("[data-select-all]").uncheck()
    expect(desk.locator("[data-bulk]")).to_be_hidden()


def test_slash_searches_and_escape_leaves_the_field(desk: Page) -> None:
    desk.keyboard.press("/")
    assert focused(desk) == "search"
    desk.keyboard.press("j")
    expect(desk.locator("#search")).to_have_value("j")
    desk.keyboard.press("Escape")
    assert focused(desk) != "search"


def test_a_question_mark_shows_all_keys_and_escape_puts_them_away(desk: Page) -> None:
    desk.keyboard.press("?")
    expect(desk.locator("#shortcuts")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#shortcuts")).to_be_hidden()


def test_a_number_presses_the_action_with_that_number(desk: Page) -> None:
    desk.keyboard.press("3")
    assert desk.url.endswith("#a3")


def test_a_dialog_opens_with_its_key_and_only_its_own_keys_work_then(desk: Page) -> None:
    desk.keyboard.press("h")
    dialog = desk.locator("#hand-over")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="不转").focus()
    desk.keyboard.press("3")
    assert not desk.url.endswith("#a3")
    dialog.get_by_role("button", name="不转").click()
    expect(dialog).to_be_hidden()


def test_keys_rest_while_an_input_method_composes(desk: Page) -> None:
    desk.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', isComposing: true, bubbles: true}))"
    )
    expect(desk.locator("#shortcuts")).to_be_hidden()


def test_single_keys_can_be_switched_off(desk: Page, live_server: LiveServer) -> None:
    desk.goto(live_server.url + "/preferences/keys/off/?next=/ui/desk/")
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("?")
    expect(desk.locator("#shortcuts")).to_be_hidden()


def test_shift_d_makes_everything_bigger_and_stays(desk: Page) -> None:
    desk.keyboard.press("Shift+D")
    assert desk.evaluate("getComputedStyle(document.documentElement).fontSize") == "18px"
    desk.reload()
    assert desk.evaluate("getComputedStyle(document.documentElement).fontSize") == "18px"


def test_alt_and_a_number_jump_to_the_field_of_that_number(desk: Page) -> None:
    desk.keyboard.press("Alt+2")
    assert focused(desk) == "f_phone"


def test_a_look_up_is_used_with_the_keyboard_alone(desk: Page) -> None:
    field = desk.get_by_role("combobox", name="来信人")
    field.focus()
    desk.keyboard.type("wxl")
    expect(desk.locator("#f_person-list [role=option]")).to_have_count(4)
    expect(field).to_have_attribute("aria-expanded", "true")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(field).to_have_value("王雪莲")
    expect(desk.locator("#f_person")).to_have_value("2")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_changing_the_words_of_a_look_up_forgets_the_person(desk: Page) -> None:
    field = desk.get_by_role("combobox", name="来信人")
    field.fill("wxl")
    desk.locator("#f_person-list [role=option]").first.click()
    expect(desk.locator("#f_person")).to_have_value("1")
    field.fill("王秀")
    expect(desk.locator("#f_person")).to_have_value("")


def test_where_nobody_is_found_the_arrow_and_enter_take_the_newcomer(desk: Page) -> None:
    desk.get_by_role("combobox", name="来信人").fill("没有这个人")
    expect(desk.locator("#f_person-list [role=option]")).to_have_count(1)
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("#f_person-list [aria-selected=true]")).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(desk.locator("#f_person")).to_have_value("new")


@pytest.mark.parametrize("how", ["Enter", "click"])
def test_a_number_that_may_go_on_is_looked_up_when_it_is_asked_for(desk: Page, how: str) -> None:
    field, rows = desk.get_by_role("combobox", name="来信人"), desk.locator("#f_person-list [role=option]")
    field.fill("045182345678")
    expect(rows).to_have_text([re.compile("按回车再找")])
    field.press("Enter") if how == "Enter" else rows.click()
    expect(rows).to_have_text([re.compile("不在名册")])
    expect(desk.locator("#f_person")).to_have_value("")
    expect(field).to_have_value("045182345678")


def test_shift_enter_takes_the_newcomer(desk: Page) -> None:
    desk.get_by_role("combobox", name="来信人").fill("wxl")
    expect(desk.locator("#f_person-list [role=option]")).to_have_count(4)
    desk.keyboard.press("Shift+Enter")
    expect(desk.locator("#f_person")).to_have_value("new")


def test_a_draft_is_kept_while_one_writes(desk: Page) -> None:
    with desk.expect_request(lambda sent: sent.headers.get("x-requested-with") == "autosave") as saved:
        desk.get_by_label("内容").fill("我家暖气费少发了三个月")
    assert "draft" not in (saved.value.failure or "")
    expect(desk.locator("[data-autosave-state]")).to_contain_text("草稿已存")


def test_a_draft_that_could_not_be_sent_stays_and_is_tried_again(desk: Page) -> None:
    desk.route("**/ui/options/", lambda route: route.fulfill(status=404))
    desk.get_by_label("内容").fill("断网时写的")
    expect(desk.locator("[data-autosave-state]")).to_contain_text("没连上")
    expect(desk.get_by_label("内容")).to_have_value("断网时写的")
    desk.unroute("**/ui/options/")
    expect(desk.locator("[data-autosave-state]")).to_contain_text("草稿已存", timeout=12_000)


def test_a_form_is_sent_once_however_often_one_presses(page: Page, live_server: LiveServer) -> None:
    sent: list[str] = []

    def keep(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(status=204)  # no answer yet: the page stays

    page.goto(live_server.url + "/ui/portal/")
    page.route("**/ui/portal/", keep)
    form = page.locator("form", has=page.get_by_role("button", name="先不交，保存"))
    button = form.get_by_role("button").first
    button.click()
    expect(button).to_have_text("正在交，请等一下")
    button.click(force=True)
    form.evaluate("form => form.requestSubmit()")
    assert len(sent) == 1
    assert "what=all" in sent[0]


def test_reading_aloud_goes_through_the_page_and_says_the_code_by_groups(page: Page, live_server: LiveServer) -> None:
    page.add_init_script(
        """window.said = [];
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        const speak = (one) => { window.said.push(one.text); setTimeout(() => one.onend()); };
        Object.defineProperty(window, 'speechSynthesis', {value: {cancel() {}, speak}});"""
    )
    page.goto(live_server.url + "/ui/portal/")
    button = page.get_by_role("button", name="朗读本页")
    button.click()
    expect(page.get_by_role("button", name="停下来")).to_be_hidden(timeout=20_000)
    said = page.evaluate("window.said")
    assert said.index("事事有回音，件件有着落。") < said.index("您的查询码") < said.index("给您的信")
    assert "6 0 2 8, 4 1 7 3, 9 5 0 6" in said
    assert not any("602841739506" in words for words in said)
