"""告知书: the matter belongs to another system; which body has authority, and how the papers got there (Regulations 2022,
Art. 23(1)). The papers are passed on, so that nobody has to begin again: that is this product's rule, the article asks only to tell.

Keys beside those of petition.py: body {name, address, phone}, passed_on, passed_how, reason, superior.
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
from .chapters import body, chapters, received, sections

WHY = Words(
    "《信访工作条例》第二十三条要求告知信访人向哪个有权处理的机关、单位提出。",
    "Article 23 of the Regulations asks to name the body with authority.",
)


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("inform", data, WHY)
    matter = petition.read(fields)
    competent = body(fields, Words("有权处理的机关、单位", "the body that has authority"))
    reachable = bool(competent.address or competent.phone)
    fields.check(reachable or not competent.name, Words("该机关、单位的地址或者电话", "its address or telephone"))
    sent, told = papers(fields, matter)
    fields.done()
    blocks = chapters(
        ("接收情况", received(matter)),
        ("不属于本单位职权范围的理由", fields.text("reason")),
        ("有权处理的机关、单位", competent.lines),
        ("材料的去向", sent),
    )
    opening = Block(
        f"{matter.raised}，本单位收到后进行了核对，不属于本单位或者本系统职权范围。现依照《信访工作条例》第二十三条第一款，"
        f"告知您向有权处理的{competent.name}提出。"
    )
    above = fields.text("superior") or "上一级机关、单位"
    return matter.letter(
        "inform", "信访事项告知书", (opening, *blocks), Answer(f"这件事归{competent.name}管。", told),
        "您向该单位提出后，该单位应当当场或者自收到之日起15日内书面告知您怎样处理（《信访工作条例》第二十三条第二款）。"
        f"认为本事项属于本单位职权范围的，可以请本单位重新核对，也可以向{above}反映。",
        f"他们15天以内书面告诉您怎么办。您觉得该由我们办，可以请我们再看，或者找{above}。",
        sections(("怎样找他们", competent.ways)), "接下来怎么办",
    )  # fmt: skip


def papers(fields: Fields, matter: petition.Petition) -> tuple[str, str]:
    """Where the papers went (passed_on, passed_how), for the letter and in plain words."""
    on = fields.day("passed_on", Words("材料转去的日期", "the day on which the papers were passed on"))
    how = fields.text("passed_how", Words("材料是怎样转去的", "how the papers were passed on"))
    fields.in_order(matter.received_on, on)
    if how.startswith("没有材料"):
        return ended(how), "您没有交材料，直接跟他们说就行。"
    return (
        f"您交来的材料，本单位已于{said(on)}通过{how.removeprefix('通过')}转给该单位，您不用重新准备。",
        f"材料{said(on, matter.issued_on)}替您转去了，请跟他们说一声。",
    )
