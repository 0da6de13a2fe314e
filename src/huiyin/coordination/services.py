"""Planning a meeting, setting its agenda, writing its minutes; two people who write at once never overwrite each other.

Each change is a guarded update on the version that the writer saw. Confirming and what follows from it is in `confirming`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from huiyin.cases.facts import tidy
from huiyin.cases.holding import CARRIES_ON
from huiyin.cases.models import Case
from huiyin.coordination import access
from huiyin.coordination.models import AgendaItem, Meeting, Participant
from huiyin.kernel.errors import Conflict, Invalid, Refused
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import STAFF, Actor
from huiyin.people.policy import may as may_do

LONGEST = {"minutes": 10000, "decision": 2000, "reason": 1000}
MOST_OUTSIDE, MOST_ITEMS = 2000, 6000


@dataclass(frozen=True)
class Plan:
    """When, where and with whom. `outside` are people of other houses, one a line."""

    kind: str
    held_on: date
    chair: int
    starts: str = ""
    place: str = ""
    participants: tuple[int, ...] = ()
    outside: str = ""


def plan(*, by: Actor, now: datetime, plan: Plan, key: str | None = None) -> Meeting:
    """Plans a meeting of the planner's office. The same `key` again gives the same meeting. Raises Forbidden, Invalid."""
    decision = may_do(by, "meetings.plan")
    access.need(decision.ok, decision.why.zh, decision.why.en)
    assert by.office_id is not None
    columns = _checked(plan, by=by)
    try:
        with transaction.atomic():
            made = Meeting.objects.create(
                office_id=by.office_id, planned_by_id=by.staff_id, planned_at=now, key=key, **columns
            )
            _invite(made, plan.participants)
    except IntegrityError:
        return Meeting.objects.get(key=key)
    return made


def change(meeting: Meeting, *, by: Actor, plan: Plan, version: int) -> None:
    """Changes time, place and people. Raises Forbidden, Invalid, Conflict."""
    _need_change(meeting, by)
    columns = _checked(plan, by=by, kind=meeting.kind)
    with transaction.atomic():
        found = Meeting.objects.filter(pk=meeting.pk, version=version, state=Meeting.State.PLANNED)
        if found.update(version=F("version") + 1, **columns) != 1:
            raise moved_on()
        _invite(meeting, plan.participants)


def put_on(meeting: Meeting, *, by: Actor, cases: Iterable[int], why: Mapping[int, list[str]] | None = None) -> int:
    """Puts matters at the end of the agenda, in the order given, and says how many are new. What the chair may not decide about is
    left out, without a word about it. Raises Forbidden, Refused."""
    _need_change(meeting, by)
    wanted = list(dict.fromkeys(cases))
    allowed = set(access.decidable(chair_of(meeting)).filter(pk__in=wanted).values_list("pk", flat=True))
    with transaction.atomic():
        _hold(meeting.pk)
        present = set(meeting.items.values_list("case_id", flat=True))
        fresh = [pk for pk in wanted if pk in allowed and pk not in present]
        if len(present) + len(fresh) > MOST_ITEMS:
            raise Refused(f"一次会议最多{MOST_ITEMS}件。", f"A meeting takes at most {MOST_ITEMS} matters.")
        first = (meeting.items.aggregate(last=Max("place"))["last"] or 0) + 1
        rows = [
            AgendaItem(meeting=meeting, case_id=pk, place=first + n, why=(why or {}).get(pk, []))
            for n, pk in enumerate(fresh)
        ]
        AgendaItem.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def take_off(item: AgendaItem, *, by: Actor) -> None:
    """Takes a matter off the agenda, unless something was written about it."""
    _need_change(item.meeting, by)
    with transaction.atomic():
        _hold(item.meeting_id)
        gone, _ = AgendaItem.objects.filter(pk=item.pk, written_at=None).delete()
    if not gone:
        raise Refused(
            "这一项已经写了记录，不能拿掉。", "Something was written about this item; it stays on the agenda."
        )


def move(item: AgendaItem, *, by: Actor, up: bool) -> None:
    """Exchanges an item with the one before or after it; at the ends nothing happens."""
    _need_change(item.meeting, by)
    with transaction.atomic():
        _hold(item.meeting_id)
        item.refresh_from_db(fields=["place"])
        others = (
            item.meeting.items.filter(place__lt=item.place) if up else item.meeting.items.filter(place__gt=item.place)
        )
        other = others.order_by("-place" if up else "place").first()
        if other is None:
            return
        AgendaItem.objects.filter(pk=other.pk).update(place=item.place)
        AgendaItem.objects.filter(pk=item.pk).update(place=other.place)


def write(item: AgendaItem, *, by: Actor, now: datetime, version: int, typed: Mapping[str, Any]) -> None:
    """Keeps what was said and decided about one matter: minutes, outcome (task, no_action or none), decision, owner, due_on, reason.
    Raises Forbidden, Invalid, Conflict; nothing is overwritten that the writer has not seen."""
    access.need(access.takes_part(by, item.meeting), "您没有参加这次会议。", "You don't take part in this meeting.")
    access.need_planned(item.meeting)
    columns = _cleaned(item, typed)
    with transaction.atomic():
        _hold(item.meeting_id)
        found = AgendaItem.objects.filter(pk=item.pk, version=version)
        if found.update(version=F("version") + 1, written_by_id=by.staff_id, written_at=now, **columns) != 1:
            raise moved_on()


def _hold(meeting_id: int) -> None:
    """Locks a meeting until the transaction ends: nobody confirms its minutes while an item changes. Refused if they are confirmed.
    A condition on the meeting within the item's own update would be asked of an older state on PostgreSQL."""
    access.need_planned(Meeting.objects.select_for_update().get(pk=meeting_id))


def chair_of(meeting: Meeting) -> Actor:
    """The chair as an actor. Refused if they left."""
    chair = people.actor_for(meeting.chair)
    if chair is None:
        raise Refused(
            "主持人的账号已停用，请先换主持人。",
            "The chair's account is closed; name another chair first.",
            field="chair",
        )
    return chair


def moved_on() -> Conflict:
    return Conflict(
        "您打开以后，有人改过这里。您填的还在，请看过新的内容再存。",
        "Someone changed this after you opened it. What you typed is kept; look at what is new, then save again.",
        code="moved_on",
    )


def _need_change(meeting: Meeting, by: Actor) -> None:
    access.need(
        access.changes(by, meeting),
        "会议由召集人和主持人安排。",
        "The meeting is arranged by whoever called it and by its chair.",
    )
    access.need_planned(meeting)


def _checked(plan: Plan, *, by: Actor, kind: str = "") -> dict[str, Any]:
    errors: dict[str, Refused] = {}
    own = Staff.objects.filter(is_active=True, office__path__startswith=by.unit_path)
    if not own.filter(pk=plan.chair, role_rows__role__in=access.CHAIRS).exists():
        errors["chair"] = Refused(
            "主持人要是本单位的负责人。", "The chair must be a head or leader of your unit.", field="chair"
        )
    if kind != Meeting.Kind.REVIEW and plan.kind not in (Meeting.Kind.HUDDLE, Meeting.Kind.JOINT):
        errors["kind"] = Refused("请选会议种类。", "Choose the kind of meeting.", field="kind")
    if set(plan.participants) - _at_desk(plan.participants):
        errors["participants"] = Refused(
            "有人不在岗，请重新选。", "Somebody is not on duty; choose again.", field="participants"
        )
    if len(plan.outside) > MOST_OUTSIDE:
        errors["outside"] = Refused(
            "外单位参加人写得太长。", "The list of outside people is too long.", field="outside"
        )
    if errors:
        raise Invalid(errors)
    return {
        "kind": kind or plan.kind, "held_on": plan.held_on, "starts": tidy(plan.starts, one_line=True)[:20],
        "place": tidy(plan.place, one_line=True)[:80], "chair_id": plan.chair, "outside": tidy(plan.outside),
    }  # fmt: skip


def _at_desk(wanted: Collection[int]) -> set[int]:
    return set(
        Staff.objects.filter(pk__in=wanted, is_active=True, role_rows__role__in=STAFF).values_list("pk", flat=True)
    )


def _invite(meeting: Meeting, wanted: Collection[int]) -> None:
    Participant.objects.filter(meeting=meeting).exclude(staff_id__in=wanted).delete()
    Participant.objects.bulk_create([Participant(meeting=meeting, staff_id=pk) for pk in wanted], ignore_conflicts=True)


def _cleaned(item: AgendaItem, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as columns. A decision says what, who and by when, or why nothing is done."""
    words = {name: tidy(typed.get(name) or "") for name in LONGEST}
    errors = {name: _too_long(name) for name, text in words.items() if len(text) > LONGEST[name]}
    outcome, owner, due_on = str(typed.get("outcome") or ""), typed.get("owner"), typed.get("due_on")
    if outcome == AgendaItem.Outcome.TASK:
        errors |= _task_errors(item, words["decision"], owner, due_on)
    elif outcome == AgendaItem.Outcome.NO_ACTION:
        errors |= (
            {} if words["reason"] else _missing("reason", "请写明为什么不另外办。", "Say why nothing more is done.")
        )
        owner = due_on = None
    else:
        outcome, owner, due_on = "", None, None
    if errors:
        raise Invalid(errors)
    return words | {"outcome": outcome, "owner_id": owner, "due_on": due_on}


def _task_errors(item: AgendaItem, decision: str, owner: Any, due_on: Any) -> dict[str, Refused]:
    errors = {} if decision else _missing("decision", "请写明定了什么。", "Say what was decided.")
    if not isinstance(due_on, date):
        errors |= _missing("due_on", "请写明哪天以前办完，写成 2026-02-09 这样。", "Say by which day, like 2026-02-09.")
    elif due_on < item.meeting.held_on:
        errors |= _missing("due_on", "办完的日期不能早于开会那天。", "It can't be due before the meeting.")
    if not owner or not Staff.objects.filter(pk=owner, is_active=True, role_rows__role__in=CARRIES_ON).exists():
        errors |= _missing("owner", "请选一位去办的人。", "Choose who does it.")
    return errors


def _missing(name: str, zh: str, en: str) -> dict[str, Refused]:
    return {name: Refused(zh, en, field=name)}


def _too_long(name: str) -> Refused:
    return Refused(f"最多{LONGEST[name]}个字。", f"At most {LONGEST[name]} characters.", field=name)


def case_by_number(no: str, *, chair: Actor) -> Case:
    """An open matter by its number, as far as the chair may decide about it. Refused if there is none."""
    found = access.decidable(chair).filter(no=no).first()
    if found is None:
        raise Refused(
            "没有这个编号的在办事项，或者不归主持人管。",
            "There is no such open matter within the chair's reach.",
            field="no",
        )
    return found
