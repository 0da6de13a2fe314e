"""Art. 19(3): whether a unit below has accepted the same matter of the same petitioner and handles it within its term.

That two matters are the same is never guessed: a person linked them, and the step names the one that is handled below.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.cases import again
from huiyin.cases.models import Case, Clock
from huiyin.kernel.errors import Invalid, Refused
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.procedure.editions.effects_routes_2022 import ANSWER_TERMS

FIRST_TIME_ONLY = frozenset({"propose_simple", "simple_accept"})


def under_way(case: Case, earlier_no: str, *, by: Actor, on: date) -> dict[str, Any]:
    """The matter below as the notice names it: its number, unit and telephone, the day of acceptance, and until when it answers. Raises
    Invalid where the two aren't linked, or it isn't handled below within its term."""
    other = again.linked(case, earlier_no, by)
    if other is None:
        raise _refused("先在“相关事项”里把两件连在一起（并案或者重复反映），再写编号。",
                       "Link the two matters first, as the same or a repeat; then give the number.")  # fmt: skip
    if not again.shared(case, other):
        raise _refused("两件里没有同一个信访人（对名册、证件号，或者姓名加电话），不能用“不予受理”。",
                       "No petitioner is in both matters (by roster, ID number, or name and telephone); this step isn't open.")  # fmt: skip
    if not _lies_below(case, other):
        raise _refused("那一件不是由本单位的下级单位办的。", "That matter is not handled by a unit below this one.")
    term = _term(other)
    if term is None:
        raise _refused("那一件没有受理，或者已经答复：照常受理；已经答复的，请信访人请求复查。",
                       "That matter was not accepted, or was answered: accept this one as usual; against an answer a review is asked for.")  # fmt: skip
    if term.due_on < on:
        raise _refused(f"那一件的期限{term.due_on:%Y-%m-%d}已经过了，不能再不予受理：照常受理，并督办那一件。",
                       f"The term of that matter ended on {term.due_on:%Y-%m-%d}, so this one can't be left aside: accept it, and supervise that one.")  # fmt: skip
    return {"under_way": _named(other, term)}


def known(case: Case, step: str, facts: Mapping[str, Any], *, by: Actor, on: date) -> dict[str, Any]:
    """What the record tells of an earlier matter, for the steps that turn on one; nothing for all others."""
    if step == "not_again":
        return again.concluded(case, facts["earlier"], by=by)
    if step == "not_accepted":
        return under_way(case, facts["earlier"], by=by, on=on)
    return {"brought_before": True} if step in FIRST_TIME_ONLY and again.brought_before(case) else {}


def _named(other: Case, term: Clock) -> dict[str, str]:
    assert other.office is not None
    unit = orgs.unit_of(other.office)
    return {
        "no": other.no, "unit": unit.name, "phone": other.office.phone or unit.phone, "address": unit.address,
        "accepted_on": str(other.marks["accepted_on"]), "until": term.due_on.isoformat(),
    }  # fmt: skip


def _lies_below(case: Case, other: Case) -> bool:
    if case.office is None or other.office is None:
        return False
    own, theirs = orgs.unit_of(case.office), orgs.unit_of(other.office)
    return own.pk != theirs.pk and theirs.path.startswith(own.path)


def _term(other: Case) -> Clock | None:
    """The term by which the matter below is to be answered; None where it was not accepted, or it was answered."""
    accepted = other.is_open and other.marks.get("accepted_on")
    return other.clocks.filter(term__in=ANSWER_TERMS, stopped_on=None).first() if accepted else None


def _refused(zh: str, en: str) -> Invalid:
    return Invalid({"earlier": Refused(zh, en, field="earlier", code="not_under_way")})
