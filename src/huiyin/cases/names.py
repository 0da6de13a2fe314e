"""Whom the record of a case names: offices, staff, petitioners and who acts for them."""

from __future__ import annotations

from dataclasses import dataclass, field

from huiyin.cases import agents
from huiyin.cases.models import Case, Petitioner
from huiyin.orgs.models import Office
from huiyin.people.models import Staff
from huiyin.procedure.editions import edition


@dataclass(frozen=True)
class Names:
    """The names of the offices and people that the events of a case mention, by id; those of the petitioners and of whoever acts
    for them, by their numbers on the case; and every row of the petitioners, where they changed."""

    offices: dict[int, str]
    staff: dict[int, str]
    petitioners: dict[int, str] = field(default_factory=dict)
    agents: dict[int, str] = field(default_factory=dict)
    ever: list[Petitioner] = field(default_factory=list)


def names_in(case: Case) -> Names:
    """The offices and people that the events of a case name, whom it went to by itself among them (two queries; none where nobody is
    named), and its people where they changed or somebody acts for them (one more for each)."""
    offices = Office.objects.filter(pk__in=_named(case, "office") | _went_to(case, "office"))
    staff = Staff.objects.filter(pk__in=_named(case, "staff") | _went_to(case, "responsible"))
    changed = any("people" in event.effects for event in case.events.all() if event.seq > 1)
    ever = list(Petitioner.everyone.filter(case=case).order_by("pk")) if changed else list(case.petitioners.all())
    return Names(
        dict(offices.values_list("pk", "name")), dict(staff.values_list("pk", "name")), {row.number: row.name for row in ever},
        {number: str(row) for number, row in agents.rows(case).items()}, ever,
    )  # fmt: skip


def _named(case: Case, kind: str) -> set[int]:
    """What was recorded in the fields of that kind, and to whom what was registered went."""
    actions = edition(case.edition).actions
    asked = {each.name for action in actions.values() for each in action.fields if each.kind == kind} | {kind}
    told = (event.facts.get(name) for event in case.events.all() for name in asked)
    return {each for each in told if isinstance(each, int)}


def _went_to(case: Case, name: str) -> set[int]:
    return {event.effects[name] for event in case.events.all() if event.effects.get(name)}
