"""督办函: a unit asks one of its offices or a unit below it to mend how a matter is handled, with written feedback by a day
(Regulations 2022, Art. 40). It goes to the office, never to the petitioner, and names the matter without naming them.

Keys beside sender, number_label, issued_on, signer: addressee, matter, case_number, received_on, due_on ("" if none), ground
(procedure | delay | false | unexecuted | other), words, feedback_by, contact.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from typing import Any

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import Block, Letter
from ..wording import ended, matter_phrase, said, tidy_number, title_lines

WHY = Words(
    "《信访工作条例》第四十条：发现推诿、敷衍、拖延等情形的，应当及时督办，有关机关、单位应当书面反馈采纳情况。",
    "Article 40 of the Regulations: evasion and delay are to be supervised at once, with written feedback.",
)
GROUNDS = {
    "procedure": "违反信访工作规定受理、办理信访事项",
    "delay": "办理信访事项推诿、敷衍、拖延",
    "false": "办理信访事项弄虚作假",
    "unexecuted": "不执行信访处理意见",
    "other": "",
}


def build(data: Mapping[str, Any]) -> Letter:
    """The letter for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("supervision", data, WHY)
    sender = fields.sender()
    addressee = fields.text("addressee", Words("发给哪个科室、单位", "the office it goes to"))
    matter = matter_phrase(fields.text("matter", Words("反映的是什么事", "the matter")))
    received_on = fields.day("received_on", Words("收到日期", "the date of receipt"))
    issued_on = fields.day("issued_on", Words("成文日期", "the date of the letter"))
    feedback_by = fields.day("feedback_by", Words("书面反馈的日期", "the day of the feedback"))
    words = fields.text("words", Words("督办意见", "what is asked"))
    number, contact = fields.text("case_number"), fields.part("contact").text("phone")
    fields.in_order(received_on, issued_on, feedback_by)
    due = fields.day("due_on")
    fields.done()
    term = f"，办理期限到{said(due)}" if data.get("due_on") else ""
    ground = GROUNDS.get(fields.text("ground"), "")
    blocks = (
        Block(f"{said(received_on)}收到的{matter}（登记编号{number}），由你单位办理{term}。"
              + (f"经核查，存在{ground}的情形。" if ground else "") + "依照《信访工作条例》第四十条，现予督办。"),
        Block("一、督办意见", "heading"),
        *(Block(ended(line.strip())) for line in words.splitlines() if line.strip()),
        Block("二、反馈要求", "heading"),
        Block(f"请于{said(feedback_by, issued_on)}前书面反馈采纳情况：采取了什么措施，什么时候办结；没有采纳的，写明理由。"
              "本函不改变事项的法定期限。"),
        *([Block(f"联系电话：{contact}。")] if contact else []),
    )  # fmt: skip
    return Letter(
        "supervision", tidy_number(fields.text("number_label")), title_lines(f"关于{matter}的", "督办函"), addressee, blocks, sender,
        fields.text("signer") or sender.unit, issued_on, case_number=number, contact=contact,
    )  # fmt: skip
