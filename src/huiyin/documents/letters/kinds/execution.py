"""处理意见落实情况告知书: what was carried out of an opinion or agreement, and how it can be checked (Regulations 2022, Arts. 32(2), 40).

Where money was due, nothing counts as done without the day of payment and its proof.
Keys beside those of petition.py: earlier [{document, label, on, unit}] (the last one counts), done [text], on, amount, paid_on, proof,
outstanding [text].
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
import re
from collections.abc import Mapping
from typing import Any

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import Answer, Block, Letter
from ..wording import ended, said
from . import petition
from .chapters import chapters, contact, items, lines, sections
from .review import earlier

WHY = Words(
    "《信访工作条例》第三十二条第二款要求督促执行支持信访请求的意见；涉及钱款的，要有支付凭证才算落实。",
    "Article 32(2) of the Regulations asks that a supporting opinion be carried out; money counts as paid when there is a proof.",
)
_FIGURE = re.compile(r"\d[\d,]*(\.\d{1,2})?")


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("execution", data, WHY)
    matter, before = petition.read(fields), earlier(fields)
    done = lines(fields, "done", Words("落实了什么", "what was carried out"))
    on = fields.day("on", Words("落实的日期", "the day on which it was carried out"))
    amount, open_ = _money(fields.text("amount")), lines(fields, "outstanding")
    paid = _paid(fields, amount) if amount else []
    fields.in_order(matter.received_on, on, matter.issued_on)
    fields.done()
    blocks = chapters(
        ("落实情况", [f"落实日期：{said(on)}。", *items(done)]),
        ("款项和凭证", paid),
        ("还没有落实的", items(open_) if open_ else ""),
        ("联系方式", contact(matter)),
    )
    agreed = "协议" in before[-1].document
    what = "中约定的事项" if agreed else "中支持您请求的内容，本单位依照《信访工作条例》第三十二条第二款督促执行"
    opening = Block(f"{matter.raised}，{before[-1].named}{what}，现将落实情况告知如下。")
    return matter.letter(
        "execution", "处理意见落实情况告知书", (opening, *blocks), _answer(amount, said(on), done, bool(open_)),
        "与实际不符，或者没有收到的，请告诉本单位，本单位核对后答复您。拒不执行处理意见的，信访部门应当督办（《信访工作条例》第四十条）。",
        "没有收到，或者数目不对，请告诉我们，核对了再答复您。",
        sections(("办了什么", items(done)), ("钱和凭证", paid), ("还没有办好的", items(open_) if open_ else "")), "请您核对",
    )  # fmt: skip


def _paid(fields: Fields, amount: str) -> list[str]:
    paid_on = fields.day("paid_on", Words("支付的日期", "the day of payment"))
    proof = fields.text("proof", Words("支付凭证", "the proof of payment"))
    return [f"{said(paid_on)}支付{amount}", f"凭证：{proof}"]


def _money(amount: str) -> str:
    return f"{amount}元" if _FIGURE.fullmatch(amount) else amount


def _answer(amount: str, on: str, done: list[str], left: bool) -> Answer:
    more = "还有没办好的，写在下面。" if left else ""
    if amount:
        return Answer(f"答应您的{amount}，已经付了。", more)
    return Answer(f"答应您的事，{'办了一部分' if left else '办好了'}。", more or ended(f"{on}：{done[0]}"))
