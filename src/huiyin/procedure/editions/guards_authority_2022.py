"""The conditions that rows elsewhere share with those on whose matter it is: consent from outside, and a dispute."""

from __future__ import annotations

from huiyin.procedure.actions import Guard
from huiyin.procedure.words import Words

CONSENT_FROM_OUTSIDE = Guard(
    "consent_from_outside", lambda s: s.mark("outside") in (None, "agreed"),
    Words(
        "这件事是系统外转来的：先向来文单位提出异议，它核实同意以后才能告知本人去找别的单位（第二十三条第三款）。",
        "It was passed on from outside: object to the sender first; only after its consent may the petitioner be sent elsewhere (Art. 23(3)).",
    ), early=True,
)  # fmt: skip
NO_DISPUTE = Guard(
    "no_dispute", lambda s: s.running("dispute") is None,
    Words("受理有争议，已经报请决定，等决定下来。", "Competence is disputed and a decision was asked for; wait for it."), early=True,
)  # fmt: skip
DISPUTED = Guard(
    "disputed", lambda s: s.running("dispute") is not None,
    Words("没有等决定的受理争议。", "No dispute of competence waits for a decision."), early=True, silent=True,
)  # fmt: skip
