"""Writes one act down: the event, and the rows that follow from its effects. Called inside the one door's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from datetime import time as midnight
from typing import Any

from huiyin.cases import alerts
from huiyin.cases.models import Case, CaseEvent, CaseFile, Claim, Clock, Evaluation
from huiyin.kernel import clock as time
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Action, Snapshot
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.editions.guards_2022 import ASPECTS, nature
from huiyin.procedure.states import STATES

Facts = Mapping[str, Any]
ANSWERED = ("text", "result", "reason", "basis", "ground", "money", "amount")  # what a row of requests holds
PAPERS_ARE = {"register": "original", "import_closed": "original", "investigate": "finding", "answer_task": "finding"}


def event_of(
    case: Case, action: Action, facts: Facts, effects: Facts, *, seq: int, by: Actor, now: datetime, key: str | None
) -> CaseEvent:
    """The event as it will be kept for ever (not yet saved)."""
    return CaseEvent(
        case=case, seq=seq, action=action.name, from_state=case.state if seq > 1 else "", to_state=effects["state"],
        at=now, by_kind=by.kind, by_id=by.staff_id, by_name=by.name, facts=dict(facts), effects=dict(effects), key=key,
    )  # fmt: skip


def columns_of(
    snapshot: Snapshot, *, now: datetime, was_closed_at: datetime | None, calendar: Calendar
) -> dict[str, Any]:
    """The case's own columns for a snapshot: what lists sort by and the sweep looks for."""
    today = time.on(now)
    is_open = STATES[snapshot.state].open
    clocks, marks = snapshot.clocks.values(), snapshot.marks
    look = alerts.look_after_an_act(clocks, is_open=is_open, today=today, calendar=calendar, marks=marks)
    leading = alerts.leading(snapshot.clocks.values())
    return {
        "state": snapshot.state,
        "office_id": snapshot.office,
        "responsible_id": snapshot.responsible,
        "marks": snapshot.marks,
        "is_open": is_open,
        "sealed": nature(snapshot.marks) == "accusation",
        "accused_id": snapshot.marks.get("accused"),
        "due_on": leading.due if leading else look,
        "due_term": leading.term if leading else "",
        "due_provisional": bool(leading and leading.provisional),
        "next_alert_on": look,
        "rated": bool(snapshot.marks.get("evaluated")),
        "closed_at": None if is_open else was_closed_at or closed_at(snapshot, now=now),
    }


def closed_at(snapshot: Snapshot, *, now: datetime) -> datetime:
    """When a matter that is closed now was settled: the day that its record names (taken over from elsewhere), else now."""
    named = snapshot.marks.get("closed_on")
    return datetime.combine(date.fromisoformat(named), midnight(), time.ZONE) if named else now


def write_purpose(case: Case, purpose: str) -> None:
    """Sets the purpose right, as a later step decided it."""
    case.purpose = purpose
    case.save(update_fields=["purpose"])


def write_clocks(case: Case, changes: list[Facts]) -> None:
    """Stops and starts the case's clocks as the effects say."""
    for change in changes:
        if change["op"] == "stop":
            case.clocks.filter(term=change["term"], stopped_on=None).update(
                stopped_on=date.fromisoformat(change["on"]), outcome=change["outcome"]
            )
        else:
            row = clock_row(case, change)
            case.clocks.filter(term=row.term, stopped_on=None).delete()
            row.save(force_insert=True)


def clock_row(case: Case, change: Facts) -> Clock:
    """A running clock's row from its JSON form (not yet saved)."""
    day = {name: date.fromisoformat(change[name]) for name in ("start", "raw", "due", "internal")}
    return Clock(
        case=case, term=change["term"], days=change["days"], provisional=change["provisional"], calendar=change["calendar"],
        start_on=day["start"], raw_on=day["raw"], due_on=day["due"], internal_on=day["internal"],
    )  # fmt: skip


def write_papers(case: Case, event: CaseEvent, facts: Facts) -> None:
    """Links the files that came with the act; a file that the case already has stays as it was."""
    CaseFile.objects.bulk_create(papers(case, event, facts), ignore_conflicts=True)


def papers(case: Case, event: CaseEvent, facts: Facts) -> list[CaseFile]:
    """The links to the files that came with an act (not yet saved)."""
    purpose = PAPERS_ARE.get(event.action, "evidence")
    return [CaseFile(case=case, file_id=row["id"], purpose=purpose, seq=event.seq) for row in facts.get("files", ())]


def write_claims(case: Case, given: list[Facts]) -> None:
    """Replaces the case's list of requests by the one just recorded; the events keep the earlier ones."""
    case.claims.all().delete()
    Claim.objects.bulk_create(claims(case, given))


def claims(case: Case, given: list[Facts]) -> list[Claim]:
    """The numbered requests of a case (not yet saved)."""
    rows = [{name: claim[name] for name in ANSWERED if name in claim} for claim in given]
    return [Claim(case=case, number=number, **row) for number, row in enumerate(rows, start=1)]


def rates(event: CaseEvent) -> bool:
    """Whether an act holds the petitioner's rating: their own, or the first one of an answer that was given when they were called."""
    return event.action == "evaluate" or (event.action == "call_back" and bool(event.effects["marks"].get("evaluated")))


def write_evaluation(case: Case, facts: Facts, at: Snapshot, *, now: datetime) -> None:
    """Keeps the rating, beside those of earlier answers."""
    evaluation(case, facts, at, now=now).save(force_insert=True)


def evaluation(case: Case, facts: Facts, at: Snapshot, *, now: datetime) -> Evaluation:
    """The four ratings and the words that came with them, for the office whose answer is rated (not yet saved)."""
    ratings = {aspect: facts.get(aspect, "") for aspect in ASPECTS}
    return Evaluation(
        case=case,
        office_id=at.marks.get("answered_by", at.office) or None,
        comment=facts.get("comment", ""),
        via=facts.get("via") or facts.get("how") or "portal",
        at=now,
        **ratings,
    )
