"""不予受理告知书: a unit below has accepted the same matter and handles it within its term (Regulations 2022, Art. 19(3)).

Keys beside those of petition.py: under_way {no, unit, phone, address, accepted_on, until}, same [text] (how it is the same matter),
passed_on, passed_how.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from typing import Any

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import Answer, Block, Letter
from ..wording import said
from . import petition
from .chapters import Body, chapters, contact, items, lines, received, sections
from .inform import papers

WHY = Words(
    "《信访工作条例》第十九条第三款只对下级正在办、还在规定期限以内的同一信访事项不予受理。",
    "Article 19(3) of the Regulations is only for the same matter that a unit below handles within its term.",
)
UNIT = Words("正在办理的机关、单位", "the unit that handles it")
ACCEPTED = Words("它受理的日期", "the day on which it accepted the matter")
UNTIL = Words("它最晚答复的日期", "the day by which it answers")
SAME = Words("怎样看出是同一信访事项", "how it is the same matter")


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("not_accepted", data, WHY)
    matter, below = petition.read(fields), fields.part("under_way")
    unit = Body(below.text("unit", UNIT), below.text("address"), below.text("phone"))
    accepted_on, until = below.day("accepted_on", ACCEPTED), below.day("until", UNTIL)
    same, (sent, sent_plain) = lines(fields, "same", SAME), papers(fields, matter)
    fields.in_order(accepted_on, matter.issued_on)
    fields.done()
    number = f"（登记编号：{below.text('no')}）" if below.text("no") else ""
    blocks = chapters(
        ("接收情况", received(matter)),
        ("同一信访事项正在办理", [f"{unit.name}已于{said(accepted_on)}受理同一信访事项{number}，最晚{said(until)}书面答复您", *items(same)]),
        ("处理", "依照《信访工作条例》第十九条第三款，信访事项已经受理或者正在办理的，信访人在规定期限内向受理、办理机关、单位的上级机关、单位又提出同一信访事项的，"
                f"上级机关、单位不予受理。本单位不另行受理，由{unit.name}接着办理。您的材料已经登记、保存，可以查询。"),
        ("材料的去向", sent),
        ("怎样找正在办理的机关、单位", unit.lines),
        ("联系方式", contact(matter)),
    )  # fmt: skip
    return matter.letter(
        "not_accepted", "不予受理告知书", (Block(f"{matter.raised}，本单位收到后进行了核对，现将情况告知如下。"), *blocks),
        Answer(f"这件事{unit.name}正在办，由它给您答复。", f"最晚{said(until, matter.issued_on)}答复您。{sent_plain}"),
        f"对{unit.name}出具的信访处理意见不服的，可以自收到书面答复之日起30日内请求其上一级机关、单位复查（《信访工作条例》第三十五条）。到期没有答复的，请告诉本单位，"
        "本单位予以督办。认为不是同一信访事项，或者有新的事实、理由的，可以请本单位重新核对。",
        "到了那天还没有答复，请告诉我们，我们去催办。对答复不满意，30天以内可以请上一级复查。觉得不是同一件事，可以请我们再核对。",
        sections(("为什么说是同一件事", items(same)), ("怎样找他们", unit.ways)), "接下来怎么办",
    )  # fmt: skip
