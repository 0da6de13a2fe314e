"""What somebody answered or reviewed and others have now: the rows that the mark `had` gives, and the lists that they make.

A review gives the matter to the unit above and its delivery gives it back (Arts. 35, 36); each of them reads on what it decided.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from huiyin.cases import policy
from huiyin.cases.models import Case, CaseEvent, CaseLevel
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor


def rows_of(case: Case) -> list[CaseLevel]:
    """Who had a case, by level (not saved)."""
    had = sorted((case.marks.get("had") or {}).items())
    return [CaseLevel(case=case, level=level, office_id=office, person_id=person) for level, (office, person) in had]


def write(case: Case, event: CaseEvent) -> None:
    """Writes down whom an event left as having had the case; called inside the one door's transaction."""
    if "had" in event.effects.get("marks", {}):
        case.levels.all().delete()
        CaseLevel.objects.bulk_create(rows_of(case))


def had_by(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor, or an office whose cases they see, answered or reviewed, and that another office has now."""
    left = CaseLevel.objects.filter(_theirs(actor)).exclude(office_id=F("case__office_id"))
    return Case.objects.filter(policy.knowable(actor), pk__in=left.values("case_id"), sealed=False)


def _theirs(actor: Actor) -> Q:
    theirs = Q(person_id=actor.staff_id) | Q(office_id=actor.office_id)
    if actor.roles & policy.OVERSEES:
        theirs |= Q(office__in=orgs.subtree(actor.office_path).values("pk"))
    return theirs | Q(office__in=orgs.unit_ids(actor.unit_path)) if "clerk" in actor.roles else theirs
