"""撤回信访事项确认书: the petitioner withdrew, so the matter ends, or goes on for the others; it may be brought again.

The Regulations say nothing of withdrawal. That it must be the petitioner's own will follows from Art. 18(4): nobody may retaliate
against them or, so, press them. Keys beside those of petition.py: withdrawn_on, way (how they said it), reason, until (what was done), acting (who asked for
it by authorisation), own_part (one of several took back theirs).
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
from .chapters import chapters, contact, lines, sections

WHY = Words(
    "撤回要有日期和方式，日后才说得清。", "A withdrawal needs its day and its way, so that it can be shown later."
)
FREE = "撤回出于您的自愿，不影响您今后的任何权利，也不说明您的诉求对错。"

OWN = "本单位确认您的撤回：自即日起您不再是本事项的信访人，本单位不再就本事项给您寄送文书；其他信访人的请求继续办理，办理期限不变。"
ANSWERS = {
    False: Answer("您撤回了这件事，我们不再办了。", "以后想再提，随时可以。"),
    True: Answer("您撤回了您自己的一份，其他人的我们接着办。", "以后想再参加，随时可以。"),
}


def build(data: Mapping[str, Any]) -> Letter:
    """The confirmation for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("withdrawal", data, WHY)
    matter = petition.read(fields)
    on = fields.day("withdrawn_on", Words("撤回的日期", "the day of the withdrawal"))
    way = fields.text("way", Words("撤回是怎样提出的", "how the petitioner withdrew"))
    reason, acting, own = fields.text("reason"), fields.text("acting"), bool(data.get("own_part"))
    fields.in_order(matter.received_on, on)
    fields.done()
    blocks = chapters(
        (
            "撤回情况",
            [
                f"您于{said(on)}{way}提出撤回。",
                acting and f"撤回由{acting}代您提出。",
                reason and f"您说明的原因：{reason}",
            ],
        ),
        ("已经办理的情况", lines(fields, "until")),
        ("处理", OWN if own else "本单位确认您的撤回，自即日起终止办理本事项，材料归档备查，您可以查询。"),
        ("联系方式", contact(matter)),
    )
    opening = Block(f"{matter.raised}，本单位收到了您的撤回，现予确认并告知如下。")
    return matter.letter(
        "withdrawal", "撤回信访事项确认书", (opening, *blocks), ANSWERS[own],
        f"{FREE}以后可以就本事项重新提出。任何组织和个人不得打击报复信访人（《信访工作条例》第十八条第四款）；"
        "撤回如果不是您本人的意思，请马上告诉本单位，本单位查明后恢复办理。",
        "要是不是您自己的意思，马上告诉我们，我们查明了接着办。",
        sections(("您什么时候撤回的", f"{said(on)}，{way}提出"), ("请您放心", FREE)), "如果不是您的意思",
    )  # fmt: skip
