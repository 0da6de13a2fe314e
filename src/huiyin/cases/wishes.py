"""Whoever was dissatisfied may ask for a review: what they said already stands in the request, and they decide whether it is made."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.cases.models import Case
from huiyin.procedure.editions.guards_2022 import ASPECTS, WINDOWS


def dissatisfied(case: Case) -> bool:
    """Whether the petitioner said so of the last answer and may still ask; its rows are loaded (`queries.find`)."""
    return case.marks.get("evaluated") == "dissatisfied" and any(
        row.term in WINDOWS and row.stopped_on is None for row in case.clocks.all()
    )


def initial(case: Case) -> dict[str, str]:
    """The request as far as it can be written for whoever was dissatisfied."""
    if not dissatisfied(case):
        return {}
    rated = [event.facts for event in case.events.all() if _rated(event.facts)]
    said = rated[-1] if rated else {}
    return {"request": str(said.get("comment") or "") or _("对答复不满意，请再看一遍。")}


def _rated(facts: dict[str, object]) -> bool:
    return "dissatisfied" in {facts.get(aspect) for aspect in ASPECTS}
