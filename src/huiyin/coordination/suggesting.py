"""Which matters a meeting might take up, each with the reasons; a person ticks them, nothing is put on by itself.

The reasons are the matter's own: its dates, how many offices it needs, that it was returned, whom it waits for – never the person.
A fixed number of queries, each short (`MOST` of a kind).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from huiyin.cases.models import Case, CaseEvent, CaseTask
from huiyin.cases.queries import OFFICE_TERMS
from huiyin.coordination.access import decidable
from huiyin.coordination.models import Meeting
from huiyin.people.policy import Actor
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import SOON_WORKDAYS
from huiyin.procedure.editions.standing_2022 import IN_WORK

MOST = 30
MANY_OFFICES = 2  # asked besides the one that leads
OFTEN_RETURNED = 2
REASONS = ("late", "soon", "offices", "returned", "leader")


@dataclass
class Suggestion:
    """A matter with the codes of REASONS that speak for it."""

    case: Case
    why: list[str] = field(default_factory=list)


def suggestions(meeting: Meeting, *, chair: Actor, today: date, calendar: Calendar) -> list[Suggestion]:
    """What is not on the agenda yet, by date: late, nearly late, several offices, returned twice, waiting for the leader."""
    open_ones = decidable(chair).exclude(pk__in=meeting.items.values("case_id"))
    found: dict[int, Suggestion] = {}
    for reason, cases in _by_reason(open_ones, today, calendar).items():
        for case in (
            cases.select_related("office", "responsible").defer("text", "marks").order_by("due_on", "pk")[:MOST]
        ):
            found.setdefault(case.pk, Suggestion(case)).why.append(reason)
    return sorted(found.values(), key=lambda each: (each.case.due_on or date.max, each.case.pk))


def _by_reason(cases: QuerySet[Case], today: date, calendar: Calendar) -> dict[str, QuerySet[Case]]:
    soon, duty = calendar.add_workdays(today, SOON_WORKDAYS), cases.filter(due_term__in=OFFICE_TERMS)
    asked = CaseTask.objects.exclude(state=CaseTask.State.RECALLED).filter(case__is_open=True)
    many = asked.values("case_id").annotate(n=Count("office_id", distinct=True)).filter(n__gte=MANY_OFFICES)
    returned = CaseEvent.objects.filter(action="return", case__is_open=True, case__state__in=IN_WORK)
    often = returned.values("case_id").annotate(n=Count("pk")).filter(n__gte=OFTEN_RETURNED)
    return {
        "late": duty.filter(due_on__lt=today),
        "soon": duty.filter(due_on__range=(today, soon)),
        "offices": cases.filter(pk__in=many.values("case_id")),
        "returned": cases.filter(pk__in=often.values("case_id")),
        "leader": cases.filter(state="approved"),
    }
