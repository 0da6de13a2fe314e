"""Where a case came from that a screening found: the way back to the finding, for whoever may see it."""

from __future__ import annotations

from huiyin.cases.models import Case, Channel
from huiyin.people.policy import Actor
from huiyin.screening import queries
from huiyin.screening.models import Finding


def of(case: Case, actor: Actor) -> Finding | None:
    """The finding; asked only of cases that came this way."""
    return queries.origin(actor, case) if case.channel == Channel.SCREENING else None
