"""信访工作条例 (2022), Arts. 35 and 36: how a review (复查) or re-review (复核) is asked for, and when the request is in time.

Two days count. The petitioner's 30 days are kept when the request was posted within them: time in the post is not counted, as everywhere
in law (民事诉讼法 Art. 85, by analogy). The 30 days of whoever decides count from the day on which it was received. A request that comes
late is taken all the same with its reason: the right belongs to the petitioner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.procedure.actions import Field, Guard, Situation
from huiyin.procedure.deadlines import compute
from huiyin.procedure.editions.forms_2022 import AGENT
from huiyin.procedure.editions.guards_2022 import WINDOWS, fact_date
from huiyin.procedure.terms import TERMS
from huiyin.procedure.words import Words

REPLIED = "closed_on"  # the mark of when a matter that was taken over from an earlier system was answered


@dataclass(frozen=True)
class Level:
    """What tells a re-review from a review: its words, its article, its states and who is asked by when."""

    code: str
    zh: str
    en: str
    article: str
    sources: frozenset[str]
    reached: str
    above: Words

    @property
    def under(self) -> str:
        return f"{self.code}ing"

    @property
    def next_right(self) -> str:
        """What the petitioner may ask for after this level's answer; only the answer itself after the last."""
        return "rereview" if self.code == "review" else "answer"

    def words(self, zh: str, en: str) -> Words:
        return Words(zh.format(self.zh), en.format(self.en))


REVIEW = Level(
    "review", "复查", "review", "第三十五条", frozenset({"delivered", "closed", "archived"}), "reviewed",
    Words("原办理单位的上一级", "the unit above the one that handled it"),
)  # fmt: skip
REREVIEW = Level(
    "rereview", "复核", "re-review", "第三十六条", frozenset({"reviewed", "closed", "archived"}), "concluded",
    Words("复查单位的上一级", "the unit above the one that reviewed it"),
)  # fmt: skip


def fields_of(level: Level) -> tuple[Field, ...]:
    """What is recorded of a request."""
    return (
        Field("received_on", "date", Words("收到请求的日期", "Request received on"),
              hint=level.words("实际收到的那天，{0}的30日从这天起算", "The day it really came; the 30 days of the {0} count from it")),
        Field("posted_on", "date", Words("寄出的日期（邮戳）", "Posted on (postmark)"), required=False,
              hint=Words("邮寄的才填；在路上的日子不算信访人的", "Only for what came by post; its time on the way doesn't count against the petitioner")),
        Field("request", "text", Words("请求什么、为什么不服", "What is asked, and why"), most=20000),
        Field("body", "line", level.words("{0}机关", "Which unit does the {0}"), required=False, most=80,
              hint=Words("意见书里写的那个单位；不填就按意见书", "As the opinion names it")),
        Field("late_reason", "text", Words("超过30日的理由", "Why it comes after the 30 days"), required=False, most=1000),
        Field("files", "files", Words("材料", "Papers"), required=False),
        AGENT,
    )  # fmt: skip


def asked_on(s: Situation) -> date:
    """The day on which the petitioner asked: that of the postmark, else the one on which the request was received."""
    return fact_date("posted_on" if s.facts.get("posted_on") else "received_on", s)


def lapsed(s: Situation) -> dict[str, Any]:
    """The last days of the periods that end now: a request posted within them may still be on its way."""
    ended = {name: clock.due.isoformat() for name in WINDOWS if (clock := s.running(name)) and clock.due < s.today}
    return {"lapsed": {**(s.mark("lapsed") or {}), **ended}}


def _last_day(level: Level, s: Situation) -> date | None:
    """The last day of the period to ask in, whether it runs, was ended while the letter was on its way, or began in an earlier system."""
    term = f"request-{level.code}"
    if clock := s.running(term):
        return clock.due
    if kept := (s.mark("lapsed") or {}).get(term):
        return date.fromisoformat(kept)
    replied = s.date_mark(REPLIED)
    return _last_after(replied, s) if replied and level is REVIEW else None


def _last_after(answered: date, s: Situation) -> date:
    return compute(TERMS["request-review"], answered, s.calendar).due


def replied_lately(s: Situation) -> date | None:
    """The day of the answer of the earlier system, where a review may still be asked for. That answer goes to nobody unknown."""
    replied = fact_date("replied_on", s)
    return replied if _last_after(replied, s) >= s.today and not s.facts.get("identity_unclear") else None


def taken_over(s: Situation) -> dict[str, Any]:
    """With the request the answer of the earlier system is one like every other; when it is settled again is another day."""
    return {"delivered_on": s.mark(REPLIED), REPLIED: None} if s.mark(REPLIED) else {}


def _answered(level: Level, s: Situation) -> date | None:
    if level is REREVIEW:
        return s.date_mark("review_delivered_on")
    return s.date_mark("delivered_on") or s.date_mark(REPLIED)


def _in_time(level: Level, s: Situation) -> bool:
    if s.mark("unbrought") == level.code:  # the answer has not reached the petitioner: no period has begun
        return True
    last = _last_day(level, s)
    return last is not None and asked_on(s) <= last


def in_time(level: Level) -> Guard:
    return Guard(
        "request_in_time",
        lambda s: _in_time(level, s) or bool(s.facts.get("late_reason")),
        level.words(
            "请求{0}的30日已经过了。有不可抗力、正当理由或者以前送达、告知有欠缺的，写明理由，照样收。",
            "The 30 days for a {0} are over. With the reason for the delay it is taken all the same; write it down.",
        ),
        field="late_reason",
    )


def after_delivery(level: Level) -> Guard:
    def holds(s: Situation) -> bool:
        earlier = _answered(level, s)
        return earlier is None or fact_date("received_on", s) >= earlier

    return Guard(
        "received_after_delivery", holds,
        Words("请求不能早于答复送达。", "The request can't come before the answer was delivered."), field="received_on",
    )  # fmt: skip


def posted_in_order(level: Level) -> Guard:
    def holds(s: Situation) -> bool:
        posted = asked_on(s)
        earlier = _answered(level, s) or posted
        return earlier <= posted <= fact_date("received_on", s)

    return Guard(
        "posted_in_order", lambda s: not s.facts.get("posted_on") or holds(s),
        Words("寄出的日期要在答复送达之后、收到请求之前。", "It was posted after the answer was delivered and before the request was received."),
        field="posted_on",
    )  # fmt: skip
