"""Who may read a meeting, write its minutes, change it, confirm it. One place; pages and services ask it.

Those who take part read and write; whoever planned it and the chair change it; the chair alone confirms. Leaders, heads and
supervisors above read what is held below them. Which matters may be taken up follows from what the chair may decide.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huiyin.cases import policy
from huiyin.cases.models import Case
from huiyin.coordination.models import Meeting, Participant
from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor

SUPERVISING = frozenset({"head", "leader", "supervisor"})
CHAIRS = ("leader", "head")


def readable(actor: Actor) -> QuerySet[Meeting]:
    """The meetings that somebody may read."""
    taking_part = Participant.objects.filter(staff_id=actor.staff_id or 0).values("meeting_id")
    own = Q(chair_id=actor.staff_id) | Q(planned_by_id=actor.staff_id) | Q(pk__in=taking_part)
    if actor.roles & SUPERVISING:
        own |= Q() if actor.whole else Q(office_id__in=orgs.subtree(actor.office_path).values("pk"))
    return Meeting.objects.all() if actor.whole and actor.roles & SUPERVISING else Meeting.objects.filter(own)


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
