"""信访事项告知书: that the matter was received and how it will be handled, told before acceptance (Regulations 2022, Art. 23).

What can be told on the spot is told on the spot, in writing; whether the matter is accepted then follows in its own letter.
Keys beside those of petition.py: handler {office, phone, name}, queries [text], procedure [text].
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from typing import Any

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import Answer, Block, Letter
from ..wording import ended, said
from . import petition

WHY = Words(
    "《信访工作条例》第二十三条要求书面告知接收情况以及处理途径和程序。",
    "Article 23 of the Regulations asks for written notice of receipt and of the way it will be handled.",
)
PROCEDURE = (
    "本事项由本单位核对是否属于本单位职权范围、应当按照哪种程序处理。属于的，由本单位受理，听取您陈述事实和理由，调查核实后书面答复您；"
    "应当由其他机关、单位处理的，本单位依照《信访工作条例》第二十三条告知您去向。"
)


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("notice", data, WHY)
    matter = petition.read(fields)
    contact = reach(fields.part("handler"), matter)
    queries = fields.texts("queries", Words("查询办理情况的方式", "how to ask about progress"))
    fields.done()
    blocks = (
        Block(
            f"{matter.raised}，本单位已经收到并登记。现依照《信访工作条例》第二十三条，将接收情况以及处理途径和程序告知如下。"
        ),
        Block("一、接收情况", "heading"),
        Block(_received(matter)),
        Block("二、处理途径和程序", "heading"),
        *(Block(text) for text in fields.texts("procedure") or [PROCEDURE]),
        Block("是否受理，本单位另行书面告知您。"),
        Block("三、联系和查询方式", "heading"),
        Block(contact),
        *listed(queries),
    )
    answer = Answer("您反映的事，我们收到了。", "接下来怎么办，写在下面。")
    return matter.letter("notice", "信访事项告知书", blocks, answer)


def _received(matter: petition.Petition) -> str:
    number = f"；登记编号：{matter.case_number}" if matter.case_number else ""
    return f"收到日期：{said(matter.received_on)}{number}。"


def reach(part: Fields, matter: petition.Petition) -> str:
    """Whom to ask: the handler where one is named, else the office, which never is the wrong person."""
    office = part.text("office", Words("办理部门", "the office that handles it"))
    phone = part.text("phone", Words("办理部门的联系电话", "the telephone number of that office"))
    if name := part.text("name"):
        return f"承办人：{name}（{office}），电话：{phone}。"
    section = f"，联系部门：{office}" if office != matter.sender.unit else ""
    return f"办理单位：{matter.sender.unit}{section}，电话：{phone}。承办人确定以后，凭查询码或者打这个电话都可以查到。"


def listed(texts: list[str]) -> list[Block]:
    """Sentences, numbered where there are several."""
    if len(texts) == 1:
        return [Block(ended(texts[0]))]
    return [Block(f"{place}.{ended(text)}") for place, text in enumerate(texts, 1)]
