"""Joint handling under the 2022 Regulations: tasks on a matter for other offices, and what a meeting decided about it.

An office that is asked (协办) sees the matter and answers; who is responsible never changes by it, and no clock stops. The mark `tasks`
holds each task by its number: office, person, date, and whether it is open, answered or recalled.
"""

from __future__ import annotations

from typing import Any

from huiyin.procedure.actions import Action, Field, Guard, Situation
from huiyin.procedure.editions.effects_routes_2022 import by_hand
from huiyin.procedure.editions.forms_2022 import choices
from huiyin.procedure.editions.guards_2022 import ON_AFTER_RECEIPT, ON_NOT_FUTURE, fact_date
from huiyin.procedure.editions.guards_routes_2022 import NOT_TO_THE_ACCUSED, ORDINARY_KIND
from huiyin.procedure.editions.guards_tasks_2022 import Task, open_tasks
from huiyin.procedure.editions.standing_2022 import ASKED, AT_OR_ABOVE, OPEN, STAFF
from huiyin.procedure.terms import LONGEST
from huiyin.procedure.words import Words

MOST_TASKS = 999


def _answers_for(situation: Situation, task: Task) -> bool:
    """Whether the task was given to whoever acts, or to their office."""
    return situation.by.id == task["staff"] or (
        situation.by.office is not None and situation.by.office == task["office"]
    )


def _named(situation: Situation) -> Task | None:
    return open_tasks(situation.snapshot.marks).get(str(situation.facts.get("task")))


def _is_yours(situation: Situation) -> bool:
    task = _named(situation)
    return task is not None and _answers_for(situation, task)


def _has_one_open(situation: Situation) -> bool:
    return any(_answers_for(situation, task) for task in open_tasks(situation.snapshot.marks).values())


def _leads(situation: Situation) -> bool:
    return situation.by.id == situation.snapshot.responsible or bool(situation.by.roles & {"head", "leader"})


def asked(situation: Situation) -> dict[str, Any]:
    """One task more, with the next number."""
    facts, tasks = situation.facts, dict(situation.mark("tasks") or {})
    given = {"office": facts["office"], "staff": facts["staff"], "due": facts["due_on"], "state": "open"}
    return {"tasks": tasks | {str(len(tasks) + 1): given}}


def _settled(situation: Situation, state: str) -> dict[str, Any]:
    tasks, number = situation.mark("tasks") or {}, str(situation.facts["task"])
    return {"tasks": {**tasks, number: {**tasks[number], "state": state}}}


def answered(situation: Situation) -> dict[str, Any]:
    """The task is answered, unless only its progress was told; whoever answers has a hand in the matter."""
    return _settled(situation, "answered" if situation.facts["outcome"] == "done" else "open") | by_hand(situation)


def recalled(situation: Situation) -> dict[str, Any]:
    """The task is no longer asked for."""
    return _settled(situation, "recalled")


LEADS = Guard(
    "leads", _leads,
    Words("由责任人、科室负责人或者单位负责人交给别人协办。", "Only the responsible person, the head or the leader gives tasks to others."), early=True,
)  # fmt: skip
ANOTHER = Guard(
    "another", lambda s: s.facts.get("staff") != s.snapshot.responsible or bool(s.facts.get("origin")),
    Words("责任人本来就在办这件事，请选别的人协办。", "The responsible person handles the matter already; ask somebody else."), field="staff",
)  # fmt: skip
DUE_AHEAD = Guard(
    "due_ahead", lambda s: bool(s.facts.get("origin")) or 0 <= (fact_date("due_on", s) - s.today).days <= LONGEST,
    Words("回复日期不能早于今天，要在10年以内。", "The answer can't be due before today, nor in more than ten years."), field="due_on",
)  # fmt: skip
FEW_ENOUGH = Guard(
    "few_enough", lambda s: len(s.mark("tasks") or {}) < MOST_TASKS,
    Words("这件事的协办已经有999项，不能再加。", "This matter has 999 tasks already; no more can be added."), early=True,
)  # fmt: skip
HAS_YOURS = Guard(
    "has_yours", _has_one_open,
    Words("没有等您或者您科室回复的协办。", "No task waits for you or your office."), early=True, silent=True,
)  # fmt: skip
YOURS = Guard(
    "yours", _is_yours,
    Words("这一项不是等您回复的：已经回复、收回了，或者交给了别的科室。", "This task doesn't wait for you: it was answered or recalled, or given to another office."), field="task",
)  # fmt: skip
SOME_OPEN = Guard(
    "some_open", lambda s: bool(open_tasks(s.snapshot.marks)),
    Words("没有还没回复的协办。", "No task is open."), early=True, silent=True,
)  # fmt: skip
IS_OPEN = Guard(
    "is_open", lambda s: _named(s) is not None,
    Words("这一项已经回复或者收回了。", "This task was answered or recalled already."), field="task",
)  # fmt: skip

OUTCOMES = choices(("done", "办完了", "Done"), ("so_far", "先报进展", "Progress so far"))
ASK = (
    Field("office", "office", Words("请哪个科室、单位", "Office")),
    Field("staff", "staff", Words("请谁协办", "Who is asked")),
    Field("words", "text", Words("请办什么", "What is asked"), most=2000,
          hint=Words("写明要查什么、要哪些材料；不写不需要让对方知道的", "What to find out and which papers are needed; nothing that they needn't know")),
    Field("due_on", "date", Words("哪天以前回复", "Answer by")),
)  # fmt: skip
ANSWER = (
    Field("task", "task", Words("哪一项", "Which task"), least=1, most=MOST_TASKS),
    Field("outcome", "choice", Words("办得怎样", "How far"), choices=OUTCOMES),
    Field("found", "text", Words("办了什么、查明了什么", "What was done and found"), most=10000),
    Field("files", "files", Words("材料", "Papers"), required=False),
)
RECALL = (
    Field("task", "task", Words("哪一项", "Which task"), least=1, most=MOST_TASKS),
    Field("reason", "text", Words("为什么收回", "Why it is recalled"), most=1000),
)
DECIDE = (
    Field("meeting", "line", Words("哪次会议", "Which meeting"), most=200),
    Field("on", "date", Words("开会日期", "Date of the meeting")),
    Field("decision", "text", Words("会议怎么定的", "What was decided"), most=4000),
)

ACTIONS = (
    Action(
        "ask", Words("请协办", "Ask another office"), Words("请协办", "Another office was asked"), Words("请有关科室一起查", "We asked another office to help"),
        "第二十八条", Words("要几个科室一起才查得明、办得妥的，请它们协办，写明请谁、办什么、哪天以前回复。责任人不变，期限照算，信访人不用再交材料。", "Where several offices are needed, ask them: whom, for what, by when. Responsibility and dates stay as they are, and the petitioner hands in nothing again."),
        OPEN, None, frozenset({"handler", "head", "leader"}), AT_OR_ABOVE, ASK, (ORDINARY_KIND, NOT_TO_THE_ACCUSED, LEADS, FEW_ENOUGH, ANOTHER, DUE_AHEAD), marks=asked,
    ),
    Action(
        "answer_task", Words("回复协办", "Answer a task"), Words("协办回复", "Task answered"), Words("有关科室答复了我们", "The other office answered"),
        "第二十八条", Words("写明办了什么、查明了什么，附上材料。没办完的先报进展，这一项还等着。", "Say what was done and found, with the papers. What isn't finished is told as progress, and the task stays open."),
        OPEN, None, STAFF, ASKED, ANSWER, (HAS_YOURS, YOURS), marks=answered,
    ),
    Action(
        "recall_task", Words("收回协办", "Recall a task"), Words("收回协办", "Task recalled"), Words("", ""),
        "第二十八条", Words("不需要再办的，写明理由收回，对方就看不到这件事了。", "What is no longer needed is recalled with the reason; the other office then no longer sees the matter."),
        OPEN | {"concluded"}, None, frozenset({"handler", "head", "leader"}), AT_OR_ABOVE, RECALL, (LEADS, SOME_OPEN, IS_OPEN), marks=recalled,
    ),
    Action(
        "decide", Words("记下会议决定", "Record a meeting's decision"), Words("会议决定", "Decided in a meeting"), Words("", ""),
        "第二十八条", Words("碰头会、联席会、局务会对这件事定了什么，写在这里；要谁去办的，另外请协办。期限照算。", "What a meeting decided about this matter; what somebody shall do becomes a task. The dates stay."),
        OPEN, None, frozenset({"head", "leader"}), AT_OR_ABOVE, DECIDE, (ORDINARY_KIND, ON_NOT_FUTURE, ON_AFTER_RECEIPT),
    ),
)  # fmt: skip
