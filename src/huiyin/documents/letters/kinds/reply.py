"""答复意见书: the reply to a suggestion (Regulations 2022, Art. 29) or an enquiry. It is no decision on a complaint or request:
the outcomes of Art. 32 and the review of Art. 35 don't belong to it.

Keys beside those of petition.py: nature (suggestion | enquiry), accepted_on; claims [see claims.py]; facts [{heading, text}] (or text).
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
    "《信访工作条例》第二十九条要求对建议意见认真研究论证并予以回复。",
    "Article 29 of the Regulations asks that suggestions be studied and answered.",
)
KNOWN = frozenset({"answer", "adopt", "adopt_partly", "decline"})
HEADINGS = {
    "suggestion": ("一、您提出的建议意见", "二、研究论证情况", "三、答复意见"),
    "enquiry": ("一、您询问的事项", "二、核实情况", "三、答复意见"),
}


def build(data: Mapping[str, Any]) -> Letter:
    """The reply for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("reply", data, WHY)
    matter = petition.read(fields)
    accepted_on = fields.day("accepted_on", Words("受理日期", "the date of acceptance"))
    asked = claims.read(fields, KNOWN)
    facts = claims.facts(fields)
    first, second, third = HEADINGS.get(fields.text("nature"), HEADINGS["enquiry"])
    fields.done()
    noun = "建议" if first == HEADINGS["suggestion"][0] else "事项"
    blocks = (
        Block(f"{matter.raised}，本单位于{said(accepted_on, matter.received_on)}受理，现答复如下。"),
        Block(first, "heading"),
        *claims.requests(asked),
        Block(second, "heading"),
        *facts,
        Block(third, "heading"),
        *claims.decisions(asked, noun),
    )
    return matter.letter("reply", "答复意见书", blocks, claims.answer(asked))
