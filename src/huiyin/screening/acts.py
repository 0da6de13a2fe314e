"""Writes down what was done, by whom and when; and the sentences for whoever comes second."""

from __future__ import annotations

from datetime import datetime

from huiyin.kernel.errors import Conflict, Forbidden
from huiyin.people.policy import Actor
from huiyin.screening.models import Act, Campaign, Finding, Sheet

NOT_YOURS = ("这不在您的范围内。", "This is outside your range.")


def note(
    kind: str, *, by: Actor, now: datetime, campaign: Campaign, sheet: Sheet | None = None, finding: Finding | None = None,
    words: str = "",
) -> None:  # fmt: skip
    """One row of the record."""
    Act.objects.create(
        kind=kind, at=now, by_id=by.staff_id, by_name=by.name, campaign=campaign, sheet=sheet, finding=finding, words=words
    )  # fmt: skip


def person(by: Actor) -> int:
    """The id of the member of staff who acts; nobody else does anything here."""
    if by.staff_id is None:
        raise Forbidden(*NOT_YOURS)
    return by.staff_id


def check(allowed: bool, zh: str = NOT_YOURS[0], en: str = NOT_YOURS[1]) -> None:
    """Raises Forbidden unless allowed."""
    if not allowed:
        raise Forbidden(zh, en)


def moved_on(name: str = "") -> Conflict:
    """Somebody saved after the page was opened; what was typed is kept by the page."""
    who, whom = (name, name) if name else ("有人", "Somebody")
    return Conflict(
        f"您打开以后，{who}存过新的内容。您填的还在，现在存着的写在旁边，看过再存一次。",
        f"{whom} saved something after you opened this. What you typed is kept, and what is stored now stands beside it; "
        "look at both, then save again.",
        code="moved_on",
    )
