"""The monthly review (局务会梳理): one meeting a month and office with all its open matters as agenda, late ones first.

Preparing it again adds what came in since and changes nothing else; the order is that of the review book.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Case as If
from django.db.models import Value, When

from huiyin.cases.queries import OFFICE_TERMS
from huiyin.coordination import access
from huiyin.coordination.models import AgendaItem, Meeting
from huiyin.kernel import clock as time
from huiyin.kernel.errors import Refused
from huiyin.orgs.models import Office
from huiyin.people import queries as people
from huiyin.people import services as accounts
from huiyin.people.models import Staff
from huiyin.people.policy import SYSTEM, Actor
from huiyin.people.policy import may as may_do

OFFICE_FIRST = If(
    When(due_term__in=OFFICE_TERMS, then=Value(0)), default=Value(1)
)  # what an office owes before what it waits for


def prepare(*, office: Office, month: date, by: Actor, now: datetime) -> Meeting:
    """The month's review meeting of an office with every open matter that its chair may decide about. Raises Forbidden, Refused."""
    _check(office, by=by)
    month, chair = month.replace(day=1), _chair(office)
    actor = accounts.actor_for(chair)
    assert actor is not None
    with transaction.atomic():
        meeting, _ = Meeting.objects.get_or_create(
            office=office, month=month,
            defaults={"kind": "review", "chair": chair, "held_on": time.on(now), "planned_by_id": by.staff_id, "planned_at": now},
        )  # fmt: skip
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        if meeting.state == Meeting.State.PLANNED:
            _fill(meeting, actor)
    return meeting


def _fill(meeting: Meeting, chair: Actor) -> None:
    """Adds the open matters of the office that are not on the agenda yet, in the order of their dates."""
    below = access.decidable(chair).filter(office__path__startswith=meeting.office.path)
    present = set(meeting.items.values_list("case_id", flat=True))
    fresh = [
        pk for pk in below.order_by(OFFICE_FIRST, "due_on", "pk").values_list("pk", flat=True) if pk not in present
    ]
    first = len(present) + 1 if not present else meeting.items.order_by("-place").values_list("place", flat=True)[0] + 1
    rows = [AgendaItem(meeting=meeting, case_id=pk, place=first + number) for number, pk in enumerate(fresh)]
    AgendaItem.objects.bulk_create(rows, batch_size=500)


def _check(office: Office, *, by: Actor) -> None:
    if by.kind == SYSTEM.kind:
        return
    decision = may_do(by, "meetings.plan")
    access.need(decision.ok, decision.why.zh, decision.why.en)
    access.need(office.path.startswith(by.office_path), "这个单位不归您管。", "This office isn't yours.")


def _chair(office: Office) -> Staff:
    """The leader of the office, else its head, else those of the offices above."""
    for pk in (int(step) for step in reversed(office.path.split(".")) if step):
        for role in access.CHAIRS:
            if found := people.staff_in([pk], role).first():
                return found
    raise Refused(
        f"“{office.name}”和它的上级都没有负责人，没有人主持。",
        f"Neither “{office.name}” nor an office above it has a head or leader to chair the review.",
        code="no_chair",
    )


def month_of(typed: str) -> date:
    """The first day of a month written as 2026-11. Raises Refused."""
    try:
        return date.fromisoformat(f"{typed.strip()}-01")
    except ValueError:
        raise Refused("月份请写成 2026-11 这样。", "Write the month like 2026-11.", field="month") from None
