"""Planning a campaign, starting it, closing it, and taking it as the pattern of the next one.

draft → running → closed, each guarded. From the start on nothing of it changes but what offices answer: a question that was
answered by some must not become another one. Where it asks anything is about issues; persons can't be chosen anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office, Topic
from huiyin.people import queries as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.procedure.calendars import Calendar
from huiyin.screening import acts, deadlines, policy, questions
from huiyin.screening.models import Act, Campaign, Sheet
from huiyin.screening.typed import LONGEST, Reader

State = Campaign.State


def offices_for(path: str) -> list[Office]:
    """The offices in use that may take part in what is planned at the office with this path: itself and all below."""
    return list(orgs.subtree(path).filter(is_active=True).order_by("path"))


def runners_for(path: str) -> list[Staff]:
    """Who may run what is planned there: heads, leaders and supervisors at or below that office."""
    offices = orgs.subtree_ids(path)
    found = {one.pk: one for role in sorted(policy.RUN) for one in people.staff_in(offices, role)}
    return sorted(found.values(), key=lambda one: (one.office.path, one.name, one.pk))


def plan(*, by: Actor, now: datetime, typed: Mapping[str, Any], key: str | None = None) -> Campaign:
    """A new draft; the same `key` again gives the same one. Raises Forbidden, Invalid."""
    acts.check(bool(by.roles & policy.RUN))
    if key and (done := Campaign.objects.filter(key=key).first()):
        return done
    facts, many = _read(typed, path=by.office_path)
    try:
        with transaction.atomic():
            campaign = Campaign.objects.create(office=_office_of(by), created_at=now, key=key, **facts)
            _write_parts(campaign, many)
            acts.note(Act.Kind.PLANNED, by=by, now=now, campaign=campaign)
    except IntegrityError:
        return Campaign.objects.get(key=key)
    return campaign


def change(campaign: Campaign, *, by: Actor, now: datetime, typed: Mapping[str, Any], version: int) -> Campaign:
    """Changes a draft. Raises Forbidden, Invalid, Conflict where somebody else changed or started it."""
    acts.check(policy.runs(by, campaign))
    facts, many = _read(typed, path=campaign.office.path)
    with transaction.atomic():
        moved = Campaign.objects.filter(pk=campaign.pk, state=State.DRAFT, version=version)
        if moved.update(version=version + 1, **facts) != 1:
            raise acts.moved_on()
        _write_parts(campaign, many)
        acts.note(Act.Kind.CHANGED, by=by, now=now, campaign=campaign)
    campaign.refresh_from_db()
    return campaign


def start(campaign: Campaign, *, by: Actor, now: datetime) -> Campaign:
    """Gives each office its sheet. Raises Refused with what is still missing, Conflict where it runs already."""
    acts.check(policy.runs(by, campaign))
    broken = not_ready(campaign, today=clock.on(now))
    if campaign.state == State.DRAFT and broken:
        raise broken[0]
    with transaction.atomic():
        draft = Campaign.objects.filter(pk=campaign.pk, state=State.DRAFT, version=campaign.version)
        if draft.update(state=State.RUNNING, started_at=now, version=campaign.version + 1) != 1:
            raise Conflict(
                "这次排查已经开始了，或者刚才有人改过，请看一眼。",
                "It was started already, or changed a moment ago; look again.",
            )
        Sheet.objects.bulk_create(
            Sheet(campaign=campaign, office=office, due_on=campaign.due_on) for office in campaign.offices.all()
        )
        acts.note(Act.Kind.STARTED, by=by, now=now, campaign=campaign)
    campaign.refresh_from_db()
    return campaign


def not_ready(campaign: Campaign, *, today: date) -> list[Refused]:
    """What a draft still needs before it can start; empty when nothing."""
    offices, found = list(campaign.offices.select_related("parent__parent").order_by("path")), []
    if not campaign.questions.all():
        found.append(Refused("还没有写问题。", "There is no question yet."))
    if not offices:
        found.append(Refused("还没有选参加的单位。", "No office was chosen yet."))
    if campaign.scope == Campaign.Scope.FOCUSED and not (campaign.policy or campaign.place or campaign.topics.all()):
        found.append(
            Refused(
                "专项排查要写明查什么：分类、政策或者地点。", "A focused screening names its topic, policy or place."
            )
        )
    if campaign.due_on < today:
        found.append(
            Refused("交表的期限已经过了，请改一个日子。", "The day for the sheets has passed; choose another.")
        )
    return found + _without_a_signer(offices)


def _without_a_signer(offices: Iterable[Office]) -> list[Refused]:
    """Offices where nobody could sign: no head and no leader there or above within the unit."""
    chains = {office.name: _chain(office) for office in offices}
    wanted = {pk for steps in chains.values() for pk in steps}
    able = set(
        Staff.objects.filter(office_id__in=wanted, is_active=True, role_rows__role__in=policy.SIGN).values_list(
            "office_id", flat=True
        )
    )
    return [
        Refused(
            f"“{name}”没有负责人可以签字，先请安全管理员给它定一位。",
            f"Nobody could sign for “{name}”; the security administrator has to name a head first.",
        )
        for name, steps in chains.items()
        if not able & set(steps)
    ]


def _chain(office: Office) -> list[int]:
    steps, unit = orgs.ids_above(office.path), orgs.ids_above(orgs.unit_of(office).path)
    return steps[max(0, len(unit) - 1) :]


def close(campaign: Campaign, *, by: Actor, now: datetime, note: str) -> Campaign:
    """Ends it. While sheets are missing the note must say why it ends without them; they count as not answered."""
    acts.check(policy.runs(by, campaign))
    reader = Reader({"note": note})
    owing = campaign.sheets.exclude(state=Sheet.State.SIGNED).exists()
    words = reader.words("note", ("结束说明", "Closing note"), most=LONGEST, line=False)
    if owing and not words:
        reader.refuse(
            "note", Refused("还有单位没有交表，请写明为什么现在结束。", "Some sheets are missing; say why it ends now.")
        )
    reader.finish()
    with transaction.atomic():
        running = Campaign.objects.filter(pk=campaign.pk, state=State.RUNNING)
        if running.update(state=State.CLOSED, closed_at=now, closing_note=words, version=campaign.version + 1) != 1:
            raise Conflict("这次排查不在进行中，没有再结束一次。", "It isn't running; it was not closed again.")
        acts.note(Act.Kind.CLOSED, by=by, now=now, campaign=campaign, words=words)
    campaign.refresh_from_db()
    return campaign


def copy(campaign: Campaign, *, by: Actor, now: datetime, key: str | None = None) -> Campaign:
    """The next one: questions and offices as they were, the period of equal length that begins today, the same number of days
    until the sheets are due. The same `key` again gives the same draft."""
    acts.check(policy.runs(by, campaign))
    if key and (done := Campaign.objects.filter(key=key).first()):
        return done
    begins = clock.on(now)
    day = deadlines.settle(begins + (campaign.asked_on - campaign.starts_on), orgs.calendar())
    with transaction.atomic():
        made = Campaign.objects.create(
            **{name: getattr(campaign, name) for name in ("title", "kind", "scope", "policy", "place", "aim")},
            office_id=campaign.office_id, runner_id=_runner_of(campaign, by), copied_from=campaign, created_at=now, key=key,
            starts_on=begins, ends_on=begins + (campaign.ends_on - campaign.starts_on), **_columns(day),
        )  # fmt: skip
        made.topics.set(campaign.topics.all())
        made.offices.set(campaign.offices.filter(is_active=True))
        questions.copy(campaign, made)
        acts.note(Act.Kind.COPIED, by=by, now=now, campaign=made)
    return made


def _office_of(by: Actor) -> Office:
    return Staff.objects.select_related("office").get(pk=acts.person(by)).office


def _runner_of(campaign: Campaign, by: Actor) -> int:
    return campaign.runner_id if campaign.runner.is_active else acts.person(by)


def recompute(*, now: datetime, by: Actor) -> int:
    """Brings the days of campaigns that are not closed to the calendar in force; gives how many moved."""
    calendar = orgs.calendar()
    older = Campaign.objects.exclude(state=State.CLOSED).exclude(calendar=calendar.version)
    return sum(_recomputed(campaign, calendar, by=by, now=now) for campaign in older.order_by("pk"))


@transaction.atomic
def _recomputed(campaign: Campaign, calendar: Calendar, *, by: Actor, now: datetime) -> bool:
    day = deadlines.settle(campaign.asked_on, calendar)
    Campaign.objects.filter(pk=campaign.pk).exclude(state=State.CLOSED).update(**_columns(day))
    if day.due == campaign.due_on:
        return False
    campaign.sheets.filter(due_on=campaign.due_on).exclude(state=Sheet.State.SIGNED).update(due_on=day.due)
    words = f"{campaign.due_on.isoformat()} → {day.due.isoformat()}"
    acts.note(Act.Kind.MOVED, by=by, now=now, campaign=campaign, words=words)
    return True


def _columns(day: deadlines.Day) -> dict[str, Any]:
    return {"asked_on": day.asked, "due_on": day.due, "provisional": day.provisional, "calendar": day.calendar}


def _read(typed: Mapping[str, Any], *, path: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of a campaign and what hangs on it. Raises Invalid."""
    reader = Reader(typed)
    facts = {
        "title": reader.words("title", ("标题", "Title"), most=100, needed=True),
        "kind": reader.chosen("kind", {kind.value: kind.value for kind in Campaign.Kind}, ("定期还是集中", "Kind")),
        "scope": reader.chosen("scope", {one.value: one.value for one in Campaign.Scope}, ("全面还是专项", "Scope")),
        "policy": reader.words("policy", ("政策", "Policy"), most=200),
        "place": reader.words("place", ("地点", "Place"), most=100),
        "aim": reader.words("aim", ("说明", "Explanation"), most=LONGEST, line=False),
        "runner": reader.chosen("runner", {str(one.pk): one for one in runners_for(path)}, ("谁主持", "Who runs it")),
    }
    facts |= _days(reader)
    many = {
        "topics": _many(reader, typed, "topics", {str(topic.pk): topic for topic in orgs.topics()}),
        "offices": _many(reader, typed, "offices", {str(office.pk): office for office in offices_for(path)}),
        "questions": questions.read(reader, typed.get("questions") or []),
    }
    reader.finish()
    return facts, many


def _days(reader: Reader) -> dict[str, Any]:
    starts_on, ends_on = reader.day("starts_on", ("从哪天", "From")), reader.day("ends_on", ("到哪天", "Until"))
    asked, day = reader.day("asked_on", ("交表期限", "Sheets due")), None
    if starts_on and ends_on and ends_on < starts_on:
        reader.refuse("ends_on", Refused("到哪天不能早于从哪天。", "The end can't be before the beginning."))
    if asked and starts_on and asked < starts_on:
        reader.refuse("asked_on", Refused("交表期限不能早于从哪天。", "Sheets can't be due before it begins."))
    if asked:
        day = reader.take("asked_on", lambda _: deadlines.settle(asked, orgs.calendar()), None)
    return {"starts_on": starts_on, "ends_on": ends_on} | (_columns(day) if day else {})


def _many(reader: Reader, typed: Mapping[str, Any], field: str, known: Mapping[str, Any]) -> list[Any]:
    sent = [str(each) for each in typed.get(field) or []]
    if set(sent) - known.keys():
        reader.refuse(
            field,
            Refused("有选项不在可以选的范围里，请重新选。", "Something that was chosen can't be chosen; choose again."),
        )
    return [known[each] for each in dict.fromkeys(sent) if each in known]


def _write_parts(campaign: Campaign, many: Mapping[str, Any]) -> None:
    topics: list[Topic] = many["topics"]
    campaign.topics.set(topics)
    campaign.offices.set(many["offices"])
    questions.write(campaign, many["questions"])
