"""复查（复核）申请收件回执: the request reached the body that decides on it, and until when it answers (Regulations 2022, Arts. 35, 36).

Keys beside those of petition.py: stage (review | rereview), requested_on (received), request [text], due_on, earlier [{document, label,
on, unit, says}], handler {office, phone, name}, queries [text], decider (the unit that decides; without it the one that writes),
acting (who asked for the petitioner by authorisation).
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.procedure.words import Words

from ..fields import UNREADABLE, Fields
from ..parts import Answer, Block, Letter
from ..wording import ended, said, tidy_number
from . import petition
from .chapters import chapters, items, lines, sections
from .notice import reach

WHY = Words(
    "《信访工作条例》第三十五条、第三十六条规定收到复查、复核请求后30日内提出意见。",
    "Articles 35 and 36 of the Regulations ask for an opinion within 30 days of receiving the request.",
)
ITSELF_DECIDES = "本单位"
STAGES = {"review": "复查", "rereview": "复核"}
RULE = {
    "复查": "依照《信访工作条例》第三十五条，{0}自收到复查请求之日起30日内提出复查意见，书面答复您",
    "复核": "依照《信访工作条例》第三十六条，{0}自收到复核请求之日起30日内提出复核意见，书面答复您",
}
HEARING = "举行听证的，听证所需时间不计算在内，本单位另行通知您。"
ITSELF = Words(
    "您请求复查、复核的意见（文书名称、文号和日期）", "the opinion that is to be reviewed: its name, number and date"
)
ASKED = Words("信访人的复查、复核请求", "what the petitioner asks for")


@dataclass(frozen=True)
class Earlier:
    """An opinion that was given before."""

    document: str
    label: str
    on: date
    unit: str
    says: str

    @property
    def named(self) -> str:
        """云湖供电公司2026年4月20日作出的《信访处理意见书》（云供信〔2026〕7号)."""
        day = "" if self.on == UNREADABLE else said(self.on)
        number = f"（{self.label}）" if self.label else ""
        return f"{self.unit}{day}作出的《{self.document}》{number}"


def earlier(fields: Fields) -> list[Earlier]:
    """The opinions that went before, the oldest first; none at all is an error."""
    return [
        Earlier(
            part.text("document", ITSELF), tidy_number(part.text("label", ITSELF)), part.day("on", ITSELF), part.text("unit", ITSELF),
            part.text("says"),
        )
        for part in fields.parts("earlier", ITSELF)
    ]  # fmt: skip


def build(data: Mapping[str, Any]) -> Letter:
    """The receipt for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("review_receipt", data, WHY)
    matter, before = petition.read(fields), earlier(fields)
    verb = STAGES.get(fields.text("stage"), "")
    fields.check(bool(verb), Words("是复查还是复核", "whether it is a review or a re-review"))
    asked = lines(fields, "request", ASKED)
    requested_on = fields.day("requested_on", Words("收到请求的日期", "the day the request was received"))
    due_on = fields.day("due_on", Words("答复期限", "the day by which it is answered"))
    fields.in_order(matter.received_on, requested_on, due_on)
    contact = reach(fields.part("handler"), matter)
    queries, acting = fields.texts("queries"), fields.text("acting")
    decider = _decider(fields, matter)
    fields.done()
    blocks = chapters(
        (f"请求{verb}的意见", ended(before[-1].named)),
        ("您的请求", items(asked)),
        ("答复期限", f"{RULE[verb].format(decider)}，最迟{said(due_on)}。{HEARING if verb == '复核' else ''}"),
        ("联系和查询方式", [contact, *(items(queries) if queries else [])]),
    )
    opening = Block(
        f"您不服{before[-1].named}，请求{verb}。本单位于{said(requested_on)}收到您的请求，{f'由{acting}代您提出，' if acting else ''}{_handled_by(verb, decider)}现出具回执。"
        "办理过本事项的人员不参加这次办理。"
    )
    return matter.letter(
        "review_receipt", f"信访事项{verb}申请收件回执", (opening, *blocks),
        Answer(f"您的{verb}申请，我们收到了。", f"最晚{said(due_on, matter.issued_on)}给您答复。"),
        _next(verb, decider), _next_plain(verb),
        sections((f"谁来{verb}", "" if decider == ITSELF_DECIDES else decider), ("可以问谁", matter.contact or contact), ("您的请求", items(asked))),
        "接下来怎么办",
    )  # fmt: skip


def _decider(fields: Fields, matter: petition.Petition) -> str:
    """Who decides: another unit by its name, or the one that writes."""
    named = fields.text("decider")
    return named if named and named != matter.sender.unit else ITSELF_DECIDES


def _handled_by(verb: str, decider: str) -> str:
    return "" if decider == ITSELF_DECIDES else f"转{decider}{verb}，"


def _next(verb: str, decider: str) -> str:
    if verb == "复查":
        return (
            "您可以补充事实、理由和证据。不服复查意见的，可以依照《信访工作条例》第三十六条，自收到书面答复之日起30日内，"
            f"向{decider}的上一级机关、单位请求复核。"
        )
    return "您可以补充事实、理由和证据。复核意见作出后，同一事实和理由不再受理（《信访工作条例》第三十六条第三款）；有新的事实、理由的，可以另行提出。"


def _next_plain(verb: str) -> str:
    told = "还有想说的，打电话、寄信、送来都行。"
    return told + ("对复查意见不满意，收到后30天以内还可以请求复核。" if verb == "复查" else "")
