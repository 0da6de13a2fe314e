"""What each row of a roster would do: enter a person, change one, leave one as is, or wait to be mended.

A person on the roster is recognised by the ID number, else by the staff number in the same office, else by name, date of
birth and former unit, or without a date of birth by name and telephone (or by everything that is written), if no number
speaks against it. If several fit, the row waits to be mended: nobody is entered twice. A blank cell changes nothing. People
of another unit are never touched. Nothing is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.documents.spreadsheets import Row as TableRow
from huiyin.kernel.errors import Refused
from huiyin.people.models import Person
from huiyin.people.persons import apply, derive
from huiyin.people.roster.cells import is_blank
from huiyin.people.roster.reading import read_cells

NEW, CHANGED, SAME, REJECTED = "new", "changed", "same", "rejected"
_BY_ID = ("id_kind", "id_number")
_CONTACT = ("name", "phone", "former_unit", "address")


@dataclass
class RosterRow:
    """A row on its way: its cells by field, what they mean, what is wrong with them, and what became of it."""

    number: int
    cells: tuple[str, ...]
    texts: dict[str, str]
    values: dict[str, Any]
    problems: list[Refused]
    outcome: str = ""
    person: Person | None = None
    changes: dict[str, list[str]] = field(default_factory=dict)

    def reject(self, problem: Refused) -> None:
        self.problems.append(problem)
        self.outcome = REJECTED


@dataclass
class Target:
    """Where the rows go: the columns by place, the office for those that name none, offices by name, all that may be touched."""

    columns: Mapping[int, str]
    office_id: int
    offices: Mapping[str, int]
    reach: frozenset[int]
    on: date


@dataclass
class Seen:
    """The rows accepted so far in this file, by the numbers and names that must not come twice."""

    ids: dict[str, int] = field(default_factory=dict)
    staff_nos: dict[tuple[int, str], int] = field(default_factory=dict)
    names: dict[tuple[str, date], list[tuple[int, str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    written: dict[tuple[str, ...], int] = field(default_factory=dict)

    def earlier(self, row: RosterRow, office_id: int) -> tuple[int, str] | None:
        """The number of an earlier row for the same person and the field by which it is known; None if there is none."""
        values = row.values
        found = [
            (self.ids.get(values.get("id_number", "")), "id_number"),
            (self.staff_nos.get((office_id, values.get("staff_no", ""))), "staff_no"),
            *((place, "name") for place, *known in self._named(values) if _may_be_same(values, *known)),
            (self.written.get(_written(values)) if _is_undated(values) else None, "written"),
        ]
        return next(((place, by) for place, by in found if place is not None and place < row.number), None)

    def _named(self, values: Mapping[str, Any]) -> list[tuple[int, str, str, str]]:
        born_on = values.get("born_on")
        return self.names.get((values["name"], born_on), []) if born_on else []

    def add(self, row: RosterRow, office_id: int) -> None:
        values = row.values
        number, staff_no = values.get("id_number", ""), values.get("staff_no", "")
        if number:
            self.ids.setdefault(number, row.number)
        if staff_no:
            self.staff_nos.setdefault((office_id, staff_no), row.number)
        if born_on := values.get("born_on"):
            self.names[values["name"], born_on].append((row.number, number, staff_no, values.get("former_unit", "")))
        if _is_undated(values):
            self.written.setdefault(_written(values), row.number)


def read_row(row: TableRow, target: Target) -> RosterRow:
    """A row of the file with its values; doubts of the file about a chosen column count as problems."""
    texts = {name: row.cells[place] for place, name in target.columns.items()}
    doubts = {
        target.columns[doubt.column] if doubt.column is not None else "": doubt.words
        for doubt in row.doubts
        if doubt.column is None or doubt.column in target.columns
    }
    sound = {name: text for name, text in texts.items() if name not in doubts}
    values, problems = read_cells(sound, on=target.on, offices=target.offices)
    problems = [Refused(words.zh, words.en, field=name) for name, words in doubts.items()] + problems
    return RosterRow(row.number, row.cells, texts, values, problems, REJECTED if problems else "")


def sort(rows: Iterable[RosterRow], target: Target, seen: Seen) -> None:
    """Decides the outcome of rows; accepted ones get `person` (with their values in it) and, if changed, `changes`."""
    known = _Known([row for row in rows if not row.problems], target)
    for row in rows:
        if row.problems:
            continue
        office_id = row.values.get("office_id", target.office_id)
        if (earlier := seen.earlier(row, office_id)) is not None:
            row.reject(_twice(*earlier))
        else:
            _decide(row, known, target)
        if not row.problems:
            seen.add(row, office_id)


def _decide(row: RosterRow, known: _Known, target: Target) -> None:
    try:
        person = known.person(row)
    except Refused as several:
        row.reject(several)
        return
    if person is not None and person.office_id not in target.reach:
        row.reject(_elsewhere())
    elif person is None:
        _enter(row, target)
    else:
        row.person = person
        row.changes = apply(person, _news(row, person))
        row.outcome = CHANGED if row.changes else SAME
    if row.person is not None and known.staff_no_is_taken(row.person):
        row.reject(_staff_no_taken(row.person.staff_no))


def _enter(row: RosterRow, target: Target) -> None:
    values = {"office_id": target.office_id, **row.values}
    row.person, row.outcome = Person(**values), NEW
    derive(row.person)


def _news(row: RosterRow, person: Person) -> dict[str, Any]:
    """What a row says that the roster does not: typed cells win, what was derived only fills what is empty."""
    typed = {name for name, text in row.texts.items() if not is_blank(text)}
    if "id_number" in typed:
        typed.update(_BY_ID)
    if "office" in typed:
        typed.add("office_id")
    return {
        name: value
        for name, value in row.values.items()
        if name in typed or (value and not getattr(person, name) and name not in ("office_id", *_BY_ID))
    }


class _Known:
    """The people on the roster that some rows can mean, found with three queries."""

    def __init__(self, rows: list[RosterRow], target: Target) -> None:
        self.target = target
        numbers = {row.values["id_number"] for row in rows if row.values.get("id_number")}
        staff_nos = {row.values["staff_no"] for row in rows if row.values.get("staff_no")}
        self.by_id = {(p.id_kind, p.id_number): p for p in Person.objects.filter(id_number__in=numbers)}
        self.by_staff_no = {
            (p.office_id, p.staff_no): self._one(p)
            for p in Person.objects.filter(staff_no__in=staff_nos, office_id__in=target.reach)
        }
        self.by_name: dict[tuple[str, date], list[Person]] = defaultdict(list)
        unmet = {row.values["name"] for row in rows if row.values.get("born_on") and self._by_number(row) is None}
        for person in Person.objects.filter(name__in=unmet, office_id__in=target.reach, born_on__isnull=False):
            self.by_name[person.name, person.born_on].append(self._one(person))  # type: ignore[index]
        self.by_contact: dict[str, list[Person]] = defaultdict(list)
        undated = {row.values["name"] for row in rows if _is_undated(row.values)}
        for person in Person.objects.filter(name__in=undated, office_id__in=target.reach) if undated else ():
            self.by_contact[person.name].append(self._one(person))

    def _one(self, person: Person) -> Person:
        """The same object for the same person, whichever way it was found."""
        known = self.by_id.get((person.id_kind, person.id_number))
        return known if known is not None and known.pk == person.pk else person

    def person(self, row: RosterRow) -> Person | None:
        """Whom a row means. Raises Refused if several people on the roster fit."""
        if (found := self._by_number(row)) is not None:
            return found
        fitting = self._by_contact(row) if _is_undated(row.values) else self._by_name(row)
        if len(fitting) > 1:
            raise _several()
        return fitting[0] if fitting else None

    def _by_number(self, row: RosterRow) -> Person | None:
        values, office_id = row.values, self._office(row)
        number = values.get("id_number")
        if number and (found := self.by_id.get((values["id_kind"], number))) is not None:
            return found
        found = self.by_staff_no.get((office_id, values["staff_no"])) if values.get("staff_no") else None
        return None if found is not None and number and found.id_number not in ("", number) else found

    def _by_name(self, row: RosterRow) -> list[Person]:
        values = row.values
        candidates = self.by_name.get((values["name"], values["born_on"]), []) if values.get("born_on") else []
        return [p for p in candidates if _may_be_same(values, *_known_of(p, self._office(row)))]

    def _by_contact(self, row: RosterRow) -> list[Person]:
        """People of that name with the same telephone; without one, those of whom the roster knows no more than the row."""
        values, candidates = row.values, self.by_contact.get(row.values["name"], [])
        phone = values.get("phone", "")
        if phone:
            same = [p for p in candidates if p.phone == phone]
        else:
            same = [p for p in candidates if not p.born_on and not p.id_number and _kept(p) == _written(values)]
        return [p for p in same if _may_be_same(values, *_known_of(p, self._office(row)))]

    def staff_no_is_taken(self, person: Person) -> bool:
        if not person.staff_no:
            return False
        holder = self.by_staff_no.get((person.office_id, person.staff_no))
        return holder is not None and holder is not person

    def _office(self, row: RosterRow) -> int:
        return int(row.values.get("office_id", self.target.office_id))


def _known_of(person: Person, office_id: int) -> tuple[str, str, str]:
    """ID number, staff number (only one of the same office speaks for or against) and former unit of a person."""
    return person.id_number, person.staff_no if person.office_id == office_id else "", person.former_unit


def _is_undated(values: Mapping[str, Any]) -> bool:
    """Whether a row has a name and no number or date of birth that tells its bearers apart."""
    return not values.get("id_number") and not values.get("staff_no") and not values.get("born_on")


def _written(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What is written of somebody without number and date of birth."""
    return tuple(str(values.get(name) or "") for name in _CONTACT)


def _kept(person: Person) -> tuple[str, ...]:
    return tuple(getattr(person, name) for name in _CONTACT)


def _may_be_same(values: Mapping[str, Any], number: str, staff_no: str, unit: str) -> bool:
    """Whether nothing speaks against two people of one name and birth date being the same."""
    pairs = (
        (values.get("id_number"), number),
        (values.get("staff_no"), staff_no),
        (values.get("former_unit"), unit),
    )
    return all(not one or not other or one == other for one, other in pairs)


def _twice(row: int, field: str) -> Refused:
    by = {
        "id_number": ("证件号码", "ID number"),
        "staff_no": ("工号", "staff number"),
        "name": ("姓名和出生日期", "name and date of birth"),
        "written": ("姓名、电话、单位和住址", "name, telephone, unit and address"),
    }
    zh, en = by[field]
    return Refused(
        f"和第{row}行的{zh}相同，是同一个人写了两次，请只留一行。",
        f"Row {row} has the same {en}: one person stands here twice; keep one row.",
        field="name" if field == "written" else field,
        code="twice",
    )


def _several() -> Refused:
    return Refused(
        "名册上有几位同名的都对得上，分不清是哪一位。请补上证件号码、工号或者出生日期。",
        "Several people of this name on the roster fit. Add the ID number, staff number or date of birth.",
        field="name",
        code="several",
    )


def _elsewhere() -> Refused:
    return Refused(
        "这个证件号码已经在另一个单位的名册上，没有改动。请和那边核对。",
        "This ID number is on the roster of another unit; nothing was changed. Please check with them.",
        field="id_number",
        code="elsewhere",
    )


def _staff_no_taken(staff_no: str) -> Refused:
    return Refused(
        f"工号“{staff_no}”已经是另一个人的，请核对工号和证件号码。",
        f"The staff number {staff_no} belongs to somebody else; check it and the ID number.",
        field="staff_no",
        code="taken",
    )
