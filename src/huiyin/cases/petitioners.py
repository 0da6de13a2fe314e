"""The people who bring a matter: read from what was typed, linked to the roster, kept with the case.

All contact data may be missing: letters without a sender are lawful (Art. 23 then waives the written notice). At most
five representatives speak for a group that comes in person (Art. 20).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.cases.facts import tidy
from huiyin.cases.models import Case, Petitioner
from huiyin.kernel.errors import Invalid, Refused
from huiyin.kernel.typed import row_number
from huiyin.people import queries as people
from huiyin.people.contact import read_phone
from huiyin.people.ids import read_id
from huiyin.people.models import Person
from huiyin.people.policy import PETITIONER, Actor

MOST_REPRESENTATIVES = 5
LENGTHS = {"name": 60, "address": 200, "acts_for": 60, "reply_by": 12}
FROM_ROSTER = ("name", "id_kind", "id_number", "phone", "address")


def read(given: Iterable[Mapping[str, Any]], *, by: Actor = PETITIONER) -> list[dict[str, Any]]:
    """Clean rows from raw ones: {name, phone, id_kind, id_number, address, person, is_representative, acts_for, reply_by,
    large_print}; rows without any content are dropped. `person` may name somebody on the roster that `by` keeps, and
    nobody else's. Raises Invalid naming the field to be mended."""
    rows = [row for raw in given if any((row := _row(raw, by)).values())]
    if sum(bool(row["is_representative"]) for row in rows) > MOST_REPRESENTATIVES:
        raise Refused(
            "代表不能超过5人（第二十条）。", "There can be at most 5 representatives (Art. 20).", field="petitioners"
        )
    return rows


def unclear(rows: list[dict[str, Any]]) -> bool:
    """Whether name or address are unclear, so that no written notice is owed: nobody named, or no way to reach them."""
    return not any(row["name"] and (row["phone"] or row["address"] or row["person_id"]) for row in rows)


def write(case: Case, rows: list[dict[str, Any]]) -> None:
    """Keeps the rows with the case."""
    Petitioner.objects.bulk_create(Petitioner(case=case, **row) for row in rows)


def carry_on(case: Case, facts: Mapping[str, Any]) -> None:
    """Adds whoever carries the matter on for a petitioner who died; letters go to them from now on."""
    if facts.get("successor"):
        row = _row(
            {"name": facts["successor"], "phone": facts.get("phone"), "address": facts.get("address")}, PETITIONER
        )
        Petitioner.objects.create(case=case, **row | {"acts_for": facts.get("kinship", ""), "succeeds": True})


def of_person(person: Person) -> dict[str, Any]:
    """The row of somebody on the roster who wrote nothing else about themselves."""
    return _row({}, PETITIONER) | {"person_id": person.pk} | {name: getattr(person, name) for name in FROM_ROSTER}


def _row(raw: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    row: dict[str, Any] = {name: tidy(raw.get(name) or "", one_line=True) for name in LENGTHS}
    _check_lengths(row)
    row |= _contact(raw)
    row |= {name: bool(raw.get(name)) for name in ("is_representative", "large_print")}
    return row | _known(row, raw.get("person"), by)


def _check_lengths(row: Mapping[str, str]) -> None:
    """Raises Invalid for what is too long: cut off silently, it would be lost."""
    errors = {
        name: Refused(f"最多{most}个字，现在有{len(row[name])}个字。", f"At most {most} characters; this has {len(row[name])}.", field=name)
        for name, most in LENGTHS.items()
        if len(row[name]) > most
    }  # fmt: skip
    if errors:
        raise Invalid(errors)


def _contact(raw: Mapping[str, Any]) -> dict[str, str]:
    """Phone and ID number in their normal forms; errors of both are reported together."""
    errors: dict[str, Refused] = {}
    found = {"phone": "", "id_kind": "", "id_number": ""}
    if typed := tidy(raw.get("phone") or "", one_line=True):
        found["phone"] = _try("phone", errors, lambda: read_phone(typed))
    if typed_id := tidy(raw.get("id_number") or "", one_line=True):
        number = _try("id_number", errors, lambda: read_id(raw.get("id_kind") or None, typed_id))
        if number:
            found["id_kind"], found["id_number"] = number.kind, number.number
    if errors:
        raise Invalid(errors)
    return found


def _try(name: str, errors: dict[str, Refused], read_it: Any) -> Any:
    try:
        return read_it()
    except Refused as error:
        error.field = name
        errors[name] = error
        return ""


def _known(row: dict[str, Any], person_id: Any, by: Actor) -> dict[str, Any]:
    """Fills what the roster knows of a chosen person and the sender did not write; other units' people don't exist here."""
    if not person_id:
        return {"person_id": None}
    person = people.kept_by(by, row_number(person_id) or 0)
    if person is None:
        raise Refused(
            "名册里没有找到这个人，请重新选。", "This person was not found on the roster; choose again.", field="person"
        )
    return {"person_id": person.pk} | {name: row[name] or getattr(person, name) for name in FROM_ROSTER}
