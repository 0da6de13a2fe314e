"""What is still owed to others before a matter is settled: open tasks, and the result to whoever assigned it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.procedure.actions import Guard
from huiyin.procedure.words import Words

Task = Mapping[str, Any]


def open_tasks(marks: Mapping[str, Any]) -> dict[str, Task]:
    """The tasks that nobody has answered or taken back yet, by number."""
    return {number: task for number, task in (marks.get("tasks") or {}).items() if task["state"] == "open"}


NO_OPEN_TASKS = Guard(
    "no_open_tasks", lambda s: not open_tasks(s.snapshot.marks),
    Words("还有协办没有回复：等回复，或者写明理由收回，才能办结。", "A task is still open: wait for its answer, or recall it with the reason, before settling."), early=True,
)  # fmt: skip
# Not told apart in a walk: the answer is open in every state, and what the door knows of the matter says whether it is owed.
NO_FEEDBACK_OWED = Guard(
    "no_feedback_owed", lambda s: not s.facts.get("feedback_owed"),
    Words("督办函还没有书面反馈，先反馈再归档（第四十条）。", "A supervisory letter waits for its written feedback; give it before archiving (Art. 40)."),
)  # fmt: skip
RESULT_OWED = Guard(
    "result_owed", lambda s: bool(s.mark("result_owed")),
    Words("没有人要求反馈结果。", "Nobody asked for a result."), early=True, silent=True,
)  # fmt: skip
# What was passed on under seal owes its sender nothing; an earlier version let the mark of that stand.
NO_RESULT_OWED = Guard(
    "no_result_owed", lambda s: not s.mark("result_owed") or s.snapshot.state == "transferred",
    Words("交办的一方要求反馈结果，先报告结果才能办结（第二十二条）。", "The result is still owed to whoever assigned it; report it first (Art. 22)."), early=True,
)  # fmt: skip
