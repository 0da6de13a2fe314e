"""What a step answers, in the words of whoever asked: read where the answer is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from huiyin.cases.models import Case, CaseEvent
from huiyin.cases.names import names_in
from huiyin.web.desk import history
from huiyin.web.ui.parts import Entry

# the step that answers → the step that asks
ANSWERS = {
    "explain": "ask_explanation", "answer_supervision": "supervise", "agree_return": "object", "refuse_return": "object",
}  # fmt: skip


def entries(case: Case, step: str, *, today: date) -> list[Entry]:
    """What was asked since the last answer, the newest first; nothing for steps that answer none."""
    waiting = _waiting(case, step) if step in ANSWERS else []
    names = names_in(case) if waiting else None
    found = (
        [history.entry(case, event, names, today=today, whole=False) for event in reversed(waiting)] if names else []
    )
    return [replace(each, anchor="") for each in found]  # it stands in the history of the same page, too


def _waiting(case: Case, step: str) -> list[CaseEvent]:
    found: list[CaseEvent] = []
    for event in case.events.all():
        if event.action == ANSWERS[step]:
            found.append(event)
        elif event.action == step:
            found.clear()
    return found
