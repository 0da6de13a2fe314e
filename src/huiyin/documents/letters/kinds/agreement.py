"""调解协议书, 和解协议书: what both sides agreed on, signed by them (Regulations 2022, Art. 33).

Keys beside those of petition.py: form (mediation | settlement), parties [text], agreement [text], perform_by, mediator, held_on.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from huiyin.procedure.words import Words

from ..fields import UNREADABLE, Fields
from ..parts import Answer, Block, Letter
from ..wording import said
from . import petition
from .chapters import chapters, items, lines, sections

WHY = Words(
    "《信访工作条例》第三十三条：经调解、和解达成一致意见的，应当制作调解协议书或者和解协议书。",
    "Article 33 of the Regulations: what was agreed by mediation or settlement is put down in an agreement.",
)
FORMS = {
    "mediation": ("调解", "经争议双方当事人同意，在本单位主持下进行调解"),
    "settlement": ("和解", "经本单位引导，争议双方当事人自愿和解"),
}
NAMES = "甲乙丙丁戊己庚辛壬癸"


def build(data: Mapping[str, Any]) -> Letter:
    """The agreement for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("mediation", data, WHY)
    matter, form = petition.read(fields), fields.text("form") or "mediation"
    fields.check(form in FORMS, Words("是调解还是和解", "whether it was mediation or settlement"))
    parties = lines(fields, "parties", Words("双方当事人", "the parties"))
    fields.check(len(parties) != 1, Words("另一方当事人", "the other party"))
    fields.check(len(parties) <= len(NAMES), Words("不超过十方的当事人", "no more than ten parties"))
    agreed = lines(fields, "agreement", Words("协议内容", "what was agreed"))
    perform_by = fields.day("perform_by", Words("履行期限", "the day by which it is performed"))
    held_on, mediator = fields.day("held_on"), fields.text("mediator")
    fields.done()
    verb, how = FORMS[form]
    when = f"于{said(held_on)}" if held_on != UNREADABLE else ""
    blocks = chapters(
        ("当事人", [f"{NAMES[place]}方：{party}" for place, party in enumerate(parties)]),
        ("协议内容", items(agreed)),
        ("履行期限", f"上述各项最迟在{said(perform_by)}以前履行完毕。"),
    )
    opening = Block(
        f"{matter.told}，{how}，{when}达成一致意见。协议出于自愿，不违反政策法规的强制性规定，"
        "现依照《信访工作条例》第三十三条制作本协议书。"
    )
    letter = matter.letter(
        "mediation", f"{verb}协议书", (opening, *blocks), Answer("您和对方谈好了，写在这份协议里。", f"最晚{said(perform_by, matter.issued_on)}做到。"),
        "本协议自各方签名或者盖章之日起生效，各方各执一份，本单位存一份。一方不履行的，他方可以请本单位督促，"
        "也可以依法申请仲裁或者提起诉讼。",
        "到时候没有做到，告诉我们，我们去催；也可以申请仲裁、打官司。签字以前，不同意的都可以改。",
        sections(("谈好了什么", items(agreed))), "如果对方没有做到",
    )  # fmt: skip
    return replace(letter, addressee="", signatures=_signatures(len(parties), mediator, verb))


def _signatures(parties: int, mediator: str, verb: str) -> tuple[str, ...]:
    last = (f"调解人（签名）：{mediator}",) if verb == "调解" else ()
    return (*(f"{name}方（签名或者盖章）：" for name in NAMES[:parties]), *last)
