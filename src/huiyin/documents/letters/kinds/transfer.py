"""转送（交办）告知书: where the matter was sent, told to the petitioner (Regulations 2022, Arts. 22 and 23).

Art. 23(1) asks units to tell it; a petition bureau (role "bureau") passes on under Art. 22. The receiving unit then answers in
writing within 15 days, or objects within 5 working days (Art. 23(3)).
Keys beside those of petition.py: mode (forward | assign), role (bureau | unit), body {name, address, phone}, sent_on, told_by (the
last of the 15 days), result_due_on (for assign).
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.procedure.words import Words

from ..fields import UNREADABLE, Fields
from ..parts import Answer, Block, Letter
from ..wording import said
from . import petition
from .chapters import Body, body, chapters, contact, received, sections

WHY = Words(
    "《信访工作条例》第二十二条、第二十三条要求转送、交办有权处理的机关、单位，并告知信访人去向。",
    "Articles 22 and 23 of the Regulations ask that a matter goes to the body with authority and that the petitioner is told where.",
)
VERBS = {"forward": "转送", "assign": "交办"}
ARTICLE = {"bureau": "第二十二条第一款", "unit": "第二十三条第一款"}
RECEIVER = Words("接收的机关、单位", "the body that receives it")
RETURNED = (
    "该单位认为不属于其职权范围的，应当自收到之日起5个工作日内向本单位提出异议；经本单位核实同意后，由本单位重新确定处理单位并告知您，"
    "您不用再交材料。"
)


def mode_of(fields: Fields) -> str:
    """forward or assign."""
    mode = fields.text("mode")
    fields.check(mode in VERBS, Words("是转送还是交办", "whether it is passed on or assigned"))
    return mode if mode in VERBS else "forward"


def article_of(fields: Fields) -> str:
    """The paragraph by which this office passes matters on."""
    return ARTICLE.get(fields.text("role"), ARTICLE["unit"])


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("transfer", data, WHY)
    matter, receiver, mode = petition.read(fields), body(fields, RECEIVER), mode_of(fields)
    asked = Words("反馈办理结果的日期", "the day by which the result is reported") if mode == "assign" else None
    result_due_on, told_by = fields.day("result_due_on", asked), fields.day("told_by")
    sent_on = fields.day("sent_on", Words("转送、交办的日期", "the day on which it was passed on"))
    fields.in_order(matter.received_on, sent_on, result_due_on)
    fields.done()
    verb = VERBS[mode]
    within = "15日内" + (f"（最迟{said(told_by)}）" if told_by != UNREADABLE else "")
    blocks = chapters(
        ("接收情况", received(matter)),
        (f"{verb}去向", [f"本单位已于{said(sent_on)}将本事项{verb}{receiver.name}处理", *receiver.ways]),
        ("处理途径和程序", [_notice(within), _result(result_due_on, mode), RETURNED]),
        ("联系方式", contact(matter)),
    )
    opening = (
        f"{matter.raised}，本单位已经收到并登记。现依照《信访工作条例》{article_of(fields)}{verb}，并将去向告知如下。"
    )
    return matter.letter(
        "transfer", f"信访事项{verb}告知书", (Block(opening), *blocks),
        Answer(f"您反映的事，我们转给了{receiver.name}。", f"{_soon(told_by, matter.issued_on)}，他们书面告诉您怎么办。"),
        "到期没有收到该单位书面告知的，请与本单位联系，由本单位催办。",
        "到时候没有收到回信，告诉我们，我们去催。",
        _plain(receiver, said(result_due_on, matter.issued_on) if mode == "assign" else ""), "接下来怎么办",
    )  # fmt: skip


def _notice(within: str) -> str:
    return (
        f"依照《信访工作条例》第二十三条第三款，属于该单位职权范围的，该单位应当自收到之日起{within}，"
        "书面告知您接收情况以及处理途径和程序。"
    )


def _result(due_on: date, mode: str) -> str:
    return f"本单位要求该单位在{said(due_on)}以前反馈办理结果，提交办结报告。" if mode == "assign" else ""


def _soon(told_by: date, after: date) -> str:
    return f"最晚{said(told_by, after)}" if told_by != UNREADABLE else "收到以后15天以内"


def _plain(receiver: Body, result_by: str) -> tuple[Block, ...]:
    result = f"办得怎样，要他们{result_by}以前报告我们。" if result_by else ""
    return sections(("怎样找他们", receiver.ways), ("您要做什么", ["不用做什么，材料已经一起转去了。", result]))
