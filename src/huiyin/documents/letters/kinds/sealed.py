"""检举控告移送函: an accusation goes to the body that is competent for it (Regulations 2022, Arts. 22(2) and 30).

Nothing that it says may reach whoever is accused (Art. 30(3)). So the letter names neither the petitioner nor the accused nor the
matter; they stand in the sealed papers that go with it. Keys: body {name}, role (bureau | unit), case_number, received_on,
number_label, issued_on, signer, sender, contact, papers [text], pages.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from typing import Any

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import Block, Letter
from ..wording import said, tidy_number
from .chapters import body, chapters, items, lines

WHY = Words(
    "《信访工作条例》第三十条：检举、揭发材料和有关情况不得透露或者转给被检举、揭发的人员或者单位。",
    "Article 30 of the Regulations: nothing of an accusation may be disclosed or passed to whoever is accused.",
)
GROUND = {
    "bureau": "第二十二条第二款，按照管理权限转送你单位依规依纪依法处理",
    "unit": "第三十条第一款，移送你单位依规依纪依法接收、受理、办理和反馈",
}
RULES = (
    "请按照保密要求接收、保管和使用，限办理人员知悉",
    "不得将检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位（《信访工作条例》第三十条第三款）",
    "请在收到后书面回复本单位；处理情况由你单位按照有关规定告知检举人",
)
PAPERS = "检举控告材料（密封）"


def build(data: Mapping[str, Any]) -> Letter:
    """The letter for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("sealed_transfer", data, WHY)
    sender = fields.sender()
    receiver = body(fields, Words("接收的纪检监察机关或者有权处理的机关", "the discipline organ or competent body"))
    received_on = fields.day("received_on", Words("收到日期", "the date of receipt"))
    issued_on = fields.day("issued_on", Words("成文日期", "the date of the letter"))
    contact = fields.part("contact")
    fields.in_order(received_on, issued_on)
    fields.done()
    reached = " ".join(filter(None, (contact.text("office"), contact.text("phone"))))
    number = f"（登记编号：{fields.text('case_number')}）" if fields.text("case_number") else ""
    blocks = (
        Block(
            f"本单位于{said(received_on)}收到一件检举控告类信访事项{number}。现依照《信访工作条例》"
            f"{GROUND.get(fields.text('role'), GROUND['unit'])}，材料随函密封移送。"
        ),
        *chapters(("保密要求", items(RULES)), ("联系方式", f"联系部门：{reached}。" if reached else "")),
    )
    return Letter(
        "sealed_transfer", tidy_number(fields.text("number_label")), ("关于移送检举控告材料的函",), receiver.name, blocks, sender,
        fields.text("signer") or sender.unit, issued_on, remedy="请予接收。",
        attachments=tuple(lines(fields, "papers")) or (PAPERS,), case_number=fields.text("case_number"), contact=reached,
    )  # fmt: skip
