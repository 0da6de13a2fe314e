"""Who is away, and who stands in. Entered by the person, or by a head, leader or supervisor for their people."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from huiyin.kernel.errors import Forbidden, Invalid, Refused
from huiyin.people.models import Absence, Staff
from huiyin.people.policy import Actor

SUPERVISING = frozenset({"head", "leader", "supervisor"})
LONGEST = 366  # days


def away_on(day: date) -> dict[int, int | None]:
    """Who is away on a day, with the deputy's id (None: nobody named); of two entries the later one counts."""
    rows = Absence.objects.filter(from_on__lte=day, to_on__gte=day).order_by("pk")
    return dict(rows.values_list("staff_id", "deputy_id"))


def of_people(actor: Actor, *, since: date) -> QuerySet[Absence]:
    """The absences that an actor may see that end on `since` or later: one's own, and those of one's people."""
    people = [person.pk for person in may_enter_for(actor)]
    return (
        Absence.objects.filter(staff_id__in=people, to_on__gte=since)
        .select_related("staff", "deputy")
        .order_by("from_on", "pk")
    )


def may_enter_for(actor: Actor) -> list[Staff]:
    """Whose absence an actor may enter: their own; for those who supervise, that of everybody in their offices."""
    on_duty = Staff.objects.filter(is_active=True).select_related("office").order_by("office__path", "name", "pk")
    if actor.roles & SUPERVISING:
        return list(on_duty.filter(office__path__startswith=actor.office_path))
    return list(on_duty.filter(pk=actor.staff_id or 0))


def deputies(actor: Actor) -> list[Staff]:
    """Who may stand in: everybody on duty in the unit who handles matters."""
    on_duty = Staff.objects.filter(is_active=True, office__path__startswith=actor.unit_path)
    handling = on_duty.filter(role_rows__role__in=("clerk", "handler", "head", "leader", "supervisor")).distinct()
    return list(handling.select_related("office").order_by("office__path", "name", "pk"))


def enter(*, by: Actor, staff_id: int, from_on: date, to_on: date, deputy_id: int | None, today: date) -> Absence:
    """Writes an absence down. Forbidden for people that aren't one's own, Invalid for days or a deputy that can't be.

    The same entry again is the one that is there; with another deputy it is refused.
    """
    if staff_id not in {person.pk for person in may_enter_for(by)}:
        raise Forbidden("只能记自己的，或者自己科室、单位的人。", "Only for yourself or for people of your offices.")
    _check(by, staff_id, from_on, to_on, deputy_id, today)
    assert by.staff_id is not None
    entry, new = Absence.objects.get_or_create(
        staff_id=staff_id, from_on=from_on, to_on=to_on, defaults={"deputy_id": deputy_id, "entered_by_id": by.staff_id}
    )
    if not new and entry.deputy_id != deputy_id:
        raise Invalid({"deputy": _entered_before(entry)})
    return entry


def _entered_before(entry: Absence) -> Refused:
    who = entry.deputy.name if entry.deputy else ""
    return Refused(
        f"这几天已经记过了，代办人是{who}。要换人，先把上面那条撤掉再记。"
        if who
        else "这几天已经记过了，没有代办人。要定代办人，先把上面那条撤掉再记。",
        f"These days were entered already, with {who or 'nobody'} as deputy. To change that, take the entry above back first.",
        field="deputy",
    )


def end(absence_id: int, *, by: Actor) -> None:
    """Takes an entry back. Refused (not_found) if it isn't there or not one's to end."""
    people = [person.pk for person in may_enter_for(by)]
    if not Absence.objects.filter(pk=absence_id, staff_id__in=people).delete()[0]:
        raise Refused("没有这条记录。", "There is no such entry.", code="not_found")


def _check(by: Actor, staff_id: int, from_on: date, to_on: date, deputy_id: int | None, today: date) -> None:
    errors: dict[str, Refused] = {}
    if to_on < from_on or to_on < today or (to_on - from_on).days > LONGEST:
        errors["to_on"] = Refused(
            "结束的日子要在开始之后、今天以后，最长一年。",
            "The last day must follow the first and lie ahead; a year at most.",
        )
    if deputy_id is not None and (deputy_id == staff_id or deputy_id not in {one.pk for one in deputies(by)}):
        errors["deputy"] = Refused("代办人请选本单位的另一位。", "Choose another person of the unit as deputy.")
    if errors:
        raise Invalid(errors)
