"""来访登记: one line for each visit – when, how many, who received them, what was done, which matter.

The log is a record of the room. It knows no names, and it can't be asked how often somebody came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet, Sum

from huiyin.cases import policy
from huiyin.cases.models import Case
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Invalid, Refused
from huiyin.kernel.typed import one_line, row_number, storable
from huiyin.people.policy import Actor
from huiyin.reception import duties
from huiyin.reception.models import Ticket, Visit
from huiyin.reception.once import made
from huiyin.reception.policy import require, staff_id, unit_id

MOST_PEOPLE = 999
LONGEST = 120


def begin(*, ticket: Ticket, by: Actor, now: datetime) -> None:
    """The visit of a number that is being seen now; it began when the number was taken."""
    Visit.objects.get_or_create(
        ticket=ticket,
        defaults={
            "unit_id": ticket.unit_id, "day": ticket.day, "came_at": ticket.taken_at, "received_by_id": staff_id(by),
        },
    )  # fmt: skip


def end(*, ticket: Ticket, now: datetime) -> None:
    """The visit of that number is over, unless its end was written already."""
    Visit.objects.filter(ticket=ticket, left_at=None, came_at__lte=now).update(left_at=now)


def of_day(by: Actor, day: date) -> QuerySet[Visit]:
    """The visits of a day in the actor's unit, in order. One query."""
    found = Visit.objects.filter(unit_id=unit_id(by), day=day).select_related("received_by", "case", "ticket")
    return found.order_by("came_at", "pk")


def sums(by: Actor, *, first: date, last: date) -> list[tuple[date, int, int]]:
    """For each day that had any: the day, how many visits, how many people in all."""
    found = Visit.objects.filter(unit_id=unit_id(by), day__range=(first, last)).values("day")
    rows = found.annotate(visits=Count("pk"), heads=Sum("people")).order_by("-day")
    return [(row["day"], row["visits"], row["heads"]) for row in rows]


def one(by: Actor, visit_id: int) -> Visit:
    """A visit of the actor's unit. Refused (not_found) if there is none."""
    found = Visit.objects.filter(pk=visit_id, unit_id=unit_id(by)).select_related("received_by", "case", "ticket")
    visit = found.first()
    if visit is None:
        raise Refused("没有这次来访的记录。", "There is no such visit.", code="not_found")
    return visit


def record(*, typed: dict[str, Any], key: str, by: Actor, now: datetime) -> Visit:
    """Writes a visit that came without a number; once under each key. Raises Invalid with what is missing or wrong.

    `typed`: day, came_at, left_at (aware or None), people, received_by, case (a number or ""), done.
    """
    unit = require(by, "reception.work")
    facts = _facts(typed, by, now)
    try:
        with transaction.atomic():
            return Visit.objects.create(unit_id=unit, day=clock.on(facts["came_at"]), key=key or None, **facts)
    except IntegrityError:
        return made(Visit.objects.all(), unit_id=unit, key=key, **facts)


def change(*, visit_id: int, seen: int, typed: dict[str, Any], by: Actor, now: datetime) -> Visit:
    """Changes a line as one saw it (`seen`: its version). Conflict if somebody else changed it meanwhile."""
    unit = require(by, "reception.work")
    facts = _facts(typed, by, now, also=one(by, visit_id).received_by_id)
    here = Visit.objects.filter(pk=visit_id, unit_id=unit, version=seen)
    if here.update(version=seen + 1, day=clock.on(facts["came_at"]), **facts) != 1:
        raise Conflict(
            "别人刚改过这一行，您写的还在下面，请对照后再存。",
            "Somebody changed this line just now; yours is kept below.",
        )
    return one(by, visit_id)


def _facts(typed: dict[str, Any], by: Actor, now: datetime, *, also: int | None = None) -> dict[str, Any]:
    receivers = {one.pk for one in duties.candidates(by)} | {by.staff_id, also}
    wrong = {refused.field: refused for refused in _wrong(typed, receivers, now)}
    case, refused = _case(str(typed.get("case") or ""), by)
    if refused:
        wrong["case"] = refused
    if wrong:
        raise Invalid(wrong)
    return {
        "came_at": typed["came_at"], "left_at": typed.get("left_at"), "people": row_number(typed["people"]),
        "received_by_id": typed["received_by"], "case": case, "done": one_line(str(typed.get("done") or "")),
    }  # fmt: skip


def _wrong(typed: dict[str, Any], receivers: Collection[int | None], now: datetime) -> Iterator[Refused]:
    came, left = typed.get("came_at"), typed.get("left_at")
    if came is None:
        yield Refused("请写来的时间，例如9:30。", "Write when they came, for example 9:30.", field="came_at")
    elif came > now:
        yield Refused("来的时间还没到。", "That time has not come yet.", field="came_at")
    if left is not None and came is not None and left < came:
        yield Refused("走的时间早于来的时间。", "They left before they came.", field="left_at")
    if not 1 <= (row_number(typed.get("people", "")) or 0) <= MOST_PEOPLE:
        yield Refused("请写来了几个人。", "Write how many people came.", field="people")
    if typed.get("received_by") is None or typed["received_by"] not in receivers:
        yield Refused("请选谁接待的。", "Choose who received them.", field="received_by")
    if len(one_line(str(typed.get("done") or ""))) > LONGEST:
        yield Refused(f"一句话就够，最多{LONGEST}个字。", f"One line of at most {LONGEST} characters.", field="done")


def _case(no: str, by: Actor) -> tuple[Case | None, Refused | None]:
    plain = storable(one_line(no))
    if not plain:
        return None, None
    case = Case.objects.select_related("office__parent__parent").filter(no=plain).first()
    if case is None or not policy.may(by, "see", case):
        return None, Refused(
            f"没有找到编号{plain}的事项，或者不在您的办理范围内。", f"No matter {plain} within your range was found.", field="case"
        )  # fmt: skip
    return case, None
