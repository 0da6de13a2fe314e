"""Changes to the tree of offices, to what they are competent for, and to the calendar; and the first set-up.

A section stands inside a unit or another section; only a unit may be a root. A closed office keeps its history:
nothing is deleted. Rooms above say what still holds an office open through `keeps_open`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from huiyin.kernel.db.columns import beginning
from huiyin.kernel.errors import Invalid, Refused
from huiyin.kernel.typed import one_line
from huiyin.orgs import queries
from huiyin.orgs.models import CalendarEdition, Competence, Installation, Office, Topic
from huiyin.procedure.calendars import Calendar, CalendarErrors, from_rows, rows_of

DEEPEST = 20
LONGEST_VERSION = 28
_TEXTS = ("name", "letter_prefix", "superior", "phone", "address", "hours")
_hindrances: list[Callable[[Office], Refused | None]] = []


def keeps_open(check: Callable[[Office], Refused | None]) -> Callable[[Office], Refused | None]:
    """Registers what an upper room asks before an office is closed: a refusal, or None. Usable as a decorator."""
    if check not in _hindrances:
        _hindrances.append(check)
    return check


@transaction.atomic
def create_office(*, name: str, kind: str, parent: Office | None = None, **details: str) -> Office:
    """A new office below `parent`. `details`: role, letter_prefix, superior, phone, address, hours.

    Refused: a blank or too long name, a name that a sister has, a section without a unit above it, a unit in a section.
    """
    facts = _checked({"name": name, "role": Office.Role.UNIT, **details})
    _check_place(kind, parent)
    _check_sisters(facts["name"], parent, apart_from=None)
    office = Office.objects.create(kind=kind, parent=parent, path=uuid4().hex, **facts)
    office.path = _path(parent, office.pk)
    office.save(update_fields=["path"])
    return office


@transaction.atomic
def update_office(*, office: Office, **details: str) -> Office:
    """Changes name, role, letter_prefix, superior, phone, address or hours of an office."""
    facts = _checked(details)
    if "name" in facts:
        _check_sisters(facts["name"], office.parent, apart_from=office)
    for field, value in facts.items():
        setattr(office, field, value)
    office.save(update_fields=list(facts))
    return office


@transaction.atomic
def move_office(*, office: Office, parent: Office | None) -> Office:
    """Hangs an office with everything below it under another parent. Refused below itself and where its kind can't stand."""
    if parent is not None and parent.path.startswith(office.path):
        raise Refused(
            f"“{parent.name}”在“{office.name}”下面，不能反过来。",
            f"“{parent.name}” is below “{office.name}”; it can't be the other way round.",
            field="parent",
        )
    _check_place(office.kind, parent)
    _check_sisters(office.name, parent, apart_from=office)
    old, new = office.path, _path(parent, office.pk)
    _check_depth(old, new)
    moved = Concat(Value(new), Substr(F("path"), len(old) + 1))
    Office.objects.filter(beginning("path", old)).update(path=moved)
    office.parent, office.path = parent, new
    office.save(update_fields=["parent"])
    return office


@transaction.atomic
def change_office(*, office: Office, parent: Office | None, **details: str) -> Office:
    """Changes an office as `update_office` does and hangs it below `parent`, both or nothing."""
    update_office(office=office, **details)
    same = office.parent_id == (parent.pk if parent else None)
    return office if same else move_office(office=office, parent=parent)


@transaction.atomic
def close_office(*, office: Office) -> Office:
    """Takes an office out of use. Refused while offices, people or cases hang on it; the refusal says which."""
    refusal = _hindrance(office)
    if refusal is not None:
        raise refusal
    office.is_active = False
    office.save(update_fields=["is_active"])
    return office


@transaction.atomic
def reopen_office(*, office: Office) -> Office:
    """Takes a closed office back into use. Refused while the one above it is closed."""
    if office.parent is not None and not office.parent.is_active:
        raise Refused(
            f"上级“{office.parent.name}”已停用，请先启用上级。",
            f"“{office.parent.name}” above it is closed; open that first.",
        )
    office.is_active = True
    office.save(update_fields=["is_active"])
    return office


@transaction.atomic
def set_competences(*, office: Office, topics: Iterable[Topic]) -> None:
    """Says which topics an office has authority over (有权处理), replacing what was said before."""
    wanted = {topic.pk for topic in topics}
    office.competences.exclude(topic_id__in=wanted).delete()
    held = set(office.competences.values_list("topic_id", flat=True))
    Competence.objects.bulk_create(Competence(office=office, topic_id=pk) for pk in sorted(wanted - held))


@transaction.atomic
def load_topics() -> int:
    """Lays the shipped dictionary (topics.csv) over the topics: new ones are added, names renewed; gives how many are new."""
    known = {topic.code: topic for topic in Topic.objects.all()}
    before = len(known)
    for row in _shipped_topics():
        parent = known[row["parent"]] if row["parent"] else None
        facts = {"parent": parent, "name_zh": row["name_zh"], "name_en": row["name_en"]}
        known[row["code"]] = Topic.objects.update_or_create(code=row["code"], defaults=facts)[0]
    return len(known) - before


@transaction.atomic
def set_up(
    *, unit_name: str, now: datetime, counter_name: str = "", demo: bool = False, **details: str
) -> Installation:
    """The first start: the unit, the office at its counter (the unit itself without a name), the topics.

    `details` are those of the unit, as in `create_office`. Refused when it was done already.
    """
    if queries.installation() is not None:
        raise Refused("已经建立过单位，不用再建。", "The office is set up already.", code="set-up")
    unit = create_office(name=unit_name, kind=Office.Kind.UNIT, parent=None, **details)
    counter = create_office(name=counter_name, kind=Office.Kind.SECTION, parent=unit) if counter_name else unit
    load_topics()
    return Installation.objects.create(pk=1, unit=unit, counter=counter, demo=demo, created_at=now)


@transaction.atomic
def change_counter(*, counter: Office) -> Installation:
    """Puts another office at the counter, where matters from the portal arrive."""
    row = queries.installation()
    if row is None or not counter.is_active:
        raise Refused("这个部门不能设为接待窗口。", "This office can't be the counter.", field="counter")
    row.counter = counter
    row.save(update_fields=["counter"])
    return row


@transaction.atomic
def import_calendar(*, rows: Iterable[Mapping[str, str]], version: str, by: str, now: datetime) -> CalendarEdition:
    """Lays rows (date, kind, name_zh, name_en) over the calendar in force; running terms are recomputed by who calls.

    Of each year that the rows touch, the whole year as it then stands is kept. Raises Invalid with one entry a wrong
    row (`row 7`), or Refused for the version name. `by` is the name of who imports.
    """
    version = _version(version)
    merged = preview_calendar(rows=rows, version=version)
    before = {row["date"]: row for row in rows_of(queries.calendar())}
    after = rows_of(merged)
    touched = {row["date"][:4] for row in after if before.get(row["date"]) != row}
    touched |= {day[:4] for day in before.keys() - {row["date"] for row in after}}
    kept = [row for row in after if row["date"][:4] in touched]
    if not kept:
        raise Refused(
            "这份日历和现在用的一样，没有导入。", "This calendar is the same as the one in force.", code="same"
        )
    return CalendarEdition.objects.create(version=version, rows=kept, imported_at=now, imported_by=by)


def preview_calendar(*, rows: Iterable[Mapping[str, str]], version: str) -> Calendar:
    """The calendar as it would be with these rows; nothing is written. Refused as in `import_calendar`."""
    try:
        return from_rows(rows, _version(version), base=queries.calendar())
    except CalendarErrors as error:
        raise _rows_to_mend(error) from error


def _rows_to_mend(error: CalendarErrors) -> Invalid:
    mend: dict[str, Refused] = {}
    for wrong in error.errors:
        field = f"row {wrong.row}" if wrong.row else "file"
        zh, en = (f"第{wrong.row}行：", f"Row {wrong.row}: ") if wrong.row else ("", "")
        mend[field] = Refused(zh + wrong.words.zh, en + wrong.words.en, field=field)
    return Invalid(mend)


def _version(typed: str) -> str:
    version = one_line(typed)
    if not version or len(version) > LONGEST_VERSION:
        raise Refused(
            f"请给这份日历起一个{LONGEST_VERSION}字以内的版本名，例如“2027年国办通知”。",
            f"Give this calendar a name of up to {LONGEST_VERSION} characters, such as “2027 notice”.",
            field="version",
        )
    if CalendarEdition.objects.filter(version=version).exists():
        raise Refused(
            f"版本名“{version}”已经用过，请换一个。", f"“{version}” is taken; choose another.", field="version"
        )
    return version


def _hindrance(office: Office) -> Refused | None:
    row = queries.installation()
    if row is not None and office.pk in (row.unit_id, row.counter_id):
        return Refused(
            f"“{office.name}”是本单位或接待窗口，不能停用。",
            f"“{office.name}” is this installation's unit or its counter; it can't be closed.",
        )
    below = office.children.filter(is_active=True).order_by("path").first()
    if below is not None:
        return Refused(
            f"“{office.name}”下面还有在用的“{below.name}”，请先停用或移走。",
            f"“{below.name}” below it is still in use; close or move that first.",
        )
    return next((refusal for check in _hindrances if (refusal := check(office)) is not None), None)


def _checked(details: Mapping[str, str]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for field, value in details.items():
        if field not in (*_TEXTS, "role"):
            raise TypeError(f"an office has no {field}")
        facts[field] = one_line(value) if field in _TEXTS else Office.Role(value)
    for field in _TEXTS:
        _check_length(field, facts.get(field, ""))
    if "name" in facts and not facts["name"]:
        raise Refused("请写名称。", "Give a name.", field="name")
    return facts


def _check_length(field: str, value: str) -> None:
    most: int = Office._meta.get_field(field).max_length  # type: ignore[union-attr, assignment]
    if len(value) > most:
        raise Refused(
            f"最多{most}字，现在是{len(value)}字。",
            f"At most {most} characters; there are {len(value)}.",
            field=field,
        )


def _check_place(kind: str, parent: Office | None) -> None:
    if kind not in Office.Kind.values:
        raise Refused("性质只能是单位或科室。", "The kind is either unit or section.", field="kind")
    if kind == Office.Kind.SECTION and parent is None:
        raise Refused("科室要设在一个单位下面。", "A section stands below a unit.", field="parent")
    if parent is None:
        return
    if kind == Office.Kind.UNIT and parent.kind == Office.Kind.SECTION:
        raise Refused("科室下面不能设单位。", "A unit can't stand below a section.", field="parent")
    if not parent.is_active:
        raise Refused(f"上级“{parent.name}”已停用。", f"“{parent.name}” is closed.", field="parent")
    if len(queries.ids_above(parent.path)) >= DEEPEST:
        raise _too_deep()


def _check_depth(old: str, new: str) -> None:
    """Whether everything below `old` still has room when it hangs at `new`."""
    paths = Office.objects.filter(beginning("path", old)).values_list("path", flat=True)
    if max(path.count(".") for path in paths) - old.count(".") + new.count(".") > DEEPEST:
        raise _too_deep()


def _too_deep() -> Refused:
    return Refused(f"最多设{DEEPEST}级。", f"The tree has at most {DEEPEST} levels.", field="parent")


def _check_sisters(name: str, parent: Office | None, *, apart_from: Office | None) -> None:
    sisters = Office.objects.filter(parent=parent, name=name)
    if apart_from is not None:
        sisters = sisters.exclude(pk=apart_from.pk)
    if sisters.exists():
        raise Refused(
            f"同一个上级下面已经有“{name}”。", f"There is already a “{name}” at this place.", field="name", code="taken"
        )


def _path(parent: Office | None, pk: int) -> str:
    return f"{parent.path if parent else ''}{pk:06d}."


@cache
def _shipped_topics() -> list[dict[str, str]]:
    text = files(__package__).joinpath("topics.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
