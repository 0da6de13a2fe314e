"""A retiree's row: entered or changed by a member of staff, with its history and the keys by which it is found.

What a form leaves out stays; what it leaves blank is emptied. `changes` of the history hold dates and words as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from huiyin.kernel import clock
from huiyin.kernel.db import bulk
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.orgs.models import Office
from huiyin.people import queries
from huiyin.people.contact import phone_tail
from huiyin.people.models import NameKey, Person, PersonChange
from huiyin.people.pinyin import spell
from huiyin.people.policy import Actor, may
from huiyin.people.roster.reading import read_cells

BY_HAND = "desk"


@transaction.atomic
def save_person(
    *, person: Person | None, data: Mapping[str, str], by: Actor, now: datetime, office: Office | None = None,
    seen_at: datetime | None = None,
) -> Person:  # fmt: skip
    """Enters a retiree (`person=None`, then with an office) or changes one. `data`: field → what was typed.

    `seen_at` is the `changed_at` that the actor saw: if the row changed since, nothing is written (Conflict). Raises Invalid
    with a refusal for each field to mend, Forbidden outside one's own unit, Refused (field id_number or staff_no) when
    another person on the roster has the number. A change of nothing writes nothing.
    """
    _check_seen(person, seen_at)
    row = Person(office=_place(office)) if person is None else person
    _check_right(by, row.office_id, office.pk if office else None)
    values, refusals = read_cells(data, on=clock.on(now), known={"born_on": row.born_on, "sex": row.sex})
    if refusals:
        raise Invalid({refused.field: refused for refused in refusals})
    if office is not None:
        values["office_id"] = office.pk
    changes = apply(row, values)
    if person is not None and not changes:
        return row
    row.changed_at = now
    _write(row)
    rekey([row])
    PersonChange.objects.create(
        person=row, at=now, by_id=by.staff_id, source=BY_HAND, changes={} if person is None else changes
    )
    return row


def apply(person: Person, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Puts values into a person, derived columns included; gives {field: [before, after]} of what differs."""
    changes: dict[str, list[str]] = {}
    for field, value in values.items():
        before = getattr(person, field)
        if before != value:
            changes[field] = [_text(before), _text(value)]
            setattr(person, field, value)
    if changes or person.pk is None:
        derive(person)
    return changes


def derive(person: Person) -> None:
    """Fills the columns that follow from others: pinyin and the ends of the numbers."""
    person.pinyin = spell(person.name).pinyin
    person.id_tail = person.id_number[-4:] if len(person.id_number) >= 4 else ""
    person.phone_tail = phone_tail(person.phone)


def rekey(people: Iterable[Person]) -> None:
    """Writes the keys of people anew."""
    people = list(people)
    NameKey.objects.filter(person__in=people).delete()
    add_keys(people)


def add_keys(people: Iterable[Person]) -> None:
    """Writes the keys of people who have none yet."""
    keys = ((person.pk, person.office_id, key) for person in people for key in spell(person.name).keys)
    bulk.insert(NameKey, ("person", "office", "key"), keys)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _place(office: Office | None) -> Office:
    if office is None:
        raise Refused("请选择服务管理单位。", "Choose the office in charge.", field="office")
    return office


def _check_seen(person: Person | None, seen_at: datetime | None) -> None:
    """Locks the row, so that of two who saw the same one is told."""
    if person is None or seen_at is None:
        return
    if Person.objects.select_for_update().get(pk=person.pk).changed_at != seen_at:
        raise Conflict(
            "您打开以后，有人改过这个人的记录，没有存。您填的还在，请对照现在的记录再存。",
            "Someone changed this record after you opened it; nothing was saved. What you typed is kept: compare, then save again.",
            code="moved_on",
        )


def _check_right(by: Actor, *office_ids: int | None) -> None:
    if by.kind == "system":
        return
    decision = may(by, "roster.edit")
    if not decision:
        raise Forbidden(decision.why.zh, decision.why.en)
    if not {pk for pk in office_ids if pk is not None} <= set(queries.reach(by)):
        raise Forbidden("这个人不在您单位的名册上。", "This person is not on your unit's roster.")


def _write(row: Person) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise _taken(row) from None


def _taken(row: Person) -> Refused:
    others = Person.objects.exclude(pk=row.pk)
    if row.id_number and others.filter(id_kind=row.id_kind, id_number=row.id_number).exists():
        return Refused(
            "这个证件号码已经在名册上，请先查一查是不是同一个人。",
            "This ID number is on the roster already; look first whether it is the same person.",
            field="id_number",
            code="taken",
        )
    return Refused(
        f"工号“{row.staff_no}”已经是另一个人的，请核对。",
        f"The staff number {row.staff_no} belongs to somebody else; please check.",
        field="staff_no",
        code="taken",
    )
