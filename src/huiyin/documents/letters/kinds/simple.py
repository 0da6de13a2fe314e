"""简易办理告知书: a simple matter is answered soon (Measures for Simple Handling, 2022, No. 17; Regulations 2022,
Arts. 23 and 35). It may also be told by word of mouth or message; this is the paper for whoever asks for one.

The letter names the day, not how many working days it was counted from: that number could not be held against the text of the
Measures (procedure/terms.py says so).
Keys beside those of petition.py: accepted_on, due_on, handler {office, phone, name}, queries [text], procedure [text], reviewed
(whether a review may be asked for).
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
from .chapters import chapters, items, lines, received, sections
from .notice import reach

WHY = Words(
    "《信访事项简易办理办法》和《信访工作条例》第二十三条要求告知接收情况、处理途径和期限。",
    "The Measures for Simple Handling and Article 23 of the Regulations ask for notice of receipt, way and time.",
)
PROCEDURE = (
    "本单位直接核实情况，尽快答复；可以当面、打电话或者发短信答复，您要书面答复的，书面答复。"
    "办理中发现不适宜简易办理的，转为普通程序办理并告知您，办理期限自简易办理受理之日起计算。"
)


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("simple_acceptance", data, WHY)
    matter = petition.read(fields)
    accepted_on = fields.day("accepted_on", Words("受理日期", "the date of acceptance"))
    due_on = fields.day("due_on", Words("答复期限", "the day by which it is answered"))
    fields.in_order(matter.received_on, accepted_on, due_on)
    contact = reach(fields.part("handler"), matter)
    queries = fields.texts("queries", Words("查询办理情况的方式", "how to ask about progress"))
    fields.done()
    by = said(due_on)
    blocks = chapters(
        ("接收情况", [*received(matter), f"受理日期：{said(accepted_on)}"]),
        ("办理单位和联系方式", contact),
        (
            "答复期限",
            f"{'' if data.get('own_limit') else '依照《信访事项简易办理办法》，'}最迟{by}答复您；能够当场答复的，当场答复。",
        ),
        ("处理途径和程序", lines(fields, "procedure") or [PROCEDURE]),
        ("查询方式", items(queries)),
    )
    own = bool(data.get("own_limit"))  # an earlier version held that the Measures are for complaints and requests alone
    reviewed = data.get("reviewed", not own)
    opening = Block(
        f"{matter.raised}，属于本单位职权范围，适宜简易办理。本单位已于{said(accepted_on, matter.received_on)}受理，"
        f"现依照《信访工作条例》第二十三条{'' if own else '和《信访事项简易办理办法》'}，告知如下。"
    )
    return matter.letter(
        "simple_acceptance", "信访事项简易办理告知书", (opening, *blocks),
        Answer("您反映的事，我们受理了，尽快办。", f"最晚{said(due_on, matter.issued_on)}给您答复。"),
        "" if not reviewed else "不服处理意见的，您可以依照《信访工作条例》第三十五条，自收到书面答复之日起30日内请求上一级机关、单位复查。",
        "您可以要一份书面答复。" if not reviewed else "您可以要一份书面答复；收到以后30天以内，可以请上一级单位复查。",
        sections(("谁来办", matter.contact or contact), ("怎样答复您", "当面说、打电话或者发短信都行；您要书面的，给您书面的。")),
    )  # fmt: skip
