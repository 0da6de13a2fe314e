"""The people who bring a matter: read from what was typed, linked to the roster, kept with the case.

All contact data may be missing: letters without a sender are lawful (Art. 23 then waives the written notice). At most
five representatives speak for a group that comes in person (Art. 20). How the people of a matter change later: people_steps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
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
from huiyin.procedure.editions.effects_routes_2022 import dead as dead_of

MOST_REPRESENTATIVES = 5
IN_PERSON = frozenset({"visit", "leader"})
GETS = frozenset(Petitioner.Letters.values)
KEPT = (
    "number", "person_id", "name", "id_kind", "id_number", "phone", "address", "is_representative", "acts_for", "succeeds", "reply_by",
    "large_print", "letters",
)  # fmt: skip
TELLS_APART = ("phone", "address", "id_number")
LENGTHS = {"name": 60, "address": 200, "acts_for": 60, "reply_by": 12}
FROM_ROSTER = ("name", "id_kind", "id_number", "phone", "address")


def read(given: Iterable[Mapping[str, Any]], *, by: Actor = PETITIONER) -> list[dict[str, Any]]:
    """Clean rows from raw ones: {name, phone, id_kind, id_number, address, person, is_representative, acts_for, reply_by,
    large_print, letters}; rows without any content are dropped. `person` may name somebody on the roster that `by` keeps, and
    nobody else's. Raises Invalid naming the field to be mended."""
    rows = [(raw, row) for raw in given if any((row := read_one(raw, by=by)).values())]
    return [row | {"letters": raw["letters"] if raw.get("letters") in GETS else ""} for raw, row in rows]


def check_representatives(count: int, channel: str) -> None:
    """Raises Refused for more than five representatives of those who come in person: Art. 20(3) speaks of them alone."""
    if channel in IN_PERSON and count > MOST_REPRESENTATIVES:
        raise Refused(
            "走访的代表不能超过5人（第二十条）；其他人的名字可以写在“其他人”里。",
            "Those who come in person have at most 5 representatives (Art. 20); the others may be named beside them.",
            field="representatives",
        )


def check_once(
    speakers: Iterable[Petitioner], others: Iterable[Petitioner] = (), *, field: str = "representatives"
) -> None:
    """Raises Refused for a representative who is written down twice, or is among the `others` already: of one name, and told apart by
    neither telephone nor address nor ID number."""
    before = list(others)
    for one in speakers:
        if one.name and any(_same(one, other) for other in before):
            raise Refused(
                f"“{one.name}”写了两次。同一位只写一次：已经在名单里的，在“谁是代表”里勾选；真是同名的两位，写上电话或者住址。",
                f"“{one.name}” is written down twice. Write each once: tick under “Representatives” who is on the list already; for two of one name add a telephone or an address.",
                field=field,
            )
        before.append(one)


def _same(one: Petitioner, other: Petitioner) -> bool:
    told = ((getattr(one, name), getattr(other, name)) for name in TELLS_APART)
    return one.name == other.name and not any(mine and theirs and mine != theirs for mine, theirs in told)


def unclear(rows: list[dict[str, Any]]) -> bool:
    """Whether name or address are unclear, so that no written notice is owed: nobody named, or no way to reach them."""
    return not any(row["name"] and (row["phone"] or row["address"] or row["person_id"]) for row in rows)


def rows_of(case: Case | None, rows: Iterable[Mapping[str, Any]]) -> list[Petitioner]:
    """The people with whom a case begins, numbered in their order (not yet saved)."""
    return [Petitioner(case=case, number=number, **row) for number, row in enumerate(rows, start=1)]


def addressee(rows: Iterable[Petitioner], gone: Collection[int]) -> Petitioner | None:
    """To whom the letters go of those who are not `gone` (died): the one who was named for it, else who carries on for somebody who
    died, else a representative, else the first. Where everybody died and nobody carries on, the one who had them."""

    def place(row: Petitioner) -> tuple[bool, bool, bool, bool, int]:
        main = row.letters == Petitioner.Letters.MAIN
        return row.number in gone, not main, not row.succeeds, not row.is_representative, row.number

    return min(rows, key=place, default=None)


def copied(rows: Iterable[Petitioner], gone: Collection[int]) -> list[Petitioner]:
    """Who gets copies beside the addressee, of those who are not `gone`."""
    rows = list(rows)
    to = addressee(rows, gone)
    copies = (row for row in rows if row.letters == Petitioner.Letters.COPY and row.name)
    return [row for row in copies if row is not to and row.number not in gone]


def late(case: Case, rows: Iterable[Petitioner]) -> Petitioner | None:
    """Who brought the matter and died, where the letters go to somebody who carries on for them: whom that one follows, or the first
    who died where the record names none."""
    rows, dead = list(rows), gone(case)
    to = addressee(rows, dead)
    if to is None or not to.succeeds:
        return None
    wrote = [row for row in rows if not row.succeeds]
    followed = _followed(case, to.number)
    named = next((row for row in wrote if row.number == followed), None)
    return named or min(wrote, key=lambda row: (row.number not in dead, row.number), default=None)


def _followed(case: Case, number: int) -> int:
    """For whom somebody carries on in the end: successors may die, too."""
    heirs = heirs_of(case)
    while number in heirs:
        number = heirs[number]
    return number


def heirs_of(case: Case) -> dict[int, int]:
    """Who carries on for whom, by number, as far as it was recorded."""
    return {int(heir): who for heir, who in (case.marks.get("heirs") or {}).items()}


def carries_on(case: Case, who: int, rows: Iterable[Petitioner]) -> Petitioner | None:
    """Who of the living carries on for somebody who died; None where nobody does."""
    heirs, dead = heirs_of(case), gone(case)
    for row in living(case, rows):
        if heirs.get(row.number) == who or (row.succeeds and row.number not in heirs and dead == {who}):
            return row
    return None


def alone(case: Case) -> Petitioner | None:
    """The one petitioner of a matter who is alive; None where there are several, or nobody."""
    there = living(case, case.petitioners.order_by("number"))
    return there[0] if len(there) == 1 and left_of(case, case.petitioners.all()) == 1 else None


def left_of(case: Case, rows: Iterable[Petitioner]) -> int:
    """How many bring the matter now: everybody counted, named or not, but those who died."""
    rows = list(rows)
    there = len(living(case, rows))
    return max(case.people_count - (len(rows) - there), there)


def living(case: Case, rows: Iterable[Petitioner]) -> list[Petitioner]:
    """Those among these who can still act for themselves, or let somebody act: all but those who died."""
    dead = gone(case)
    return [row for row in rows if row.number not in dead]


def gone(case: Case) -> set[int]:
    """The numbers of those who died."""
    return dead_of(case.marks)


def standing_at(rows: Iterable[Petitioner], seq: int) -> list[Petitioner]:
    """Of all rows that a case ever had those that stood after the event `seq`."""
    return [row for row in rows if row.since <= seq and (row.until is None or row.until > seq)]


def digest(case: Case, rows: Iterable[Petitioner]) -> str:
    """What an event keeps of the people instead of their data: SHA-256 over these rows in their order, with the case's secret, so
    that neither names nor numbers can be guessed from it and none is changed unseen."""
    told = [[getattr(row, name) for name in KEPT] for row in rows]
    return hashlib.sha256(f"{case.receipt_secret}\n{json.dumps(told, ensure_ascii=False)}".encode()).hexdigest()


def of_person(person: Person) -> dict[str, Any]:
    """The row of somebody on the roster who wrote nothing else about themselves."""
    return (
        read_one({}) | {"letters": "", "person_id": person.pk} | {name: getattr(person, name) for name in FROM_ROSTER}
    )


def read_one(raw: Mapping[str, Any], *, by: Actor = PETITIONER) -> dict[str, Any]:
    """One clean row; without any content where nothing was typed. Raises Invalid, Refused."""
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
