"""Builds a letter from the snapshot it is issued from: `build(kind, data)`.

Kinds and their rules: notice and acceptance (Art. 23), extension (Art. 34), opinion (Arts. 32 and 35), reply (Art. 29), service
(proof of delivery), supervision (Art. 40).
A snapshot is a plain dict as JSON keeps it; the modules in kinds/ list its keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .kinds import acceptance, extension, notice, opinion, reply, service, supervision
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
    "notice": notice.build,
    "acceptance": acceptance.build,
    "extension": extension.build,
    "opinion": opinion.build,
    "reply": reply.build,
    "service": service.build,
    "supervision": supervision.build,
}


def build(kind: str, data: Mapping[str, Any]) -> Letter:
    """The letter of `kind` for `data`. LetterIncompleteError says in words what is missing; KeyError: unknown kind."""
    return BUILDERS[kind](data)
