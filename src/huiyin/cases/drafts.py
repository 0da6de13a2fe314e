"""Drafts: what is typed at the desk or in the portal before it is handed in. Each page turn and each pause saves.

A desk draft belongs to its owner. A portal draft belongs to whoever holds its secret (a cookie); only the digest is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.cases import links, services
from huiyin.cases.models import Case, CaseFile, Draft, DraftFile
from huiyin.cases.turns import TURN, overtaken
from huiyin.documents.models import ScanPage, StoredFile
from huiyin.kernel import ids
from huiyin.kernel.errors import Refused
from huiyin.people.policy import PETITIONER, Actor

MOST_FILES = 30


def begin(*, by: Actor, now: datetime, data: Mapping[str, Any] | None = None, secret: str = "") -> tuple[Draft, str]:
    """A new draft and, for the portal, the secret that opens it ("" at the desk): a new one, or the one given."""
    secret = "" if by.kind == "staff" else secret or ids.new_secret()
    draft = Draft.objects.create(
        owner_id=by.staff_id,
        digest=ids.digest(secret) if secret else "",
        data=dict(data or {}),
        created_at=now,
        updated_at=now,
    )
    return draft, secret


def mine(by: Actor, draft_id: Any) -> Draft:
    """A desk draft of this actor that is not registered yet. Raises Refused if there is none."""
    draft = Draft.objects.filter(pk=draft_id, owner_id=by.staff_id).first() if by.staff_id else None
    return _found(draft)


def at_desk(by: Actor, draft_id: uuid.UUID, *, now: datetime) -> Draft:
    """The desk draft under an id that the page chose, begun now if it is new. Raises Refused if it is somebody else's."""
    draft, _ = Draft.objects.get_or_create(
        pk=draft_id, defaults={"owner_id": by.staff_id, "created_at": now, "updated_at": now}
    )
    return _found(draft if draft.owner_id == by.staff_id else None)


def of_secret(secret: str) -> Draft | None:
    """The portal draft that this secret opens; None if there is none."""
    return Draft.objects.filter(digest=ids.digest(secret)).first() if secret else None


def followed(draft: Draft) -> Case | None:
    """The answered matter to which this draft brings new facts; None for any other draft."""
    no = str(draft.data.get("follows") or "")
    return Case.objects.filter(no=no).first() if no else None


def save(draft: Draft, *, data: Mapping[str, Any], now: datetime, turn: str = "") -> None:
    """Keeps what was typed, over what is there under the same names, unless the page sent something later already (`turn`, see
    `overtaken`). A draft of the desk that was thrown away as blank a moment ago is there again."""
    with transaction.atomic():
        there = _locked(draft)
        stored = (there or draft).data
        draft.data = stored if overtaken(stored, turn) else {**stored, **data, **({TURN: turn} if turn else {})}
        draft.updated_at = now
        if there is None and draft.owner_id:
            draft.save(force_insert=True)
        else:
            draft.save(update_fields=["data", "updated_at"])


def _locked(draft: Draft) -> Draft | None:
    """The draft as it is stored, for nobody else to change until the transaction ends."""
    return Draft.objects.select_for_update().filter(pk=draft.pk).first()


def add_file(draft: Draft, file: StoredFile, *, purpose: str = CaseFile.Purpose.EVIDENCE, now: datetime) -> None:
    """Adds a file to a draft. Raises Refused beyond MOST_FILES."""
    with transaction.atomic():
        save(draft, data={}, now=now)
        if draft.draft_files.count() >= MOST_FILES:
            raise Refused(
                f"一次最多{MOST_FILES}份材料，其余的登记以后再补。",
                f"At most {MOST_FILES} papers at once; add the rest later.",
                field="files",
            )
        DraftFile.objects.get_or_create(draft=draft, file=file, defaults={"purpose": purpose})


def remove_file(draft: Draft, file_id: int, *, now: datetime) -> None:
    """Takes a file out of a draft; the file itself stays in the store."""
    for row in draft.draft_files.all():
        if row.file_id == file_id:  # compared here: any number may come
            row.delete()
    save(draft, data={}, now=now)


def files(draft: Draft) -> list[StoredFile]:
    """The files of a draft in the order in which they were added."""
    return [row.file for row in draft.draft_files.select_related("file")]


def discard(draft: Draft) -> None:
    """Throws an unregistered draft away at its owner's word."""
    if draft.case_id is None:
        draft.delete()


def is_blank(draft: Draft, *, beside: Collection[str]) -> bool:
    """Whether nobody wrote or added anything, `beside` what a fresh form holds anyway."""
    written = any(str(value).strip() for name, value in draft.data.items() if name not in {TURN, *beside})
    return not written and not draft.draft_files.exists()


def discard_blank(draft: Draft, *, beside: Collection[str]) -> None:
    """Throws a draft away into which nobody wrote anything, as it is stored now: another request may have filled it."""
    with transaction.atomic():
        there = _locked(draft)
        if there is not None and is_blank(there, beside=beside):
            discard(there)


def scan_pages(draft: Draft) -> list[ScanPage]:
    """The pages of all scans in a draft, in order."""
    return list(ScanPage.objects.filter(file__in=[file.pk for file in files(draft)]).order_by("file_id", "number"))


def hand_in(draft: Draft, *, facts: Mapping[str, Any], by: Actor = PETITIONER, now: datetime) -> Case:
    """Registers a draft, once: handing the same draft in again gives the same case."""
    given = {**facts, "files": [file.pk for file in files(draft)]}
    with transaction.atomic():
        case = services.register(by=by, now=now, facts=given, key=f"draft:{draft.pk}")
        handed = Draft.objects.filter(pk=draft.pk, case=None).update(case=case, updated_at=now)
        if handed and draft.data.get("follows"):
            links.follow(case, str(draft.data["follows"]), by=by, now=now)
    return case


def _found(draft: Draft | None) -> Draft:
    if draft is None:
        raise Refused("没有找到这份草稿。", "This draft was not found.", code="not_found")
    return draft
