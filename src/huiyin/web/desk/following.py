"""What follows on the registration page from what is typed, before anything is registered: who was chosen, which days follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from huiyin.cases import petitioners, queries
from huiyin.cases.models import Case
from huiyin.kernel import clock
from huiyin.kernel.typed import row_number
from huiyin.orgs import queries as orgs
from huiyin.orgs import remedies as routes
from huiyin.people import queries as people
from huiyin.people.ids import mask_id, mask_phone
from huiyin.people.models import Person
from huiyin.people.policy import Actor
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import Deadline, OutsideCalendar, compute
from huiyin.procedure.editions.effects_2022 import NATURES, PASSED_ON
from huiyin.procedure.terms import TERMS
from huiyin.web.desk import words
from huiyin.web.desk.dates import read_day
from huiyin.web.ui.parts import Due
from huiyin.web.ui.time_parts import due_of, ruler, said


@dataclass(frozen=True)
class Line:
    """A term that the matter will have: its name, its date (None where none runs yet), what to know about it, its article."""

    name: str
    due: Due | None
    note: str
    article: str


@dataclass(frozen=True)
class Chosen:
    """The retiree who was chosen: the name, what tells them from others of that name, and their matters that are still open."""

    name: str
    facts: list[tuple[str, str]]
    open: list[tuple[Case, str]]


def chosen(typed: Mapping[str, Any], *, by: Actor) -> Chosen | None:
    """Who stands in the field `person`; None for nobody, or somebody whom this actor does not keep."""
    person = people.kept_by(by, row_number(str(typed.get("person", ""))) or 0)
    if person is None:
        return None
    return Chosen(person.name, _facts(person), [(case, words.state(case)) for case in queries.open_of(by, person)])


def remedies(typed: Mapping[str, Any]) -> list[str]:
    """The routes beside a petition that matters of the chosen topic usually have, each with its limit and source."""
    code = str(typed.get("topic", ""))
    return [said(remedy.hint) for remedy in routes.of(orgs.topic(code) if code else None)]


def _facts(person: Person) -> list[tuple[str, str]]:
    found = {
        _("原单位"): person.former_unit or person.office.name,
        _("出生年份"): str(person.born_on.year) if person.born_on else "",
        _("证件"): mask_id(person.id_number),
        _("电话"): mask_phone(person.phone) if person.phone else "",
    }
    return [(name, value) for name, value in found.items() if value]


def dates(typed: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """The days that follow from the date of receipt and the channel: a ruler, the terms, and what is not certain about them."""
    today, calendar = clock.on(now), orgs.calendar()
    received, doubt = _received(str(typed.get("received_on", "")), today, calendar)
    notice = compute(TERMS["notice"], received, calendar)
    return {
        "days": ruler(calendar, received, notice.due, today=today, marks={notice.due: "due"}),
        "lines": list(_lines(typed, received, today, calendar)),
        "doubt": doubt,
        "provisional": _provisional(notice),
    }


def _received(typed: str, today: date, calendar: Calendar) -> tuple[date, str]:
    """The day to count from, and why it is not the one that was typed."""
    day = read_day(typed, today=today)
    if day is None:
        return today, _("收到日期还读不懂，先按今天算。") if typed.strip() else ""
    if day > today:
        return today, _("收到日期在今天以后，先按今天算。")
    try:
        compute(TERMS["notice"], day, calendar)
    except OutsideCalendar:
        return today, _("收到日期太早，没有那年的日历，先按今天算。")
    return day, ""


def _provisional(notice: Deadline) -> str:
    return _("暂定：那时的放假安排还没有公布，公布后自动重算。") if notice.provisional else ""


def _lines(typed: Mapping[str, Any], received: date, today: date, calendar: Calendar) -> Iterator[Line]:
    passed_on = typed.get("channel") in PASSED_ON
    for name in ("notice", "object") if passed_on else ("notice",):
        term = TERMS[name]
        owed = passed_on or _can_be_told(typed)
        due = due_of(compute(term, received, calendar), today=today, calendar=calendar) if owed else None
        note = _note(name) if owed else _("姓名或者联系办法不清楚，可以不书面告知")
        yield Line(said(term.name), due, note, said(term.citation))
    after = TERMS["reply" if typed.get("purpose") in NATURES else "handle"]
    words_ = _("受理起{days}，从受理那天算，不从今天算").format(days=said(after.length))
    yield Line(said(after.name), None, words_, said(after.citation))


def _note(name: str) -> str:
    return _("不属于本单位的，按时退回") if name == "object" else ""


def _can_be_told(typed: Mapping[str, Any]) -> bool:
    """Whether the written notice of Art. 23(2) is owed to whom is typed so far."""
    given = {name: str(typed.get(name, "")).strip() for name in ("person", "person_q", "phone", "address")}
    row = {"name": given["person"] or given["person_q"], "person_id": given["person"]}
    return not petitioners.unclear([row | {name: given[name] for name in ("phone", "address")}])
