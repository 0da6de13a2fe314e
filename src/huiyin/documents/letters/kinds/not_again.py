"""不再受理告知书: the matter was re-reviewed and nothing in it is new (Regulations 2022, Art. 36(3)); what help goes on (Art. 37(3)).

Keys beside those of petition.py: earlier [{document, label, on, unit, says}] (the opinion of the re-review last), same [text] (why
facts and reasons are the same), help [text].
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
from .chapters import chapters, contact, items, lines, sections
from .review import earlier

WHY = Words(
    "《信访工作条例》第三十六条第三款只对复核过的同一事实和理由不再受理。",
    "Article 36(3) of the Regulations is only for the same facts and reasons after a re-review.",
)
SAME = Words("事实和理由怎样相同", "how facts and reasons are the same")
HELP = Words("接着怎样疏导、帮扶、救助", "what guidance and help go on")


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("not_again", data, WHY)
    matter, before = petition.read(fields), earlier(fields)
    same, goes_on = lines(fields, "same", SAME), lines(fields, "help", HELP)
    fields.in_order(*(one.on for one in before), matter.received_on)
    fields.done()
    last = before[-1]
    blocks = chapters(
        ("复核意见", [ended(f"{last.named}已经送达您"), *([ended(f"结论是：{last.says}")] if last.says else [])]),
        ("事实和理由相同的情况", items(same)),
        ("处理", "依照《信访工作条例》第三十六条第三款，对复核意见不服，仍然以同一事实和理由提出投诉请求的，各级党委和政府信访部门和其他机关、单位"
                "不再受理。本单位对本事项不再受理，您的材料已经登记、保存，可以查询。"),
        ("接着的疏导和帮扶", ["依照《信访工作条例》第三十七条，不再受理不影响您得到帮助：", *items(goes_on)]),
        ("联系方式", contact(matter)),
    )  # fmt: skip
    return matter.letter(
        "not_again", "不再受理告知书", (Block(f"{matter.raised}，本单位收到后逐项进行了核对，现将情况告知如下。"), *blocks),
        Answer("这件事复核过了，这次没有新的情况，不再受理。", f"{last.unit}{said(last.on, matter.issued_on)}答复过同样的事实和理由。"),
        "有新的事实、理由或者证据的，可以随时提出，本单位另立一件，照常登记、办理。认为本次提出的与复核过的不是同一事实和理由的，可以请本单位重新核对，"
        "也可以向上一级机关、单位反映。",
        "有新的情况、新的证据，随时来说，我们另立一件办。觉得我们看错了，可以请我们再核对。",
        sections(("为什么说是同一件事", items(same)), ("我们接着做什么", items(goes_on))), "有新的情况怎么办",
    )  # fmt: skip
