"""依法履职告知书 and 履职情况答复书: a request to act on a violation or to protect a right is met by doing so, or answered
(Regulations 2022, Art. 31(5)). The limit and the remedies are those of the statute that gives the duty.

Keys beside those of petition.py: statute; for the notice doing, limit_on, handler {office, phone, name}; for the reply outcome
(performed | not_performed), done, reasons, remedy (words), superior.
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
from .chapters import chapters, items, lines, sections
from .notice import reach

WHY = Words(
    "《信访工作条例》第三十一条第五项要求依法履行职责或者答复。",
    "Article 31(5) of the Regulations asks that the duty be performed or the request answered.",
)
STATUTE = Words("履行职责的法律法规依据", "the statute of the duty")
IN_COURT = "属于行政机关履行法定职责的，可以依法申请行政复议或者提起行政诉讼"
COURT_PLAIN = "管这事的是行政机关的，还可以申请行政复议、打官司。"


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("duty", data, WHY)
    matter, statute = petition.read(fields), fields.text("statute", STATUTE)
    doing = lines(fields, "doing", Words("将要做什么", "what will be done"))
    limit_on = fields.day("limit_on", Words("履行或者答复的期限", "the day by which it is done or answered"))
    fields.in_order(matter.received_on, limit_on)
    contact = reach(fields.part("handler"), matter)
    fields.done()
    by = said(limit_on)
    blocks = chapters(
        ("履行职责的依据", statute),
        ("将要做的工作", items(doing)),
        ("期限", f"依照上述规定，本单位最迟{by}履行职责或者答复您。"),
        ("联系方式", contact),
    )
    opening = Block(
        f"{matter.raised}，本单位已于{said(matter.received_on)}收到。本事项属于申请查处违法行为、履行保护人身权或者财产权等"
        "合法权益职责的事项，现依照《信访工作条例》第三十一条第五项，由本单位依法履行或者答复，并告知如下。"
    )
    above = fields.text("superior") or "上一级机关、单位"
    return matter.letter(
        "duty", "依法履职告知书", (opening, *blocks),
        Answer("您请我们管的事，我们依法来办。", f"最晚{said(limit_on, matter.issued_on)}办好或者答复您。"),
        f"到期没有履行也没有答复，或者对结果不服的，{IN_COURT}，也可以向{above}反映。",
        f"到时候没有结果，或者不满意，可以找{above}；{COURT_PLAIN}",
        sections(("我们要做什么", items(doing)), ("依据", statute)), "接下来怎么办",
    )  # fmt: skip


def build_reply(data: Mapping[str, Any]) -> Letter:
    """The reply for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("duty_reply", data, WHY)
    matter, statute, outcome = petition.read(fields), fields.text("statute", STATUTE), fields.text("outcome")
    known = {"performed", "not_performed"}
    fields.check(outcome in known, Words("是否履行了职责", "whether the duty was performed"))
    done = lines(fields, "done", Words("做了什么、查明了什么", "what was done and found"))
    refused = outcome == "not_performed"
    reasons = lines(fields, "reasons", Words("没有履行的理由", "why it was not performed") if refused else None)
    fields.done()
    result = f"依照{statute}，本单位{'不予履行' if refused else '已经依法履行职责'}。"
    blocks = chapters(
        ("您的请求", matter.matter), ("办理情况", items(done)), ("答复意见", [result, *reasons]),
    )  # fmt: skip
    opening = Block(f"{matter.raised}，本单位依照《信访工作条例》第三十一条第五项办理，现将履行职责的情况答复如下。")
    above = fields.text("superior") or "上一级机关、单位"
    own = fields.text("remedy")
    return matter.letter(
        "duty_reply", "履职情况答复书", (opening, *blocks), _outcome(refused, reasons or done),
        ended(own) if own else f"对本答复不服的，{IN_COURT}，也可以向{above}反映。",
        ended(own) if own else f"可以找{above}；{COURT_PLAIN}",
        sections(("我们做了什么", items(done) if refused or len(done) > 1 else ""), ("依据", statute), ("理由", items(reasons) if reasons else "")),
    )  # fmt: skip


def _outcome(refused: bool, told: list[str]) -> Answer:
    if refused:
        return Answer("您请我们管的事，我们查过了，不能照您的请求办。", ended(told[0]))
    return Answer("您请我们管的事，我们办了。", ended(told[0]))
