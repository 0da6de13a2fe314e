"""信访处理意见书: what was asked, what was found, what is decided and on which rule (Regulations 2022, Arts. 32 and 35).

Art. 32 fixes the contents; each claim ends in 支持, 解释说明 or 不支持, or is a question that is answered (claims.py).
The right of Art. 35 closes the letter. Keys beside those of petition.py: accepted_on; claims [see claims.py];
facts [{heading, text}] (or text); remedy {body, days (30), address, phone}.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from typing import Any

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import Block, Letter
from ..wording import said
from . import claims, petition

WHY = Words(
    "《信访工作条例》第三十二条要求载明投诉请求、事实和理由、处理意见及其法律法规依据；第三十五条给信访人请求复查的权利。",
    "Article 32 of the Regulations asks for the claims, the facts and reasons, and the decision with its legal basis; "
    "Article 35 gives the right to a review.",
)
KNOWN = claims.OF_PLEAS | {"answer"}


def build(data: Mapping[str, Any]) -> Letter:
    """The decision for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("opinion", data, WHY)
    matter = petition.read(fields)
    accepted_on = fields.day("accepted_on", Words("受理日期", "the date of acceptance"))
    asked = claims.read(fields, KNOWN)
    facts = claims.facts(fields)
    remedy, remedy_plain = _remedy(fields.part("remedy"))
    fields.done()
    blocks = (
        Block(f"{matter.raised}，本单位于{said(accepted_on, matter.received_on)}受理。经调查核实，提出处理意见如下。"),
        Block("一、投诉请求", "heading"),
        *claims.requests(asked),
        Block("二、事实和理由", "heading"),
        *facts,
        Block("三、处理意见", "heading"),
        *claims.decisions(asked, "请求"),
    )
    answer = claims.answer(asked)
    return matter.letter("opinion", "信访处理意见书", blocks, answer, remedy=remedy, remedy_plain=remedy_plain)


def _remedy(part: Fields) -> tuple[str, str]:
    """The right to a review: as the letter says it, and in plain words."""
    body = part.text("body", Words("复查机关、单位", "the body that reviews the decision"))
    days = part.text("days") or "30"
    where = "，".join(
        f"{name}：{text}" for name, text in (("地址", part.text("address")), ("电话", part.text("phone"))) if text
    )
    official = (
        f"如不服本意见，可依照《信访工作条例》第三十五条，自收到本意见书之日起{days}日内，向{body}请求复查"
        f"{f'（{where}）' if where else ''}。"
    )
    return official, (
        f"收到这封信以后{days}天以内，可以请{body}复查。签收第二天算第1天。{where + '。' if where else ''}"
        "申请我们可以替您写。"
    )
