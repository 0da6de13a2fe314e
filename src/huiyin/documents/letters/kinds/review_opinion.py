"""信访事项复查意见书 and 复核意见书: what was asked, what was decided before, what was found, and what is decided now
(Regulations 2022, Arts. 35–37).

The Regulations ask for an opinion and don't name its outcomes: 维持, 变更 and 撤销并责令重新办理 are the words of common practice.
Keys beside those of review.py: findings [text], outcome (maintain | change | revoke), reasons [text], basis [text], decided (the new
words of a change), redo_by, hearing_on, body {name, address, phone} (who re-reviews; only for a review).
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
from ..wording import ended, said
from . import petition
from .chapters import body, chapters, items, lines, sections
from .review import ASKED, Earlier, earlier

WHY = Words(
    "《信访工作条例》第三十五条、第三十六条要求书面提出复查、复核意见。",
    "Articles 35 and 36 of the Regulations ask for a written opinion on the review or re-review.",
)
OUTCOMES = {"maintain": "维持", "change": "变更", "revoke": "撤销"}
PLAIN = {
    "maintain": "我们查过了，维持原来的答复。",
    "change": "我们查过了，原来的答复要改。",
    "revoke": "我们查过了，原来的答复不算数，要重新办。",
}
FINAL = (
    "依照《信访工作条例》第三十六条第三款，对本意见不服，仍然以同一事实和理由提出投诉请求的，各级党委和政府信访部门和其他机关、单位"
    "不再受理。有新的事实和理由的，可以另行提出。",
    "同样的事、同样的理由，以后不再受理了；有新的情况，可以再提。",
)
AGAIN = (
    "重新办理后作出的处理意见，您不服的，可以依照《信访工作条例》第三十五条，自收到书面答复之日起30日内请求复查。",
    "重新办好了，再书面答复您；不满意，收到后30天以内还可以请求复查。",
)
HELP = "生活确有困难的，本单位告知或者帮助您依法申请社会救助；疏导、帮扶的工作继续做（第三十七条）。"
HELP_PLAIN = "生活上有困难，请告诉我们，帮您申请救助。"


@dataclass(frozen=True)
class Decision:
    """What the review found and decided."""

    asked: list[str]
    before: list[Earlier]
    requested_on: date
    findings: list[str]
    outcome: str
    reasons: list[str]
    basis: str
    decided: list[str]
    redo_by: date
    hearing_on: date
    holds: str = ""

    @property
    def again(self) -> bool:
        """Whether the matter is to be handled again: revoked now, or by the review that is maintained."""
        return "revoke" in (self.outcome, self.holds)

    def says(self) -> list[str | Block]:
        """The decision in official words."""
        last, ground = self.before[-1], f"依照{self.basis}，"
        if self.outcome == "maintain":
            return [f"{ground}维持{last.named}。"]
        if self.outcome == "change":
            return [Block(f"{ground}变更{last.named}，变更为："), *items(self.decided)]
        by = f"，并在{said(self.redo_by)}以前重新作出处理意见" if self.redo_by != UNREADABLE else ""
        return [f"{ground}撤销{last.named}，责令{self.before[0].unit}重新办理{by}。", *self.decided]


def build_review(data: Mapping[str, Any]) -> Letter:
    """The opinion on a review; LetterIncompleteError names everything that is missing."""
    fields = Fields("review_opinion", data, WHY)
    matter, decision = petition.read(fields), _read(fields)
    above = body(fields, Words("复核机关、单位", "the body that re-reviews"))
    fields.done()
    again = "重新办理后作出的处理意见，您不服的，仍然可以请求复查。" if decision.outcome == "revoke" else ""
    where = f"{'；'.join(above.ways)}。" if above.ways else ""
    return _letter(
        matter, decision, "复查", f"第三十五条，对原处理意见进行了复查。{_heard(decision)}现提出复查意见如下。",
        f"如不服本意见，可依照《信访工作条例》第三十六条，自收到本意见书之日起30日内，向{above.name}请求复核。{again}",
        f"收到这封信以后30天以内，可以请{above.name}复核。签收第二天算第1天。{where}申请我们可以替您写。", "如果您不满意", ("复核机关、单位的联系方式", above.ways),
    )  # fmt: skip


def build_rereview(data: Mapping[str, Any]) -> Letter:
    """The opinion on a re-review; LetterIncompleteError names everything that is missing."""
    fields = Fields("rereview_opinion", data, WHY)
    matter, decision = petition.read(fields), _read(fields)
    fields.check(len(decision.before) != 1, Words("原处理意见和复查意见", "both earlier opinions"))
    fields.done()
    official, plain = AGAIN if decision.again else FINAL
    return _letter(
        matter, decision, "复核", f"第三十六条，对原处理意见和复查意见进行了复核。{_heard(decision)}现提出复核意见如下。",
        official + HELP, plain + HELP_PLAIN, "以后怎么办",
    )  # fmt: skip


def _read(fields: Fields) -> Decision:
    outcome = fields.text("outcome")
    fields.check(
        outcome in OUTCOMES, Words("意见（维持、变更或者撤销）", "the outcome: maintained, changed or revoked")
    )
    changed = Words("变更后的意见", "the words of the changed opinion") if outcome == "change" else None
    return Decision(
        lines(fields, "request", ASKED),
        earlier(fields),
        fields.day("requested_on", Words("收到请求的日期", "the day the request was received")),
        lines(fields, "findings", Words("查明的事实", "what was found")),
        outcome,
        lines(fields, "reasons", Words("理由", "the reasons")),
        "、".join(lines(fields, "basis", Words("法律法规依据", "the legal basis"))),
        lines(fields, "decided", changed),
        fields.day("redo_by"),
        fields.day("hearing_on"),
        fields.text("holds"),
    )


def _heard(decision: Decision) -> str:
    return f"本单位于{said(decision.hearing_on)}举行了听证。" if decision.hearing_on != UNREADABLE else ""


def _letter(
    matter: petition.Petition,
    decision: Decision,
    verb: str,
    how: str,
    remedy: str,
    plain: str,
    heading: str,
    next_body: tuple[str, list[str]] = ("", []),
) -> Letter:
    kind = "review_opinion" if verb == "复查" else "rereview_opinion"
    opening = f"您不服{decision.before[-1].named}，于{said(decision.requested_on)}向本单位请求{verb}。本单位依照《信访工作条例》{how}"
    blocks = chapters(
        (f"{verb}请求", items(decision.asked)),
        ("原处理意见和复查意见" if verb == "复核" else "原处理意见", [_told(one) for one in decision.before]),
        ("查明的事实", decision.findings),
        (f"{verb}意见", [*decision.reasons, *decision.says()]),
        next_body,
    )
    more = decision.decided or decision.reasons
    return matter.letter(
        kind, f"信访事项{verb}意见书", (Block(opening), *blocks), Answer(PLAIN["revoke" if decision.again else decision.outcome], "\n".join(map(ended, more))),
        remedy, plain,
        sections(
            ("您的请求", items(decision.asked)), ("我们查到了什么", decision.findings),
            ("为什么这样定", decision.reasons if decision.decided else ""), ("依据", decision.basis),
        ), heading,
    )  # fmt: skip


def _told(one: Earlier) -> str:
    return ended(f"{one.named}：{one.says}" if one.says else one.named)
