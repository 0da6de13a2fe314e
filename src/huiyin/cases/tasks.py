"""Tasks on cases (协办): the rows that the events give, and which tasks wait for whom.

A task is given, answered and recalled through the one door (`ask`, `answer_task`, `recall_task`); here nothing is decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Case as Case_
from django.db.models import Q, QuerySet, When

from huiyin.cases import policy
from huiyin.cases.models import Case, CaseEvent, CaseTask
from huiyin.kernel import clock as time
from huiyin.kernel.db.written import written_once
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.procedure.states import STATES

STEPS = frozenset({"ask", "answer_task", "recall_task"})
ENDS = {"answered": CaseTask.State.ANSWERED, "recalled": CaseTask.State.RECALLED}
WITH = ("case__office", "case__responsible", "office", "person")
UNREAD = ("case__text", "case__marks")  # no list shows them


def rows_of(case: Case, history: Iterable[CaseEvent]) -> list[CaseTask]:
    """The tasks that the events of a case give, by number (not saved)."""
    found: dict[int, CaseTask] = {}
    for event in history:
        if event.action == "ask":
            found[len(found) + 1] = _given(case, event, len(found) + 1)
        elif event.action in STEPS:
            _follow(found[event.facts["task"]], event)
        for row in found.values():
            row.opens_case = _opens(row, event)
    return list(found.values())


def write(case: Case, event: CaseEvent) -> None:
    """Writes down what one event changed; called inside the one door's transaction."""
    if event.action == "ask":
        _given(case, event, case.tasks.count() + 1).save(force_insert=True)
    elif event.action in STEPS:
        row = case.tasks.get(number=event.facts["task"])
        _follow(row, event)
        row.opens_case = _opens(row, event)
        row.save(update_fields=["state", "answer", "answered_by", "ended_on", "opens_case"])
    elif case.marks.get("tasks") and event.from_state != event.to_state:
        case.tasks.exclude(state=CaseTask.State.RECALLED).update(opens_case=STATES[event.to_state].open)


def _opens(row: CaseTask, event: CaseEvent) -> bool:
    return row.state != CaseTask.State.RECALLED and STATES[event.to_state].open


def _given(case: Case, event: CaseEvent, number: int) -> CaseTask:
    facts = event.facts
    return CaseTask(
        case=case, number=number, office_id=facts["office"], person_id=facts["staff"], asked_by_id=event.by_id, asked_on=time.on(event.at),
        due_on=date.fromisoformat(facts["due_on"]), text=facts["words"], origin=facts.get("origin", ""),
    )  # fmt: skip


def _follow(row: CaseTask, event: CaseEvent) -> None:
    """Progress is kept as the answer so far; the last word stands."""
    if event.action == "answer_task":
        row.answer, row.answered_by_id = event.facts["found"], event.by_id
    kept = event.effects["marks"]["tasks"][str(row.number)]["state"]
    if kept in ENDS:
        row.state, row.ended_on = ENDS[kept], time.on(event.at)


def asked_cases(actor: Actor) -> QuerySet[Case]:
    """The open cases on which the actor or their office was asked for something that was not recalled."""
    given = CaseTask.objects.filter(_given_to(actor), opens_case=True)
    return Case.objects.filter(policy.knowable(actor), pk__in=given.values("case_id"), is_open=True, sealed=False)


def of_day(actor: Actor, *, today: date, limit: int = 50) -> tuple[list[CaseTask], list[CaseTask]]:
    """The open tasks that the actor has to answer, and those that others did not answer by their day, on the cases that the actor is
    responsible for (heads: or that are in their office or below it); each by date. One query."""
    rows = _of_day(actor, today, 2 * limit)
    asked, others = ([row for row in rows if (row.person_id == actor.staff_id) is mine] for mine in (True, False))
    return asked[:limit], others[:limit]


@written_once
def _of_day(actor: Actor, today: date, limit: int) -> QuerySet[CaseTask]:
    who = Q(person_id=actor.staff_id) | _led_by(actor) & Q(due_on__lt=today)
    found = CaseTask.objects.filter(
        who, policy.known(actor, "case__"), state=CaseTask.State.OPEN, case__is_open=True, case__sealed=False
    )
    own_first = Case_(When(person_id=actor.staff_id, then=0), default=1)
    return found.select_related(*WITH).defer(*UNREAD).order_by(own_first, "due_on", "pk")[:limit]


def _given_to(actor: Actor) -> Q:
    return Q(person_id=actor.staff_id) | Q(office_id=actor.office_id)


def _led_by(actor: Actor) -> Q:
    own = Q(case__responsible_id=actor.staff_id)
    if "head" not in actor.roles:
        return own
    return Q() if actor.whole else own | Q(case__office_id__in=orgs.subtree(actor.office_path).values("pk"))
