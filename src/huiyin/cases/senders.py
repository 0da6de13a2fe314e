"""What somebody passed on and still answers for: the rows that the mark `senders` gives, and what waits for the sender.

Passing a matter on gives it to others, not the sender's own duties: to decide an objection (Art. 23), to tell the petitioner where it
went, and to see that a result which was asked for comes.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from huiyin.cases import policy
from huiyin.cases.models import Case, CaseEvent, CaseSender, Clock
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people.policy import Actor

OF_SENDERS = ("objected", "untold", "late")


def rows_of(case: Case) -> list[CaseSender]:
    """The senders of a case, the first one first (not saved)."""
    sent: list[Any] = case.marks.get("senders") or []
    return [
        CaseSender(case=case, number=number, office_id=office, person_id=person, last=number == len(sent))
        for number, (office, person) in enumerate(sent, start=1)
    ]


def write(case: Case, event: CaseEvent) -> None:
    """Writes down whom an event left as senders; called inside the one door's transaction."""
    if "senders" in event.effects.get("marks", {}):
        case.senders.all().delete()
        CaseSender.objects.bulk_create(rows_of(case))


def last(case: Case) -> tuple[Office, int] | None:
    """The office and person that passed the case on last; None where it was not."""
    sent = case.marks.get("senders")
    if not sent or sent[-1][1] is None:
        return None
    return Office.objects.get(pk=sent[-1][0]), sent[-1][1]


def sent_cases(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor, their office or, for those who oversee, an office below it passed on."""
    sent = CaseSender.objects.filter(_theirs(actor))
    return Case.objects.filter(policy.knowable(actor), pk__in=sent.values("case_id"), sealed=False)


def waiting_for(actor: Actor, *, today: date, limit: int = 50) -> list[tuple[str, Case]]:
    """What waits for the actor as the last sender, the most urgent first, with why: `objected`, an objection to decide; `untold`, a
    petitioner to be told; `late`, a result or another term that the receiver let pass. Three queries."""
    sent = CaseSender.objects.filter(_theirs(actor), last=True)
    mine = Case.objects.filter(policy.knowable(actor), pk__in=sent.values("case_id"), is_open=True, sealed=False)
    mine = mine.exclude(responsible_id=actor.staff_id).select_related("office", "responsible").defer("text")
    overdue = Clock.objects.filter(stopped_on=None, due_on__lt=today, term="result")
    asked = {
        "objected": Q(state="objected"),
        "untold": Q(marks__transfer_told_on=None) & Q(pk__in=_to_be_told()),
        "late": Q(pk__in=overdue.values("case_id")),
    }
    return [(why, case) for why in OF_SENDERS for case in mine.filter(asked[why]).order_by("due_on", "pk")[:limit]]


def _to_be_told() -> QuerySet[Any]:
    """Cases whose petitioner is owed the notice: where it was waived, or given, nothing waits."""
    return Clock.objects.filter(stopped_on=None, term="notice").values("case_id")


def _theirs(actor: Actor) -> Q:
    own = Q(person_id=actor.staff_id) | Q(office_id=actor.office_id)
    below = orgs.subtree(actor.office_path).values("pk")
    return own | Q(office__in=below) if actor.roles & policy.OVERSEES else own
