"""送达回证: the form that proves delivery. Blank lines are filled in by hand; a tick is printed where the mode is known.

From the delivery the 30 days of Art. 35 run, so date and signature matter. A refusal needs a witness or a note on how
it was recorded (by analogy with Art. 89 of the Civil Procedure Law, 留置送达).
Keys: sender, document, document_number, recipient, number_label, issued_on, mode, place, delivered_on, signed_by,
received_for, refusal, witness, deliverer, note.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from typing import Any

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import FormRow, Letter
from ..wording import said, tidy_number

WHY = Words("送达回证要证明什么文书、在什么时候、送给了谁。", "The form proves which document reached whom, and when.")
MODES = {
    "direct": "直接",
    "post": "邮寄",
    "left": "留置",
    "entrusted": "委托",
    "forwarded": "转交",
    "electronic": "电子",
    "public": "公告",
}
DAY_BY_HAND = "年　　月　　日"


def build(data: Mapping[str, Any]) -> Letter:
    """The form for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("service", data, WHY)
    sender = fields.sender()
    document = fields.text("document", Words("送达文书的名称", "the name of the document"))
    number = tidy_number(fields.text("document_number", Words("送达文书的文号", "the number of the document")))
    recipient = fields.text("recipient", Words("受送达人", "the recipient"))
    issued_on = fields.day("issued_on", Words("填发日期", "the date of the form"))
    mode = fields.text("mode")
    fields.check(not mode or mode in MODES, Words("可选的送达方式", "one of the modes of delivery"))
    refusal, witness, note = (fields.text(key) for key in ("refusal", "witness", "note"))
    fields.check(
        not refusal or bool(witness or note),
        Words("拒收时的见证人或者记录方式", "a witness or a record of the refusal"),
    )
    delivered_on = said(fields.day("delivered_on")) if data.get("delivered_on") else DAY_BY_HAND
    fields.done()
    rows = (
        FormRow("送达文书", document),
        FormRow("文　　号", number),
        FormRow("受送达人", recipient),
        FormRow("送达方式", height=2, options=tuple(MODES.values()), chosen=MODES.get(mode, "")),
        FormRow("送达地点", fields.text("place")),
        FormRow("送达日期", delivered_on),
        FormRow("受送达人\n签名或者盖章", fields.text("signed_by"), height=2),
        FormRow("代收人签名、\n与受送达人的关系", fields.text("received_for"), height=2),
        FormRow("拒收事由", refusal, height=2),
        FormRow("见证人签名", witness),
        FormRow("送达人签名", fields.text("deliverer")),
        FormRow("备　　注", note, height=2),
    )
    return Letter(
        "service",
        tidy_number(fields.text("number_label")),
        ("送达回证",),
        recipient,
        (),
        sender,
        fields.text("signer") or sender.unit,
        issued_on,
        case_number=fields.text("case_number"),
        form=rows,
    )
