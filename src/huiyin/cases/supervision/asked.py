"""What supervisors asked of a case and wait for: an explanation or feedback is offered while somebody asked for it."""

from __future__ import annotations

from django.db.models import QuerySet

from huiyin.cases.models import Case
from huiyin.cases.supervision.models import Alarm
from huiyin.procedure.words import Words

ANSWERS = {"explain": "explanation", "answer_supervision": "feedback"}
_NOTHING = {
    "explanation": Words("没有人要求说明。", "Nobody asked for an explanation."),
    "feedback": Words("没有要反馈的督办函。", "No supervisory letter waits for feedback."),
}


def ringing_alarms() -> QuerySet[Alarm]:
    """The open alarms of cases with their people, the oldest first, to be fetched along as `ringing`."""
    people = Alarm.objects.filter(ended_on=None).select_related("office", "responsible", "holder", "acknowledged_by")
    return people.order_by("raised_on", "pk")


def nothing_asked(action: str, case: Case) -> list[Words]:
    """Why there is nothing to answer yet; empty for other actions, and where alarms were not fetched along."""
    kind, ringing = ANSWERS.get(action), getattr(case, "ringing", None)
    if kind is None or ringing is None or any(alarm.kind == kind for alarm in ringing):
        return []
    return [_NOTHING[kind]]
