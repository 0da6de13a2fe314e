"""The terms that run in the procedure: how many days, counted how, from what, whose duty, by which article.

Sources: 信访工作条例 (2022, in force 2022-05-01); for simple handling 信访事项简易办理办法 (国信办发〔2022〕17号).
The Regulations say 工作日 once (Art. 23), so every other 日 is a natural day. Numbers of 2005 do not apply.
The two simple-handling numbers could not be checked against the text; their explanations say so, and a unit may set its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from huiyin.procedure.articles import OWN_LIMIT, REGULATIONS, SIMPLE_MEASURES, cite
from huiyin.procedure.words import Words

Unit = Literal["day", "workday"]
Duty = Literal["office", "petitioner"]


LONGEST = 3650  # days of the longest term that is counted: ten years


@dataclass(frozen=True)
class Term:
    """A statutory term.

    `days` counts natural days (`unit="day"`) or working days (`unit="workday"`), the start day excluded; 0 days end on the start day
    itself, whatever day that is.
    `duty` says whose date it is: an office must act by it, a petitioner may act until it.
    `starts` completes "on this day …"; `article` is what is cited.
    `statutory` is False for a date that the office set itself where the Regulations know no number.
    `note` is a sentence that belongs into every explanation; `checked` is False while the number was not held against the text.
    """

    code: str
    days: int
    unit: Unit
    article: str
    name: Words
    duty: Duty
    starts: Words
    source: Words
    note: Words | None = None
    checked: bool = True
    statutory: bool = True

    @property
    def citation(self) -> Words:
        """The article in both languages."""
        return cite(self.article)

    @property
    def length(self) -> Words:
        """The length in words: 15日, 5个工作日, 当天."""
        if self.days == 0:
            return Words("当天", "the same day")
        if self.unit == "day":
            return Words(f"{self.days}日", f"{self.days} {'day' if self.days == 1 else 'days'}")
        return Words(f"{self.days}个工作日", f"{self.days} working {'day' if self.days == 1 else 'days'}")

    def with_days(self, days: int) -> Term:
        """The same term with another number of days (1 to LONGEST), such as an extension of fewer days, or what the unit had set when
        a clock started."""
        if days == self.days:
            return self
        if not 1 <= days <= LONGEST:
            raise ValueError(f"a term needs 1 to {LONGEST} days, not {days}")
        if (
            self.code in SETTABLE and self.code != "duty"
        ):  # the days of a duty are those that its statute or the matter names
            return _of_unit(self.code, days)
        return replace(self, days=days, checked=True)


_SIMPLE_SOURCE = Words(
    "《信访事项简易办理办法》（国信办发〔2022〕17号）。天数未与原文核对，以原文为准。",
    "Measures for the Simple Handling of Petitions (2022, No. 17). The number of days was not checked "
    "against the text; the text decides.",
)


def _by_regulations(
    code: str,
    days: int,
    unit: Unit,
    article: str,
    name: Words,
    duty: Duty,
    starts: Words,
    note: Words | None = None,
) -> Term:
    """A term that rests on an article of the Regulations."""
    source = Words(
        f"{REGULATIONS.zh}（2022年5月1日起施行）{article}",
        f"{REGULATIONS.en} (in force since 1 May 2022), {cite(article).en}",
    )
    return Term(code, days, unit, article, name, duty, starts, source, note)


def _by_simple_measures(code: str, days: int, name: Words, starts: Words) -> Term:
    """A term of simple handling: working days, numbers not checked."""
    return Term(code, days, "workday", SIMPLE_MEASURES.zh, name, "office", starts, _SIMPLE_SOURCE, checked=False)


_REPLY_SOURCE = Words(
    "《信访工作条例》没有给建议意见和咨询规定答复天数（第二十九条要求研究论证、予以回复），60日是本单位自己定的。",
    "The Regulations name no number of days for suggestions and enquiries (Art. 29 asks for study and a reply); "
    "60 days are the unit's own limit.",
)
_RECEIVED = Words("收到信访事项", "The matter was received")
_REFERRED = Words("收到转送、交办的信访事项", "The matter that was passed on was received")
_ACCEPTED = Words("受理", "The matter was accepted")
_ANSWERED = Words("收到书面答复", "The written answer was received")


def _own(code: str, days: int, name: Words, starts: Words, source: Words, unit: Unit = "day") -> Term:
    """A term for which the Regulations name no number: the office or another statute sets its days."""
    return Term(code, days, unit, OWN_LIMIT.zh, name, "office", starts, source, note=source, statutory=False)


_ALL = (
    _by_regulations(
        "forward", 15, "day", "第二十二条", Words("转送、交办", "Passing the matter on"), "office", _RECEIVED
    ),
    _by_regulations(
        "notice", 15, "day", "第二十三条", Words("书面告知", "Written notice of receipt and route"), "office", _RECEIVED
    ),
    _by_regulations(
        "object", 5, "workday", "第二十三条", Words("提出异议", "Objection to a misrouted matter"), "office", _REFERRED
    ),
    _own(
        "dispute",
        15,
        Words("决定受理机关", "Deciding who handles it"),
        Words("报请决定", "A decision was asked for"),
        Words("第二十四条没有天数，15日是本单位自己定的。", "Art. 24 names no number of days; 15 are the unit's own."),
    ),
    _own(
        "urgent",
        0,
        Words("报告重大、紧急情况", "Reporting a major or urgent matter"),
        Words("得知", "It was learned of"),
        Words(
            "第二十五条要求“及时”报告，没有天数，缓报要追责（第四十六条第四项）；最晚当天是本单位自己定的。",
            "Art. 25 says “at once” and names no number, and delay has consequences (Art. 46(4)); the same day at the latest is the unit's own.",
        ),
    ),
    _by_regulations(
        "notice-passed",
        15,
        "day",
        "第二十三条",
        Words("书面告知（转送、交办的）", "Written notice (passed on)"),
        "office",
        _REFERRED,
    ),
    _own(
        "result",
        60,
        Words("报告办理结果", "Reporting the result"),
        Words("收到交办", "It was assigned"),
        Words(
            "交办时由交办单位指定（第二十二条第三项），条例没有规定天数。",
            "Set by whoever assigned it (Art. 22(3)); the Regulations name no number of days.",
        ),
    ),
    _by_regulations("handle", 60, "day", "第三十四条", Words("办结", "Handling the matter"), "office", _ACCEPTED),
    _by_regulations(
        "extend",
        30,
        "day",
        "第三十四条",
        Words("延长办理期限", "Extended handling"),
        "office",
        Words("是60日的最后一天", "The 60 days ended"),
        Words(
            "从60日的最后一天接着数，不从顺延后的日子数，合计不超过90日。",
            "It follows on the last of the 60 days, not on the day that one was moved to, "
            "so that both together stay within 90 days.",
        ),
    ),
    Term(
        "reply",
        60,
        "day",
        OWN_LIMIT.zh,
        Words("研究答复", "Study and reply"),
        "office",
        Words("决定办理", "It was decided to handle the matter"),
        _REPLY_SOURCE,
        note=_REPLY_SOURCE,
        statutory=False,
    ),
    _own(
        "duty",
        60,
        Words("履行法定职责", "Performing a statutory duty"),
        Words("决定依法履责", "It was decided to perform the duty"),
        Words(
            "期限按所依据的法律法规；没有规定的，60日是本单位自己定的（第三十一条第五项没有天数）。",
            "The limit is that of the statute; where it names none, 60 days are the unit's own (Art. 31(5) names none).",
        ),
    ),
    _own(
        "perform",
        60,
        Words("履行协议", "Carrying out the agreement"),
        Words("达成协议", "The agreement was reached"),
        Words(
            "协议写明的履行日期（第三十三条没有天数）。", "The date in the agreement (Art. 33 names no number of days)."
        ),
    ),
    _own(
        "deliver",
        5,
        Words("送达", "Delivery"),
        Words("签发", "The answer was issued"),
        Words(
            "书面答复要送到信访人手里（第三十二条、第三十五条），条例没有写天数，5个工作日是本单位自己定的。",
            "The written answer must reach the petitioner (Arts. 32, 35); the Regulations name no number of days, "
            "and 5 working days are the unit's own.",
        ),
        "workday",
    ),
    _own(
        "execute",
        30,
        Words("执行支持的意见", "Executing what was supported"),
        Words("作出意见", "The opinion was made"),
        Words(
            "处理意见写明的执行日期（第三十二条要求督促执行，没有天数）。",
            "The date in the opinion (Art. 32 asks that it be carried out and names no number of days).",
        ),
    ),
    _own(
        "rehandle",
        15,
        Words("安排重新办理", "Arranging the new handling"),
        Words("撤销的意见送达", "The revoking opinion was delivered"),
        Words("15日是本单位自己定的，条例没有规定。", "15 days are the unit's own; the Regulations name none."),
    ),
    _by_regulations(
        "request-review", 30, "day", "第三十五条", Words("请求复查", "Asking for a review"), "petitioner", _ANSWERED
    ),
    _by_regulations(
        "review",
        30,
        "day",
        "第三十五条",
        Words("提出复查意见", "Review opinion"),
        "office",
        Words("收到复查请求", "The request for review was received"),
    ),
    _by_regulations(
        "request-rereview",
        30,
        "day",
        "第三十六条",
        Words("请求复核", "Asking for a re-review"),
        "petitioner",
        _ANSWERED,
    ),
    _by_regulations(
        "rereview",
        30,
        "day",
        "第三十六条",
        Words("提出复核意见", "Re-review opinion"),
        "office",
        Words("收到复核请求", "The request for re-review was received"),
        Words(
            "举行听证的，听证所需时间不计在内。",
            "If a hearing is held, the time that it takes is not counted.",
        ),
    ),
    _by_simple_measures("simple-accept", 3, Words("简易受理", "Accepting for simple handling"), _RECEIVED),
    _by_simple_measures("simple-handle", 10, Words("简易办理", "Simple handling"), _ACCEPTED),
)

TERMS: dict[str, Term] = {term.code: term for term in _ALL}
_SHIPPED = dict(TERMS)

# What the unit may set, from least to most days: its own dates, and the two numbers that were not held against the text. Dates that an
# opinion, an agreement or an assignment names (execute, perform, result) are named there; 0 days (urgent) leave nothing to set.
SETTABLE: dict[str, tuple[int, int]] = {
    "reply": (1, 365),
    "duty": (1, 365),
    "dispute": (1, 90),
    "rehandle": (1, 90),
    "simple-accept": (1, 15),
    "simple-handle": (1, 60),
}
SET_BY_UNIT = Words("天数由本单位设定。", "The number of days is set by this unit.")
DUTY_SET_BY_UNIT = Words(
    "期限按所依据的法律法规；没有规定的，最长天数由本单位设定。",
    "The limit is that of the statute; where it names none, the longest is set by this unit.",
)


def set_by_unit(days: Mapping[str, int]) -> None:
    """Puts the unit's numbers in the place of the shipped ones, for clocks that start from now on; each clock keeps the days with which
    it started. KeyError for a term that isn't the unit's to set, ValueError for a number out of its bounds."""
    for code, number in days.items():
        least, most = SETTABLE[code]
        if not least <= number <= most:
            raise ValueError(f"{code} takes {least} to {most} days, not {number}")
        TERMS[code] = _of_unit(code, number)


def _of_unit(code: str, days: int) -> Term:
    """The shipped term, or the same with days that the unit set."""
    shipped = _SHIPPED[code]
    if days == shipped.days:
        return shipped
    note = DUTY_SET_BY_UNIT if code == "duty" else SET_BY_UNIT
    return replace(shipped, days=days, source=note, note=note, checked=True)
