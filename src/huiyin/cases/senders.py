"""What somebody passed on and still answers for: the rows that the mark `senders` gives, and what waits for the sender.

Passing a matter on gives it to others, not the sender's own duties: to decide an objection (Art. 23), to tell the petitioner where it
went, and to see that a result which was asked for comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.cases import policy
from huiyin.cases.models import Case, CaseEvent, CaseSender, Clock
from huiyin.kernel.db.written import written_once
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people.policy import Actor

OF_SENDERS = ("objected", "untold", "late")


def rows_of(case: Case) -> list[CaseSender]:
    """The senders of a case, the first one first (not saved)."""
    sent: list[Any] = case.marks.get("senders") or []
    return [
        CaseSender(
            case=case, number=number, office_id=office, person_id=person, last=number == len(sent), waits=case.is_open
        )
        for number, (office, person) in enumerate(sent, start=1)
    ]


def write(case: Case, event: CaseEvent) -> None:
    """Writes down whom an event left as senders; called inside the one door's transaction."""
    if "senders" in event.effects.get("marks", {}):
        case.senders.all().delete()
        CaseSender.objects.bulk_create(rows_of(case))
    elif case.marks.get("senders") and event.from_state != event.to_state:
        case.senders.exclude(waits=case.is_open).update(waits=case.is_open)


def last(case: Case) -> tuple[Office, int] | None:
    """The office and person that passed the case on last; None where it was not."""
    sent = case.marks.get("senders")
    if not sent or sent[-1][1] is None:
        return None
    return Office.objects.get(pk=sent[-1][0]), sent[-1][1]


def sent_cases(actor: Actor, *, only_open: bool = False) -> QuerySet[Case]:
    """The cases, or open cases, that the actor, their office or, for those who oversee, an office below it passed on."""
    sent = CaseSender.objects.filter(_theirs(actor), **({"waits": True} if only_open else {}))
    return Case.objects.filter(policy.knowable(actor), pk__in=sent.values("case_id"), sealed=False)


def waiting_for(actor: Actor, *, today: date, limit: int = 50) -> list[tuple[str, Case]]:
    """What waits for the actor as the last sender, and why: `objected`, an objection to decide; `untold`, a petitioner to be told;
    `late`, a result that the receiver owes. One query."""
    rows = _waiting_for(actor, today, limit)
    return sorted(((why, case) for case in rows for why in _why(case)), key=lambda row: OF_SENDERS.index(row[0]))


@written_once
def _waiting_for(actor: Actor, today: date, limit: int) -> QuerySet[Case]:
    sent = CaseSender.objects.filter(_theirs(actor), last=True, waits=True)
    clocks = Clock.objects.filter(case=OuterRef("pk"), stopped_on=None)
    # where the notice is waived, or was given, no term of it runs
    untold = Q(untold=True, marks__transfer_told_on=None)
    found = (
        Case.objects.filter(policy.knowable(actor), pk__in=sent.values("case_id"), is_open=True, sealed=False)
        .exclude(responsible_id=actor.staff_id)
        .annotate(
            untold=Exists(clocks.filter(term="notice")),
            overdue=Exists(clocks.filter(term="result", due_on__lt=today)),
        )
        .filter(Q(state="objected") | untold | Q(overdue=True))
    )
    return found.select_related("office", "responsible").defer("text").order_by("due_on", "pk")[:limit]


def _why(case: Any) -> Iterator[str]:
    if case.state == "objected":
        yield "objected"
    if case.untold and not case.marks.get("transfer_told_on"):
        yield "untold"
    if case.overdue:
        yield "late"


def _theirs(actor: Actor) -> Q:
    own = Q(person_id=actor.staff_id) | Q(office_id=actor.office_id)
    below = orgs.subtree(actor.office_path).values("pk")
    return own | Q(office__in=below) if actor.roles & policy.OVERSEES else own
