"""导入法定程序告知书: which procedure, which body, and until when (Regulations 2022, Art. 31(1)–(4)).

The limit of that procedure stands first and, where it is known, as a date: a petition must not eat it. How it is counted and
whether it was kept is for the body that receives the application, and the letter says so.
Keys beside those of petition.py: item ("1"–"4"), route (name of the procedure), body {name, address, phone}, statute, limit (its
words), limit_on, reason, bring, passed_how (what happened to the papers), superior.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from typing import Any

from huiyin.procedure.words import Words

from ..fields import UNREADABLE, Fields
from ..parts import Answer, Block, Letter
from ..wording import ended, said
from . import petition
from .chapters import body, chapters, sections

WHY = Words(
    "《信访工作条例》第三十一条第一项至第四项要求导入相应程序；写明机关和期限，信访人才不会错过。",
    "Article 31(1)–(4) of the Regulations leads into the procedure of another law; "
    "with body and limit named the petitioner will not miss it.",
)
ITEMS = {
    "1": (
        "第一项",
        "本事项应当通过诉讼、复议、刑事立案、法律监督或者公安机关法律程序处理",
        "按照法律法规规定的程序处理",
    ),
    "2": ("第二项", "本事项应当通过仲裁解决", "导入仲裁程序处理"),
    "3": ("第三项", "本事项可以通过党员申诉、申请复审等解决", "导入相应程序处理"),
    "4": ("第四项", "本事项可以通过行政复议、行政裁决等行政程序解决", "导入相应程序处理"),
}
HELP = "不清楚怎样申请的，本单位帮您写申请、联系受理机关；法律上的问题可以免费拨打12348咨询。"
HELP_PLAIN = "申请我们可以帮您写。法律上的事，可以免费打12348问。"
COUNTED_PLAIN = "日子是按您说的情况推算的，以那边认定的为准。"


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("direction", data, WHY)
    matter, item = petition.read(fields), fields.text("item")
    fields.check(
        item in ITEMS, Words("属于第三十一条哪一项（第一项至第四项）", "which item of Article 31 applies, 1 to 4")
    )
    route = fields.text("route", Words("应当走的法定程序", "the procedure"))
    receiver = body(fields, Words("受理的机关", "the body that receives the application"))
    statute = fields.text("statute", Words("期限的法律依据", "the statute of the time limit"))
    limit = ended(fields.text("limit", Words("申请的期限", "the time limit")))
    limit_on = fields.day("limit_on")
    fields.done()
    number, means, led = ITEMS[item]
    last = "" if limit_on == UNREADABLE else said(limit_on)
    blocks = chapters(
        (f"申请期限：最迟{last}" if last else "申请期限", [f"{statute}：{limit}", _counted(last)]),
        ("受理的机关", receiver.lines),
        (
            "应当走的程序",
            [route, fields.text("reason"), fields.text("bring") and f"需要带的材料：{fields.text('bring')}"],
        ),
        ("您交来的材料", fields.text("passed_how")),
        ("本单位能帮您做的", HELP),
    )
    opening = Block(f"{matter.raised}，经核对，{means}。现依照《信访工作条例》第三十一条{number}，{led}，并告知如下。")
    above = fields.text("superior") or "上一级机关、单位"
    again = f"认为本事项应当由本单位办理的，可以请本单位重新核对，也可以向{above}反映。"
    return matter.letter(
        "direction", "导入法定程序告知书", (opening, *blocks), _answer(receiver.name, route, said(limit_on, matter.issued_on) if last else "", f"{statute}：{limit}"),
        f"请不要等本单位的其他答复，尽早提出申请。{again}",
        f"请早一点去申请，不要等。您觉得该由我们办，可以请我们再看，也可以找{above}。",
        sections(
            ("到哪里申请", receiver.ways), ("怎样算期限", [f"{statute}：{limit}", COUNTED_PLAIN if last else ""]),
            ("要带什么", fields.text("bring")), ("您交来的材料", fields.text("passed_how")), ("我们能帮您", HELP_PLAIN),
        ), "接下来怎么办",
    )  # fmt: skip


def _counted(last: str) -> str:
    return (
        f"按您告诉本单位的情况推算，最后一天是{last}；以受理的机关认定的为准。"
        if last
        else "起算的日子以受理的机关认定的为准，请尽早申请。"
    )


def _answer(body: str, route: str, last: str, limit: str) -> Answer:
    if last:
        return Answer(f"请在{last}以前，向{body}提出。", f"这件事要走{route}。过了这一天，可能就不受理了。")
    return Answer(f"请尽早向{body}提出。", f"这件事要走{route}。{limit}")
