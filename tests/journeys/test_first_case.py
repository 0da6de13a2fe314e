"""One matter from a scanned letter to an answered, archived file: each step in Chromium by the one whose step it is.

The parts follow one another on the same `Walk`; each looks at its pages with axe and reads the papers back.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from django.conf import settings as house
from docx import Document
from playwright.sync_api import Page, expect

from bench.ocr import error_rate
from huiyin.cases import archive
from huiyin.cases.models import Case
from huiyin.commands import export, verify
from huiyin.demo import scan
from huiyin.jobs import worker
from huiyin.people.persons import save_person
from huiyin.people.policy import SYSTEM
from tests.browser import OpenContext
from tests.desk import Desk, arrived, confirm, keys, send, send_empty
from tests.documents import paper
from tests.world import NOW, World

LETTER = (
    "接待室的同志：\n我是供电公司的退休职工。今年的取暖补贴少发了三个月，请补发，并说明标准。\n"
    "住址是湖滨路2号，电话没有变。\n孟庆兰\n2026年2月27日"
)
TITLE = "取暖补贴少发"
RETIREE = {"name": "孟庆兰", "phone": "13800005678", "address": "湖滨路2号", "staff_no": "yh0042"}
ANSWERS = (("支持", "补发180元。"), ("解释说明", "标准由市里统一规定。"))
ASPECTS = ("接待", "办理", "过程", "结果")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
PAPERS = {"受理告知书": "acceptance", "信访处理意见书": "opinion", "送达回证": "service"}


@dataclass
class Walk:
    """The matter on its way: whose windows are open, what was told on paper."""

    desk: Desk
    axe: Callable[[Page], None]
    url: str
    windows: dict[str, Page] = field(default_factory=dict)
    no: str = ""
    code: str = ""

    def at(self, name: str, path: str = "") -> Page:
        """That person's window, on the page of the matter or below it."""
        if name not in self.windows:
            self.windows[name] = self.desk(name)
        page = self.windows[name]
        page.goto(f"/desk/cases/{self.no}/{path}" if self.no else "/desk/")
        page.wait_for_load_state()
        self.axe(page)
        return page

    def sent(self, page: Page) -> None:
        """The step is taken, and the page of the matter shows it without findings."""
        self.axe(page)
        send(page)
        self.axe(page)

    def case(self) -> Case:
        return Case.objects.get(no=self.no)


@pytest.fixture
def walk(
    desk: Desk, transactional_world: World, axe: Callable[[Page], None], live_server: Any, settings: Any
) -> Iterator[Walk]:
    settings.BASE_URL = live_server.url
    assert live_server.url == house.BASE_URL
    with time_machine.travel(NOW, tick=True):
        save_person(person=None, data=RETIREE, by=SYSTEM, now=NOW, office=transactional_world.unit)
        yield Walk(desk, axe, live_server.url)


def test_a_scanned_letter_becomes_an_answered_and_archived_matter(
    walk: Walk, open_context: OpenContext, tmp_path: Path
) -> None:
    the_clerk_registers_the_scan(walk, tmp_path)
    the_receipt_says_number_code_and_day(walk)
    the_counter_accepts_tells_and_assigns(walk)
    the_handler_looks_into_it_and_drafts(walk, tmp_path)
    head_and_leader_sign(walk)
    the_clerk_hands_the_letter_over(walk)
    the_letters_say_what_was_decided(walk)
    the_petitioner_follows_and_rates(walk, open_context)
    it_is_settled_and_archived(walk)
    the_whole_file_leaves_by_button_and_by_command(walk, tmp_path)
    assert run(verify.command).exit_code == 0


def the_clerk_registers_the_scan(walk: Walk, tmp_path: Path) -> None:
    page = walk.at("clerk")
    keys(page, "n")
    arrived(page, "登记")
    walk.axe(page)
    read_the_scan(page, tmp_path)
    page.keyboard.press("Alt+1")
    page.keyboard.type("mql")
    expect(page.get_by_role("option", name=re.compile("孟庆兰"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="信访人")).to_have_value("孟庆兰")
    for key, typed in (("3", "昨天"), ("4", TITLE), ("5", "补发取暖补贴\n说明标准")):
        page.keyboard.press(f"Alt+{key}")
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
    walk.axe(page)
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("已登记")
    walk.axe(page)
    registered = Case.objects.get()
    walk.no, walk.code = registered.no, registered.receipt_code
    assert (registered.title, registered.petitioner_name, registered.claims.count()) == (TITLE, "孟庆兰", 2)
    assert error_rate(LETTER, registered.text) < 0.02


def read_the_scan(page: Page, tmp_path: Path) -> None:
    """The letter on paper is chosen, the job that waits for it is run, its text comes into the field by itself."""
    (tmp_path / "来信.jpg").write_bytes(scan.letter(LETTER, random.Random(7)).getvalue())
    page.set_input_files("#scan-file", tmp_path / "来信.jpg")
    expect(page.get_by_role("img", name="扫描件第1页")).to_be_visible()
    assert worker.run_ready() >= 1
    expect(page.get_by_label("反映的内容")).to_have_value(re.compile("取暖补贴少发了三个月"))


def the_receipt_says_number_code_and_day(walk: Walk) -> None:
    receipt = fetched(walk.windows["clerk"], "打印回执")
    said = paper.words(receipt)
    for words in (walk.no, walk.code, "3月1日（3月2日登记）", "孟庆兰", "3月16日"):
        assert words in said, words
    assert paper.qr_code(paper.picture(receipt)) == f"{walk.url}/t/{walk.case().receipt_secret}/"


def the_counter_accepts_tells_and_assigns(walk: Walk) -> None:
    head = walk.at("counter_head")
    keys(head, "1")
    arrived(head, "受理")
    send_empty(head)
    head.get_by_label("已核对").check()
    head.get_by_label("处理途径和程序").fill("由待遇核发科调查核实，逐项书面答复。")
    walk.sent(head)
    clerk = walk.at("clerk", "do/notify/")
    clerk.get_by_label("当场书面告知").check()
    clerk.get_by_label("告知日期").fill("今天")
    walk.sent(clerk)
    head = walk.at("counter_head", "do/assign/")
    head.get_by_label("承办人").select_option(label="handler")
    walk.sent(head)
    arrived(head, "我的一天")  # the matter went to another section and is no longer theirs to see


def the_handler_looks_into_it_and_drafts(walk: Walk, tmp_path: Path) -> None:
    (tmp_path / "名册.txt").write_text("发放名册\n")
    page = walk.at("handler", "do/investigate/")
    page.get_by_label("查阅档案").check()
    page.get_by_label("找了谁、看了什么").fill("发放名册")
    page.get_by_label("查明了什么").fill("面积少录二十平方米。")
    page.set_input_files("input[type=file]", tmp_path / "名册.txt")
    walk.sent(page)
    expect(page.get_by_role("link", name="名册.txt").first).to_be_visible()
    keys(page, "1")
    arrived(page, "拟写处理意见")
    for number, (result, reason) in enumerate(ANSWERS, start=1):
        claim = page.locator(f"#claim-{number}")
        claim.get_by_label(result, exact=True).check()
        if result == "支持":
            claim.get_by_label("要付钱", exact=True).check()
            claim.get_by_label("金额").fill("180元")
        claim.get_by_label("说明", exact=True).fill(reason)
        claim.get_by_label("依据").fill("《供暖补贴办法》第六条")
    page.get_by_label("查明的事实和理由").fill("面积录入有误。")
    expect(page.locator("#letter")).to_contain_text("予以支持：补发180元。")
    expect(page.locator("#letter")).to_contain_text("面积录入有误。")
    walk.sent(page)


def head_and_leader_sign(walk: Walk) -> None:
    for name, title in (("head", "核签"), ("leader", "签发处理意见书")):
        page = walk.at(name)
        keys(page, "1")
        arrived(page, title)
        walk.sent(page)
    expect(page.get_by_role("link", name="信访处理意见书").first).to_be_visible()


def the_clerk_hands_the_letter_over(walk: Walk) -> None:
    page = walk.at("clerk", "do/deliver/")
    page.get_by_label("直接送达").check()
    page.get_by_label("收到日期").fill("今天")
    page.get_by_label("签收人（可以不填）").fill("孟庆兰")
    walk.sent(page)


def the_letters_say_what_was_decided(walk: Walk) -> None:
    page = walk.windows["clerk"]
    opinion = {
        "投诉请求",
        "予以支持",
        "补发180元。",
        "标准由市里统一规定。",
        "《供暖补贴办法》第六条",
        "面积录入有误。",
        "复查",
    }
    for name, words in (
        ("受理告知书", {"由待遇核发科调查核实"}), ("信访处理意见书", opinion), ("送达回证", {"送达文书信访处理意见书", "送达日期2026年3月2日"}),
    ):  # fmt: skip
        label = walk.case().letters.filter(kind=PAPERS[name]).latest("pk").label
        for made in (paper.words(fetched(page, f"PDF {name}")), docx_words(fetched(page, f"Word {name}"))):
            missing = {one for one in {*words, "孟庆兰", "".join(label.split())} if one not in made}
            assert not missing, (name, missing, made)


def the_petitioner_follows_and_rates(walk: Walk, open_context: OpenContext) -> None:
    page = open_context(base_url=walk.url, **PHONE).new_page()
    page.goto("/track/")
    page.get_by_label("收据上的查询码").fill(f"{walk.code[:4]} {walk.code[4:8]} {walk.code[8:]}")
    press(walk, page, "查一查")
    expect(page.locator("main")).not_to_contain_text("补发180元")
    page.get_by_role("link", name="看信，去评价").click()
    page.get_by_label("电话的后四位").fill(RETIREE["phone"][-4:])
    press(walk, page, "打开")
    expect(page.locator("main")).to_contain_text("补发180元")
    walk.axe(page)
    page.get_by_role("link", name=re.compile("打开.*信访处理意见书")).click()
    expect(page.locator("#letter")).to_contain_text("投诉请求")
    walk.axe(page)
    page.get_by_role("link", name="回到这件事").click()
    page.get_by_role("link", name="去评价").click()
    for aspect in ASPECTS:
        page.get_by_role("group", name=aspect).get_by_text("满意", exact=True).click()
    press(walk, page, "交上去")
    expect(page.locator("main")).to_contain_text("您是这样评的")
    walk.axe(page)
    given = walk.case().evaluation
    assert {given.reception, given.handling, given.procedure, given.result} == {"satisfied"} and given.via == "portal"


def press(walk: Walk, page: Page, words: str) -> None:
    """Looks at the page, presses the button on it, and waits for the next page."""
    walk.axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def it_is_settled_and_archived(walk: Walk) -> None:
    handler = walk.at("handler", "do/carry_out/")
    expect(handler.locator("main")).to_contain_text("要附付款凭证")
    handler.get_by_label("怎样执行、履行的").fill("补发180元，本人已签收。")
    handler.get_by_label("金额").fill("180元")
    handler.get_by_label("付款凭证").fill("银行回单20260302-1")
    handler.set_input_files(
        "input[type=file]", files=[{"name": "回单.txt", "mimeType": "text/plain", "buffer": "银行回单".encode()}]
    )
    walk.sent(handler)
    handler = walk.at("handler")
    keys(handler, "1")
    arrived(handler, "办结")
    walk.sent(handler)
    clerk = walk.at("clerk", "do/archive/")
    clerk.get_by_role("group", name="保管期限").get_by_role("radio").first.check()
    walk.sent(clerk)
    assert walk.case().state == "archived"


def the_whole_file_leaves_by_button_and_by_command(walk: Walk, tmp_path: Path) -> None:
    page, by_hand, by_command = walk.windows["clerk"], tmp_path / "button.zip", tmp_path / "command.zip"
    with page.expect_download() as download:
        page.get_by_role("link", name="导出全卷").click()
    download.value.save_as(by_hand)
    assert run(export.command, "case", walk.no, "--out", by_command).exit_code == 0
    assert by_hand.read_bytes() == by_command.read_bytes()
    assert archive.check_bundle(by_hand) == []
    assert run(verify.command, "--bundle", by_hand).exit_code == 0


def fetched(page: Page, words: str) -> bytes:
    """What the link of that name gives to the one who sees it."""
    answer = page.request.get(page.get_by_role("link", name=words).last.get_attribute("href") or "")
    assert answer.ok, (words, answer.status)
    return answer.body()


def docx_words(content: bytes) -> str:
    """All words of a Word file, tables included, without blanks."""
    body = Document(io.BytesIO(content)).element.body
    return "".join("".join(body.itertext()).split())


def run(command: Any, *arguments: object) -> Any:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    assert result.exit_code == 0, (result.output, result.exception)
    return result
