"""Confirming minutes: the chair confirms, the minutes are kept as they are, and each decision goes to its case.

A decision is taken to its case through the one door, in a transaction of its own and under a key that follows from the item, so that
a crash or a second click repeats nothing. What the door refuses (a matter settled meanwhile) stays visible with the reason.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from huiyin.cases import services as cases
from huiyin.cases.facts import tidy
from huiyin.cases.models import CaseEvent, CaseTask
from huiyin.coordination import access, services
from huiyin.coordination.minutes import NAMES, content
from huiyin.coordination.models import Addendum, AgendaItem, Meeting, Minutes
from huiyin.documents.letters.wording import said
from huiyin.kernel import clock as time
from huiyin.kernel.errors import Conflict, Refused
from huiyin.people.policy import Actor

LONGEST_ADDENDUM = 4000
TRIES = 3
NOTHING_MORE = "不另外办："  # data: the record of a matter is in the law's language


def confirm(meeting: Meeting, *, by: Actor, now: datetime, version: int) -> None:
    """The chair confirms the minutes; from here on they only grow. Raises Forbidden, Refused, Conflict."""
    access.need(access.confirms(by, meeting), "纪要由主持人确认。", "The chair confirms the minutes.")
    if meeting.held_on > time.on(now):
        raise Refused("会还没有开，不能确认纪要。", "The meeting has not been held yet.", code="not_held")
    with transaction.atomic():
        fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
        access.need_planned(fresh)
        fresh.items.filter(case__sealed=True, written_at=None).delete()
        moved = Meeting.objects.filter(pk=meeting.pk, version=version, state=Meeting.State.PLANNED)
        if moved.update(version=F("version") + 1, state=Meeting.State.CONFIRMED) != 1:
            raise services.moved_on()
        data = content(fresh, confirmed=(by.name, time.on(now)))
        Minutes.objects.create(meeting=meeting, data=data, confirmed_by_id=meeting.chair_id, confirmed_at=now)
    meeting.refresh_from_db()


def carry(meeting: Meeting, *, by: Actor, now: datetime) -> tuple[int, int]:
    """Takes every decision that is not there yet to its case: (how many went, how many were refused). For the chair, and for
    whoever stands in."""
    access.need(
        access.carries(by, meeting, on=time.on(now)),
        "决定由主持人落到事项上；主持人离岗的，由代办人，或者同科室、上级的负责人接着办。",
        "The chair takes the decisions to their matters; where the chair left or is away, the deputy or a head of that office or one above does.",
    )
    if meeting.state != Meeting.State.CONFIRMED:
        raise Refused(
            "先确认纪要，决定才落到事项上。", "Confirm the minutes first; then the decisions go to their matters."
        )
    waiting = (
        meeting.items.exclude(outcome="")
        .filter(carried_at=None, case__sealed=False)
        .select_related("case__office", "owner", "meeting")
    )
    places = access.numbers(meeting)
    done = [
        _carried(item, f"{name_of(meeting)} 第{places[item.pk]}项", by=by, now=now) for item in waiting
    ]  # data: a case's record
    return sum(done), len(done) - sum(done)


def add(meeting: Meeting, *, by: Actor, now: datetime, words: str) -> None:
    """Adds something to confirmed minutes. Raises Forbidden, Refused."""
    access.need(access.takes_part(by, meeting), "您没有参加这次会议。", "You don't take part in this meeting.")
    words = tidy(words)
    if not words or len(words) > LONGEST_ADDENDUM:
        raise Refused(
            f"请写明补充什么，最多{LONGEST_ADDENDUM}个字。",
            f"Say what is added, in at most {LONGEST_ADDENDUM} characters.",
            field="words",
        )
    if meeting.state != Meeting.State.CONFIRMED:
        raise Refused(
            "纪要还没有确认，直接改就行。", "The minutes are not confirmed yet; just change them.", field="words"
        )
    assert by.staff_id is not None
    Addendum.objects.create(meeting=meeting, words=words, by_id=by.staff_id, at=now)


def name_of(meeting: Meeting) -> str:
    """2026年3月2日碰头会: how a case's record names a meeting."""
    day = meeting.held_on
    return f"{said(day)}{NAMES[meeting.kind]}"


def _carried(item: AgendaItem, origin: str, *, by: Actor, now: datetime) -> bool:
    try:
        task = _taken(item, origin, by=by, now=now)
    except Refused as refused:
        AgendaItem.objects.filter(pk=item.pk, carried_at=None).update(refusal={"zh": refused.zh, "en": refused.en})
        return False
    AgendaItem.objects.filter(pk=item.pk, carried_at=None).update(carried_at=now, task=task, refusal=None)
    return True


@transaction.atomic
def _taken(item: AgendaItem, origin: str, *, by: Actor, now: datetime) -> int | None:
    """Writes the decision on the case and gives the task; the number of the task, if one came of it."""
    facts = {"meeting": origin, "on": item.meeting.held_on.isoformat(), "decision": decided(item)}
    _perform(item, "decide", by=by, now=now, facts=facts)
    if item.outcome != AgendaItem.Outcome.TASK:
        return None
    assert item.owner is not None and item.due_on is not None
    asked = {
        "office": item.owner.office_id,
        "staff": item.owner_id,
        "words": item.decision,
        "due_on": item.due_on,
    }
    event = _perform(item, "ask", by=by, now=now, facts=asked, origin=origin)
    return (
        CaseTask.objects.filter(case=item.case, asked_on=time.on(event.at), origin=origin)
        .values_list("number", flat=True)
        .last()
    )


def _perform(
    item: AgendaItem, step: str, *, by: Actor, now: datetime, facts: dict[str, Any], origin: str = ""
) -> CaseEvent:
    """Through the one door; whoever is a moment earlier on the same case is waited for."""
    key = f"meeting:{item.meeting_id}:{item.pk}:{step}"
    for _ in range(TRIES):
        try:
            return cases.perform(item.case, step, by=by, now=now, facts=facts, key=key, origin=origin)
        except Conflict as conflict:
            if conflict.code == "wrong_state":
                raise
    raise services.moved_on()


def decided(item: AgendaItem) -> str:
    """The decision in words, as the case's record keeps it."""
    if item.outcome != AgendaItem.Outcome.NO_ACTION:
        return item.decision
    return "；".join(
        part for part in (item.decision.rstrip("。"), NOTHING_MORE + item.reason) if part
    )  # data: a case's record
