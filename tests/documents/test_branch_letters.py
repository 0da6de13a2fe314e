"""The letters of all branches: what each must contain and cites, how it is refused, and how it looks on paper and in Word."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from docx import Document

from huiyin.documents.letters import docx, fonts, large_print, pdf
from huiyin.documents.letters.content import BUILDERS, LetterIncompleteError, build
from huiyin.procedure.papers import BETWEEN_OFFICES, IN_LARGE_PRINT, LETTERS
from tests.documents import paper
from tests.documents.branch_snapshots import BRANCHES, OPINION_1
from tests.documents.snapshots import HOSTILE, SNAPSHOTS

LARGE = sorted(set(BRANCHES) & IN_LARGE_PRINT)
MUSTS = [
    ("transfer", "body", "接收的机关、单位"), ("transfer", "mode", "是转送还是交办"), ("transfer", "result_due_on", "反馈办理结果的日期"),
    ("transfer", "sent_on", "转送、交办的日期"), ("forward", "body", "接收的机关、单位"), ("forward", "matter", "反映的是什么事"),
    ("assign_letter", "result_due_on", "反馈办理结果的日期"), ("inform", "body", "有权处理的机关、单位"), ("inform", "passed_on", "材料转去的日期"),
    ("inform", "passed_how", "材料是怎样转去的"), ("direction", "item", "第三十一条哪一项"), ("direction", "route", "应当走的法定程序"),
    ("direction", "body", "受理的机关"), ("direction", "statute", "期限的法律依据"), ("direction", "limit", "申请的期限"),
    ("sealed_transfer", "body", "纪检监察机关"), ("sealed_transfer", "received_on", "收到日期"), ("sealed_transfer", "sender", "发文单位的名称"),
    ("duty", "statute", "履行职责的法律法规依据"), ("duty", "doing", "将要做什么"), ("duty", "limit_on", "履行或者答复的期限"),
    ("duty", "handler", "办理部门"), ("duty_reply", "outcome", "是否履行了职责"), ("duty_reply", "done", "做了什么、查明了什么"),
    ("simple_acceptance", "due_on", "答复期限"), ("simple_acceptance", "queries", "查询办理情况的方式"),
    ("hearing", "hearing_on", "听证的日期"), ("hearing", "hearing_at", "听证的时间"), ("hearing", "place", "听证的地点"),
    ("hearing", "chair", "听证主持人"), ("hearing", "participants", "参加听证的人员"), ("mediation", "parties", "双方当事人"),
    ("mediation", "agreement", "协议内容"), ("mediation", "perform_by", "履行期限"), ("review_receipt", "earlier", "您请求复查、复核的意见"),
    ("review_receipt", "request", "信访人的复查、复核请求"), ("review_receipt", "due_on", "答复期限"),
    ("review_receipt", "stage", "是复查还是复核"), ("review_opinion", "earlier", "您请求复查、复核的意见"),
    ("review_opinion", "findings", "查明的事实"), ("review_opinion", "outcome", "维持、变更或者撤销"), ("review_opinion", "reasons", "理由"),
    ("review_opinion", "basis", "法律法规依据"), ("review_opinion", "decided", "变更后的意见"), ("review_opinion", "body", "复核机关、单位"),
    ("rereview_opinion", "findings", "查明的事实"), ("rereview_opinion", "requested_on", "收到请求的日期"),
    ("withdrawal", "withdrawn_on", "撤回的日期"), ("withdrawal", "way", "撤回是怎样提出的"), ("execution", "done", "落实了什么"),
    ("not_again", "earlier", "您请求复查、复核的意见"), ("not_again", "same", "事实和理由怎样相同"), ("not_again", "help", "接着怎样疏导、帮扶、救助"),
    ("not_accepted", "under_way", "正在办理的机关、单位"), ("not_accepted", "same", "怎样看出是同一信访事项"), ("not_accepted", "passed_how", "材料是怎样转去的"),
    ("execution", "paid_on", "支付的日期"), ("execution", "proof", "支付凭证"), ("execution", "earlier", "您请求复查、复核的意见"),
]  # fmt: skip
CITED = {
    "transfer": ("第二十三条第一款", "第二十三条第三款", "15日内（最迟2026年3月17日）", "5个工作日", "2026年4月30日以前反馈办理结果"),
    "forward": ("第二十二条第一款", "第二十三条第三款", "15日内书面告知", "5个工作日内向本单位提出异议，并详细说明理由", "信访人电话：0700-555 0177"),
    "assign_letter": ("第二十二条第一款第三项", "在2026年4月30日以前向本单位反馈办理结果，提交办结报告"),
    "inform": ("第二十三条第一款", "云湖市社会保险事业管理中心", "云湖市人民路66号", "2026年3月2日通过机要交换转给该单位"),
    "direction": ("第三十一条第四项", "一、申请期限：最迟2026年4月25日", "《行政复议法》第二十条：自知道或者应当知道", "以受理的机关认定的为准"),
    "sealed_transfer": ("第三十条第一款", "第三十条第三款", "密封移送", "检举控告材料（密封）"),
    "duty": ("第三十一条第五项", "《老年人权益保障法》第七十三条", "最迟2026年4月27日履行职责或者答复"),
    "duty_reply": ("第三十一条第五项", "本单位已经依法履行职责", "行政复议"),
    "simple_acceptance": ("《信访事项简易办理办法》", "最迟2026年3月16日", "第三十五条"),
    "hearing": ("第三十一条第六项", "2026年4月8日（周三）上午9点30分", "周建国（副经理）", "第二十八条第三款", "不延长本事项的办理期限"),
    "mediation": ("第三十三条", "甲方：王桂芝", "乙方：云湖供电公司", "2026年5月15日以前履行完毕", "甲方（签名或者盖章）"),
    "review_receipt": ("第三十五条", "云供信〔2026〕7号", "2026年5月19日收到", "最迟2026年6月18日"),
    "review_opinion": ("第三十五条", "变更云湖供电公司2026年4月20日作出的《信访处理意见书》（云供信〔2026〕7号）", "第三十六条", "30日内，向国网信访工作办公室请求复核"),
    "rereview_opinion": ("第三十六条", "2026年7月22日举行了听证", "维持云江省电力公司", "第三十六条第三款", "不再受理", "第三十七条", "社会救助"),
    "withdrawal": ("2026年4月18日当面提出撤回", "以后可以就本事项重新提出", "第十八条第四款"),
    "not_again": ("第三十六条第三款", "国网信〔2026〕5号", "维持原处理意见", "第三十七条", "申请临时救助", "有新的事实、理由或者证据的"),
    "not_accepted": ("第十九条第三款", "云湖供电公司南桥所已于2026年2月26日受理", "最晚2026年4月27日书面答复您", "2026年3月2日通过系统转送转给该单位", "第三十五条"),
    "execution": ("第三十二条第二款", "2026年4月28日支付2380元", "凭证：银行转账回单20260428-0091", "第四十条"),
}  # fmt: skip


def missing(kind: str, data: dict[str, Any]) -> str:
    """The Chinese sentence of the refusal; both languages must be complete."""
    with pytest.raises(LetterIncompleteError) as refused:
        build(kind, data)
    assert refused.value.words.zh.startswith(LETTERS[kind].zh) and refused.value.words.zh.endswith("。")
    assert not re.search(r"[一-鿿（）]", refused.value.words.en)
    return refused.value.words.zh


def test_every_paper_of_the_procedure_has_a_builder_and_a_snapshot() -> None:
    assert set(BUILDERS) == set(LETTERS)
    assert set(LETTERS) == set(BRANCHES) | set(SNAPSHOTS) | {"notice", "reply", "supervision"}


@pytest.mark.parametrize(("kind", "key", "words"), MUSTS)
@pytest.mark.parametrize("empty", [None, "", "  ", [], "gone"])
def test_a_letter_without_a_field_that_it_needs_names_the_field(kind: str, key: str, words: str, empty: object) -> None:
    data = {name: value for name, value in BRANCHES[kind].items() if name != key}
    assert words in missing(kind, data if empty == "gone" else data | {key: empty})


@pytest.mark.parametrize("kind", BRANCHES)
def test_a_letter_says_its_articles_dates_and_bodies(kind: str) -> None:
    text = build(kind, BRANCHES[kind]).text
    for words in CITED[kind]:
        assert words in text


@pytest.mark.parametrize("kind", LARGE)
def test_a_letter_to_the_petitioner_closes_with_what_comes_next_officially_and_in_plain_words(kind: str) -> None:
    letter = build(kind, BRANCHES[kind])
    assert len(letter.remedy) > 20 and letter.remedy.endswith("。")
    assert letter.answer and letter.answer.says.endswith("。") and letter.plain
    assert "《" not in letter.remedy_plain and letter.remedy_plain.endswith("。")


@pytest.mark.parametrize("kind", BRANCHES)
def test_a_snapshot_survives_json_and_wrong_types_are_refused_in_words(kind: str) -> None:
    data = BRANCHES[kind]
    assert build(kind, json.loads(json.dumps(data))) == build(kind, data)
    for key in data:
        for broken in (None, 5, "text", ["x"], {"name": ["x"]}, True):
            try:
                build(kind, data | {key: broken})
            except LetterIncompleteError as refused:
                assert refused.words.zh


@pytest.mark.parametrize("kind", BRANCHES)
def test_all_words_are_on_its_paper_a4_with_all_typefaces_inside(kind: str) -> None:
    letter = build(kind, BRANCHES[kind])
    made = pdf.render(letter)
    printed = re.sub(r"—\d+—", "", paper.words(made))
    for block in letter.blocks:
        assert "".join((block.lead + block.text).split()) in printed
    for word in (
        letter.sender.unit,
        *letter.title,
        letter.addressee,
        letter.number_label,
        letter.remedy,
        *letter.signatures,
    ):
        assert "".join(word.split()) in printed
    assert paper.size(made) == (210.0, 297.0) and all(paper.fonts(made).values())
    assert re.search(r'pdfaid:part(="|>)2', paper.metadata(made)) and made == pdf.render(build(kind, BRANCHES[kind]))


@pytest.mark.parametrize("kind", BRANCHES)
def test_its_words_are_in_the_word_file(kind: str) -> None:
    letter = build(kind, BRANCHES[kind])
    document = Document(io.BytesIO(docx.render(letter)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for block in letter.blocks:
        assert block.lead + block.text in text
    for line in (letter.remedy, letter.addressee, *letter.signatures):
        assert line in text


@pytest.mark.parametrize("kind", LARGE)
def test_the_large_print_form_says_answer_next_step_and_whom_to_ask(kind: str) -> None:
    letter = build(kind, BRANCHES[kind])
    made = large_print.render(letter, url="https://huiyin.example/t/8Fq2mZx71bTq")
    printed = paper.words(made)
    assert letter.answer is not None
    for words in (letter.answer.says, letter.remedy_heading, letter.remedy_plain, letter.contact):
        assert "".join(words.split()) in printed
    assert paper.size(made) == (210.0, 297.0) and all(paper.fonts(made).values()) and len(paper.pages(made)) <= 2
    for page in range(len(paper.pages(made))):
        assert not [row for row in paper.lines(paper.characters(made, page)) if row[0].text in "，。；：、！？）》"]


@pytest.mark.parametrize("kind", sorted(BETWEEN_OFFICES - {"supervision"}))
def test_letters_between_offices_say_nothing_in_plain_words_to_the_petitioner(kind: str) -> None:
    letter = build(kind, BRANCHES[kind])
    assert letter.answer is None and not letter.plain and letter.addressee == BRANCHES[kind]["body"]["name"]


LONG = "2026年3月12日核对发放名单，住址变更登记后漏发，应当补发2380元。"


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("forward", "asked"), ("inform", "reason"), ("direction", "bring"), ("duty", "doing"), ("duty_reply", "done"), ("hearing", "bring"),
        ("mediation", "agreement"), ("review_receipt", "request"), ("review_opinion", "findings"), ("rereview_opinion", "reasons"),
        ("withdrawal", "until"), ("execution", "done"),
    ],
)  # fmt: skip
def test_long_texts_run_over_pages_and_the_signature_never_stands_alone(kind: str, key: str) -> None:
    made = pdf.render(build(kind, BRANCHES[kind] | {key: (LONG * 6 + "\n") * 12}))
    last = len(paper.pages(made)) - 1
    assert last >= 3 and re.sub(r"—\d+—", "", paper.words(made)).count(LONG) == 72
    rows = ["".join(char.text for char in row) for row in paper.lines(paper.characters(made, last))]
    day = next(place for place, row in enumerate(rows) if re.fullmatch(r"2026年\d+月\d+日", row))
    assert day >= 2
    printed = [
        char
        for page in range(last + 1)
        for char in paper.characters(made, page)
        if char.text not in "，。、；：（）《》"
    ]
    assert min(char.left for char in printed) > 27.5 and max(char.right for char in printed) < 184.5


@pytest.mark.parametrize("kind", sorted(set(BRANCHES) - {"sealed_transfer"}))
def test_rare_characters_in_names_are_drawn(kind: str) -> None:
    letter = build(kind, BRANCHES[kind] | {"petitioner": {"name": "𠮷䶮喆堃"}})
    assert fonts.uncovered(letter.text) == []
    assert "𠮷䶮喆堃" in paper.words(pdf.render(letter))
    if kind in IN_LARGE_PRINT and letter.addressee:
        assert "𠮷䶮喆堃同志：" in paper.words(large_print.render(letter))


@pytest.mark.parametrize("kind", BRANCHES)
def test_markup_is_printed_and_never_run(kind: str) -> None:
    def hostile(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: hostile(item) for key, item in value.items()}
        return [hostile(item) for item in value] if isinstance(value, list) else HOSTILE

    free = {
        "matter",
        "body",
        "reason",
        "asked",
        "bring",
        "doing",
        "done",
        "place",
        "parties",
        "request",
        "findings",
        "until",
        "proof",
    }
    letter = build(kind, {key: hostile(value) if key in free else value for key, value in BRANCHES[kind].items()})
    assert '#panic("x")' in paper.words(pdf.render(letter))
    if kind in IN_LARGE_PRINT:
        assert paper.pages(large_print.render(letter))


def test_an_accusation_goes_on_without_the_petitioner_the_accused_or_the_matter() -> None:
    told = BRANCHES["sealed_transfer"] | {"petitioner": {"name": "王桂芝"}, "matter": "举报周建国", "how": "来信"}
    text = build("sealed_transfer", told).text
    assert "王桂芝" not in text and "周建国" not in text and "来信" not in text
    assert "第二十二条第二款" in build("sealed_transfer", told | {"role": "bureau"}).text


@pytest.mark.parametrize(("item", "words"), [("1", "第一项"), ("2", "第二项"), ("3", "第三项"), ("4", "第四项")])
def test_each_item_of_article_31_leads_into_its_procedure(item: str, words: str) -> None:
    letter = build("direction", BRANCHES["direction"] | {"item": item, "limit_on": ""})
    assert f"第三十一条{words}，" in letter.text and "一、申请期限\n" in letter.text and "请尽早向" in letter.text
    assert "第三十一条哪一项" in missing("direction", BRANCHES["direction"] | {"item": "5"})


def test_what_was_passed_on_without_a_date_for_its_result_asks_for_none() -> None:
    letter = build("transfer", BRANCHES["transfer"] | {"mode": "forward", "result_due_on": "", "told_by": ""})
    assert "反馈" not in letter.text and letter.title[-1] == "信访事项转送告知书"
    assert "第二十二条第一款" in build("transfer", BRANCHES["transfer"] | {"role": "bureau"}).text


def test_a_body_that_cannot_be_reached_does_not_end_a_matter() -> None:
    assert "地址或者电话" in missing("inform", BRANCHES["inform"] | {"body": {"name": "市社保中心"}})


def test_a_duty_that_was_not_performed_says_why() -> None:
    refused = BRANCHES["duty_reply"] | {"outcome": "not_performed"}
    assert "没有履行的理由" in missing("duty_reply", refused)
    text = build("duty_reply", refused | {"reasons": "该场所不在本单位管辖范围"}).text
    assert "本单位不予履行。" in text and "该场所不在本单位管辖范围。" in text


def test_a_hearing_in_a_rereview_says_that_its_time_is_not_counted() -> None:
    text = build("hearing", BRANCHES["hearing"] | {"stage": "rereview"}).text
    assert "第三十六条第二款" in text and "不计算在复核期限内" in text


@pytest.mark.parametrize(
    ("outcome", "words", "plain"),
    [
        ("maintain", "维持云湖供电公司2026年4月20日作出的《信访处理意见书》（云供信〔2026〕7号）。", "维持原来的答复"),
        ("revoke", "，责令云湖供电公司重新办理，并在2026年7月18日以前重新作出处理意见。", "要重新办"),
    ],
)
def test_a_review_maintains_or_revokes_and_says_what_follows(outcome: str, words: str, plain: str) -> None:
    letter = build(
        "review_opinion", BRANCHES["review_opinion"] | {"outcome": outcome, "redo_by": "2026-07-18", "decided": ""}
    )
    assert words in letter.text and letter.answer and plain in letter.answer.says
    assert ("仍然可以请求复查" in letter.remedy) is (outcome == "revoke")


def test_a_rereview_needs_both_earlier_opinions_and_a_receipt_speaks_of_its_stage() -> None:
    assert "原处理意见和复查意见" in missing(
        "rereview_opinion", BRANCHES["rereview_opinion"] | {"earlier": [OPINION_1]}
    )
    text = build("review_receipt", BRANCHES["review_receipt"] | {"stage": "rereview"}).text
    assert "复核申请收件回执" in text and "听证所需时间不计算在内" in text and "第三十六条第三款" in text


def test_a_rereview_that_revokes_does_not_close_the_door() -> None:
    letter = build("rereview_opinion", BRANCHES["rereview_opinion"] | {"outcome": "revoke"})
    assert "责令云湖供电公司重新办理。" in letter.text and "不再受理" not in letter.text + letter.remedy_plain
    assert "第三十五条" in letter.remedy and "社会救助" in letter.remedy


def test_an_agreement_needs_two_parties_and_a_settlement_has_no_mediator() -> None:
    assert "另一方当事人" in missing("mediation", BRANCHES["mediation"] | {"parties": "王桂芝"})
    letter = build(
        "mediation", BRANCHES["mediation"] | {"form": "settlement", "parties": "王桂芝\n云湖供电公司\n柳岸社区"}
    )
    assert letter.title[-1] == "和解协议书" and letter.addressee == ""
    assert letter.signatures == ("甲方（签名或者盖章）：", "乙方（签名或者盖章）：", "丙方（签名或者盖章）：")


def test_what_was_carried_out_without_money_needs_no_proof_and_what_is_left_is_said() -> None:
    data = BRANCHES["execution"] | {"amount": "", "proof": "", "paid_on": "", "outstanding": "无障碍坡道五月修好"}
    letter = build("execution", data)
    assert "款项和凭证" not in letter.text and "还没有落实的" in letter.text
    assert letter.answer and letter.answer.says == "答应您的事，办了一部分。"
    agreed = build("execution", data | {"earlier": [OPINION_1 | {"document": "调解（和解）协议书"}]}).text
    assert "中约定的事项" in agreed


def test_a_direction_says_what_became_of_the_papers() -> None:
    letter = build("direction", BRANCHES["direction"])
    assert "、您交来的材料\n复印件交给您本人，原件留存。" in letter.text
    assert "复印件交给您本人，原件留存。" in [block.text for block in letter.plain]
    silent = build("direction", BRANCHES["direction"] | {"passed_how": ""})
    assert "您交来的材料" not in silent.text


def test_a_receipt_names_who_decides_the_review_where_that_is_another_unit() -> None:
    own = build("review_receipt", BRANCHES["review_receipt"])
    assert "本单位自收到复查请求之日起30日内" in own.text and "，转" not in own.text
    theirs = build("review_receipt", BRANCHES["review_receipt"] | {"decider": "国家电网公司"})
    assert "转国家电网公司复查" in theirs.text and "国家电网公司自收到复查请求之日起30日内提出复查意见" in theirs.text
    assert "向国家电网公司的上一级机关、单位请求复核" in theirs.remedy and "本单位自收到" not in theirs.text
