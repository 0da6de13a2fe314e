"""Every branch of the procedure through the desk's real pages, by those who take its steps; the petitioner looks at the end.

Where a branch begins on the ordinary path, the matter is brought there by the services; each step of the branch is taken in a
browser, from the case's page through the link and the form. Meetings, joint handling, the reception and screenings have journeys
of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from playwright.sync_api import expect

from huiyin.cases.models import Case
from tests import ways
from tests.browser import OpenContext
from tests.desk import Desk, take
from tests.world import NOW, World

TODAY, LATER = NOW.date().isoformat(), ways.soon(NOW, 10)
IN_HAND = {"mode": "direct", "on": TODAY, "received_by": "孟庆兰"}
TOLD = {"mode": "hand", "on": TODAY, "received_by": "孟庆兰"}
LED = {
    "item": "4", **ways.BODY, "route": "申请行政复议", "statute": "《社会保险法》第八十三条", "limit": "知道之日起60日",
    "passed_how": "复印件交本人", "reason": "待遇核定由经办机构作出。",
}  # fmt: skip
HEARING = {
    "hearing_on": LATER, "hearing_at": "上午9点", "place": "三楼会议室", "chair": "leader", "participants": "孟庆兰\n待遇核发科",
    "subject": "取暖补贴的面积",
}  # fmt: skip
SETTLED = {
    "form": "mediation", "held_on": TODAY, "voluntary": True, "parties": "孟庆兰\n云湖供电公司", "mediator": "调解员",
    "agreement": "补发180元。", "perform_by": LATER, "money": "no",
}  # fmt: skip

ADOPTED = [{"text": "修好楼道灯", "result": "adopted", "reason": "已经报修。", "basis": "《物业管理条例》第三十五条"}]

Facts = Mapping[str, Any] | Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True)
class Branch:
    """A way: where the matter stands, the steps (who, action, what is typed), and what the petitioner reads at the end."""

    begins: str
    steps: tuple[tuple[str, str, Facts], ...]
    ends: str
    reads: tuple[str, ...]
    letters: frozenset[str] = frozenset()
    given: Mapping[str, Any] | None = None


def to(name: str, **more: Any) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {**world.to(name), **more}


def again(world: World) -> Mapping[str, Any]:
    """The matter that was registered last is a repeat of one that was re-reviewed."""
    case = Case.objects.filter(state="registered").latest("pk")
    earlier = world.again(case, world.case("concluded", now=NOW), NOW)
    return {
        **ways.RECUSAL,
        "earlier": earlier,
        "same": "面积、标准上次都查过。",
        "nothing_new": True,
        "help": "接待室每月上门一次。",
    }


BRANCHES = {
    "passed on, objected to, taken back": Branch(
        "registered",
        (
            ("leader", "forward", to("sister_clerk", mode="forward", asked="请当面听取意见。")),
            ("clerk", "tell_transfer", TOLD),
            ("sister_leader", "object", ways.OBJECTED),
            ("leader", "agree_return", to("clerk", checked="查过职责清单，确实不归它。")),
        ),
        "registered", ("正在看归谁办", "重新安排谁来办"), frozenset({"forward", "transfer"}),
    ),
    "led into another procedure": Branch(
        "registered", (("leader", "lead", LED), ("clerk", "tell_direction", IN_HAND)), "closed",
        ("该找谁", ways.BODY["body"], "申请行政复议"), frozenset({"direction"}),
    ),
    "told whose it is": Branch(
        "registered",
        (
            ("leader", "inform", {**ways.BODY, "passed_on": TODAY, "passed_how": "挂号寄去", "reason": "本系统没有核定权。"}),
            ("clerk", "tell_direction", IN_HAND),
        ),
        "closed", ("该找谁", ways.BODY["body"], ways.BODY["body_phone"]), frozenset({"inform"}),
    ),
    "re-reviewed, brought again with nothing new": Branch(
        "registered", (("leader", "not_again", again), ("clerk", "tell_direction", IN_HAND)), "closed",
        ("不再受理", "答复过同样的事实和理由", "有新的情况，随时可以再提"), frozenset({"not_again"}),
    ),
    "a suggestion": Branch(
        "registered",
        (("leader", "accept", {**ways.RECUSAL, "route": "由待遇科研究。"}), ("leader", "assign", to("handler"))),
        "handling", ("正在调查核实", "给您书面答复"), given={"purpose": "suggestion"},
    ),
    "an accusation, sealed": Branch(
        "registered",
        (("leader", "transfer_sealed", {"body": "纪检监察机关", "on": TODAY, "how": "专人送达", "papers": "信件一份"}),),
        "transferred", ("已经按规定移送",), frozenset({"sealed_transfer"}), given={"purpose": "accusation", "claims": []},
    ),
    "simple, then ordinary": Branch(
        "registered",
        (
            ("leader", "simple_accept", to("handler", **ways.SIMPLE)),
            ("handler", "convert", {"reason": "要去现场看面积。", "route": "由待遇科调查核实。"}),
        ),
        "handling", ("改按普通程序办",), frozenset({"simple_acceptance", "acceptance"}),
    ),
    "extended": Branch(
        "handling",
        (
            ("leader", "extend", {"days": "20", "reason": "要向省公司调档案，四月底才能到。"}),
            ("clerk", "tell_extension", TOLD),
        ),
        "handling", ("延长", "延期告知书"), frozenset({"extension"}),
    ),
    "heard": Branch(
        "handling",
        (
            ("head", "call_hearing", HEARING),
            ("handler", "end_hearing", {"on": TODAY, "minutes": "双方说明了情况。", "finding": "面积录入有误。"}),
        ),
        "handling", ("要开听证会", "开过听证会了"), frozenset({"hearing"}),
    ),
    "settled": Branch(
        "handling",
        (
            ("handler", "settle", SETTLED),
            ("handler", "carry_out", {"on": TODAY, "done": "补发到卡上。"}),
            ("handler", "close", {}),
        ),
        "closed", ("双方达成了协议", "答应的事办到了"), frozenset({"mediation", "execution"}),
    ),
    "taken back, brought again": Branch(
        "handling",
        (
            ("clerk", "withdraw", {"way": "visit", "on": TODAY, "freely": True, "reason": "家里人办好了。"}),
            ("clerk", "resume", {"way": "phone", "on": TODAY, "reason": "又少发了，请接着办。"}),
        ),
        "registered", ("您撤回了这件事", "您说要接着办"), frozenset({"withdrawal"}),
    ),
    "carried on by the family": Branch(
        "handling", (("clerk", "succeed", {"on": TODAY, "successor": "孟小兰", "kinship": "女儿", "phone": "13800000001"}),),
        "handling", ("由家人继续",),
    ),
    "a group that changes its representatives": Branch(
        "handling",
        (
            ("clerk", "represent", {
                "representatives": ["1"], "joined": "王素芬，13800000002，湖滨路8号", "members": "赵铁柱", "left": ["2"], "main": "new",
                "copies": ["1"], "reason": "大家在接待室重新推选的。",
            }),
            ("leader", "extend", {"days": "20", "reason": "要向省公司调档案。"}),
        ),
        "handling", ("记下了谁是代表、信写给谁",), frozenset({"extension"}),
        {"channel": "visit", "people_count": 36, "petitioners": [
            {"name": "张国强", "phone": "13800000000", "is_representative": True}, {"name": "李桂珍", "is_representative": True},
        ]},
    ),
    "a daughter acts for her mother, until she is not to": Branch(
        "delivered",
        (
            ("clerk", "authorise", {
                "name": "孟小兰", "relation": "女儿", "scope": ["papers", "review"], "basis": "oral", "from_on": TODAY, "until_on": LATER,
                "heard": "电话里问过本人，念给本人听了。",
            }),
            ("clerk", "request_review", {"request": "标准还是算错了。", "agent": "1"}),
            ("clerk", "revoke_authority", {"agent": "1", "why": "revoked", "on": TODAY, "how": "本人来电"}),
        ),
        "reviewing", ("记下了谁可以替您办", "替您办的委托到此为止"), frozenset({"review_receipt"}),
    ),
    "nobody's letter, and then somebody's": Branch(
        "issued",
        (
            ("clerk", "deliver", {"mode": "unknown", "on": TODAY}),
            ("clerk", "identify", {"on": TODAY, "how": "本人来电", "person_q": "孟庆兰", "phone": "13800000000"}),
            ("clerk", "bring_answer", IN_HAND),
        ),
        "delivered", ("知道您是谁、怎样联系您了", "书面答复送到您手里"), frozenset({"service"}), {"petitioners": []},
    ),
    "reviewed by the unit above": Branch(
        "reviewing",
        (
            ("sister_leader", "take_review", to("sister_handler", **ways.RECUSAL)),
            ("sister_handler", "draft_review", ways.CONCLUSION),
            ("sister_leader", "issue_review", {}),
            ("sister_clerk", "deliver_review", IN_HAND),
            ("station_handler", "carry_out", {"on": TODAY, **ways.PAID}),
        ),
        "reviewed", ("谁复查的", "南桥所", "上一级看过，维持原来的答复"), frozenset({"review_opinion", "execution"}),
    ),
    "urged, explained, supervised, ordered again": Branch(
        "drafted",
        (
            ("supervisor", "ask_explanation", {"words": "为什么还没有答复？", "answer_by": LATER}),
            ("handler", "explain", {"words": "档案昨天才到。"}),
            ("supervisor", "supervise", {"ground": "delay", "words": "请本周办结。", "answer_by": LATER}),
            ("handler", "answer_supervision", {"words": "周五办结。"}),
            ("supervisor", "order_again", {"ground": "facts", "reason": "面积没有核实。"}),
        ),
        "handling", ("正在调查核实",), frozenset({"supervision"}),
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.mark.parametrize("name", BRANCHES)
def test_a_branch_is_walked_through_its_pages(
    desk: Desk, transactional_world: World, open_context: OpenContext, live_server: Any, name: str
) -> None:
    world, branch = transactional_world, BRANCHES[name]
    case = world.case(branch.begins, now=NOW, **(branch.given or {}))
    before = set(case.letters.values_list("kind", flat=True))
    windows: dict[str, Any] = {}
    for who, action, facts in branch.steps:
        windows[who] = windows.get(who) or desk(who)
        take(windows[who], case.no, action, facts(world) if callable(facts) else facts)
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
