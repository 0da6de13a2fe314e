"""Which letter a step makes, what it says to whom, and how its delivery is recorded (Arts. 23, 29, 31, 32, 34 and 35)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from huiyin.cases.models import Case, CaseLetter
from huiyin.cases.verification import verify
from huiyin.documents.letters.content import build
from huiyin.kernel.errors import Invalid, Refused
from tests.world import ANSWERS, NOW, World

NEXT_DAY = NOW + timedelta(days=1)


def letters(case: Case) -> list[tuple[str, str]]:
    return [(letter.kind, letter.label) for letter in case.letters.all()]


def last(case: Case, kind: str) -> CaseLetter:
    return case.letters.filter(kind=kind).order_by("-pk")[0]


def words(letter: CaseLetter) -> str:
    return build(letter.kind, letter.data).text


def form(letter: CaseLetter) -> dict[str, str]:
    return {row.label: row.value or row.chosen for row in build(letter.kind, letter.data).form}


def clocks(case: Case) -> dict[str, str]:
    return {clock.term: clock.outcome for clock in case.clocks.all()}


def investigated(world: World, **facts: Any) -> Case:
    case = world.case("handling", **facts)
    return world.perform(case, "investigate", "handler", kind="files", on="2026-03-02", source="名册", found="有误")


def answered(world: World, claims: list[dict[str, str]], **facts: Any) -> Case:
    case = investigated(world, claims=[{"text": claim["text"]} for claim in claims], **facts)
    superior = "" if facts.get("purpose") in ("suggestion", "enquiry") else "省公司"
    case = world.perform(case, "draft", "handler", claims=claims, facts="已经查明。", superior=superior)
    return world.perform(world.perform(case, "approve", "head"), "issue", "leader")


def test_the_notice_of_acceptance_names_the_office_until_there_is_a_handler(world: World) -> None:
    case = world.case("accepted")
    assert case.responsible == world.staff["clerk"]
    text = words(last(case, "acceptance"))
    assert "办理单位：云湖供电公司，联系部门：接待室，电话：0700-555 0123" in text
    assert "承办人：" not in text and "clerk" not in text


def test_a_letter_after_assignment_names_the_handler(world: World) -> None:
    case = world.perform(world.case("handling"), "extend", "leader", days=15, reason="要核对台账。")
    assert "有事请联系：handler 0700-555 0126。" in words(last(case, "extension"))


def test_what_is_told_on_the_spot_before_acceptance_is_a_letter_and_the_term_runs_until_acceptance_is_told(
    world: World,
) -> None:
    case = world.register()
    case = world.perform(
        case, "notify", "clerk", mode="hand", on="2026-03-02", received_by="孟庆兰", delivered_by="李文清"
    )
    assert (case.state, clocks(case)) == ("registered", {"notice": ""})
    assert letters(case) == [("notice", "云供信〔2026〕1号"), ("service", "云供信〔2026〕1号")]
    assert "是否受理，本单位另行书面告知您" in words(last(case, "notice"))
    proof = form(last(case, "service"))
    assert (proof["送达文书"], proof["送达方式"], proof["送达人签名"]) == ("信访事项告知书", "直接", "李文清")
    assert proof["受送达人\n签名或者盖章"] == "孟庆兰" and proof["送达日期"] == "2026年3月2日"


@pytest.mark.parametrize(
    ("mode", "typed", "printed"),
    [
        ("visit", "", "湖滨路2号"),
        ("post", "", "湖滨路2号"),
        ("hand", "", ""),
        ("message", "", ""),
        ("hand", "接待室", "接待室"),
    ],
)
def test_a_proof_of_delivery_names_the_place_where_it_was_handed_over(
    world: World, mode: str, typed: str, printed: str
) -> None:
    case = world.perform(world.register(), "accept", "leader", recusal_checked=True, route="由待遇科调查核实。")
    case = world.perform(case, "notify", "clerk", mode=mode, on="2026-03-02", reference="XB1", place=typed)
    assert form(last(case, "service"))["送达地点"] == printed


def test_after_a_notice_on_the_spot_the_notice_of_acceptance_is_delivered_too_and_then_no_more(world: World) -> None:
    case = world.perform(world.register(), "notify", "clerk", mode="hand", on="2026-03-02")
    case = world.perform(case, "accept", "leader", recusal_checked=True, route="由待遇科调查核实。")
    case = world.perform(case, "notify", "clerk", mode="post", on="2026-03-02", reference="XB1")
    proof = form(last(case, "service"))
    assert (proof["送达文书"], proof["文　　号"], proof["送达方式"]) == ("受理告知书", "云供信〔2026〕2号", "邮寄")
    assert clocks(case)["notice"] == "met"
    with pytest.raises(Refused):
        world.perform(case, "notify", "clerk", mode="hand", on="2026-03-02")


def test_a_notice_that_was_given_earlier_is_on_record_with_its_true_day_and_makes_no_paper(world: World) -> None:
    case = world.register()
    late = NOW + timedelta(days=20)
    case = world.perform(case, "notify", "clerk", now=late, mode="hand", on="2026-03-03")
    assert case.marks["notified_on"] == "2026-03-03" and letters(case) == []
    case = world.perform(case, "accept", "leader", now=late, recusal_checked=True, route="由待遇科调查核实。")
    case = world.perform(case, "notify", "clerk", now=late, mode="hand", on="2026-03-22")
    clock = case.clocks.get(term="notice")
    assert (clock.stopped_on, clock.outcome) == (date(2026, 3, 22), "late")
    assert list(verify()) == []


@pytest.mark.parametrize("on", ["2026-03-01", "2026-03-04"])
def test_a_notice_is_given_between_receipt_and_today(world: World, on: str) -> None:
    with pytest.raises(Invalid) as refused:
        world.perform(world.register(), "notify", "clerk", now=NEXT_DAY, mode="hand", on=on)
    assert refused.value.errors.keys() == {"on"}


@pytest.mark.parametrize(
    ("channel", "owed"),
    [("letter", False), ("web", False), ("community", False), ("superior", True), ("hotline", True)],
)
def test_only_what_came_directly_is_freed_from_notice_by_an_unclear_name(
    world: World, channel: str, owed: bool
) -> None:
    case = world.register(channel=channel, petitioners=[{"name": ""}])
    assert ("notice" in clocks(case)) is owed and case.marks["notice_waived"] is not owed


def test_the_petitioner_is_told_of_an_extension_and_it_is_on_record(world: World) -> None:
    case = world.case("handling")
    with pytest.raises(Refused):
        world.perform(case, "tell_extension", "clerk", mode="hand", on="2026-03-02")
    case = world.perform(case, "extend", "leader", days=30, reason="要核对台账。")
    case = world.perform(
        case, "tell_extension", "clerk", now=NEXT_DAY, mode="visit", on="2026-03-03", received_by="孟庆兰"
    )
    proof = form(last(case, "service"))
    assert (proof["送达文书"], proof["送达人签名"]) == ("延期告知书", "clerk")
    assert case.marks["extension_told_on"] == "2026-03-03"
    with pytest.raises(Refused):
        world.perform(case, "tell_extension", "clerk", now=NEXT_DAY, mode="visit", on="2026-03-03")


SUGGESTED = [{"text": "活动室周末开放", "result": "partly_adopted", "reason": "周六开放。"}]


def test_a_suggestion_has_no_sixty_days_no_review_and_gets_a_reply(world: World) -> None:
    case = answered(world, SUGGESTED, purpose="suggestion")
    notice = words(last(case, "acceptance"))
    assert "本事项属于建议意见" in notice and "第三十四条" not in notice and "复查" not in notice
    assert clocks(case) == {"notice": "met", "reply": "met", "deliver": ""}
    reply = words(last(case, "reply"))
    assert "予以部分采纳：周六开放。" in reply and "第二十九条" in reply
    assert "第三十二条" not in reply and "复查" not in reply
    case = world.perform(case, "deliver", "clerk", mode="direct", on="2026-03-02", received_by="孟庆兰")
    assert "request-review" not in clocks(case) and form(last(case, "service"))["送达文书"] == "答复意见书"
    assert world.perform(case, "close", "handler").state == "closed"
    assert list(verify()) == []


def test_an_enquiry_is_answered_without_any_outcome_of_article_32(world: World) -> None:
    claims = [{"text": "补贴怎么算", "result": "answered", "reason": "按面积算。"}]
    reply = words(last(answered(world, claims, purpose="enquiry"), "reply"))
    assert "您的询问，现答复如下：按面积算。" in reply and "缺乏法律依据" not in reply


def test_nothing_is_extended_where_no_statutory_term_runs(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.perform(world.case("handling", purpose="suggestion"), "extend", "leader", days=10, reason="忙")
    assert refused.value.code == "has_sixty_days"


def test_acceptance_sets_a_wrong_purpose_right_and_its_clock_follows(world: World) -> None:
    case = world.register(purpose="suggestion")
    case = world.perform(case, "accept", "leader", recusal_checked=True, route="由待遇科办。", purpose="request")
    assert case.purpose == "request" and set(clocks(case)) == {"notice", "handle"}
    other = world.register(purpose="request")
    other = world.perform(other, "accept", "leader", recusal_checked=True, route="由待遇科办。", purpose="enquiry")
    assert other.purpose == "enquiry" and set(clocks(other)) == {"notice", "reply"}
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("purpose", "result"), [("suggestion", "supported"), ("enquiry", "adopted"), ("request", "adopted")]
)
def test_a_result_must_fit_the_kind_of_matter(world: World, purpose: str, result: str) -> None:
    case = investigated(world, purpose=purpose)
    claims = [{"text": "补发", "result": result, "reason": "查明。", "basis": "《办法》"}]
    with pytest.raises(Invalid) as refused:
        world.perform(case, "draft", "handler", claims=claims, facts="查明。", superior="省公司")
    assert refused.value.errors["claims"].code == "results_fit"


REFUSED = {"text": "补发取暖补贴", "result": "not_supported", "reason": "面积无误。", "basis": "《办法》第八条"}


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        ("facts", "您的请求缺乏事实根据（有关规定：《办法》第八条）。"), ("rules", "您的请求不符合《办法》第八条的规定。"),
        ("both", "您的请求缺乏事实根据，也不符合《办法》第八条的规定。"),
    ],
)  # fmt: skip
def test_a_refusal_says_its_ground(world: World, ground: str, said: str) -> None:
    case = answered(world, [REFUSED | {"ground": ground}])
    assert said in words(last(case, "opinion")) and case.claims.get().ground == ground


def test_a_refusal_without_its_ground_is_not_drafted(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        answered(world, [REFUSED])
    assert refused.value.errors["claims"].code == "grounds_given"
    with pytest.raises(Invalid):
        answered(world, [REFUSED | {"ground": "mood"}])


def test_a_question_in_a_complaint_is_answered_and_not_said_to_lack_a_rule(world: World) -> None:
    case = answered(world, [ANSWERS[0], {"text": "说明标准", "result": "answered", "reason": "标准由市里统一规定。"}])
    text = words(last(case, "opinion"))
    assert "（二）关于第2项请求。该项询问，现答复如下：标准由市里统一规定。" in text and "缺乏法律依据" not in text


def test_only_an_opinion_needs_a_reviewing_body(world: World) -> None:
    case = investigated(world)
    with pytest.raises(Invalid) as refused:
        world.perform(case, "draft", "handler", claims=ANSWERS, facts="查明。")
    assert refused.value.errors.keys() == {"superior"}


def test_a_settled_matter_that_was_taken_over_was_settled_when_it_was_answered(world: World) -> None:
    from huiyin.cases import services

    facts = {
        "channel": "letter", "received_on": "2024-05-06", "title": "补贴", "text": "补发补贴。", "petitioners": [],
        "reply": "已补发。", "replied_on": "2024-06-03",
    }  # fmt: skip
    case = services.register(by=world.actor("clerk"), now=NOW, facts=facts, action="import_closed")
    case.refresh_from_db()
    assert case.closed_at == datetime(2024, 6, 3, tzinfo=NOW.tzinfo)
    assert case.events.get().at == NOW and list(verify()) == []


def test_an_answer_that_was_brought_ends_the_notice_too(world: World) -> None:
    case = answered(world, ANSWERS)
    case = world.perform(case, "deliver", "clerk", mode="direct", on="2026-03-02", received_by="孟庆兰")
    assert clocks(case)["notice"] == "met"


def test_an_answer_to_nobody_known_is_settled_without_inventing_a_signature(world: World) -> None:
    known = answered(world, ANSWERS)
    with pytest.raises(Invalid) as refused:
        world.perform(known, "deliver", "clerk", mode="unknown", on="2026-03-02")
    assert refused.value.errors.keys() == {"mode"}
    case = answered(world, ANSWERS, petitioners=[])
    made = letters(case)
    case = world.perform(case, "deliver", "clerk", mode="unknown", on="2026-03-02")
    assert "request-review" not in clocks(case) and letters(case) == made
    case = world.perform(case, "carry_out", "handler", on="2026-03-02", done="标准已经改正。")
    assert world.perform(case, "close", "handler").state == "closed"
