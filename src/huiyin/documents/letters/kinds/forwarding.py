"""转送函, 交办函: the matter goes to another body, with what is asked of it (Regulations 2022, Arts. 22 and 23).

Both remind of the 15 days for the written notice and the 5 working days for an objection (Art. 23(3)); 交办 sets the day of the
result and asks for a report (Art. 22(1)(3); units other than petition bureaus follow it by Art. 14(2)).
Keys beside those of petition.py: role (bureau | unit), body {name}, reach (how to reach the petitioner), asked (text),
result_due_on (for 交办).
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import Answer, Block, Letter
from ..wording import said
from . import petition
from .chapters import body, chapters, contact, items, lines
from .transfer import RECEIVER, article_of

WHY = Words(
    "《信访工作条例》第二十二条、第二十三条规定转送、交办；交办要指定反馈结果的期限。",
    "Articles 22 and 23 of the Regulations rule how matters are passed on; an assignment names the day of its result.",
)
NOTICE = (
    "属于你单位职权范围的，请依照《信访工作条例》第二十三条第三款，自收到之日起15日内书面告知信访人接收情况以及处理途径和程序，"
    "并依法按政策及时就地处理，不得推诿、敷衍、拖延"
)
OBJECTION = (
    "不属于你单位或者本系统职权范围的，请自收到之日起5个工作日内向本单位提出异议，并详细说明理由；"
    "经本单位核实同意后，再交还相关材料"
)
REPORT = "写明调查核实情况、处理意见及其依据、答复信访人的日期和方式、落实情况"


def build_forward(data: Mapping[str, Any]) -> Letter:
    """The letter that passes a matter on; LetterIncompleteError names everything that is missing."""
    return _build("forward", "转送", data)


def build_assign(data: Mapping[str, Any]) -> Letter:
    """The letter that assigns a matter; LetterIncompleteError names everything that is missing."""
    return _build("assign_letter", "交办", data)


def _build(kind: str, verb: str, data: Mapping[str, Any]) -> Letter:
    fields = Fields(kind, data, WHY)
    matter, receiver = petition.read(fields), body(fields, RECEIVER)
    article, asked = article_of(fields), lines(fields, "asked")
    wanted = [NOTICE, OBJECTION] + ([_result(fields, article)] if verb == "交办" else []) + asked
    fields.in_order(matter.received_on, matter.issued_on, fields.day("result_due_on"))
    fields.done()
    number = f"登记编号：{matter.case_number}" if matter.case_number else ""
    blocks = chapters(
        ("信访事项", [f"{matter.told}，本单位于{said(matter.received_on)}收到。", number, *lines(fields, "reach")]),
        ("办理要求", items(wanted)),
        ("联系方式", contact(matter)),
    )
    opening = Block(
        f"按照“属地管理、分级负责，谁主管、谁负责”的原则，下列信访事项属于你单位职权范围。现依照《信访工作条例》{article}，"
        f"{verb}你单位办理。"
    )
    letter = matter.letter(kind, f"信访事项{verb}函", (opening, *blocks), Answer(""), "请予办理。")
    return replace(letter, addressee=receiver.name, answer=None)


def _result(fields: Fields, article: str) -> str:
    due_on = fields.day("result_due_on", Words("反馈办理结果的日期", "the day by which the result is reported"))
    source = "依照" if article.startswith("第二十二条") else "参照"
    return f"请{source}《信访工作条例》第二十二条第一款第三项，在{said(due_on)}以前向本单位反馈办理结果，提交办结报告，{REPORT}"
