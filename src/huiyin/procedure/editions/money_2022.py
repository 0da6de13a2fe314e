"""信访工作条例 (2022), Arts. 32 and 40: money that is promised is paid, and the proof of its payment shows it.

Whether money is to be paid is said where it is promised – at each request that is supported, in an agreement, in an opinion that was
changed – and seen by whoever signs. The step that records execution only asks for the proof: nobody can say there that no money
was meant. That payment needs its paper is this product's rule; the articles ask that an opinion be carried out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.procedure.actions import Field, Guard, Situation
from huiyin.procedure.editions.forms_2022 import choices
from huiyin.procedure.words import Words

PAYS = choices(("yes", "要付钱", "Money is to be paid"), ("no", "不涉及付钱", "No money"))
WHOLE = "0"  # where the money belongs to no single request: an agreement, a changed opinion

Payments = dict[str, str]


def field(label: Words, *, required: bool = True) -> Field:
    """Whether money is to be paid, where it is promised as a whole."""
    return Field("money", "choice", label, required=required, choices=PAYS)


def of_claims(s: Situation) -> Payments | None:
    """By the number of each supported request for which money is to be paid, the sum as far as it is known; None if there is none."""
    numbered = enumerate(s.facts.get("claims") or [], start=1)
    found = {str(number): str(claim.get("amount", "")) for number, claim in numbered if _is_paid(claim)}
    return found or None


def as_a_whole(s: Situation) -> Payments | None:
    """The same for what is promised as a whole."""
    return {WHOLE: ""} if s.facts.get("money") == "yes" else None


def _is_paid(claim: Mapping[str, Any]) -> bool:
    return claim.get("result") == "supported" and claim.get("money") == "yes"


def _every_promise_says(s: Situation) -> bool:
    supported = (claim for claim in s.facts.get("claims") or [] if claim.get("result") == "supported")
    return all(claim.get("money") in {"yes", "no"} for claim in supported)


def _proofs(s: Situation) -> list[str]:
    return [line.strip() for line in str(s.facts.get("proof") or "").splitlines() if line.strip()]


def _proved(s: Situation) -> bool:
    """A line for each request; one paper may prove several, whose lines then are the same."""
    owed, lines = s.mark("pays") or {}, _proofs(s)
    return len(lines) >= len(owed) and len(s.facts.get("files") or []) >= (len(set(lines)) if owed else 0)


MONEY_SAID = Guard(
    "money_said", _every_promise_says,
    Words("支持的诉求要写明要不要付钱。", "Say of each supported request whether money is to be paid."), field="claims",
)  # fmt: skip
CHANGE_SAYS_MONEY = Guard(
    "change_says_money",
    lambda s: s.facts.get("outcome") != "change" or not s.facts.get("execute_by") or s.facts.get("money") in {"yes", "no"},
    Words("变更后要执行的，写明要不要付钱。", "Where a change is to be carried out, say whether money is to be paid."), field="money",
)  # fmt: skip
PAYMENT_PROVED = Guard(
    "payment_proved", _proved,
    Words(
        "答应付的钱，每项都要写明付款凭证（一项一行），并附上凭证，才算执行完。",
        "Each payment that was promised needs its proof, one a line, and the papers themselves; only then it counts as carried out.",
    ),
    field="proof",
)  # fmt: skip
AMOUNT_GIVEN = Guard(
    "amount_given", lambda s: not s.mark("pays") or bool(s.facts.get("amount")),
    Words("涉及钱款的，写明金额。", "Where money is paid, name the amount."), field="amount",
)  # fmt: skip
