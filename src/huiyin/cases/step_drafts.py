"""What somebody typed into the form of a step and has not sent yet: one draft for each person, case and step.

It is only a help for the one who types; the case knows nothing of it until the step is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from huiyin.cases.models import Case, Draft
from huiyin.cases.turns import TURN, overtaken
from huiyin.kernel.typed import storable
from huiyin.people.policy import Actor
from huiyin.procedure.editions import edition


def keep(case: Case, action: str, *, by: Actor, now: datetime, typed: Mapping[str, str | list[str]], turn: str = "") -> None:  # fmt: skip
    """Keeps what was typed and ticked, in place of what was kept before, unless the page sent something later already."""
    data = {"action": action, "typed": {storable(name): _storable(words) for name, words in typed.items()}, TURN: turn}
    with transaction.atomic():
        before = list(_of(case, action, by).select_for_update())
        if any(overtaken(draft.data, turn) for draft in before):
            return
        if before:
            _of(case, action, by).update(data=data, updated_at=now)
            return
        Draft.objects.create(owner_id=by.staff_id, case=case, data=data, created_at=now, updated_at=now)


def kept(case: Case, action: str, *, by: Actor) -> tuple[dict[str, str], datetime] | None:
    """What this person typed last for this step, and when; None if nothing, or if the step was taken since."""
    draft = _of(case, action, by).order_by("-updated_at").first()
    if draft is None or _taken_since(case, action, draft.updated_at, by):
        return None
    return dict(draft.data["typed"]), draft.updated_at


def _taken_since(case: Case, action: str, at: datetime, by: Actor) -> bool:
    """A step that leads on is taken once, by whomever; one that may be taken beside others' only by the same person."""
    leads = edition(case.edition).action(action).target is not None
    taken = (event for event in case.events.all() if event.action == action and event.at >= at)
    return any(leads or event.by_id == by.staff_id for event in taken)


def drop(case: Case, action: str, *, by: Actor) -> None:
    """Forgets it: the step was taken, or the person begins again."""
    _of(case, action, by).delete()


def _storable(words: str | list[str]) -> str | list[str]:
    return storable(words) if isinstance(words, str) else [storable(each) for each in words]


def _of(case: Case, action: str, by: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(owner_id=by.staff_id, case=case, data__action=action)
