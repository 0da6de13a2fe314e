"""Alarms of a case begin and end here: what holds on a day (asked by the sweep), and what an act raises, ends or moves.

Called inside the transaction of the look or the act, so that neither is ever written without the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from huiyin.cases import alerts, senders
from huiyin.cases.alerts import Ringing
from huiyin.cases.models import Case, CaseEvent
from huiyin.cases.supervision.asked import ANSWERS
from huiyin.cases.supervision.models import Alarm, AlarmEntry
from huiyin.kernel import clock as time
from huiyin.orgs.models import Office
from huiyin.people.ladders import Ladders
from huiyin.procedure.actions import Situation, Snapshot
from huiyin.procedure.alarms import FOR_SENDERS, OF_TERMS, RETURNS, RULES
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.states import STATES

What = AlarmEntry.What
Rung = tuple[Ringing, str]  # an alarm that an act rings, with the words that go with it
# Acts of those who supervise: the matter stands still all the same.
BESIDE = frozenset({"urge", "ask_explanation", "supervise", "recompute"})
ASKS = {"urge": "urged", "ask_explanation": "explanation", "supervise": "feedback"}
RETURNING = ("return", "return_duty", "return_review", "return_rereview", "order_again", "order_duty_again")
NOBODY: dict[str, Any] = {"acknowledged_at": None, "acknowledged_by": None, "promised_on": None}  # has taken note
WAITING = frozenset({"extension_untold", "untaken"})
END_WITH_THE_CASE = frozenset({"urged", "returned"})


def open_of(case: Case) -> QuerySet[Alarm]:
    """The alarms of a case that have not ended."""
    return Alarm.objects.filter(case=case, ended_on=None)


def hold(alarm: Alarm) -> None:
    """Locks the matter of an alarm until the transaction ends. Acts lock the matter first and its alarms after it; whoever changes
    an alarm takes them in the same order, so that the two wait for each other and never deadlock."""
    if alarm.case_id:
        Case.objects.select_for_update().only("pk").get(pk=alarm.case_id)


def look(case: Case, found: Iterable[Ringing], *, now: datetime, ladders: Ladders, calendar: Calendar) -> int:
    """Raises what rings and has no open alarm yet, ends the alarms whose cause is gone; gives how many were raised."""
    ringing = {(each.kind, each.term): each for each in found}
    known = {(alarm.kind, alarm.term): alarm for alarm in open_of(case) if RULES[alarm.kind].lasts == "cause"}
    terms = {term for _, term in ringing if term}
    for key, alarm in known.items():
        if key not in ringing:
            end(alarm, how="risen" if alarm.term in terms else "gone", now=now)
    fresh = [each for key, each in ringing.items() if key not in known]
    counts = _counts(case) if fresh else {}
    for each in fresh:
        ring(
            case,
            each,
            occurrence=counts.get((each.kind, each.term), 0) + 1,
            now=now,
            ladders=ladders,
            calendar=calendar,
        )
    return len(fresh)


def ring(
    case: Case, ringing: Ringing, *, occurrence: int, now: datetime, ladders: Ladders, calendar: Calendar, words: str = ""
) -> Alarm:  # fmt: skip
    """Writes a new alarm down and whom it tells."""
    rule = RULES[ringing.kind]
    office, person = _whose(case, ringing.kind)
    told = (ladders.sealed(case.accused) if case.sealed else ladders).first(office, person, _first(case, ringing))
    alarm = Alarm.objects.create(
        case=case, kind=ringing.kind, term=ringing.term, occurrence=occurrence, due_on=ringing.due, raised_on=time.on(now),
        office=office, responsible_id=person, rung=told.rung, holder_id=told.staff,
        next_on=calendar.add_workdays(time.on(now), rule.climbs_after),
    )  # fmt: skip
    note(alarm, What.RANG, now=now, words=words)
    return alarm


def _first(case: Case, ringing: Ringing) -> str:
    """Who is told first: of a review that nobody was named for, the unit above, which alone can act."""
    above = ringing.kind in OF_TERMS and ringing.term in alerts.REVIEWS and alerts.waits_above(case.marks)
    return "unit_above" if above else RULES[ringing.kind].first


def _whose(case: Case, kind: str) -> tuple[Office, int]:
    """The office and person that an alarm is about: who answers for the matter, or the last one who passed it on."""
    if kind in FOR_SENDERS and (sender := senders.last(case)):
        return sender
    assert case.office is not None and case.responsible_id is not None
    return case.office, case.responsible_id


def note(
    alarm: Alarm, what: str, *, now: datetime, by: int | None = None, words: str = "", on: date | None = None
) -> None:
    """Adds a line to what happened to an alarm."""
    AlarmEntry.objects.create(
        alarm=alarm, at=now, what=what, rung=alarm.rung, to_id=alarm.holder_id, by_id=by, words=words[:500], on=on
    )


def end(alarm: Alarm, *, how: str, now: datetime, by: int | None = None) -> bool:
    """Ends an alarm, once; False if it had ended."""
    if Alarm.objects.filter(pk=alarm.pk, ended_on=None).update(ended_on=time.on(now), how=how, next_on=None) != 1:
        return False
    note(alarm, What.ENDED, now=now, by=by, words=how)
    return True


def after_act(case: Case, event: CaseEvent, at: Situation, snapshot: Snapshot) -> None:
    """What an act does to the case's alarms: ends those that it mends, takes the others along, and rings its own."""
    taken = alerts.waits_above(at.snapshot.marks) and not alerts.waits_above(snapshot.marks)
    for alarm in open_of(case):
        if _mended(alarm, event, at, snapshot):
            end(alarm, how=event.action, now=at.now, by=event.by_id)
        elif "responsible" in event.effects or alarm.kind in FOR_SENDERS:
            _follow(alarm, case, at, anew=taken and alarm.term in alerts.REVIEWS)
    for rung in _raised(case, event):
        ring_for(case, rung, event, ladders=Ladders(at.today), calendar=at.calendar)


def not_put_off(case: Case, action: str, look: date | None) -> dict[str, date]:
    """An act of those who supervise is no step on the matter: it is looked at no later than without it."""
    before = case.next_alert_on
    return {"next_alert_on": before} if action in BESIDE and look and before and before < look else {}


def _mended(alarm: Alarm, event: CaseEvent, at: Situation, snapshot: Snapshot) -> bool:
    if alarm.kind in OF_TERMS:
        clock = snapshot.clocks.get(alarm.term)
        return clock is None or not alerts.level(clock, at.today, at.calendar)
    if alarm.kind in FOR_SENDERS or alarm.kind in WAITING:
        return (alarm.kind, alarm.term) not in _rings_now(at, snapshot)
    if alarm.kind == "idle":
        return event.action not in BESIDE
    if alarm.kind == "unexecuted":
        due = alerts.to_execute(snapshot.marks)
        return due is None or due >= at.today
    if alarm.kind in ANSWERS.values():
        return ANSWERS.get(event.action) == alarm.kind
    return alarm.kind in END_WITH_THE_CASE and not STATES[snapshot.state].open and not _still_owed(snapshot)


def _still_owed(snapshot: Snapshot) -> bool:
    """Whether a matter that came to its end is still to be carried out or handled again."""
    return alerts.to_execute(snapshot.marks) is not None or "rehandle" in snapshot.clocks


def _rings_now(at: Situation, snapshot: Snapshot) -> set[tuple[str, str]]:
    clocks, is_open = snapshot.clocks.values(), STATES[snapshot.state].open
    found = alerts.rings(clocks, snapshot.marks, is_open=is_open, on=at.today, acted_on=at.today, calendar=at.calendar)
    return {(each.kind, each.term) for each in found}


def _follow(alarm: Alarm, case: Case, at: Situation, *, anew: bool = False) -> None:
    """The alarm goes to whoever answers for the matter now. On a higher rung it stays with whoever was told, unless it rang above
    for want of a person (`anew`); a promise of the one before does not bind the one after. No date starts anew."""
    office, person = _whose(case, alarm.kind)
    if (alarm.office_id, alarm.responsible_id) == (office.pk, person):
        return
    changed: dict[str, Any] = {"office": office, "responsible_id": person}
    if alarm.rung == 0 or anew:
        told = _ladders(case, at).first(office, person, "person")
        changed |= {"rung": told.rung, "holder_id": told.staff}
    if alarm.acknowledged_by_id == alarm.responsible_id != person:
        soon = at.calendar.add_workdays(at.today, RULES[alarm.kind].climbs_after)
        changed |= {"next_on": min(alarm.next_on or soon, soon), **NOBODY}
    same = Alarm.objects.filter(pk=alarm.pk, ended_on=None, rung=alarm.rung, acknowledged_at=alarm.acknowledged_at)
    moved = same.update(**changed)
    alarm.refresh_from_db()
    if moved:
        note(alarm, What.FOLLOWED, now=at.now)
    elif alarm.ended_on is None:  # somebody took note of it, or it climbed, a moment ago
        _follow(alarm, case, at, anew=anew)


def _ladders(case: Case, at: Situation) -> Ladders:
    ladders = Ladders(at.today)
    return ladders.sealed(case.accused) if case.sealed else ladders


def _raised(case: Case, event: CaseEvent) -> list[Rung]:
    refused = event.action == "issue" and turns_down(case.marks, case.claims.values_list("result", flat=True))
    returns = case.events.filter(action__in=RETURNING).count() if event.action in RETURNING else 0
    return raised(event, refused=refused, returns=returns)


def turns_down(marks: Mapping[str, Any], results: Iterable[str]) -> bool:
    """Whether an opinion doesn't support a request, leaves one without an answer of its own, or says that a duty can't be performed."""
    return bool(marks.get("left_out") or marks.get("not_performed")) or "not_supported" in results


def raised(event: CaseEvent, *, refused: bool, returns: int) -> list[Rung]:
    """The alarms that an act rings by itself, with the words that go with them: whether a request was refused, and how often the
    matter was returned by then, the caller knows."""
    facts = event.facts
    if kind := ASKS.get(event.action):
        by = facts.get("answer_by")
        return [(Ringing(kind, "", date.fromisoformat(by) if by else None), str(facts.get("words", "")))]
    if event.action == "issue" and refused:
        return [(Ringing("refused"), "")]
    if event.action in RETURNING and returns >= RETURNS:
        return [(Ringing("returned"), str(facts.get("reason", "")))]
    return []


def not_answered(rung: Iterable[tuple[CaseEvent, Rung]], history: Iterable[CaseEvent]) -> list[tuple[CaseEvent, Rung]]:
    """What acts rang and nobody answered since, where all of a matter's events are known."""
    answered = {ANSWERS[event.action]: event.seq for event in history if event.action in ANSWERS}
    return [(event, each) for event, each in rung if answered.get(each[0].kind, 0) < event.seq]


def left_when_settled(
    rung: Iterable[tuple[CaseEvent, Rung]], history: Sequence[CaseEvent]
) -> list[tuple[CaseEvent, Rung]]:
    """Of what rang and was not answered, what a settled matter keeps: what must be answered, and what its last act rang."""
    return [(event, each) for event, each in rung if RULES[each[0].kind].lasts == "answered" or event is history[-1]]


def ring_for(case: Case, rung: Rung, event: CaseEvent, *, ladders: Ladders, calendar: Calendar) -> None:
    """Rings for an act; an earlier one of the same kind gives way to it."""
    ringing, words = rung
    for earlier in open_of(case).filter(kind=ringing.kind):
        end(earlier, how="newer", now=event.at)
    ring(
        case,
        ringing,
        occurrence=event.seq,
        now=event.at,
        ladders=ladders,
        calendar=calendar,
        words=words,
    )


def _counts(case: Case) -> dict[tuple[Any, Any], int]:
    rows = Alarm.objects.filter(case=case).values_list("kind", "term").annotate(Count("pk")).order_by()
    return {(kind, term): number for kind, term, number in rows}
