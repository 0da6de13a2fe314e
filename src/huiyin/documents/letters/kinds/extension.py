"""延期告知书: why the answer takes longer, and until when (Regulations 2022, Art. 34).

Art. 34: complex matter, approved by the head of the unit, at most 30 days more, the reason is told.
Keys beside those of petition.py: accepted_on, due_on (until now), new_due_on, days (≤ 30), reason, approved_by, approved_on.
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

LONGEST = 30
WHY = Words(
    "《信访工作条例》第三十四条：情况复杂的，经本机关、单位负责人批准可以延长，不超过30日，并告知理由。",
    "Article 34 of the Regulations: a complex matter may take up to 30 days more, "
    "if the head of the unit approves and the reason is told.",
)


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("extension", data, WHY)
    matter = petition.read(fields)
    accepted_on = fields.day("accepted_on", Words("受理日期", "the date of acceptance"))
    due_on = fields.day("due_on", Words("原来的办结期限", "the day it was due until now"))
    new_due_on = fields.day("new_due_on", Words("新的办结期限", "the new day it is due"))
    reason = fields.text("reason", Words("延期理由", "the reason"))
    days = fields.number("days", Words("延长的天数", "the number of days"))
    approver = fields.text("approved_by", Words("批准延期的单位负责人", "the head of the unit who approved it"))
    approved_on = fields.day("approved_on")
    fields.check(days <= LONGEST, Words(f"不超过{LONGEST}日的延长天数", f"a number of days not above {LONGEST}"))
    fields.in_order(matter.received_on, accepted_on, due_on, new_due_on)
    fields.check(new_due_on != due_on, Words("晚于原期限的新期限", "a new date after the old one"))
    fields.done()
    approval = f"本单位负责人{approver}" + (f"于{said(approved_on)}" if data.get("approved_on") else "")
    blocks = (
        Block(f"{matter.raised}，本单位于{said(accepted_on, matter.received_on)}受理，原定最迟{said(due_on)}办结。"),
        Block("一、延期理由", "heading"),
        *(Block(ended(text.strip())) for text in reason.splitlines() if text.strip()),
        Block("二、新的办结期限", "heading"),
        Block(
            f"依照《信访工作条例》第三十四条，经{approval}批准，办理期限延长{days}日，最迟{said(new_due_on)}办结。"
            "办结后，本单位将出具信访处理意见书并送达您。"
        ),
        *_questions(matter.contact),
    )
    return matter.letter(
        "extension",
        "信访事项延期告知书",
        blocks,
        Answer("您的事还没有办完，要多用一些时间。", f"最晚{said(new_due_on)}给您答复。"),
    )


def _questions(contact: str) -> list[Block]:
    return [Block("三、联系方式", "heading"), Block(f"有事请联系：{contact}。")] if contact else []
