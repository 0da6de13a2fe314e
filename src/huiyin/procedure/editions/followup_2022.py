"""回访 after the answer: somebody who had no part in the handling asks how it was, and writes down what was said.

The Regulations give the petitioner the right to rate (Art. 21) and know neither a call nor a last day for it; who is called is the
office's own rule (cases.followup). Who can't be reached or does not want to talk is written down as such and never counts as content.
A rating that the petitioner gave before stands; nobody rates for them.
"""

from __future__ import annotations

from typing import Any

from huiyin.procedure.actions import Action, Field, Guard, Situation
from huiyin.procedure.editions import effects_2022 as effects
from huiyin.procedure.editions import guards_2022 as guards
from huiyin.procedure.editions.forms_2022 import AGENT, EVALUATE, choices
from huiyin.procedure.editions.guards_2022 import ASPECTS
from huiyin.procedure.editions.standing_2022 import SAME_UNIT, SETTLED
from huiyin.procedure.words import Words

HOW = choices(
    ("phone", "打电话", "By phone"), ("visit", "上门", "At their home"), ("counter", "在接待室", "At the counter")
)
REACHED = choices(
    ("answered", "说上话了", "They answered"), ("no_answer", "没有联系上", "Not reached"), ("declined", "不想说", "Did not want to talk"),
)  # fmt: skip
FIELDS = (
    Field("how", "choice", Words("怎样回访的", "How"), choices=HOW),
    Field("on", "date", Words("哪天", "Date")),
    Field("reached", "choice", Words("联系上了吗", "Were they reached?"), choices=REACHED),
    *EVALUATE[:4],
    Field("comment", "text", Words("说了什么", "What was said"), required=False, most=5000, hint=Words("照原话记，不评价人", "In their own words; never a judgement of a person")),
    AGENT,
)  # fmt: skip


def _had_a_part(s: Situation) -> bool:
    return s.by.id in {s.snapshot.responsible, *(s.mark("hands") or ())}


def _told(s: Situation) -> bool:
    return any(s.facts.get(name) for name in (*ASPECTS, "comment"))


def called_back(s: Situation) -> dict[str, Any]:
    """What the list of calls goes by; the first rating of this answer, if the petitioner gave one."""
    if s.facts["reached"] == "no_answer":
        return {"call_tries": (s.mark("call_tries") or 0) + 1, "call_tried_on": s.facts["on"]}
    rated = {} if s.mark("evaluated") or s.facts["reached"] != "answered" else effects.rated(s)
    return {"called_back": s.facts["on"]} | rated


WAS_ANSWERED = Guard(
    "was_answered", lambda s: bool(s.mark("delivered_on")),
    Words("送达了答复的才回访。", "Only who got an answer is called back."), early=True, silent=True,
)  # fmt: skip
NOT_WHO_HANDLED_IT = Guard(
    "not_who_handled_it", lambda s: not _had_a_part(s),
    Words("办过这件事的人不能回访，请另一位同事来。", "Whoever had a part in it can't make this call; a colleague must."), early=True,
)  # fmt: skip
SAID_OR_NOT = Guard(
    "said_or_not", lambda s: _told(s) == (s.facts.get("reached") == "answered") or s.facts.get("reached") == "declined",
    Words("说上话了的，记下评价或者说了什么；没有联系上的，什么也不填。", "If they answered, record a rating or what was said; if not, leave both empty."),
    field="reached",
)  # fmt: skip

ACTIONS = (
    Action(
        "call_back", Words("回访", "Call back"), Words("回访", "Called back"), Words("我们回访了您", "We asked you how it was"), "第二十一条",
        Words("由没有办过这件事的人问：接待、办理、过程、结果怎么样，照原话记；没有联系上的、不想说的照实记。不满意又在复查期内的，问要不要请求复查，由信访人自己定。",
              "Somebody who had no part in it asks about reception, handling, procedure and result, and writes down what is said; not reached or unwilling is written down as such. Whoever is dissatisfied while a review can be asked for is asked whether they want one; they decide."),
        frozenset({"delivered", "reviewed", "concluded"}) | SETTLED, None, frozenset({"clerk", "head", "leader", "supervisor"}), SAME_UNIT,
        FIELDS, (WAS_ANSWERED, NOT_WHO_HANDLED_IT, guards.ON_NOT_FUTURE, SAID_OR_NOT), marks=called_back,
    ),
)  # fmt: skip
