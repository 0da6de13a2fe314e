"""What each kind of letter says: from the record as it stands and the facts of the step to the data that a letter is built from.

Each function takes (dossier, facts, on) and names in its docstring the facts that it reads; documents/letters/kinds/ says which of
them must be there. What a step doesn't say is taken from where the matter stands: clocks, earlier letters, the office it went to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from huiyin.cases.dossiers import Data, Dossier
from huiyin.cases.letter_contents import handling, ordinary, reviews, routing

CONTENTS: dict[str, Callable[[Dossier, Mapping[str, Any], date], Data]] = {
    "notice": ordinary.notice, "acceptance": ordinary.acceptance, "extension": ordinary.extension, "opinion": ordinary.opinion,
    "reply": ordinary.opinion, "service": ordinary.service, "transfer": routing.transfer, "forward": routing.forward,
    "assign_letter": routing.forward, "inform": routing.inform, "direction": routing.direction,
    "sealed_transfer": routing.sealed_transfer, "duty": handling.duty, "duty_reply": handling.duty_reply,
    "simple_acceptance": handling.simple_acceptance, "hearing": handling.hearing, "mediation": handling.mediation,
    "withdrawal": handling.withdrawal, "not_again": reviews.not_again, "not_accepted": routing.not_accepted, "execution": reviews.execution, "review_receipt": reviews.review_receipt,
    "review_opinion": reviews.review_opinion, "rereview_opinion": reviews.rereview_opinion,
    "supervision": lambda dossier, facts, on: {},
}  # fmt: skip
