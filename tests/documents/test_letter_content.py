"""What a letter must contain (Regulations 2022, Arts. 23, 32, 34, 35), and what happens when something is lacking."""

from __future__ import annotations

import json
from typing import Any

import pytest

from huiyin.documents.letters.content import LetterIncompleteError, build, number_label
from huiyin.documents.letters.wording import head_lines, matter_phrase, numeral, tidy_number, title_lines
from tests.documents.snapshots import ACCEPTANCE, CLAIM, EXTENSION, OPINION, SERVICE, SNAPSHOTS

MUSTS = [
    ("acceptance", "matter", "反映的是什么事"),
    ("acceptance", "received_on", "收到日期"),
    ("acceptance", "accepted_on", "受理日期"),
    ("acceptance", "due_on", "办结期限"),
    ("acceptance", "handler", "办理部门"),
    ("acceptance", "queries", "查询办理情况的方式"),
    ("extension", "reason", "延期理由"),
    ("extension", "new_due_on", "新的办结期限"),
    ("extension", "approved_by", "批准延期的单位负责人"),
    ("opinion", "claims", "投诉请求"),
    ("opinion", "facts", "事实和理由"),
    ("opinion", "remedy", "复查机关、单位"),
    ("service", "document", "送达文书的名称"),
    ("service", "document_number", "送达文书的文号"),
    ("service", "recipient", "受送达人"),
    ("service", "sender", "发文单位的名称"),
]


def missing(kind: str, data: dict[str, Any]) -> str:
    """The Chinese sentence of the refusal; both languages must be complete."""
    with pytest.raises(LetterIncompleteError) as refused:
        build(kind, data)
    assert refused.value.words.zh.endswith("。") and "（" not in refused.value.words.en
    assert refused.value.words.en.isascii() or "“" in refused.value.words.en
    return refused.value.words.zh


@pytest.mark.parametrize(("kind", "key", "words"), MUSTS)
@pytest.mark.parametrize("empty", [None, "", "  ", [], {}, "gone"])
def test_a_letter_without_a_field_that_it_needs_names_the_field(kind: str, key: str, words: str, empty: object) -> None:
    data = {name: value for name, value in SNAPSHOTS[kind].items() if name != key}
    assert words in missing(kind, data if empty == "gone" else data | {key: empty})


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("text", "", "投诉请求的内容"),
        ("result", "", "每项请求的结果"),
        ("result", "maybe", "每项请求的结果"),
        ("opinion", " ", "每项请求的处理意见"),
        ("basis", [], "处理意见的法律法规依据"),
    ],
)
def test_every_claim_needs_its_words_outcome_decision_and_legal_basis(key: str, value: object, words: str) -> None:
    data = OPINION | {"claims": [CLAIM, CLAIM | {key: value}]}
    assert words in missing("opinion", data) and "第三十二条" in missing("opinion", data)


def test_all_missing_fields_are_named_at_once() -> None:
    sentence = missing("opinion", {"sender": {"unit": "云湖供电公司"}})
    assert all(words in sentence for words in ("投诉请求", "事实和理由", "复查机关、单位", "收到日期", "成文日期"))


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_a_snapshot_survives_json_and_gives_the_same_letter(kind: str) -> None:
    assert build(kind, json.loads(json.dumps(SNAPSHOTS[kind]))) == build(kind, SNAPSHOTS[kind])


@pytest.mark.parametrize("broken", [None, 5, "text", ["x"], {"name": ["x"]}, True])
@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_wrong_types_are_refused_in_words_or_left_out(kind: str, broken: object) -> None:
    for key in SNAPSHOTS[kind]:
        try:
            build(kind, SNAPSHOTS[kind] | {key: broken})
        except LetterIncompleteError as refused:
            assert refused.words.zh


def test_the_notice_of_acceptance_says_what_article_23_asks_for() -> None:
    text = build("acceptance", ACCEPTANCE).text
    for words in (
        "王桂芝同志", "取暖补贴停发问题", "收到日期：2026年2月24日", "受理日期：2026年3月2日", "登记编号：2026-0317",
        "李文清（离退休工作部）", "0700-555 0126", "60日内办结，最迟2026年5月6日办结", "第二十三条", "第三十四条",
        "处理途径和程序", "查询方式", "在查询网页输入查询码",
    ):  # fmt: skip
        assert words in text


def test_the_notice_of_extension_says_reason_approval_days_and_new_date() -> None:
    text = build("extension", EXTENSION).text
    for words in (
        "对方尚未回函。",
        "负责人周建国于2026年4月28日批准",
        "延长30日",
        "最迟2026年6月5日办结",
        "第三十四条",
    ):
        assert words in text


@pytest.mark.parametrize("days", [0, 31, "31", -1, "x", 10**9])
def test_an_extension_is_longer_than_nothing_and_at_most_30_days(days: object) -> None:
    assert "延长" in missing("extension", EXTENSION | {"days": days})


def test_dates_that_contradict_each_other_are_refused() -> None:
    assert "前后相符" in missing("acceptance", ACCEPTANCE | {"due_on": "2026-02-01"})
    assert "前后相符" in missing("extension", EXTENSION | {"new_due_on": "2026-05-01"})
    assert "晚于原期限" in missing("extension", EXTENSION | {"new_due_on": "2026-05-06"})


@pytest.mark.parametrize(
    ("result", "ground", "words"),
    [
        (
            "support",
            "",
            "请求事实清楚，符合《办法》第八条的规定。依照《信访工作条例》第三十二条第一款第一项，予以支持：",
        ),
        ("explain", "", "缺乏法律依据。依照《信访工作条例》第三十二条第一款第二项，作出解释说明："),
        (
            "reject",
            "",
            "请求缺乏事实根据或者不符合《办法》第八条的规定。依照《信访工作条例》第三十二条第一款第三项，不予支持：",
        ),
        ("reject", "rules", "请求不符合《办法》第八条的规定。"),
        ("reject", "facts", "请求缺乏事实根据（有关规定：《办法》第八条）。依照《信访工作条例》第三十二条第一款第三项"),
    ],
)
def test_each_outcome_is_said_in_the_words_of_article_32(result: str, ground: str, words: str) -> None:
    claim = CLAIM | {"result": result, "ground": ground, "basis": ["《办法》第八条"]}
    assert words in build("opinion", OPINION | {"claims": [claim]}).text


def test_several_claims_are_answered_one_by_one() -> None:
    claims = [
        CLAIM,
        CLAIM | {"text": "登门道歉", "result": "reject"},
        CLAIM | {"text": "说明标准", "result": "explain"},
    ]
    letter = build("opinion", OPINION | {"claims": claims})
    assert [block.lead for block in letter.blocks if block.lead.endswith("请求。")] == [
        "（一）关于第1项请求。", "（二）关于第2项请求。", "（三）关于第3项请求。",
    ]  # fmt: skip
    assert "2.登门道歉。" in letter.text
    assert letter.answer is not None and letter.answer.more.count("\n") == 2


def test_the_opinion_ends_with_the_body_and_the_30_days_of_article_35() -> None:
    letter = build("opinion", OPINION)
    assert letter.remedy == (
        "如不服本意见，可依照《信访工作条例》第三十五条，自收到本意见书之日起30日内，向云江省电力公司请求复查。"
    )
    assert "30天以内" in letter.remedy_plain


def test_someone_whose_name_is_not_known_still_gets_a_letter() -> None:
    letter = build("opinion", OPINION | {"petitioner": {}})
    assert (letter.addressee, letter.title) == ("信访人", ("关于反映取暖补贴停发问题的信访处理意见书",))


def test_proof_of_delivery_ticks_the_mode_and_leaves_room_for_what_is_written_by_hand() -> None:
    rows = {row.label: row for row in build("service", SERVICE | {"delivered_on": ""}).form}
    assert rows["送达方式"].chosen == "直接" and len(rows["送达方式"].options) == 7
    assert rows["送达日期"].value.split() == ["年", "月", "日"]
    assert rows["受送达人\n签名或者盖章"].value == "" and rows["拒收事由"].value == ""


def test_a_refusal_to_sign_needs_a_witness_or_a_record() -> None:
    refusal = SERVICE | {"mode": "left", "refusal": "不愿签字"}
    assert "见证人" in missing("service", refusal)
    assert build("service", refusal | {"witness": "社区 赵敏"}).form
    assert "送达方式" in missing("service", SERVICE | {"mode": "pigeon"})


def test_attachments_on_one_line_become_a_list() -> None:
    letter = build("opinion", OPINION | {"attachments": ["计算表；发放名单\n 规定摘录 ", ""]})
    assert letter.attachments == ("计算表", "发放名单", "规定摘录")


@pytest.mark.parametrize(
    ("given", "official"),
    [
        ("云供信〔2026〕7号", "云供信〔2026〕7号"),
        ("云供信[2026]007号", "云供信〔2026〕7号"),
        ("云供信（2026）第07号", "云供信〔2026〕7号"),
        (" 云供信【2026】70 ", "云供信〔2026〕70号"),
        ("云供信〔2026〕　号", "云供信〔2026〕　号"),
        ("", ""),
    ],
)
def test_numbers_have_hexagonal_brackets_and_no_leading_zero(given: str, official: str) -> None:
    assert build("opinion", OPINION | {"number_label": given}).number_label == official == tidy_number(given)


def test_numbers_are_made_from_code_year_and_serial() -> None:
    assert number_label(" 云供信 ", 2026, 7) == "云供信〔2026〕7号"


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("关于反映问题的", ("关于反映问题的信访处理意见书",)),
        ("关于王桂芝反映取暖补贴停发问题的", ("关于王桂芝反映取暖补贴停发问题的", "信访处理意见书")),
        ("关于" + "问" * 70 + "的", ("信访处理意见书",)),
        ("", ("信访处理意见书",)),
    ],
)
def test_titles_break_by_meaning(about: str, expected: tuple[str, ...]) -> None:
    assert title_lines(about, "信访处理意见书") == expected


def test_long_titles_are_cut_into_lines_of_similar_length_that_do_not_part_figures() -> None:
    about = "关于李国强等人反映2021年至2025年独生子女父母奖励金标准、企业年金领取和异地就医备案三件事没有人答复的"
    lines = title_lines(about, "信访处理意见书")[:-1]
    assert "".join(lines) == about and max(map(len, lines)) <= 23
    assert all(line[0] not in "的、，" and not line[-1].isdigit() for line in lines)


def test_long_unit_names_are_cut_behind_the_name_of_a_body() -> None:
    lines = head_lines("国网云江省电力有限公司云湖市供电分公司离退休人员管理服务中心")
    assert lines == ["国网云江省电力有限公司", "云湖市供电分公司离退休人员管理服务中心"]
    assert head_lines("云湖市老干部局") == ["云湖市老干部局"]


def test_matters_are_put_as_nouns_and_headings_are_numbered() -> None:
    assert matter_phrase(" 取暖补贴没有发。") == "取暖补贴没有发的问题"
    assert matter_phrase("养老金是怎么算的？") == "养老金是怎么算的问题"
    assert matter_phrase("取暖补贴停发问题") == "取暖补贴停发问题"
    assert [numeral(place) for place in (1, 10, 11, 20, 23, 99)] == ["一", "十", "十一", "二十", "二十三", "九十九"]
