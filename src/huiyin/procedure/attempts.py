"""Who may try a step of the procedure, and how its form may be filled in: everything that the walk tries in a situation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huiyin.procedure.actions import Action, Doer, Field

ROLES = ("clerk", "handler", "head", "leader", "supervisor")
DOERS = (
    *(Doer("staff", number, frozenset({role}), office=1) for number, role in enumerate(ROLES, start=1)),
    *(Doer("staff", 10 + number, frozenset({role}), office=1) for number, role in enumerate(ROLES[:4], start=1)),
    *(Doer("staff", 20 + number, frozenset({role}), office=2) for number, role in enumerate(ROLES[:4], start=1)),
    Doer("petitioner", None, frozenset({"petitioner"})),
    Doer("system", None, frozenset({"system"})),
)
NEWCOMER = 30
# What no form asks for, but the record tells: where a matter came in and by whom; whether it was re-reviewed before.
COMING_IN: tuple[dict[str, Any], ...] = ({"at_bureau": True}, {"identity_unclear": True})
FOUND_OUT: dict[str, tuple[dict[str, Any], ...]] = {
    "register": COMING_IN, "import_closed": COMING_IN, "not_again": ({"concluded": {"no": "2026-0001"}},),
    "not_accepted": ({"under_way": {"no": "2026-0001"}},), "forward": ({"nobody_to_tell": True},),
    "draft": ({"omitted": ["x"]},),
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """A doer in one of their roles, with one of the ways to fill in the form. `chosen`: by the doer; what the record must tell first can't
    be counted on."""

    by: Doer
    role: str
    number: int
    chosen: bool = True


def ways(action: Action) -> list[Way]:
    """Every doer, in each of their roles that may take the action, with every way to fill in its form."""
    forms = len(ways_to_fill_in(action, date.min))
    chosen = forms - len(FOUND_OUT.get(action.name, ()))
    who = [(by, role) for by in DOERS for role in by.roles & action.roles]
    return [Way(by, role, number, number < chosen) for by, role in who for number in range(forms)]


def ways_to_fill_in(action: Action, today: date) -> tuple[dict[str, Any], ...]:
    """The form filled in completely, then once more with each other choice of each field; dates are `today` or soon after.

    What the step gives away goes to two people of the office and to two of another, one of whom never had a part in anything.
    """
    whole = {known.name: _samples(known, today)[0] for known in action.fields}
    holders = (
        (
            {"office": 1, "staff": 2},
            {"office": 1, "staff": 12},
            {"office": 2, "staff": 22},
            {"office": 2, "staff": NEWCOMER},
        )
        if action.assigns
        else ({},)
    )
    others = ({known.name: other} for known in action.fields for other in _samples(known, today)[1:])
    found_out = FOUND_OUT.get(action.name, ())
    return (*(whole | holder for holder in holders), *(whole | holders[-1] | other for other in (*others, *found_out)))


def _samples(known: Field, today: date) -> list[Any]:
    if known.kind in {"choice", "rating"}:
        codes = [choice.code for choice in known.choices]
        return codes if known.required else [*codes, ""]
    answered = {"text": "x", "reason": "x", "basis": "x", "ground": "rules", "money": "no"}
    paid = [[answered | {"result": "supported", "money": "yes"}]]
    soon = (today + timedelta(days=20)).isoformat()
    days = [today.isoformat(), soon] if known.required else ["", today.isoformat(), soon]
    named = [choice.code for choice in known.choices]
    fixed: dict[str, list[Any]] = {
        "date": days, "number": [max(known.least, 1), known.most], "yes": [True, False], "office": [*named, 1] if known.required else [*named, None, 1],
        "staff": [2, 12], "claims": [*([answered | {"result": choice.code}] for choice in known.choices), *paid] if known.choices else [[answered]],
        "files": [[{"id": 1, "name": "1.png", "sha256": "0" * 64}]], "person": [[]], "task": [1, 2],
        "several": [[choice.code for choice in known.choices]], "member": [1], "members": [[1]], "requests": [[1]], "agent": [1], "roster": [1],
    }  # fmt: skip
    return fixed.get(known.kind, ["x"])
