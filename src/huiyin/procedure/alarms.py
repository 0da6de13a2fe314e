"""The alarms of supervision (督办, Art. 40): what rings, who is told first, when it climbs, and what ends it. One table.

An alarm goes first to whoever answers for the matter. Unless somebody takes note of it and says what they will do by when,
it climbs along the tree of offices: the person, the section's head, the unit's supervisor (where there is none, its leader),
then the same in every unit above. A rung on which nobody is there is passed over at once. Only the cause's end ends an alarm.

The Regulations name no days for this (Art. 40 says 及时); the numbers below are the unit's own. No alarm moves a term.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from huiyin.procedure.terms import TERMS
from huiyin.procedure.words import Words

First = Literal["person", "head", "supervisor", "sender", "unit_above"]
Level = Literal["soon", "due", "late"]
Lasts = Literal["cause", "read", "answered"]

SOON_WORKDAYS = 3
IDLE_WORKDAYS = 5
UNREGISTERED_WORKDAYS = 1
EXTENSION_WORKDAYS = 3
UNTAKEN_WORKDAYS = 3
RETURNS = 2
FEEDBACK_DAYS = 30  # Art. 40 asks for written feedback and names no number; 30 days are the unit's own
EXPLANATION_WORKDAYS = 3
LONGEST_PROMISE = 10  # working days


@dataclass(frozen=True)
class Rule:
    """One alarm. `climbs_after` counts working days without anybody's word; `article` "" stands for that of the term.

    `lasts`: as long as its cause holds, until it was read, or until it is answered. `level` is its colour and order.
    """

    kind: str
    name: Words
    when: Words
    level: Level
    first: First
    climbs_after: int
    article: str
    lasts: Lasts = "cause"


RUNGS: tuple[tuple[First | str, Words], ...] = (
    ("person", Words("承办的人", "the person responsible")),
    ("head", Words("科室负责人", "the section's head")),
    ("supervisor", Words("本单位督办员，没有的由单位负责人", "the unit's supervisor, or else its leader")),
    ("above", Words("上级单位的督办员或者负责人，一级一级往上", "the same in each unit above, one after the other")),
)

_ALL = (
    Rule("unregistered", Words("没有及时登记", "Not registered in time"),
         Words(f"收到或者开始录入后过了{UNREGISTERED_WORKDAYS}个工作日，还没有登记", f"{UNREGISTERED_WORKDAYS} working day after it came in or was begun, and still not registered"),
         "late", "person", 1, "第四十四条第一项"),
    Rule("notice_soon", Words("快到书面告知的期限", "Written notice nearly due"),
         Words(f"离宜办完还有{SOON_WORKDAYS}个工作日", f"{SOON_WORKDAYS} working days before the day to be done by"), "soon", "person", 2, "第二十三条"),
    Rule("notice_due", Words("今天要书面告知", "Written notice due"),
         Words("到了宜办完那天", "On the day to be done by"), "due", "person", 1, "第二十三条"),
    Rule("notice_late", Words("没有书面告知", "No written notice"),
         Words("过了15日，还没有书面告知", "The 15 days are over and no written notice was given"), "late", "person", 1, "第四十四条第三项"),
    Rule("soon", Words("快到期", "Nearly due"),
         Words(f"离宜办完还有{SOON_WORKDAYS}个工作日", f"{SOON_WORKDAYS} working days before the day to be done by"), "soon", "person", 2, ""),
    Rule("due", Words("今天要办完", "Due"), Words("到了宜办完那天", "On the day to be done by"), "due", "person", 1, ""),
    Rule("late", Words("已超期", "Overdue"), Words("过了法定期限，还没有办完", "The statutory date has passed and it is not done"), "late", "person", 1, ""),
    Rule("refused", Words("有请求没有支持", "A request was not supported"),
         Words("签发的意见书里有“不支持”的请求，或者履责答复是“不能履行”：督办员看一看，是不是事实清楚、符合规定而没有支持", "An opinion was issued with a request not supported, or a duty is said not to be performed: the supervisor reads whether it was a clear one"),
         "soon", "supervisor", 5, "第四十五条第二项", "read"),
    Rule("unexecuted", Words("意见没有执行", "Opinion not executed"),
         Words("支持了请求，过了说好的日子还没有执行的记录", "A request was supported and its day passed without a record of execution"), "late", "person", 2, "第四十二条第四项"),
    Rule("returned", Words("退回两次", "Returned twice"),
         Words(f"同一件事退回修改、重办满{RETURNS}次，以后每退一次都响", f"The same matter was returned for changes {RETURNS} times; every later return rings again"),
         "due", "head", 3, "第四十五条第一项", "read"),
    Rule("objected", Words("异议等您核实", "An objection to decide"),
         Words("收到的单位提出异议，发出的一方还没有答复", "The receiving unit objected, and the sender has not answered yet"), "due", "sender", 1, "第二十三条第三款"),
    Rule("untold", Words("转去了哪里还没有告知信访人", "Petitioner not told where it went"),
         Words(f"转送、交办以后，离告知期限还有{SOON_WORKDAYS}个工作日", f"Passed on, and {SOON_WORKDAYS} working days are left for telling the petitioner"), "due", "sender", 1, "第二十三条第二款"),
    Rule("extension_untold", Words("延期还没有告知信访人", "Petitioner not told of the extension"),
         Words(f"批准延期{EXTENSION_WORKDAYS}个工作日，还没有把理由告知信访人", f"{EXTENSION_WORKDAYS} working days after an extension was approved, and the petitioner was not told why"),
         "due", "person", 1, "第三十四条"),
    Rule("untaken", Words("复查、复核还没有人办", "Nobody named for a review"),
         Words(f"收到复查、复核请求{UNTAKEN_WORKDAYS}个工作日，上一级还没有指定由谁办；指定以前，它的期限也从上一级响起", f"{UNTAKEN_WORKDAYS} working days after a review was asked for, and the unit above named nobody; until then its term rings there too"),
         "due", "unit_above", 1, "第三十五条"),
    Rule("sent_late", Words("转出去的事超了期", "What you passed on is overdue"),
         Words("转送、交办的事，收到的单位过了期限还没有办", "The unit that received it let a term pass"), "late", "sender", 2, ""),
    Rule("idle", Words("停着没有动", "Standing still"),
         Words(f"没有期限在走，{IDLE_WORKDAYS}个工作日没有人办", f"No term runs, and nobody acted for {IDLE_WORKDAYS} working days"), "due", "person", 2, "第二十八条"),
    Rule("urged", Words("催办", "Urged"), Words("有人催办", "Somebody urged it"), "due", "person", 1, "第四十条", "read"),
    Rule("explanation", Words("要求说明情况", "Explanation asked for"),
         Words("要求说明情况，还没有说明", "An explanation was asked for and not given yet"), "due", "person", 1, "第四十条", "answered"),
    Rule("feedback", Words("督办函要反馈", "Feedback to a supervisory letter"),
         Words("发了督办函，还没有书面反馈", "A supervisory letter was sent and no written feedback came yet"), "due", "person", 2, "第四十条", "answered"),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.kind: rule for rule in _ALL}
OF_TERMS = frozenset({"notice_soon", "notice_due", "notice_late", "soon", "due", "late"})
LATE = tuple(rule.kind for rule in _ALL if rule.level == "late")
SOON = tuple(kind for kind in ("notice_soon", "notice_due", "soon", "due"))
UNNOTICED = tuple(kind for kind in OF_TERMS if kind.startswith("notice"))
FOR_SENDERS = tuple(rule.kind for rule in _ALL if rule.first == "sender")


def kind_of(term: str, level: str) -> str:
    """The alarm that a term rings at a level."""
    return f"notice_{level}" if term in {"notice", "notice-passed"} else level


def article_of(kind: str, term: str) -> str:
    """The article that an alarm rests on."""
    return RULES[kind].article or TERMS[term].article


def markdown() -> str:
    """The page of all alarms, in both languages."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "# 督办 · Supervision\n"
    yield (
        "本页由 `huiyin procedure --supervision` 从告警表生成，不要手改。条文号指《信访工作条例》。  \n"
        "Made by `huiyin procedure --supervision` from the table of alarms; don't edit it. Articles are those of the Regulations.\n"
    )
    yield "## 会响的告警 · What rings\n"
    yield "| 代码 · Code | 告警 · Alarm | 什么时候响 · When | 先告诉谁 · First told | 几个工作日没人回应就升一级 · Climbs after | 怎样才算完 · Ends | 依据 · Article |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    yield from (_row(rule) for rule in RULES.values())
    yield from _ladder()


_FIRST = dict(RUNGS) | {
    "unit_above": Words("上一级单位的督办员，没有的由负责人", "the supervisor of the unit above, or else its leader"),
    "sender": Words("转送、交办的人，再往上是发出的一方", "who passed it on; from there the sender's own ladder"),
}
_ENDS = {
    "cause": Words("原因没有了（办了、告知了、重算了期限）", "its cause is gone (done, notified, dates recomputed)"),
    "read": Words("有人看过，写明知悉", "somebody read it and took note"),
    "answered": Words("写来说明、反馈", "the answer was written"),
}


def _row(rule: Rule) -> str:
    first = _FIRST[rule.first]
    ends = _ENDS[rule.lasts]
    cells = (
        f"`{rule.kind}`",
        f"{rule.name.zh}<br>{rule.name.en}",
        f"{rule.when.zh}<br>{rule.when.en}",
        f"{first.zh}<br>{first.en}",
        str(rule.climbs_after),
        f"{ends.zh}<br>{ends.en}",
        rule.article or "期限本身的条文 · the term's own",
    )
    return f"| {' | '.join(cells)} |"


def _ladder() -> Iterator[str]:
    yield "\n## 一级一级往上 · The ladder\n"
    for number, (_, words) in enumerate(RUNGS, start=1):
        yield f"{number}. {words.zh} · {words.en}"
    yield (
        "\n- 没有人、停用、请假的一级马上跳过；请假的人有代办人，代办人接着。一直到顶都没有人，督办页和管理员首页会写明。  \n"
        "  A rung with nobody on duty is passed over at once; an absent person's deputy stands in. Where nobody is left up to\n"
        "  the top, the board and the administrators' first page say so.\n"
        f"- 知悉的人写明要做什么、哪天做到（最多{LONGEST_PROMISE}个工作日）；那天过了原因还在，再响，升一级。  \n"
        f"  Who takes note says what they will do and by when (at most {LONGEST_PROMISE} working days); once that day passed and the\n"
        "  cause is still there, it rings again, one rung higher.\n"
        "- 事项转交、修改，告警跟着走，升到哪一级不变，日子不重算。  \n"
        "  When a matter is handed over or edited its alarms go along; neither rung nor date starts anew.\n"
        f"- 督办函要求反馈的期限没有法定天数（第四十条），默认{FEEDBACK_DAYS}日，是本单位自己定的。  \n"
        f"  The Regulations name no days for the feedback (Art. 40); {FEEDBACK_DAYS} days are the unit's own."
    )
