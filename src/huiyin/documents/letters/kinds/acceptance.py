"""受理告知书: what was received, and how it will be handled (Regulations 2022, Art. 23; limit: Art. 34).

Art. 23 asks for 接收情况以及处理途径和程序; petitioner, dates, handler, limit and ways to ask are practice.
Keys beside those of petition.py: nature (plea | suggestion | enquiry), accepted_on, due_on, days (60), handler {office, phone, name},
queries [text], procedure [text] (instead of the usual paragraph). Who handles it is rarely known on the day of acceptance; then
the office and its telephone are named.
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
from .notice import WHY, listed, reach

PROCEDURE = {
    "plea": "本单位将听取您陈述事实和理由，调取有关材料，进行调查核实。查清后，依照《信访工作条例》第三十二条出具信访处理意见书并送达您。"
    "不服处理意见的，您可以依照第三十五条，自收到书面答复之日起30日内请求上一级机关、单位复查。",
    "suggestion": "本单位将依照《信访工作条例》第二十九条，对您的建议意见认真研究论证；科学合理、具有现实可行性的，采纳或者部分采纳，并予以回复。",
    "enquiry": "本单位将核实您询问的情况，书面答复您。",
}
LIMIT = {
    "plea": "依照《信访工作条例》第三十四条，本事项应当自受理之日起{days}日内办结，最迟{due}办结。"
    "情况复杂需要延长的，须经本单位负责人批准，延长不超过30日，并告知您理由。",
    "suggestion": "本事项属于建议意见，《信访工作条例》没有规定答复的天数；本单位定在{due}以前答复您。",
    "enquiry": "本事项属于咨询，《信访工作条例》没有规定答复的天数；本单位定在{due}以前答复您。",
}


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("acceptance", data, WHY)
    matter = petition.read(fields)
    accepted_on = fields.day("accepted_on", Words("受理日期", "the date of acceptance"))
    due_on = fields.day("due_on", Words("办结期限", "the day by which it is handled"))
    fields.in_order(matter.received_on, accepted_on, due_on)
    handler = reach(fields.part("handler"), matter)
    queries = fields.texts("queries", Words("查询办理情况的方式", "how to ask about progress"))
    days, nature = fields.text("days") or "60", fields.text("nature")
    fields.done()
    blocks = (
        Block(
            f"{matter.raised}，属于本单位职权范围，本单位已于{said(accepted_on, matter.received_on)}受理。"
            "现依照《信访工作条例》第二十三条，将接收情况以及处理途径和程序告知如下。"
        ),
        Block("一、接收情况", "heading"),
        Block(_received(matter, said(accepted_on))),
        Block("二、办理单位和联系方式", "heading"),
        Block(handler),
        Block("三、办理期限", "heading"),
        Block(LIMIT.get(nature, LIMIT["plea"]).format(days=days, due=said(due_on))),
        Block("四、处理途径和程序", "heading"),
        *(Block(text) for text in fields.texts("procedure") or [PROCEDURE.get(nature, PROCEDURE["plea"])]),
        Block("五、查询方式", "heading"),
        *listed(queries),
    )
    return matter.letter(
        "acceptance", "信访事项受理告知书", blocks, Answer("您反映的事，我们受理了。", f"最晚{said(due_on)}给您答复。")
    )


def _received(matter: petition.Petition, accepted_on: str) -> str:
    parts = [f"收到日期：{said(matter.received_on)}", f"受理日期：{accepted_on}"]
    parts += [f"登记编号：{matter.case_number}"] if matter.case_number else []
    return "；".join(parts) + "。"
