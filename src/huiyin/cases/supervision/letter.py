"""What a supervisory letter (督办函) says: from the unit of whoever supervises, to the office that handles the matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.cases.models import Case, CaseEvent, Clock
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.procedure.editions.supervision_2022 import TERMS_OF_HANDLING

KIND = "supervision"


def issuer(event: CaseEvent, unit: Office) -> Office:
    """The unit that writes: that of the supervisor; the case's own if the act has no person."""
    return orgs.unit_of(event.by.office) if event.by is not None else unit


def data(case: Case, unit: Office, event: CaseEvent, clocks: Sequence[Clock], *, by: Office) -> Mapping[str, Any]:
    """The letter's own keys, over those that all letters share. The petitioner is not named."""
    assert case.office is not None
    running = [clock for clock in clocks if clock.term in TERMS_OF_HANDLING and clock.stopped_on is None]
    return {
        "sender": {"unit": by.name, "office": "", "phone": by.phone, "address": by.address, "hours": by.hours},
        "petitioner": {"name": ""},
        "addressee": case.office.name if unit == by and case.office != unit else unit.name,
        "contact": {"office": by.name, "phone": by.phone},
        "due_on": running[0].due_on.isoformat() if running else "",
        "ground": event.facts["ground"],
        "words": event.facts["words"],
        "feedback_by": event.facts["answer_by"],
    }
