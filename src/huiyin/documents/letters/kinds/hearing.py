"""听证通知书: when and where a hearing is held, who is there, and what the petitioner may do (Regulations 2022, Arts. 31(6) and 36(2)).

The rights stand here in the words of ordinary hearing practice; the Regulations name only the hearing itself and recusal (Art. 28(3)).
A hearing stops the clock of a re-review alone.
Keys beside those of petition.py: stage (handle | rereview), hearing_on, hearing_at, place, chair, participants [text], subject, bring.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Mapping
from typing import Any

from huiyin.procedure.words import Words, weekday_words

from ..fields import Fields
from ..parts import Answer, Block, Letter
from ..wording import said
from . import petition
from .chapters import chapters, contact, items, lines, sections

WHY = Words(
    "《信访工作条例》第三十一条第六项、第三十六条规定可以举行听证；参加的人要知道时间、地点和权利。",
    "Articles 31(6) and 36 of the Regulations allow a hearing; those who take part must know time, place and rights.",
)
GROUND = {"handle": "第三十一条第六项", "rereview": "第三十六条第二款"}
CLOCK = {
    "handle": "听证不延长本事项的办理期限。",
    "rereview": "听证所需时间不计算在复核期限内（《信访工作条例》第三十六条第二款）。",
}
RIGHTS = (
    "陈述事实和理由，提交证据，发表意见",
    "可以委托一至两人代理或者陪同，带上委托书",
    "认为主持人或者参加听证的工作人员与本事项有直接利害关系的，可以请其回避（《信访工作条例》第二十八条第三款）",
    "核对听证笔录，有遗漏、差错的可以请求补正，再签名",
)
RIGHTS_PLAIN = (
    "说您的理由，交您的材料",
    "带一两个人陪您，或者替您说",
    "觉得谁应当回避，提出来",
    "笔录看过没有错，再签名",
)


def build(data: Mapping[str, Any]) -> Letter:
    """The notice for a snapshot; LetterIncompleteError names everything that is missing."""
    fields = Fields("hearing", data, WHY)
    matter = petition.read(fields)
    on = fields.day("hearing_on", Words("听证的日期", "the day of the hearing"))
    at = fields.text("hearing_at", Words("听证的时间", "the time of the hearing"))
    place = fields.text("place", Words("听证的地点", "the place of the hearing"))
    chair = fields.text("chair", Words("听证主持人", "who chairs it"))
    participants = lines(fields, "participants", Words("参加听证的人员", "who takes part"))
    stage = fields.text("stage") if fields.text("stage") in GROUND else "handle"
    fields.in_order(matter.received_on, on)
    fields.done()
    when, short = (f"{day}（{weekday_words(on).zh}）{at}" for day in (said(on), said(on, matter.issued_on)))
    blocks = chapters(
        ("听证事项", fields.text("subject")),
        ("时间和地点", [f"时间：{when}。", f"地点：{place}。"]),
        ("主持人和参加人员", [f"主持人：{chair}。", f"参加人员：{'、'.join(participants)}。"]),
        ("您的权利", items(RIGHTS)),
        ("联系方式", contact(matter)),
    )
    opening = Block(
        f"{matter.raised}，本单位决定依照《信访工作条例》{GROUND[stage]}举行听证，请您参加。{CLOCK[stage]}现将有关事项通知如下。"
    )
    help_ = "不能按时参加的，请提前告诉本单位，以便改期；行动、听力或者视力不便的，也请提前说明，本单位给您安排方便。"
    bring = fields.text("bring") or "身份证件和想让大家看的材料"
    return matter.letter(
        "hearing", "听证通知书", (opening, *blocks), Answer("请您来参加听证。", f"时间：{short}\n地点：{place}"),
        f"请携带{bring}。{help_}听证以后，本单位依据查明的事实作出意见，书面答复您。",
        "来不了就提前打电话，我们改日子。走路、听话、看字不方便，也告诉我们。",
        sections(
            ("谁参加", [f"主持：{chair}", f"参加：{'、'.join(participants)}"]), ("您可以做什么", items(RIGHTS_PLAIN)), ("要带什么", bring),
        ), "如果来不了",
    )  # fmt: skip
