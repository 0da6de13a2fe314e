"""The papers of a case, as far as they belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.cases import policy
from huiyin.cases.models import Case, CaseFile, DraftFile
from huiyin.documents.models import StoredFile
from huiyin.kernel.errors import Forbidden, Invalid, Refused
from huiyin.kernel.typed import row_number
from huiyin.people.policy import Actor
from huiyin.procedure.papers import FROM_PETITIONER

LARGEST = 2**63 - 1  # an address may hold any number; databases take this much


def of_case(case: Case, file_id: int) -> StoredFile:
    """A file of this case. Raises Refused (not_found) for any other file, so that no number can be guessed."""
    found = case.files.filter(file_id=min(file_id, LARGEST)).select_related("file").first()
    if found is None:
        raise Refused("这件事里没有这份材料。", "This matter has no such paper.", code="not_found")
    return found.file


def own(case: Case) -> list[CaseFile]:
    """What the petitioner handed in (Art. 19); what the office found, made or got elsewhere stays with the office."""
    theirs = {event.seq for event in case.events.all() if event.action in FROM_PETITIONER}
    return [row for row in case.files.all() if row.seq in theirs]


def seen_by(actor: Actor, file_id: int) -> StoredFile:
    """A file that the actor may open: it belongs to a case that they may see, or to a draft of their own.

    Raises Forbidden where there is such a file but not for them, Refused (not_found) where there is none.
    """
    file_id = min(file_id, LARGEST)
    cases = Case.objects.filter(files__file_id=file_id).select_related("office")
    decisions = [policy.may(actor, "see", case) for case in cases]
    drafts = DraftFile.objects.filter(file_id=file_id, draft__owner_id=actor.staff_id)
    if any(decisions) or (actor.staff_id and drafts.exists()):
        return StoredFile.objects.get(pk=file_id)
    if decisions:
        raise Forbidden(decisions[0].why.zh, decisions[0].why.en)
    raise Refused("没有找到这份材料。", "This paper was not found.", code="not_found")


def check_named(actor: Actor, facts: Mapping[str, Any]) -> None:
    """Raises Invalid if facts that come from outside name a file that this actor may not open: a number is no key.

    Pages need not ask: what they name is their own draft's, or sealed.
    """
    named = facts.get("files") or []
    try:
        for item in named if isinstance(named, list) else []:
            seen_by(actor, row_number(item) or 0)
    except Refused:
        error = Refused("没有找到这份材料，请重新上传。", "This paper was not found; upload it again.", field="files")
        raise Invalid({"files": error}) from None
