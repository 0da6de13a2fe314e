"""What somebody answered or reviewed and others have now: the rows that the mark `had` gives, and the lists that they make.

A review gives the matter to the unit above and its delivery gives it back (Arts. 35, 36); each of them reads on what it decided.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from huiyin.cases import policy
from huiyin.cases.models import Case, CaseEvent, CaseLevel
from huiyin.people.policy import Actor


def rows_of(case: Case) -> list[CaseLevel]:
    """Who had a case, by level (not saved)."""
    had = sorted((case.marks.get("had") or {}).items())
    return [
        CaseLevel(case=case, level=level, office_id=office, person_id=person, waits=case.is_open)
        for level, (office, person) in had
    ]


def write(case: Case, event: CaseEvent) -> None:
    """Writes down whom an event left as having had the case; called inside the one door's transaction."""
    if "had" in event.effects.get("marks", {}):
        case.levels.all().delete()
        CaseLevel.objects.bulk_create(rows_of(case))
    elif case.marks.get("had") and event.from_state != event.to_state:
        case.levels.exclude(waits=case.is_open).update(waits=case.is_open)


def had_at(case: Case, level: str) -> CaseLevel | None:
    """Who had a case at a level, with their office; None where nobody here did."""
    if level not in (case.marks.get("had") or {}):
        return None
    return case.levels.select_related("office", "person").filter(level=level).first()


def had_by(actor: Actor, *, offices: list[int] | None, only_open: bool = False) -> QuerySet[Case]:
    """The cases, or open cases, that the actor, or one of the offices whose cases they see (None: all), answered or reviewed, and that another office
    has now."""
    theirs = Q() if offices is None else Q(person_id=actor.staff_id) | Q(office_id__in=offices)
    left = CaseLevel.objects.filter(theirs, **({"waits": True} if only_open else {})).exclude(
        office_id=F("case__office_id")
    )
    return Case.objects.filter(policy.knowable(actor), pk__in=left.values("case_id"), sealed=False)
