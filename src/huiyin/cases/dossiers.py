"""What a letter draws on: a matter with its people, its record in order, and the office that writes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from huiyin.cases import agents, petitioners
from huiyin.cases.models import Case, CaseEvent, CaseLetter, Clock, Petitioner
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.procedure.states import STATES

Data = dict[str, Any]


@dataclass(frozen=True)
class Dossier:
    """What a letter draws on: the case with its office and person, its unit, who brought it, and its record in order."""

    case: Case
    unit: Office
    petitioner: Petitioner | None
    clocks: Sequence[Clock]
    events: Sequence[CaseEvent]
    letters: Sequence[CaseLetter]
    writer: Office | None = None
    copies: Sequence[Petitioner] = ()
    late: Petitioner | None = None  # who brought it and died, where the petitioner carries on for them
    for_one: bool = False  # whether it is written to one of several alone

    @property
    def office(self) -> Office:
        """The office that writes: the one that has the matter, or `writer`, who just handed it on."""
        assert self.case.office is not None
        return self.writer or self.case.office

    @property
    def addressed(self) -> Data:
        """To whom a letter is written: by name, a group by the one whom its letters go to and how many they are (张某等36人)."""
        name, count = self.petitioner.name if self.petitioner else "", self.case.people_count
        among = f"等{count}人"  # data: official letters are Chinese
        late = {"late": self.late.name} if self.late and self.late.name else {}
        return {"name": name} | ({"honorific": among} if name and count > 1 and not self.for_one else {}) | late

    def acting(self, facts: Mapping[str, Any]) -> str:
        """Who acted for the petitioner at a step with these facts, as letters say it: 孟小兰（女儿，受委托）; "" where nobody did."""
        row = agents.whose(self.case, facts)
        if row is None:
            return ""
        by = self.case.marks["agents"][str(row.number)]["basis"]
        return f"{row.name}（{row.relation}，{'监护人' if by == 'guardian' else '受委托'}）"  # data: official letters are Chinese

    @property
    def handler(self) -> Data:
        """Whom a letter names for questions: the handler once the matter was assigned, before that the office alone.

        Who registers a matter answers for it, but won't handle it; a letter that named them would name the wrong person.
        """
        office = {"office": self.office.name, "phone": self.office.phone or self.unit.phone}
        person = self.case.responsible
        if person is None or self.writer or STATES[self.case.state].step < STATES["handling"].step:
            return office
        return office | {"name": person.name, "phone": person.phone or office["phone"]}

    def clock(self, term: str) -> Clock | None:
        """The last clock of a term."""
        return next((clock for clock in reversed(self.clocks) if clock.term == term), None)

    def event(self, action: str) -> CaseEvent | None:
        """The last act of that name."""
        return next((event for event in reversed(self.events) if event.action == action), None)

    def facts_of(self, action: str) -> Mapping[str, Any]:
        """What was recorded at the last act of that name."""
        event = self.event(action)
        return event.facts if event else {}

    def recalled(self, name: str) -> Any:
        """What was last recorded under that name, by whatever step; "" if nothing was."""
        return next((event.facts[name] for event in reversed(self.events) if event.facts.get(name)), "")

    def last(self, kinds: Collection[str]) -> CaseLetter | None:
        """The last letter of one of these kinds."""
        return next((letter for letter in reversed(self.letters) if letter.kind in kinds), None)


def dossier_of(case: Case) -> Dossier:
    """The dossier of a case from its rows."""
    assert case.office is not None
    people, gone = list(case.petitioners.order_by("pk")), petitioners.gone(case)
    return Dossier(
        case, orgs.unit_of(case.office), petitioners.addressee(people, gone), list(case.clocks.order_by("pk")),
        list(case.events.order_by("seq")), list(case.letters.order_by("seq", "pk")),
        copies=petitioners.copied(people, gone), late=petitioners.late(case, people),
    )  # fmt: skip


def to_one(dossier: Dossier, number: int) -> Dossier:
    """The dossier of what is written to one of several alone, even if they take no part any more."""
    rows = Petitioner.everyone.filter(case=dossier.case, number=number).order_by("-pk")
    return replace(dossier, petitioner=rows.first(), copies=(), late=None, for_one=True)


def before_leaving(dossier: Dossier, event: CaseEvent) -> Dossier:
    """The dossier as the office that had the matter before this step writes it: a letter that hands it on is its letter."""
    had = (
        one.effects["office"] for one in reversed(dossier.events) if one.seq < event.seq and one.effects.get("office")
    )
    left = next(had, None)
    if left is None or left == dossier.case.office_id:
        return dossier
    office = orgs.office(left)
    return replace(dossier, writer=office, unit=orgs.unit_of(office))


def iso(day: date | str | None) -> str:
    """A day as a letter keeps it."""
    return day if isinstance(day, str) else day.isoformat() if day else ""


def due(clock: Clock | None) -> str:
    """The last day of a term, "" where none ran."""
    return iso(clock.due_on) if clock else ""
