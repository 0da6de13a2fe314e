"""Builds a letter from the snapshot it is issued from: `build(kind, data)`.

A snapshot is a plain dict as JSON keeps it; the modules in kinds/ list its keys and cite the articles that the letter rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .kinds import (
    acceptance,
    agreement,
    direction,
    duty,
    execution,
    extension,
    forwarding,
    hearing,
    inform,
    not_accepted,
    not_again,
    notice,
    opinion,
    reply,
    review,
    review_opinion,
    sealed,
    service,
    simple,
    supervision,
    transfer,
    withdrawal,
)
from .parts import DOCUMENTS, Answer, Block, FormRow, Letter, LetterIncompleteError, Sender
from .wording import number_label

__all__ = [
    "DOCUMENTS",
    "Answer",
    "Block",
    "FormRow",
    "Letter",
    "LetterIncompleteError",
    "Sender",
    "build",
    "number_label",
]

BUILDERS: dict[str, Callable[[Mapping[str, Any]], Letter]] = {
    "notice": notice.build, "transfer": transfer.build, "forward": forwarding.build_forward, "assign_letter": forwarding.build_assign,
    "inform": inform.build, "direction": direction.build, "sealed_transfer": sealed.build, "duty": duty.build,
    "duty_reply": duty.build_reply, "simple_acceptance": simple.build, "acceptance": acceptance.build, "extension": extension.build,
    "hearing": hearing.build, "mediation": agreement.build, "opinion": opinion.build, "reply": reply.build, "service": service.build,
    "review_receipt": review.build, "review_opinion": review_opinion.build_review, "rereview_opinion": review_opinion.build_rereview,
    "withdrawal": withdrawal.build, "not_again": not_again.build, "not_accepted": not_accepted.build, "execution": execution.build,
    "supervision": supervision.build,
}  # fmt: skip


def build(kind: str, data: Mapping[str, Any]) -> Letter:
    """The letter of `kind` for `data`. LetterIncompleteError says in words what is missing; KeyError: unknown kind."""
    return BUILDERS[kind](data)
