"""信访工作条例 (2022), supervision (督办, Art. 40) of a single matter: urging, asking for an explanation, the supervisory letter
with its written feedback, and ordering the matter to be handled again.

None of these stops, starts or moves a term. Where a matter is ordered back after its opinion was issued, the term that ended with
the opinion runs on from the day on which it began, to the same date. After delivery nothing is ordered back: then the petitioner's
right of review (Arts. 35 and 36) or a new opinion by law is the way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from huiyin.procedure.actions import Action, Field, Guard, Paper, Situation, Start, Stop
from huiyin.procedure.alarms import EXPLANATION_WORKDAYS, FEEDBACK_DAYS
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.editions.effects_2022 import today
from huiyin.procedure.editions.forms_2022 import choices
from huiyin.procedure.editions.guards_2022 import fact_date
from huiyin.procedure.editions.guards_routes_2022 import DUTY, NOT_DUTY
from huiyin.procedure.editions.standing_2022 import AT_OR_ABOVE, OPEN, SAME_OFFICE, SENDER
from huiyin.procedure.states import STATES
from huiyin.procedure.words import Words

SUPERVISING = frozenset({"head", "leader", "supervisor"})
WITH_THE_OFFICE = OPEN - {"delivered"}
WHILE_OWED = frozenset(
    {"delivered", "concluded"}
)  # in these as long as something is to be carried out or handled again
ANSWERING = frozenset({"clerk", "handler", "head", "leader"})
EVERYWHERE = frozenset(STATES)
TERMS_OF_HANDLING = ("handle", "extend", "reply", "simple-handle")
LATEST_DAYS = 365

GROUNDS = choices(
    ("procedure", "违反规定受理、办理", "Accepted or handled against the rules"), ("delay", "推诿、敷衍、拖延", "Evaded, perfunctory or delayed"),
    ("false", "弄虚作假", "Falsified"), ("unexecuted", "拒不执行处理意见", "Opinion not executed"), ("other", "其他需要督办的", "Something else"),
)  # fmt: skip
WHY_AGAIN = choices(
    ("facts", "事实没有查清", "Facts not established"), ("basis", "依据不对", "Wrong rule"), ("claims", "漏答了诉求", "A request left unanswered"),
    ("procedure", "程序不当", "Procedure not kept"), ("words", "文字、格式有错", "Errors of wording or form"),
)  # fmt: skip
URGE = (
    Field(
        "words",
        "text",
        Words("催什么", "What is urged"),
        required=False,
        most=500,
        hint=Words("承办人在“我的一天”看到，写明知悉", "The handler sees it on their day and takes note"),
    ),
)
ASK = (
    Field("words", "text", Words("要说明什么", "What is to be explained"), most=1000),
    Field("answer_by", "date", Words("哪天以前说明", "By"), hint=Words(f"默认{EXPLANATION_WORKDAYS}个工作日，本单位自己定的", f"Usually {EXPLANATION_WORKDAYS} working days; the unit's own number")),
)  # fmt: skip
ANSWER = (
    Field("words", "text", Words("情况说明", "Explanation"), most=10000),
    Field("files", "files", Words("材料", "Papers"), required=False),
)
SUPERVISE = (
    Field("ground", "choice", Words("督办的情形", "What gives cause"), choices=GROUNDS),
    Field("words", "text", Words("督办意见", "What is asked"), most=5000, hint=Words("写进督办函：问题在哪里，要求做什么", "Goes into the letter: what is wrong, what must be done")),
    Field("answer_by", "date", Words("哪天以前书面反馈", "Written feedback by"),
          hint=Words(f"第四十条没有写天数，默认{FEEDBACK_DAYS}日，是本单位自己定的", f"Art. 40 names no number; {FEEDBACK_DAYS} days are the unit's own")),
)  # fmt: skip
FEEDBACK = (
    Field("words", "text", Words("督办反馈", "Feedback"), most=10000, hint=Words("采纳情况：做了什么，什么时候做完", "What was adopted: what was done, and when it will be complete")),
    Field("files", "files", Words("材料", "Papers"), required=False),
)  # fmt: skip
AGAIN = (
    Field("ground", "choice", Words("为什么重办", "Why again"), choices=WHY_AGAIN),
    Field("reason", "text", Words("要重做什么", "What must be done again"), most=1000),
)


def _ahead(situation: Situation) -> bool:
    return 0 <= (fact_date("answer_by", situation) - situation.today).days <= LATEST_DAYS


def usual_day(action: str, today: date, calendar: Calendar) -> date | None:
    """The day by which an answer is asked for, unless the supervisor names another; None for actions that ask for none."""
    if action == "supervise":
        return calendar.next_workday(today + timedelta(days=FEEDBACK_DAYS))
    return calendar.add_workdays(today, EXPLANATION_WORKDAYS) if action == "ask_explanation" else None


def _runs_on(term: str) -> Start:
    """The term that had ended with the opinion, from its own first day."""
    return Start(term, _started(term), lambda s: int(s.mark("ran")["days"]))


def _started(term: str) -> Callable[[Situation], date | None]:
    def start(situation: Situation) -> date | None:
        ran = situation.mark("ran")
        return date.fromisoformat(ran["start"]) if ran and ran["term"] == term else None

    return start


def to_be_done(situation: Situation) -> bool:
    """Whether what was supported is still to be carried out (Art. 42(4)), or what was revoked to be handled again."""
    due = situation.mark("execution_due_on") and not situation.mark("executed_on")
    return bool(due) or situation.running("rehandle") is not None


NOT_ONES_OWN = Guard(
    "not_ones_own", lambda s: s.by.id is None or s.by.id != s.snapshot.responsible,
    Words("这件事就是您自己在办。", "The matter is in your own hands."), early=True,
)  # fmt: skip
BY_AHEAD = Guard(
    "by_ahead",
    _ahead,
    Words("日子要在今天以后、一年以内。", "The day must lie ahead, within a year."),
    field="answer_by",
)

STILL_OWED = Guard(
    "still_owed", lambda s: s.snapshot.state not in WHILE_OWED or to_be_done(s),
    Words("没有要执行、要重新办理的了。", "Nothing is left to be carried out or handled again."), early=True, silent=True,
)  # fmt: skip
OWED_WHEN_CONCLUDED = Guard(
    "owed_when_concluded", lambda s: s.snapshot.state != "concluded" or to_be_done(s),
    Words("没有要执行、要重新办理的了。", "Nothing is left to be carried out or handled again."), early=True, silent=True,
)  # fmt: skip

ORDER_AGAIN = Action(
    "order_again", Words("退回重办", "Order to handle again"), Words("退回重办", "Ordered to be handled again"), Words("答复要重新核对，正在重新办理", "The answer is being looked at again"),
    "第四十条", Words("送达以前发现答复有错，退回重办，写明理由。期限照旧，不重新起算；已经编号的意见书作废不用，号不补。送达以后不能退回，由信访人请求复查，或者依法另作意见。", "Before delivery, a wrong answer goes back with reasons. The dates stay as they were; a numbered opinion is void and its number is not used again. After delivery it can't be ordered back: the petitioner may ask for a review, or a new opinion is made by law."),
    frozenset({"drafted", "approved", "issued"}), "handling", frozenset({"leader", "supervisor"}), AT_OR_ABOVE, AGAIN, (NOT_ONES_OWN, NOT_DUTY),
    starts=tuple(_runs_on(term) for term in TERMS_OF_HANDLING), stops=(Stop("execute", today, "replaced"), Stop("deliver", today, "replaced")),
    marks=lambda s: {"issued_on": None, "ran": None, "execution_due_on": None},
)  # fmt: skip
ACTIONS = (
    Action(
        "urge", Words("催办", "Urge"), Words("催办", "Urged"), Words("", ""),
        "第四十条", Words("提醒承办的人，事项和期限都不变；承办的人要写明知悉，没有回应就升一级。", "A reminder; neither the matter nor its dates change. The person takes note, or the alarm climbs."),
        WITH_THE_OFFICE | WHILE_OWED, None, SUPERVISING, AT_OR_ABOVE | SENDER, URGE, (NOT_ONES_OWN, STILL_OWED),
    ),
    Action(
        "ask_explanation", Words("要求说明情况", "Ask for an explanation"), Words("要求说明情况", "Explanation asked for"), Words("", ""),
        "第四十条", Words("请承办的科室写明为什么、到哪一步、什么时候办完。期限照算。", "The section writes why, how far it is and when it will be done. The terms run on."),
        WITH_THE_OFFICE | WHILE_OWED, None, SUPERVISING, AT_OR_ABOVE | SENDER, ASK, (NOT_ONES_OWN, STILL_OWED, BY_AHEAD),
        marks=lambda s: {"explanation_owed": True},
    ),
    Action(
        "explain", Words("情况说明", "Explain"), Words("情况说明", "Explained"), Words("", ""),
        "第四十条", Words("如实写：为什么、到哪一步、什么时候办完。", "Write faithfully why, how far it is and when it will be done."),
        EVERYWHERE, None, ANSWERING, SAME_OFFICE, ANSWER, marks=lambda s: {"explanation_owed": None},
    ),
    Action(
        "supervise", Words("发督办函", "Send a supervisory letter"), Words("发督办函", "Supervisory letter sent"), Words("", ""),
        "第四十条", Words("发现违反规定受理办理、推诿敷衍拖延、弄虚作假、拒不执行意见的，及时督办，提出改进建议，要求书面反馈采纳情况。期限照算。", "On breaches, evasion, delay, falsification or refusal to execute: supervise at once, propose what to mend, ask for written feedback. The terms run on."),
        OPEN | {"closed", "concluded"}, None, frozenset({"leader", "supervisor"}), AT_OR_ABOVE | SENDER, SUPERVISE, (NOT_ONES_OWN, OWED_WHEN_CONCLUDED, BY_AHEAD),
        marks=lambda s: {"feedback_owed": True}, papers=(Paper("supervision"),),
    ),
    Action(
        "answer_supervision", Words("督办反馈", "Give feedback"), Words("督办反馈", "Feedback given"), Words("", ""),
        "第四十条", Words("书面反馈采纳情况：做了什么，哪些采纳，什么时候做完。", "Say in writing what was adopted, what was done and when it will be complete."),
        EVERYWHERE, None, ANSWERING, SAME_OFFICE, FEEDBACK, marks=lambda s: {"feedback_owed": None},
    ),
    ORDER_AGAIN,
    replace(ORDER_AGAIN, name="order_duty_again", target="duty", guards=(NOT_ONES_OWN, DUTY), starts=(_runs_on("duty"),)),
)  # fmt: skip
