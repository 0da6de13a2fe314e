"""候访: numbers of the day, called one by one. Each step is a guarded update: two clerks never call the same number.

A number says nothing of the matter. Who is called how (老张、李阿姨) may stand beside it for the day, never longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from huiyin.kernel import clock, numbers
from huiyin.kernel.errors import Conflict, Refused
from huiyin.kernel.ids import new_secret
from huiyin.kernel.typed import one_line
from huiyin.people.policy import Actor
from huiyin.reception import visits
from huiyin.reception.models import Room, Ticket
from huiyin.reception.once import made
from huiyin.reception.policy import require, staff_id, unit_id

State = Ticket.State
LONGEST = 12
STEPS: dict[str, tuple[frozenset[str], str]] = {  # step → from which states, to which
    "again": (frozenset({State.CALLED, State.WAITING}), State.CALLED),
    "back": (frozenset({State.CALLED}), State.WAITING),
    "seen": (frozenset({State.CALLED}), State.SEEN),
    "done": (frozenset({State.SEEN}), State.DONE),
    "left": (frozenset({State.WAITING, State.CALLED}), State.LEFT),
}


@dataclass(frozen=True)
class Hall:
    """The queue of one day: what the clerks see, and what the screen may show of it."""

    called: list[Ticket]
    seen: list[Ticket]
    waiting: list[Ticket]
    ended: list[Ticket]


def hall(unit: int, day: date) -> Hall:
    """The queue of a unit's day. One query."""
    rows = list(_of_day(unit, day).select_related("served_by").order_by("number"))
    by_state = {state: [row for row in rows if row.state == state] for state in State.values}
    ended = [*by_state[State.DONE], *by_state[State.LEFT]]
    called = sorted(by_state[State.CALLED], key=_called_last)
    waiting = sorted(by_state[State.WAITING], key=lambda row: (row.calls, row.number))
    return Hall(called, by_state[State.SEEN], waiting, sorted(ended, key=_ended_last))


def _called_last(ticket: Ticket) -> float:
    return -ticket.called_at.timestamp() if ticket.called_at else 0


def _ended_last(ticket: Ticket) -> float:
    return -ticket.ended_at.timestamp() if ticket.ended_at else 0


def take(*, called_as: str, key: str, by: Actor, now: datetime) -> Ticket:
    """The next number of the day. Asked twice under one key it is the same number."""
    unit, today, name = require(by, "reception.work"), clock.on(now), one_line(called_as)
    if len(name) > LONGEST or sum(c.isdigit() for c in name) > 3:
        raise Refused(
            f"只写怎样称呼，例如“张老师”，最多{LONGEST}个字；电话、来意都不写在这里。",
            f"Only how to call the person, at most {LONGEST} characters; no telephone and no matter here.",
            field="called_as",
        )
    try:
        with transaction.atomic():
            return _taken(unit, today, name, key, by, now)
    except IntegrityError:
        return made(Ticket.objects.all(), unit_id=unit, key=key, called_as=name)


def _taken(unit: int, today: date, name: str, key: str, by: Actor, now: datetime) -> Ticket:
    number = numbers.take(f"reception:{unit}:{today.isoformat()}")
    if earlier := Ticket.objects.filter(key=key, unit_id=unit).first():
        raise IntegrityError(f"number {earlier.number} was taken under this key")  # gives the new number back
    if number == 1:
        _forget_names(unit, today)
    return Ticket.objects.create(
        unit_id=unit, day=today, number=number, called_as=name, taken_at=now, taken_by_id=staff_id(by), key=key or None
    )


def _forget_names(unit: int, today: date) -> None:
    Ticket.objects.filter(unit_id=unit, day__lt=today).exclude(called_as="").update(called_as="")


def call_next(*, key: str, by: Actor, now: datetime) -> Ticket:
    """Calls the lowest number that waits. Pressed twice (one key) it calls once; of two clerks each gets another number."""
    unit, today = require(by, "reception.work"), clock.on(now)
    for ticket_id in _waiting_ids(unit, today):
        try:
            with transaction.atomic():
                called = _called(ticket_id, key, by, now)
        except IntegrityError:  # the same press, a moment ago
            return made(Ticket.objects.all(), unit_id=unit, call_key=key)
        if called:
            return Ticket.objects.get(pk=ticket_id)
    if key and (earlier := Ticket.objects.filter(unit_id=unit, call_key=key).first()):
        return earlier
    raise Refused("现在没有人在等。", "Nobody is waiting now.", code="nobody")


def unanswered(*, key: str, by: Actor, now: datetime) -> Ticket | None:
    """The number that this clerk called before and that did not come yet, other than by this same press (its key)."""
    called = _of_day(require(by, "reception.work"), clock.on(now)).filter(state=State.CALLED, served_by_id=staff_id(by))
    return (called.exclude(call_key=key) if key else called).order_by("called_at").first()


def _called(ticket_id: int, key: str, by: Actor, now: datetime) -> bool:
    """Whether this call was the first for that number."""
    waiting = Ticket.objects.filter(pk=ticket_id, state=State.WAITING)
    changes: dict[str, Any] = {
        "state": State.CALLED,
        "called_at": now,
        "calls": F("calls") + 1,
        "call_key": key or None,
    }
    return waiting.update(served_by_id=staff_id(by), **changes) == 1


def _waiting_ids(unit: int, today: date) -> Iterable[int]:
    """The numbers that wait, asked anew after each that somebody else was faster with. Who was called and did not come is
    called once more after all the others."""
    tried: list[int] = []
    waiting = _of_day(unit, today).filter(state=State.WAITING).order_by("calls", "number")
    while (pk := waiting.exclude(pk__in=tried).values_list("pk", flat=True).first()) is not None:
        tried.append(pk)
        yield pk


@transaction.atomic
def move(*, ticket_id: int, step: str, by: Actor, now: datetime) -> Ticket:
    """Takes one of STEPS. Conflict, with who was faster, if the number is not where the page thought."""
    unit = require(by, "reception.work")
    sources, target = STEPS[step]
    called = Q(calls__gt=0) if step == "again" else Q()
    if _ours(unit, ticket_id).filter(called, state__in=sources).update(state=target, **_changes(step, by, now)) != 1:
        return _moved_already(unit, ticket_id, step, target)
    ticket = _one(unit, ticket_id)
    if step == "seen":
        visits.begin(ticket=ticket, by=by, now=now)
    if step == "done":
        visits.end(ticket=ticket, now=now)
    return ticket


def _changes(step: str, by: Actor, now: datetime) -> dict[str, Any]:
    if step == "again":
        return {"calls": F("calls") + 1, "called_at": now, "served_by_id": staff_id(by)}
    if step == "back":
        return {"called_at": None, "served_by": None}
    return {"seen_at": now, "served_by_id": staff_id(by)} if step == "seen" else {"ended_at": now}


def _moved_already(unit: int, ticket_id: int, step: str, target: str) -> Ticket:
    ticket = _one(unit, ticket_id)
    if ticket.state == target and step != "again":
        return ticket  # pressed twice
    state, who = ticket.State(ticket.state).label, ticket.served_by.name if ticket.served_by else ""
    raise Conflict(
        f"{ticket.number}号现在是“{state}”{f'（{who}）' if who else ''}，没有再动它。",
        f"Number {ticket.number} has moved on in the meantime{f' ({who})' if who else ''}; nothing was changed.",
    )


def _one(unit: int, ticket_id: int) -> Ticket:
    found = _ours(unit, ticket_id).select_related("served_by", "unit").first()
    if found is None:
        raise Refused("没有这个号。", "There is no such number.", code="not_found")
    return found


def one(by: Actor, ticket_id: int) -> Ticket:
    """A number of the actor's unit. Refused (not_found) if there is none."""
    return _one(unit_id(by), ticket_id)


def before(ticket: Ticket) -> int:
    """How many wait before this number."""
    sooner = Q(calls__lt=ticket.calls) | Q(calls=ticket.calls, number__lt=ticket.number)
    return _of_day(ticket.unit_id, ticket.day).filter(sooner, state=State.WAITING).count()


def _ours(unit: int, ticket_id: int) -> QuerySet[Ticket]:
    return Ticket.objects.filter(Q(pk=ticket_id) & Q(unit_id=unit))


def _of_day(unit: int, day: date) -> QuerySet[Ticket]:
    return Ticket.objects.filter(unit_id=unit, day=day)


def screen_token(by: Actor) -> str:
    """The secret in the address of the room's screen; "" until somebody opened one."""
    return Room.objects.filter(unit_id=unit_id(by)).values_list("token", flat=True).first() or ""


def renew_screen(*, by: Actor) -> str:
    """A new address for the screen; the one before shows nothing any more."""
    unit = require(by, "reception.plan")
    Room.objects.update_or_create(unit_id=unit, defaults={"token": new_secret()})
    return screen_token(by)


def room_of(token: str) -> Room | None:
    """The room whose screen has this address; None if there is none."""
    return Room.objects.select_related("unit").filter(token=token).first() if token else None
