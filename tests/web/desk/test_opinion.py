"""Drafting the opinion: every request answered, the letter beside it, Art. 32 checked."""

from __future__ import annotations

import re
from typing import Any

import pytest

from huiyin.cases.models import Case
from tests.world import ANSWERS, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> Case:
    found = world.case("handling")
    facts = {"kind": "files", "on": "2026-03-02", "source": "发放名册", "found": "少录面积。"}
    return world.perform(found, "investigate", "handler", **facts)


def typed(**more: str) -> dict[str, str]:
    claims = {f"claim-{n}-{name}": value for n, claim in enumerate(ANSWERS, 1) for name, value in claim.items()}
    return {**claims, "facts": "面积录入有误。", "superior": "云江省电力公司", **more}


def url(case: Case) -> str:
    return f"/desk/cases/{case.no}/do/draft/"


def hidden(client: Any, case: Case) -> dict[str, Any]:
    page = client.get(url(case))
    return {"version": page.context["version"], "key": page.context["key"]}


def test_requests_and_the_reviewing_body_are_there_already(case: Case, at_desk: Any, read: Any) -> None:
    page = read(at_desk("handler").get(url(case)))
    assert page.fields["claim-1-text"] == "补发取暖补贴" and page.fields["claim-2-text"] == "说明标准"
    assert page.fields["superior"] == "云江省电力公司"
    assert "还没有答复" in page.words and "每项都有结果 ，还没有" in page.words


def test_before_acceptance_the_page_says_what_must_come_first(world: World, at_desk: Any, read: Any) -> None:
    case = world.perform(world.register(), "hand_over", "clerk", **world.to("handler"), reason="归待遇科。")
    page = at_desk("handler").get(url(case))
    assert page.status_code == 200 and "现在是“已登记”" in read(page).words


def test_an_unanswered_request_is_marked_where_it_stands(case: Case, at_desk: Any, read: Any) -> None:
    client = at_desk("handler")
    sent = client.post(
        url(case), {**typed(), "claim-2-result": "", "claim-2-reason": "写好的说明", **hidden(client, case)}
    )
    page = read(sent)
    assert page.fields["claim-2-reason"] == "写好的说明"
    assert page.words.count("请选一项结果") == 2, "in the list on top and at its place"


def test_the_list_on_top_names_every_gap_with_its_request_and_leads_to_it(case: Case, at_desk: Any, read: Any) -> None:
    client = at_desk("handler")
    gone = {"claim-1-basis": "", "claim-2-result": "", "facts": ""}
    html = client.post(url(case), {**typed(), **gone, **hidden(client, case)}).content.decode()
    listed = re.search(r'<div class="error-summary".*?</ul>', html, re.DOTALL)
    assert listed is not None
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', listed[0])
    assert [id for id, _ in links] == ["claim-1-basis", "claim-2-result", "step-facts"]
    assert links[0][1].startswith("诉求1：") and links[1][1].startswith("诉求2：")
    assert all(f'id="{id}"' in html for id, _ in links) and "还差" in listed[0]
    assert listed[0].count("<li>") == len(links), "nothing stands there without a way to it"


def test_a_result_that_does_not_exist_is_refused_and_the_words_stay(case: Case, at_desk: Any, read: Any) -> None:
    client = at_desk("handler")
    page = read(client.post(url(case), {**typed(), "claim-1-result": "٣", **hidden(client, case)}))
    assert page.fields["claim-1-reason"] == "补发180元。" and Case.objects.get(pk=case.pk).state == "handling"


def test_the_letter_follows_what_is_typed(case: Case, at_desk: Any) -> None:
    part = (
        at_desk("handler")
        .post(url(case), {**typed(), "look": "letter"}, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert (
        "<html" not in part
        and "关于孟庆兰反映" in part
        and "予以支持：补发180元。" in part
        and "面积录入有误。" in part
    )
    empty = dict.fromkeys(typed(), "")
    part = (
        at_desk("handler").post(url(case), {**empty, "look": "letter"}, headers={"HX-Request": "true"}).content.decode()
    )
    assert "＿＿＿＿" in part


def test_without_a_script_the_letter_is_drawn_with_the_page(case: Case, at_desk: Any, read: Any) -> None:
    page = read(at_desk("handler").post(url(case), typed(look="letter")))
    assert "予以支持：补发180元。" in page.words and page.fields["facts"] == "面积录入有误。"
    assert Case.objects.get(pk=case.pk).state == "handling"


def test_the_paper_opens_as_pdf_once_it_is_whole(case: Case, at_desk: Any, read: Any) -> None:
    answer = at_desk("handler").post(url(case), typed(look="pdf"))
    assert answer["Content-Type"] == "application/pdf" and answer.content[:5] == b"%PDF-"
    page = read(at_desk("handler").post(url(case), {**typed(look="pdf"), "facts": ""}))
    assert "事实和理由" in page.words and page.fields["claim-1-reason"] == "补发180元。"


def test_a_request_can_be_added(case: Case, at_desk: Any, read: Any) -> None:
    client = at_desk("handler")
    page = read(client.post(url(case), typed(add="1")))
    assert page.fields["claim-3-text"] == "" and page.fields["claim-1-reason"] == "补发180元。"
    third = {
        "claim-3-text": "以后提前告知",
        "claim-3-result": "supported",
        "claim-3-money": "no",
        "claim-3-reason": "提前15日。",
        "claim-3-basis": "《告知办法》；第二条",
    }
    assert client.post(url(case), {**typed(), **third, **hidden(client, case)}).status_code == 302
    assert case.claims.count() == 3


def test_a_returned_draft_comes_back_with_all_its_words(case: Case, world: World, at_desk: Any, read: Any) -> None:
    world.perform(
        case, "draft", "handler", claims=ANSWERS, facts="面积录入有误。", superior="别的机关", attachments="计算表"
    )
    world.perform(case, "return", "head", reason="写明到款日期")
    page = read(at_desk("handler").get(url(case)))
    assert page.fields["facts"] == "面积录入有误。" and page.fields["superior"] == "别的机关"
    assert page.fields["attachments"] == "计算表" and page.fields["claim-1-result"] == "supported"


def test_a_half_written_opinion_is_found_again(case: Case, at_desk: Any, read: Any) -> None:
    client = at_desk("handler")
    assert client.post(f"{url(case)}draft/", {**typed(), "claim-2-reason": "写到一半"}).status_code == 204
    page = read(client.get(url(case)))
    assert page.fields["claim-2-reason"] == "写到一半" and page.fields["claim-1-result"] == "supported"


def test_a_case_without_requests_gets_one_to_fill_in(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("accepted", claims=[])
    case = world.perform(case, "assign", "leader", office=world.section.pk, staff=world.staff["handler"].pk)
    facts = {"kind": "files", "on": "2026-03-02", "source": "名册", "found": "少录。"}
    world.perform(case, "investigate", "handler", **facts)
    page = read(at_desk("handler").get(url(case)))
    assert page.fields["claim-1-text"] == ""


def test_nothing_is_drafted_before_anything_was_investigated(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("accepted")
    world.perform(case, "assign", "leader", office=world.section.pk, staff=world.staff["handler"].pk)
    words = read(at_desk("handler").get(url(case))).words
    assert "还没有调查记录" in words and "送核签" not in words.split("版面")[0]


def test_whether_money_is_to_be_paid_is_asked_here_and_shown_to_whoever_signs(
    case: Case, world: World, at_desk: Any, read: Any
) -> None:
    client = at_desk("handler")
    page = read(client.post(url(case), {**typed(), "claim-1-money": "", **hidden(client, case)}))
    assert "请选要不要付钱。" in page.words and "支持的写明要不要付钱 ，还没有" in page.words
    paying = {"claim-1-money": "yes", "claim-1-amount": "180元"}
    assert client.post(url(case), {**typed(), **paying, **hidden(client, case)}).status_code == 302
    for who, step in (("head", "approve"), ("leader", "issue")):
        page = read(at_desk(who).get(f"/desk/cases/{case.no}/do/{step}/"))
        assert "补发取暖补贴：要付钱，180元" in page.words
        case = world.perform(case, step, who)
    case = world.perform(case, "deliver", "clerk", mode="direct", on="2026-03-02", received_by="孟庆兰")
    page = read(at_desk("handler").get(f"/desk/cases/{case.no}/do/carry_out/"))
    assert "补发取暖补贴：要付钱，180元：要附付款凭证" in page.words
    assert "要付钱，180元" in read(at_desk("handler").get(f"/desk/cases/{case.no}/")).words


def test_what_was_refused_is_kept_as_the_draft(case: Case, at_desk: Any, read: Any) -> None:
    client = at_desk("handler")
    refused = {**typed(), "claim-2-result": "", "claim-2-reason": "最后写的这句", **hidden(client, case)}
    assert "请选一项结果" in read(client.post(url(case), refused)).words
    assert read(client.get(url(case))).fields["claim-2-reason"] == "最后写的这句"


def test_an_emptied_request_is_missed_and_whoever_signs_reads_what_was_left_out_and_put_otherwise(
    case: Case, at_desk: Any, read: Any
) -> None:
    client = at_desk("handler")
    sent = typed(**{"claim-1-of": "1", "claim-1-text": "补发三个月的取暖补贴", "claim-2-of": "2", "claim-2-text": ""})
    asked = read(client.get(url(case)))
    assert (asked.fields["claim-1-of"], asked.fields["claim-2-of"]) == ("1", "2")
    page = read(client.post(url(case), {**sent, **hidden(client, case)}))
    assert "登记的诉求有没答复的" in page.words and Case.objects.get(pk=case.pk).state == "handling"
    done = client.post(url(case), {**sent, "left_out": "和第一项是一件事。", **hidden(client, case)})
    assert done.status_code == 302 and Case.objects.get(pk=case.pk).state == "drafted"
    signing = read(at_desk("head").get(f"/desk/cases/{case.no}/do/approve/")).words
    assert "登记时写的是“补发取暖补贴”，现在写的是“补发三个月的取暖补贴”" in signing
    assert "没有单独答复“说明标准”：和第一项是一件事。" in signing
    assert "和第一项是一件事" in read(at_desk("head").get(f"/desk/cases/{case.no}/")).words
