"""Who may read a meeting, write its minutes, change it, confirm it. One place; pages and services ask it.

Those who take part read and write; whoever planned it and the chair change it; the chair alone confirms. What was confirmed is carried
on by whoever stands in for a chair who left or is away. Leaders, heads and
supervisors above read what is held below them. Which matters may be taken up follows from what the chair may decide.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.cases import policy
from huiyin.cases.models import Case
from huiyin.coordination.models import Meeting, Participant
from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.orgs import queries as orgs
from huiyin.people import absences
from huiyin.people.models import Absence
from huiyin.people.policy import Actor

SUPERVISING = frozenset({"head", "leader", "supervisor"})
CHAIRS = ("leader", "head")


def readable(actor: Actor) -> QuerySet[Meeting]:
    """The meetings that somebody may read."""
    taking_part = Participant.objects.filter(staff_id=actor.staff_id or 0).values("meeting_id")
    own = Q(chair_id=actor.staff_id) | Q(planned_by_id=actor.staff_id) | Q(pk__in=taking_part) | _stands_in(actor)
    if actor.roles & SUPERVISING:
        own |= Q() if actor.whole else Q(office_id__in=orgs.subtree(actor.office_path).values("pk"))
    return Meeting.objects.all() if actor.whole and actor.roles & SUPERVISING else Meeting.objects.filter(own)


def _stands_in(actor: Actor) -> Q:
    """The meetings of a chair for whom somebody deputises from the meeting's day on or later."""
    stood_in = Absence.objects.filter(
        deputy_id=actor.staff_id or 0, staff=OuterRef("chair"), to_on__gte=OuterRef("held_on")
    )
    return Q(Exists(stood_in))


def takes_part(actor: Actor, meeting: Meeting) -> bool:
    """Whether somebody chairs it, planned it, or was invited: they write its minutes. `participants` should be prefetched."""
    return changes(actor, meeting) or actor.staff_id in {one.pk for one in meeting.participants.all()}


def changes(actor: Actor, meeting: Meeting) -> bool:
    """Whether somebody sets time, people and agenda; the review that the system prepared belongs to those who supervise there."""
    own = actor.staff_id in (meeting.chair_id, meeting.planned_by_id)
    prepared = meeting.planned_by_id is None and bool(actor.roles & SUPERVISING)
    return own or (prepared and meeting.office.path.startswith(actor.office_path))


def confirms(actor: Actor, meeting: Meeting) -> bool:
    return actor.staff_id == meeting.chair_id


def carries(actor: Actor, meeting: Meeting, *, on: date) -> bool:
    """Whether somebody takes what was confirmed to its matters on a day: the chair; where the chair left or is away, the deputy,
    and without one the heads and leaders of the chair's office and of those above it."""
    if confirms(actor, meeting):
        return True
    away = absences.away_on(on)
    if meeting.chair.is_active and meeting.chair_id not in away:
        return False
    if meeting.chair.is_active and (deputy := away[meeting.chair_id]) is not None:
        return actor.staff_id == deputy
    return bool(actor.roles & set(CHAIRS)) and meeting.chair.office.path.startswith(actor.office_path)


def numbers(meeting: Meeting) -> dict[int, int]:
    """The number of each item on the agenda, from 1, whoever reads it."""
    return {pk: number for number, pk in enumerate(meeting.items.values_list("pk", flat=True), 1)}


def need(allowed: bool, zh: str, en: str) -> None:
    """Raises Forbidden with the sentence unless allowed."""
    if not allowed:
        raise Forbidden(zh, en)


def need_planned(meeting: Meeting) -> None:
    """Raises Refused for a meeting whose minutes are confirmed."""
    if meeting.state != Meeting.State.PLANNED:
        raise frozen()


def frozen() -> Refused:
    return Conflict(
        "纪要已经由主持人确认，不能再改；要补充的，写在下面的“补充”里。",
        "The chair has confirmed the minutes; they can't be changed. What is to be added goes below, as an addition.",
        code="confirmed",
    )


def decidable(chair: Actor) -> QuerySet[Case]:
    """The open matters that a chair may decide about: those of their office and below it, but for sealed accusations (Art. 30)."""
    found = Case.objects.filter(policy.knowable(chair), is_open=True, sealed=False)
    return found if chair.whole else found.filter(office_id__in=orgs.subtree(chair.office_path).values("pk"))
